"""What was found sound before, by content, so that a hook need not look at what has not changed.

Only two things are remembered: that a file's fields fit its kind, and that a rule's expressions can be understood.
Both depend on nothing but the file's bytes and the program's code, so a verdict is the same with and without. The memory
lies in Git's own folder; where there is none, or it cannot be read or written, everything is looked at again.
"""

from __future__ import annotations

import os
from contextlib import suppress
from copy import copy
from pathlib import Path

_FOLDER = "handrail"
_FILE = "sound"
_SIZE = 20
_MOST = 200_000


class Known:
    """The memory of one run. Without a place it remembers nothing and finds nothing known.

    What a file holds differs from tree to tree, so each tree that is read has a Known `apart` over one memory.
    """

    def __init__(self, place: Path | None = None) -> None:
        """Read the memory at a place; a missing, torn or foreign one is an empty one."""
        self._place = place
        self._remembers = place is not None
        self._digests: dict[str, bytes] = {}
        self._old: set[bytes] = set()
        self._new: set[bytes] = set()
        if place is None:
            return
        self._begin()
        try:
            data = place.read_bytes()
        except OSError:
            data = b""
        if data[:_SIZE] == self._digest(b"memory"):
            self._old = {data[at : at + _SIZE] for at in range(_SIZE, len(data) - _SIZE + 1, _SIZE)}

    def _begin(self) -> None:
        from hashlib import blake2b  # noqa: PLC0415 - a start without memory does not pay for it

        self._hash = blake2b
        self._code = code()

    @classmethod
    def passing(cls) -> Known:
        """A memory that ends with the run: for whoever judges many commits that have most of their files in common."""
        made = cls()
        made._begin()
        made._remembers = True
        made._old = made._new  # what is found sound now is known from now on
        return made

    def apart(self) -> Known:
        """The same memory for another tree, which begins with the files that were seen so far."""
        made = copy(self)
        made._digests = dict(self._digests)  # noqa: SLF001 - another of this class
        return made

    @classmethod
    def of(cls, root: Path) -> Known:
        """The memory of the repository that a folder lies in."""
        folder = git_folder(root)
        return cls(folder / _FOLDER / _FILE if folder else None)

    @property
    def place(self) -> Path | None:
        """Where the memory lies, None where nothing is remembered."""
        return self._place

    def see(self, file: str, data: bytes) -> None:
        """Note the bytes of a file that is read now."""
        if self._remembers:
            self._digests[file] = self._hash(data, digest_size=_SIZE).digest()

    def holds(self, what: str, *files: str) -> bool:
        """Whether these files, as they were read now, were found sound in this respect before."""
        return self._remembers and self._key(what, files) in self._old

    def add(self, what: str, *files: str) -> None:
        """Remember that these files are sound in this respect."""
        if self._remembers:
            self._new.add(self._key(what, files))

    def save(self) -> None:
        """Write down what was learnt. Whatever stands in the way, the next run just looks again."""
        learnt = self._new - self._old
        if self._place is None or not learnt:
            return
        kept = self._old | learnt if len(self._old) + len(learnt) <= _MOST else self._new
        draft = self._place.with_name(f"{_FILE}.{os.getpid()}")
        try:
            self._place.parent.mkdir(exist_ok=True)
            draft.write_bytes(self._digest(b"memory") + b"".join(sorted(kept)))
            draft.replace(self._place)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def _key(self, what: str, files: tuple[str, ...]) -> bytes:
        return self._digest(what.encode(), *(self._digests.get(file, file.encode()) for file in files))

    def _digest(self, *parts: bytes) -> bytes:
        total = self._hash(self._code, digest_size=_SIZE)
        for part in parts:
            total.update(len(part).to_bytes(4, "big") + part)
        return total.digest()


def code() -> bytes:
    """What names the code that judges: another release or an edited file makes everything new."""
    return code_of("", "model", "load", "rules", "compute")


def code_of(*folders: str) -> bytes:
    """What names the code in some folders of this package."""
    package = Path(__file__).resolve().parent.parent
    told = []
    for folder in folders:
        for entry in os.scandir(package / folder):
            if entry.name.endswith(".py"):
                stat = entry.stat()
                told.append(f"{folder}/{entry.name} {stat.st_mtime_ns} {stat.st_size}")
    return "\n".join(sorted(told)).encode()


def git_folder(root: Path) -> Path | None:
    """Git's own folder, the one that all work trees of a repository share."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        try:
            if git.is_dir():
                return git
            if git.is_file():
                own = folder / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
                common = own / "commondir"
                return (own / common.read_text(encoding="utf-8").strip()).resolve() if common.is_file() else own
        except (OSError, ValueError):
            return None
    return None
