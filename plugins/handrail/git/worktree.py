"""What is on the disk and not in a commit: changed and new files, without those that Git ignores."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from handrail.git.process import Git
from handrail.load.tree import unshowable, walk


class WorkTree:
    """The files that lie otherwise on the disk than in the commit that is checked out."""

    def __init__(self, git: Git) -> None:
        self._git = git

    @cached_property
    def touched(self) -> frozenset[str]:
        """Every path that differs from HEAD, from the top of the repository: changed, new or gone, staged or not."""
        words = ("status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=dirty")
        told = self._git.compared(*words).decode("utf-8", "surrogateescape")
        found = set()
        for line in told.split("\0")[:-1]:
            columns = {"1": 8, "u": 10, "?": 1}.get(line[:1])
            if columns is not None:
                found.add(line.split(" ", columns)[columns])
        return frozenset(found)

    @cached_property
    def ignored(self) -> frozenset[str]:
        """What Git ignores below the root's folders, from the top of the repository; folders end with a slash."""
        prefix = self._git.prefix
        words = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", "--full-name", "--")
        told = self._git.run(*words, *(f"{self._git.top / prefix / one}" for one in ("standards", "projects")))
        return frozenset(told.decode("utf-8", "surrogateescape").split("\0")[:-1])

    @property
    def projects(self) -> frozenset[str]:
        """The projects of which something differs."""
        start = f"{self._git.prefix}projects/"
        return frozenset(
            rest.split("/", 1)[0] for one in self.touched
            if one.startswith(start) and "/" in (rest := one.removeprefix(start))
        )  # fmt: skip

    @property
    def loose(self) -> tuple[str, ...]:
        """What differs and stands directly in `projects/`."""
        start = f"{self._git.prefix}projects/"
        return tuple(
            sorted(
                one.removeprefix(self._git.prefix) for one in self.touched
                if one.startswith(start) and "/" not in one.removeprefix(start)
            )
        )  # fmt: skip

    @property
    def law(self) -> bool:
        """Whether something below `standards/` differs."""
        return any(one.startswith(f"{self._git.prefix}standards/") for one in self.touched)

    def below(self, folder: str) -> tuple[tuple[str, ...], Mapping[str, str]]:
        """The files of a folder as they lie on the disk, without ignored ones, and the oddities there."""
        files: list[str] = []
        odd: dict[str, str] = {}
        above, _, name = folder.rpartition("/")
        shown = unshowable(name)
        if shown is not None:
            return (), {f"{above}/{shown[0]}": shown[1]}
        walk(self._git.root / folder, folder, files, odd)
        return tuple(one for one in files if not self._ignores(one)), {
            path: what for path, what in odd.items() if not self._ignores(path)
        }

    def at(self, path: str) -> tuple[tuple[str, ...], Mapping[str, str]]:
        """One path as it lies on the disk: a file, an oddity, or nothing any more."""
        place, name = self._git.root / path, path.rsplit("/", 1)[-1]
        shown = unshowable(name)
        if name.startswith(".") or not (place.is_symlink() or place.exists()):
            return (), {}
        if shown is not None:
            return (), {f"projects/{shown[0]}": shown[1]}
        if place.is_symlink() or not place.is_file():
            return (), {path: "a link to another place" if place.is_symlink() else "no plain file"}
        return (path,), {}

    def read(self, path: str) -> bytes:
        """The bytes of a file on the disk."""
        return (self._git.root / path).read_bytes()

    def _ignores(self, path: str) -> bool:
        full = f"{self._git.prefix}{path}"
        if full in self.ignored:
            return True
        parts = full.split("/")
        return any("/".join(parts[:number]) + "/" in self.ignored for number in range(1, len(parts)))
