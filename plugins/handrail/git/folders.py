"""The files of many folders of many revisions; what is the same in two of them is read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handrail.git.objects import Objects

_FILES = frozenset({b"100644", b"100755", b"100664"})
_FOLDER = b"40000"
_BYTES = {"sha1": 20, "sha256": 32}


class Folders:
    """Trees by their names, as Git stores them. Links, submodules and names that begin with a dot are left out."""

    def __init__(self, objects: Objects, hashes: str) -> None:
        self._objects = objects
        self._size = _BYTES[hashes]
        self._known: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {}

    def read(self, names: Iterable[str]) -> None:
        """Read trees, and the trees below them, all of one depth at a time."""
        wanted = set(names)
        seen: set[str] = set()
        while wanted:
            self._level(wanted)
            seen |= wanted
            wanted = {inner for name in wanted for inner in self._known[name][1].values()} - seen

    def below(self, name: str) -> Mapping[str, str]:
        """The folders directly in a tree, by their names."""
        self._level((name,))
        return self._known[name][1]

    def _level(self, names: Iterable[str]) -> None:
        wanted = {name for name in names if name not in self._known}
        found = self._objects.many(wanted)
        for name in wanted:
            one = found.get(name)
            self._known[name] = self._parsed(one.data if one is not None and one.kind == "tree" else b"")

    def files(self, name: str, prefix: str = "") -> Iterator[tuple[str, str]]:
        """Every file in a tree and below it: its path and the name of its content."""
        self.read((name,))
        files, folders = self._known[name]
        for file, blob in files.items():
            yield prefix + file, blob
        for folder, inner in folders.items():
            yield from self.files(inner, f"{prefix}{folder}/")

    def _parsed(self, data: bytes) -> tuple[Mapping[str, str], Mapping[str, str]]:
        files: dict[str, str] = {}
        folders: dict[str, str] = {}
        at = 0
        while at < len(data):
            space, end = data.index(b" ", at), data.index(b"\0", at)
            mode, shown = data[at:space], data[space + 1 : end].decode("utf-8", "surrogateescape")
            at = end + 1 + self._size
            if shown.startswith(".") or not shown.isprintable():
                continue
            if mode == _FOLDER:
                folders[shown] = data[end + 1 : at].hex()
            elif mode in _FILES:
                files[shown] = data[end + 1 : at].hex()
        return files, folders
