"""A folder that is brought to a wanted state: what differs is written, what is not wanted goes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from handrail.fast import sealed

_SIZE = 16


class Output:
    """The site's folder during one build, and the list of what the last build left there.

    The list names each file with a sum of what it was made from, and with its time and size on the disk. A file that
    somebody else has touched is written again. Without a list everything is.
    """

    def __init__(self, folder: Path, listed: Path) -> None:
        """Look at the folder."""
        self._folder, self._listed = folder, listed
        self._old: dict[str, list[Any]] = _read(listed)
        self._new: dict[str, list[Any]] = {}
        self._there: dict[str, tuple[int, int]] = {}
        self._folders: list[str] = []
        self._look("")
        self._rooms = set(self._folders)
        self.written = 0

    def put(self, path: str, data: bytes) -> None:
        """A file with these bytes."""
        self.make(path, blake2b(data, digest_size=_SIZE).hexdigest(), lambda: data)

    def make(self, path: str, made_from: str, make: Callable[[], bytes]) -> None:
        """A file whose bytes follow from what the sum was made of; they are asked for when they must be written."""
        known = self._kept(path, made_from)
        if known is None:
            known = [made_from, *self._write(path, make())]
        self._new[path] = known

    def finish(self) -> None:
        """Let go what no longer belongs to the site, as MkDocs does: hidden files at the top stay."""
        for path in self._there:
            if path not in self._new and not path.startswith("."):
                with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                    (self._folder / path).unlink()  # a folder that stands there now was made by this build
        wanted = {""}
        for path in self._new:
            while (path := path.rpartition("/")[0]) not in wanted:
                wanted.add(path)
        for place in reversed(self._folders):  # those inside come after the one they are in
            if place not in wanted and not place.startswith("."):
                with suppress(OSError):
                    (self._folder / place).rmdir()
        sealed.write(self._listed, self._new)

    def untouched(self) -> bool:
        """Whether the folder is as the last build left it."""
        there = {path: stamp for path, stamp in self._there.items() if not path.startswith(".")}
        return bool(self._old) and there == {path: (one[1], one[2]) for path, one in self._old.items()}

    def pages(self) -> int:
        """How many pages the site has."""
        return sum(path.endswith(".html") for path in self._new or self._old)

    def _look(self, prefix: str) -> None:
        """Every file below a folder with its time and size, of a link its own, and every folder."""
        try:
            entries = list(os.scandir(self._folder / prefix))
        except FileNotFoundError:
            return
        for entry in entries:
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                self._folders.append(path)
                self._look(f"{path}/")
            else:
                self._there[path] = _stamp(entry.stat(follow_symlinks=False))

    def _kept(self, path: str, made_from: str) -> list[Any] | None:
        known = self._old.get(path)
        return known if known and known[0] == made_from and self._there.get(path) == (known[1], known[2]) else None

    def _write(self, path: str, data: bytes) -> tuple[int, int]:
        """A file among thousands: what stands in its way is known from the look at the folder. Its time and size."""
        self.written += 1
        self._room(path.rpartition("/")[0])
        place = f"{self._folder}/{path}"
        if path in self._there or path in self._rooms:  # never through a link to elsewhere
            self._clear(path)
        with open(place, "wb") as file:  # noqa: PTH123
            file.write(data)
        return _stamp(os.stat(place))  # noqa: PTH116

    def _room(self, folder: str) -> None:
        """A folder to write into, where a file or a link may have stood."""
        if folder in self._rooms:
            return
        place = self._folder / folder
        if folder:
            self._room(folder.rpartition("/")[0])
            with suppress(FileExistsError):
                place.mkdir()
            if place.is_symlink() or not place.is_dir():
                place.unlink()
                place.mkdir()
        else:
            place.mkdir(parents=True, exist_ok=True)
        self._rooms.add(folder)

    def _clear(self, path: str) -> None:
        """Take away a link or a folder that stands where a file belongs."""
        place = self._folder / path
        if place.is_symlink():
            place.unlink()
        elif place.is_dir():
            shutil.rmtree(place)
            self._rooms = {one for one in self._rooms if one != path and not one.startswith(f"{path}/")}


def _read(listed: Path) -> dict[str, list[Any]]:
    try:
        found: dict[str, list[Any]] = sealed.read(listed)
    except (OSError, ValueError):
        return {}
    return found


def _stamp(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_mtime_ns, stat.st_size
