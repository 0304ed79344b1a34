"""What each of the newest commits of the main line did to plans, in sentences: what feeds are made from."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from handrail.change import compare, told
from handrail.git import Git, GitFault, Mainline, Objects, changed_paths
from handrail.git.folders import Folders
from handrail.history.reading import Past, law_of

MOST = 40
"""So many commits are looked at; a feed is for news, `handrail changes` tells of any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What one commit did to one project. name: what the project is called since."""

    commit: str
    at: datetime
    project: str
    name: str
    sentences: tuple[str, ...]


def news_of(root: Path, shown: Container[str], most: int = MOST) -> tuple[Item, ...]:
    """The newest first. shown: the projects that may be told of. Nothing where there is no Git or the clone is incomplete."""
    try:
        git = Git(root)
        line = Mainline(git)
        objects = Objects(git)
    except GitFault:
        return ()
    try:
        looking = _Looking(git, objects)
        pairs = zip(line.commits, line.times(), strict=True)
        wanted = _touching(git, line.commits[-1], most)
        steps = [step for step in pairwise(pairs) if step[1][0] in wanted]
        return tuple(
            one for (before, _), (after, at) in reversed(steps) for one in looking.step(before, after, at, shown)
        )
    except GitFault:
        return ()
    finally:
        objects.close()


def _touching(git: Git, head: str, most: int) -> frozenset[str]:
    """The newest commits of the main line that did anything to plans."""
    words = ("log", "--first-parent", f"-{most}", "--format=%H", head, "--", f"{git.prefix}projects")
    return frozenset(git.sealed(*words)[1].decode().split())


class _Looking:
    def __init__(self, git: Git, objects: Objects) -> None:
        self._git, self._objects = git, objects
        self._folders, self._past = Folders(objects, git.hashes), Past(objects)

    def step(self, before: str, after: str, at: int, shown: Container[str]) -> Iterator[Item]:
        """What a commit did against the one before it, project by project."""
        inside = f"{self._git.prefix}projects/"
        paths = (one.path for one in changed_paths(self._git, before, after, "projects"))
        names = {path.removeprefix(inside).partition("/")[0] for path in paths if path.startswith(inside)}
        names = {one for one in names if one in shown}
        if not names:
            return
        # the law of the day after for both: what is told is what happened to plans
        law = law_of(self._files(after, "standards"))
        old, new = (self._past.repository(law, self._projects(commit, names)) for commit in (before, after))
        titles = {plan.id: plan.name for plan in (*old.plans, *new.plans)}
        by_project: dict[str, list[str]] = {}
        for one in told(compare(old, new, only=names)):
            if one.project in names:
                by_project.setdefault(one.project, []).append(one.sentence)
        for project, sentences in sorted(by_project.items()):
            yield Item(
                commit=after, at=datetime.fromtimestamp(at, UTC), project=project, name=titles.get(project, project), sentences=tuple(sentences)
            )  # fmt: skip

    def _projects(self, commit: str, names: set[str]) -> dict[str, dict[str, str]]:
        found = {one: dict(self._files(commit, f"projects/{one}")) for one in sorted(names)}
        return {name: files for name, files in found.items() if files}

    def _files(self, commit: str, folder: str) -> Iterator[tuple[str, str]]:
        found = self._objects.get(f"{commit}:{self._git.prefix}{folder}")
        if found is not None and found.kind == "tree":
            yield from self._folders.files(found.name, f"{folder}/")
