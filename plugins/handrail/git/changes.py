"""What differs between two trees, path by path, with both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handrail.git.process import Git

_NOTHING = "0"
How = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathChange:
    """One path that differs. path: where it stands now, or stood; old_path: where a moved file stood before.

    old, new: the names of the contents, None on the side where there is none. Modes as Git writes them: `100644` a file,
    `100755` one that can be run, `120000` a link, `160000` a submodule.
    """

    path: str
    old_path: str
    old: str | None
    new: str | None
    old_mode: str | None
    new_mode: str | None

    @property
    def how(self) -> How:
        """In one word."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "changed" if self.path == self.old_path else "moved"


def changed_paths(git: Git, before: str, after: str, *folders: str) -> tuple[PathChange, ...]:
    """Every path that differs between two commits or trees, from the top of the repository, in the order of Git.

    A moved file is removed at one place and added at another (`renames` puts the two together). `folders` narrow it.
    """
    return _differences(git, before, after, "--no-renames", folders)


def renames(git: Git, before: str, after: str, *folders: str) -> tuple[PathChange, ...]:
    """The same, with files that were moved and are at least half the same as one change."""
    return _differences(git, before, after, "-M50%", folders)


def _differences(git: Git, before: str, after: str, moves: str, folders: tuple[str, ...]) -> tuple[PathChange, ...]:
    words = ("diff-tree", "-r", "-z", "--raw", "--full-index", "--no-ext-diff", "--no-textconv", moves, before, after)
    return parsed(git.sealed(*words, "--", *folders)[1].decode("utf-8", "surrogateescape"))


def parsed(told: str) -> tuple[PathChange, ...]:
    """Git's raw form of differences, ended by NULs."""
    found = []
    words = iter(told.split("\0"))
    for head in words:
        if not head:
            break
        old_mode, new_mode, old, new, status = head.removeprefix(":").split(" ")
        old_path = path = next(words)
        if status[0] in "RC":
            path = next(words)
        found.append(
            PathChange(
                path=path, old_path=old_path,
                old=_there(old), new=_there(new),
                old_mode=old_mode if _there(old) else None, new_mode=new_mode if _there(new) else None,
            )
        )  # fmt: skip
    return tuple(found)


def _there(name: str) -> str | None:
    return name if name.strip(_NOTHING) else None
