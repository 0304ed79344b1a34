"""One repository out of every broken input that the tests know, and the remarks that each must bring."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BROKEN = Path(__file__).parent / "broken"
GROUPS = ("syntax", "fields", "structure", "references", "extra")
BASE = "id: {id}\nname: A project with one fault\ntier: small\nphase: planning\n"

_MARK = re.compile(r"(?:#|<!--) remark: (.*?)(?: -->)?$")
_REMARK = re.compile(r"([A-Z]{3}-\d{2}) @(\d+) (.+)")


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """One remark that must come: its place and a part of its message."""

    file: str
    line: int
    column: int
    rule: str
    part: str


def compose(root: Path) -> list[Expected]:
    """Lay every written case down as a repository; the remarks that the cases promise, in order."""
    expected: list[Expected] = []
    for place, text in files():
        target = root / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)
        expected += promised(place, text.decode())
    for folder in (root / "projects").iterdir():
        if folder.is_dir() and folder.name != "folder-without-plan" and not (folder / "project.yaml").exists():
            (folder / "project.yaml").write_text(BASE.format(id=folder.name))
    return sorted(expected)


def files() -> Iterator[tuple[str, bytes]]:
    """Where each written file goes: a single file is a part of a plan, a folder is laid over its project's."""
    for path in sorted(BROKEN.rglob("*")):
        group, *rest = path.relative_to(BROKEN).parts
        if not path.is_file() or group not in {*GROUPS, "law"}:
            continue
        if group == "law":
            yield "/".join(rest), path.read_bytes()
        elif len(rest) == 1:
            yield f"projects/{path.stem}/part.yaml", path.read_bytes()
        else:
            yield f"projects/{'/'.join(rest)}", path.read_bytes()


def promised(file: str, text: str) -> Iterator[Expected]:
    """The remarks that a file's own comments promise."""
    for number, line in enumerate(text.split("\n"), 1):
        for one in found[1].split(" ;; ") if (found := _MARK.search(line)) else ():
            parts = _REMARK.fullmatch(one.strip())
            assert parts, f"{file}:{number}: no mark: {one}"
            yield Expected(file, number, int(parts[2]), parts[1], parts[3])


def cases() -> list[str]:
    """The name of every written case."""
    names = [path.name.removesuffix(".yaml") for group in GROUPS for path in sorted((BROKEN / group).iterdir())]
    return names + [str(path.relative_to(BROKEN)) for path in sorted((BROKEN / "law").rglob("*")) if path.is_file()]


def fingerprint(root: Path) -> str:
    """One figure for everything below a folder: names, kinds, modes and bytes."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        state = path.lstat()
        digest.update(f"{path.relative_to(root)!r} {state.st_mode} {state.st_mtime_ns}".encode())
        if path.is_file() and not path.is_symlink():
            digest.update(path.read_bytes())
    return digest.hexdigest()
