"""A pack checked against the repository: every byte of it is made again from the history, and the history against itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handrail import __version__
from handrail.audit.bundle import ABOUT, MANIFEST, zipped
from handrail.audit.pack import FORMAT, Question, Tick, manifest, pack, sha256
from handrail.audit.start import FOLDER, NOTES, plan_file
from handrail.git import Git, GitFault, RevisionTree, resolve
from handrail.load import FolderTree
from handrail.model.kinds import kind_of
from handrail.source import read_yaml

_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One thing that is not as it was. where: the file, in the pack or in the repository."""

    where: str
    what: str


def verify(
    root: Path, files: Mapping[str, bytes], raw: bytes | None, tick: Tick | None = None, made: Mapping[str, bytes] | None = None,
) -> tuple[Wrong, ...]:  # fmt: skip
    """Everything that was changed in the pack or in the repository since the pack was made; nothing when all is as it was.

    `made` is the pack as the history gives it, for whoever checks many copies of one; else it is made here.
    """
    found = list(_pack_alone(files, raw))
    asked = _question(files.get(ABOUT, b""))
    if asked is None:
        return (
            *found,
            Wrong(where="pack: audit.json", what="It does not say what was asked, so nothing can be made again."),
        )
    try:
        git = Git(root)
        found += _history(git, asked)
        made = made or pack(root, asked, tick)
        found += _compared(files, made)
        found += _disk(root, git, asked)
        found += _notes(root, asked, made)
        found += _records(git, asked)
    except GitFault as fault:
        found.append(Wrong(where="repository", what=fault.message))
    return tuple(dict.fromkeys(found))


def _pack_alone(files: Mapping[str, bytes], raw: bytes | None) -> Iterator[Wrong]:
    """The pack against its own manifest, which is no proof, but names the place."""
    if raw is not None and zipped(files) != raw:
        yield Wrong(
            where="pack", what="The zip file itself is not as it was written, around the files or in their order."
        )
    listed = _json(files.get(MANIFEST, b""))
    hashes = listed.get("files") if isinstance(listed, dict) else None
    if not isinstance(hashes, dict):
        yield Wrong(where=f"pack: {MANIFEST}", what="The manifest is missing or cannot be read.")
        return
    for name in sorted({*hashes, *files} - {MANIFEST}):
        if name not in files:
            yield Wrong(where=f"pack: {name}", what="The file is missing.")
        elif name not in hashes:
            yield Wrong(where=f"pack: {name}", what="The manifest does not know this file.")
        elif sha256(files[name]) != hashes[name]:
            yield Wrong(where=f"pack: {name}", what="The file has another SHA-256 than the manifest says.")
    if manifest(files) != files[MANIFEST]:
        yield Wrong(where=f"pack: {MANIFEST}", what="The manifest is not the one of these files.")


def _question(data: bytes) -> Question | None:
    """What was asked; None for anything that does not fit: the pack is untrusted."""
    value = _json(data)
    if not isinstance(value, dict):
        return None
    try:
        size, seed = value["size"], value["seed"]
        texts = [value[name] for name in ("audit", "at", "commit", "first", "last", "judged_on")]
        if not all(isinstance(one, str) for one in texts) or type(size) is not int or type(seed) is not int or size < 0:
            return None
        first, last, judged_on = (date.fromisoformat(value[name]) for name in ("first", "last", "judged_on"))
    except (KeyError, ValueError):
        return None
    name = value["audit"]
    if not name or "/" in name or "\\" in name or name.startswith("."):
        return None
    return Question(
        audit=name, at=value["at"], commit=value["commit"], first=first, last=last, size=size, seed=seed, judged_on=judged_on
    )  # fmt: skip


def _history(git: Git, asked: Question) -> Iterator[Wrong]:
    """Git's own objects against their names, and the tag and the branch against the commit."""
    status, told = git.answer("fsck", "--full", "--no-dangling", "--no-progress", fine=tuple(range(256)))
    if status:
        words = told.decode(errors="replace").splitlines()
        yield Wrong(
            where="repository", what=f"Git's own objects are damaged: {words[0] if words else 'see `git fsck`'}."
        )
    try:
        now = resolve(git, asked.at)
    except GitFault:
        yield Wrong(where="repository", what=f"There is no {asked.at} any more.")
    else:
        if now != asked.commit:
            yield Wrong(
                where="repository", what=f"{asked.at} is {now[:12]} today; the pack was made of {asked.commit[:12]}."
            )
    if git.answer("merge-base", "--is-ancestor", asked.commit, "HEAD", fine=(0, 1, 128))[0]:
        yield Wrong(
            where="repository",
            what=f"The history was rewritten: {asked.commit[:12]} does not lead to what is here now.",
        )


