"""What the repository's own files and this clone let through: the gate's files, CODEOWNERS, and what hides changes from view."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handrail.doctor.gap import Gap

_OLDEST = (2, 38)
_GATES = {"github": ".github/workflows/gate.yml", "gitlab": ".gitlab-ci.yml"}
_LOCK = ".ci/requirements.lock"
# what an organisation may well do differently: which commit of an action it takes, and what it writes beside
_OWN_WAY = re.compile(r"(?m)\s*#.*$|(?<=uses: )(\S+?)@\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clone:
    """What was seen of a clone. version: of Git. incomplete: why its history is not whole. crlf: files with such line ends."""

    root: Path
    version: tuple[int, ...]
    incomplete: str | None
    crlf: tuple[str, ...]


def clone_of(root: Path) -> Clone | None:
    """Look at the clone; None where the folder is in no Git repository."""
    from handrail.git.process import Git, GitFault  # noqa: PLC0415 - only here
    from handrail.git.revisions import refuse_incomplete, version  # noqa: PLC0415 - as above

    try:
        git = Git(root)
        number = version(git)
        ends = git.run("ls-files", "--eol", "-z", "--", "standards", "projects").decode("utf-8", "replace")
    except GitFault:
        return None
    try:
        refuse_incomplete(git)
        incomplete = None
    except GitFault as fault:
        incomplete = str(fault)
    rows = [row.split("\t", 1) for row in ends.split("\0") if "\t" in row]
    crlf = tuple(path for how, path in rows if how.startswith(("i/crlf", "i/mixed")))
    return Clone(root=root, version=number, incomplete=incomplete, crlf=crlf)


def gaps_of(root: Path, clone: Clone | None, laid_down: Mapping[str, bytes], host: str | None) -> Iterator[Gap]:
    """Every gap. `laid_down`: the files of CI that this version would lay down for the host."""
    yield from _gate(root, laid_down, host)
    yield from _lock(root)
    yield from _hiding(root)
    if clone is None:
        yield Gap(id="clone", weight="note", what="This folder is no clone, so its history was not looked at.",
                  slips="Nothing by itself.", fix="Run the doctor in a clone.")  # fmt: skip
        return
    if clone.version < _OLDEST:
        yield Gap(id="git", weight="note", what=f"Git {'.'.join(map(str, clone.version))} is too old to judge a merge here.",
                  slips="Nothing on the host; here `handrail check --base` refuses.", fix="Install Git 2.38 or newer.")  # fmt: skip
    if clone.incomplete is not None:
        yield Gap(id="history", weight="note", what="This clone does not have the whole history.",
                  slips="Nothing on the host; here changes are not judged and history pages stay empty.",
                  fix=clone.incomplete)  # fmt: skip
    if clone.crlf:
        some = ", ".join(clone.crlf[:3]) + (f" and {len(clone.crlf) - 3} more" if len(clone.crlf) > 3 else "")  # noqa: PLR2004
        yield Gap(
            id="line-ends", weight="note", what=f"Some files are kept with Windows line ends: {some}.",
            slips="Nothing is misjudged, but every line seems changed when an editor turns them.",
            fix="Put `* text=auto eol=lf` into .gitattributes, then `git add --renormalize .`.",
        )  # fmt: skip


def _gate(root: Path, laid_down: Mapping[str, bytes], host: str | None) -> Iterator[Gap]:
    wanted = (
        [host]
        if host is not None and host in _GATES
        else [one for one, path in _GATES.items() if (root / path).is_file()]
    )
    outside = host == "gitlab"  # there the file belongs into another project
    missing = [_GATES[one] for one in wanted if not (root / _GATES[one]).is_file()]
    if not wanted or (missing and not outside):
        yield Gap(
            id="gate", weight="open", what="There is no gate: no workflow judges a change.", slips="Everything.",
            fix="Lay a fresh repository down with `handrail init` and copy `.ci/` and the host's workflows from it.",
        )  # fmt: skip
        return
    changed = [
        path for path, data in laid_down.items()
        if path != _LOCK and path.startswith((".ci/", ".github/", ".gitlab-ci")) and not path.endswith("python-version")
        and _mine(path, wanted) and (there := _read(root / path)) is not None and _meaning(there) != _meaning(data)
    ]  # fmt: skip
    gone = [path for path in laid_down if path.startswith((".ci/", ".github/")) and _mine(path, wanted) and path != _LOCK
            and not (root / path).is_file()]  # fmt: skip
    if changed or gone:
        said = [f"{', '.join(changed)} changed" if changed else "", f"{', '.join(gone)} missing" if gone else ""]
        yield Gap(
            id="workflows", weight="weak", what=f"The gate's files are not those that this version lays down: "
            f"{'; '.join(one for one in said if one)}.",
            slips="Whatever the difference lets through; nobody but you can say.",
            fix="Read the difference to what `handrail init` lays down today. Pinned actions and comments do not count.",
        )  # fmt: skip


def _mine(path: str, hosts: list[str]) -> bool:
    other = {"github", "gitlab"} - set(hosts)
    return not any(path.startswith((f".ci/{one}/", f".{one}")) for one in other)


def _meaning(data: bytes) -> str:
    return "\n".join(line for line in _OWN_WAY.sub(r"\1", data.decode(errors="replace")).split("\n") if line.strip())


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _lock(root: Path) -> Iterator[Gap]:
    data = _read(root / _LOCK)
    lines = [
        line for line in (data or b"").decode(errors="replace").splitlines() if line and not line.startswith(("#", " "))
    ]
    loose = [line for line in lines if "==" not in line]
    if data is None or loose or not any(line.startswith("handrail==") for line in lines):
        yield Gap(
            id="lock", weight="weak", what="The version of Handrail that judges is not pinned in .ci/requirements.lock.",
            slips="A new release, or somebody else's package of that name, judges from one day to the next.",
            fix="Pin every package there with `==`; `handrail init` lays such a file down.",
        )  # fmt: skip
    elif b"--hash=" not in (data or b""):
        yield Gap(
            id="hashes", weight="note", what="The packages that judge are pinned by version, not by content.",
            slips="A package index that gives out other bytes under the same version.",
            fix="Make .ci/requirements.lock with `pip-compile --generate-hashes`; pip then checks every file.",
        )  # fmt: skip


def _hiding(root: Path) -> Iterator[Gap]:
    """Files that make something else be seen than what is there."""
    if (root / ".mailmap").is_file():
        yield Gap(
            id="mailmap", weight="note", what="A .mailmap shows other authors than those who committed.",
            slips="Nothing in the gate, which reads the commits themselves; a reader of `git log` is misled.",
            fix="Remove it, unless you know every line of it.",
        )  # fmt: skip
    attributes = (_read(root / ".gitattributes") or b"").decode(errors="replace")
    if re.search(r"(?m)^[^#\n]*\bfilter=lfs\b", attributes):
        yield Gap(
            id="lfs", weight="weak", what="Some files are kept outside the history (Git LFS).",
            slips="Content that can be changed on the server without a commit; the gate sees its fingerprint only.",
            fix="Keep plans and evidence in Git itself; take `filter=lfs` out for standards/ and projects/.",
        )  # fmt: skip
    if re.search(r"(?m)^[^#\n]*(\s-diff\b|\sbinary\b|\blinguist-generated\b|\bdiff=)", attributes):
        yield Gap(
            id="hidden-diff", weight="weak", what="The host is told not to show the changes of some files.",
            slips="A change that a reviewer does not see, because its difference is folded or left out.",
            fix="Take -diff, binary, diff= and linguist-generated out of .gitattributes for standards/ and projects/.",
        )  # fmt: skip
    if (root / ".gitmodules").is_file():
        yield Gap(
            id="submodules", weight="weak", what="Other repositories are drawn in as submodules.",
            slips="Files that another repository's people change; the gate does not look into them.",
            fix="Copy what is needed into this repository.",
        )  # fmt: skip
