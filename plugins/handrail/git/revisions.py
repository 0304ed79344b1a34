"""Which commits are meant, what they have in common, and what merging them gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handrail.git.process import Git, GitFault, NoRepository

_CONFLICT = 1
_OLDEST = (2, 38)
_HASH = re.compile(r"[0-9a-f]{40,64}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What lies between a target and a head, all as names of objects.

    bases: their merge bases, at least one. merged: the tree that merging gives; the head's own where they conflict.
    conflict: whether they do. target, head: commits.
    """

    target: str
    head: str
    bases: tuple[str, ...]
    merged: str
    conflict: bool = False

    @property
    def base(self) -> str:
        """The merge base; the first where there are several."""
        return self.bases[0]


def resolve(git: Git, revision: str) -> str:
    """The commit that a revision names: a branch, a tag, `HEAD~1`, a commit. Raises GitFault when there is none."""
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise GitFault(f"`{ascii(revision)[1:-1]}` is no name of a revision.", _NAMES)
    status, told = git.answer("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", fine=(0, 1, 128))
    name = told.decode().strip()
    if status or not _HASH.match(name):
        fault = NoRepository if _unborn(git, revision) else GitFault
        raise fault(f"There is no revision `{revision}` here.", _unknown(git, revision))
    return name


_NAMES = "Name a branch, a tag or a commit, such as `origin/main`."


def _unborn(git: Git, revision: str) -> bool:
    """Whether nothing has been committed yet."""
    unknown = (1, 128)
    return (
        revision.startswith("HEAD")
        and git.answer("rev-parse", "--verify", "--quiet", "HEAD", fine=(0, *unknown))[0] in unknown
    )


def _unknown(git: Git, revision: str) -> str:
    if _unborn(git, revision):
        return "Nothing has been committed yet. Commit first; until then `handrail check` judges all files."
    if revision.startswith("HEAD~"):
        return "The history is not that long."
    if "/" in revision:
        remote, _, branch = revision.partition("/")
        return f"Fetch it first: `git fetch {remote} {branch}`."
    return _NAMES


def is_hash(name: str) -> bool:
    """Whether a name is that of an object itself."""
    return _HASH.match(name) is not None


def span_of(git: Git, target: str, head: str, *, merge: bool = True) -> Span:
    """What lies between two commits. Raises GitFault for histories that are incomplete or have nothing in common.

    Without `merge` the tree of the head stands for the merge result.
    """
    refuse_incomplete(git)
    target, head = resolve(git, target), resolve(git, head)
    bases = (target,) if target == head else merge_bases(git, target, head)
    if not merge or target in bases:  # nothing has happened on the target since: merging gives the head
        return Span(target=target, head=head, bases=bases, merged=tree_of(git, head))
    if head in bases:
        return Span(target=target, head=head, bases=bases, merged=tree_of(git, target))
    merged, conflict = merge_tree(git, target, head)
    return Span(target=target, head=head, bases=bases, merged=merged, conflict=conflict)


def merge_bases(git: Git, one: str, other: str) -> tuple[str, ...]:
    """The best common ancestors of two commits. Raises GitFault where there are none."""
    _, told = git.sealed("merge-base", "--all", one, other, fine=(0, 1))
    bases = tuple(told.decode().split())
    if not bases:
        raise GitFault(
            "The two histories have nothing in common, so nobody can tell what was changed.",
            "Start the branch from the target: `git switch -c NAME origin/main`, then bring the work over.",
        )
    return bases


def tree_of(git: Git, commit: str) -> str:
    """The tree of a commit."""
    return git.sealed("rev-parse", "--verify", f"{commit}^{{tree}}")[1].decode().strip()


def merge_tree(git: Git, target: str, head: str) -> tuple[str, bool]:
    """The tree that merging gives, and whether the two conflict; then it is the head's own tree."""
    words = ("merge-tree", "--write-tree", "-z", "--no-messages", target, head)
    try:
        status, told = git.sealed(*words, fine=(0, _CONFLICT))
    except GitFault:
        if version(git) < _OLDEST:
            raise GitFault(
                "This Git is too old to say what a merge would give.",
                "Install Git 2.38 or newer; `git --version` tells which one is there.",
            ) from None
        raise
    if status == _CONFLICT:
        return tree_of(git, head), True
    return told.split(b"\0")[0].decode().strip(), False


def version(git: Git) -> tuple[int, ...]:
    """The version of Git, as numbers."""
    return tuple(int(one) for one in re.findall(r"\d+", git.run("--version").decode())[:2])


def refuse_incomplete(git: Git) -> None:
    """Raise where the clone does not have the whole history: what was changed would be guessed."""
    if git.shallow:
        raise GitFault(
            "This clone holds only the newest part of the history, so nobody can tell what was changed.",
            "Fetch the rest: `git fetch --unshallow` (on GitHub Actions `fetch-depth: 0`, on GitLab `GIT_DEPTH: 0`).",
        )
    status, _ = git.answer(
        "config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$", fine=(0, 1)
    )  # fmt: skip
    if status == 0:
        raise GitFault(
            "This clone left out files that nobody has looked at yet (a partial clone).",
            "Clone without `--filter`, or fetch all: `git fetch --refetch --no-filter`, then `git config --unset "
            "remote.origin.promisor` and `git config --unset remote.origin.partialclonefilter`.",
        )