def _compared(files: Mapping[str, bytes], made: Mapping[str, bytes]) -> Iterator[Wrong]:
    for name in sorted({*files, *made}):
        if name not in made:
            yield Wrong(where=f"pack: {name}", what="No pack of this audit has such a file.")
        elif name not in files:
            yield Wrong(where=f"pack: {name}", what="The file is missing.")
        elif files[name] != made[name]:
            place = next(_differences(_json(files[name]), _json(made[name])), "")
            yield Wrong(where=f"pack: {name}", what=f"It says otherwise than the repository{place}.")
    about = _json(files.get(ABOUT, b""))
    version = about.get("handrail") if isinstance(about, dict) else None
    if version != __version__:
        yield Wrong(
            where="pack: audit.json",
            what=f"It was made by Handrail {version}, and this is {__version__}: check it with the same version.",
        )
    if isinstance(about, dict) and about.get("format") != FORMAT:
        yield Wrong(
            where="pack: audit.json", what=f"Its format is {about.get('format')}; this version writes {FORMAT}."
        )


def _differences(there: Any, made: Any, path: str = "") -> Iterator[str]:
    """Where two documents first differ, and how."""
    if type(there) is type(made) and isinstance(there, dict):
        for key in sorted({*there, *made}):
            yield from _differences(there.get(key), made.get(key), f"{path}.{key}" if path else key)
    elif isinstance(there, list) and isinstance(made, list) and len(there) == len(made):
        for number, (one, other) in enumerate(zip(there, made, strict=True)):
            yield from _differences(one, other, f"{path}[{number}]")
    elif there != made:
        yield f" at {path or 'its beginning'}: {_short(there)} instead of {_short(made)}"


def _disk(root: Path, git: Git, asked: Question) -> Iterator[Wrong]:
    """What lies on the disk against the newest commit: a change that nobody put on record."""
    head, disk = RevisionTree(git, "HEAD"), FolderTree(root)
    own = f"{FOLDER}/{asked.audit}/"
    committed, there = set(head.paths()), set(disk.paths())
    for path in sorted(committed | there):
        if path.startswith(own) and (path not in committed or _just_started(path, disk, head, asked)):
            continue
        if path not in there:
            yield Wrong(where=path, what="The file is gone from the disk, and no commit says so.")
        elif path not in committed:
            if kind_of(path) is not None:
                yield Wrong(where=path, what="The file lies on the disk, and no commit holds it.")
        elif disk.read(path) != head.read(path):
            yield Wrong(where=path, what="The file says otherwise on the disk than in the newest commit.")


def _just_started(path: str, disk: FolderTree, head: RevisionTree, asked: Question) -> bool:
    """Whether the start of the audit wrote to its own files since the newest commit, and nobody else did."""
    try:
        now, then = (read_yaml("audit.yaml", tree.read(path)).value for tree in (disk, head))
    except FileNotFoundError:
        return False
    if not path.endswith("/audit.yaml") or not isinstance(now, dict) or not isinstance(then, dict):
        return path.endswith(f"/{NOTES}")  # compared as a whole below
    fields = plan_file(asked, {MANIFEST: b""})
    return now != then and all(now.get(key) == then.get(key) for key in {*now, *then} - {*fields})


def _notes(root: Path, asked: Question, made: Mapping[str, bytes]) -> Iterator[Wrong]:
    """The audit's own files: what they say of the population, the sample and the pack."""
    folder = root / FOLDER / asked.audit
    plan = folder / "audit.yaml"
    if not plan.is_file():
        return
    value = read_yaml("audit.yaml", plan.read_bytes()).value
    written = value if isinstance(value, dict) else {}
    for field, wanted in plan_file(asked, made).items():
        if str(written.get(field)) != str(wanted):
            yield Wrong(
                where=f"{FOLDER}/{asked.audit}/audit.yaml",
                what=f"`{field}` is {_short(written.get(field))} instead of {_short(wanted)}.",
            )
    notes = folder / NOTES
    if not notes.is_file() or notes.read_bytes() != made["population.json"]:
        yield Wrong(where=f"{FOLDER}/{asked.audit}/{NOTES}", what="It is not the population of this period.")


def _records(git: Git, asked: Question) -> Iterator[Wrong]:
    """Records that never change, since the pack was made: approvals, approved plans, published reports."""
    then, now = RevisionTree(git, asked.commit), RevisionTree(git, "HEAD")
    for path in then.paths():
        known = kind_of(path)
        if known is None or known[0].behaviour != "report" or now.blob(path) == then.blob(path):
            continue
        what = "is gone" if now.blob(path) is None else "was changed"
        yield Wrong(where=path, what=f"A {known[0].title.lower()} that never changes {what} after the pack was made.")


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
