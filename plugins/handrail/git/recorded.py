"""Which commit of a history gave files their present content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handrail.git.commits import Commit, commit_of
from handrail.git.objects import Objects
from handrail.git.process import Git
from handrail.git.revisions import refuse_incomplete, resolve

_AT_ONCE = 500
"""So many paths fit onto a command line on every system."""


def recorded(git: Git, revision: str, paths: Iterable[str]) -> Mapping[str, Commit]:
    """By path, the newest commit that wrote the file, merges left out. Raises GitFault for incomplete histories.

    Paths are as from the root. A file that no commit wrote is left out.
    """
    names = _newest(git, revision, paths, "--no-merges")
    objects = Objects(git)
    found = objects.many(names.values())
    objects.close()
    commits = {name: commit_of(name, one.data) for name, one in found.items()}
    return {path: commits[name] for path, name in names.items() if name in commits}


def landed(git: Git, revision: str, paths: Iterable[str]) -> Mapping[str, str]:
    """By path, the commit of the main line with which its present content came in. Raises GitFault for incomplete histories."""
    return _newest(git, revision, paths, "--first-parent", "-m")


def _newest(git: Git, revision: str, paths: Iterable[str], *how: str) -> Mapping[str, str]:
    refuse_incomplete(git)
    head, wanted = resolve(git, revision), [git.prefix + one for one in paths]
    names: dict[str, str] = {}
    for begin in range(0, len(wanted), _AT_ONCE):
        told = git.sealed(
            "log", *how, "--no-renames", "--diff-filter=AM", "--name-only", "-z", "--format=%x01%H", head, "--",
            *wanted[begin : begin + _AT_ONCE],
        )[1].decode("utf-8", "surrogateescape")  # fmt: skip
        for block in told.split("\x01")[1:]:
            name, *files = (one.strip("\n") for one in block.split("\0"))
            for path in files:
                if path:
                    names.setdefault(path, name)
    return {path.removeprefix(git.prefix): name for path, name in names.items()}
