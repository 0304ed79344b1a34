"""What each of the newest commits of the main line did to plans, in sentences: what feeds are made from.

Commits do not change, so what two of them differ in is worked out once and remembered in Git's folder, under the names of
both, of the projects that are told of, and of the code that worked it out.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

from handrail.change import compare, told
from handrail.git import Git, GitFault, Mainline, Objects, changed_paths
from handrail.git.folders import Folders
from handrail.history.reading import Past, law_of
from handrail.history.store import Store
from handrail.load.known import code, code_of

MOST = 40
"""So many commits are looked at; a feed is for news, `handrail changes` tells of any time."""
_KEY = 20

_Told = Mapping[str, tuple[str, list[str]]]
"""By project: what it is called since, and the sentences."""


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
    store = Store(git.common, code())
    try:
        looking = _Looking(git, objects, store)
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
        store.close()


def _touching(git: Git, head: str, most: int) -> frozenset[str]:
    """The newest commits of the main line that did anything to plans."""
    words = ("log", "--first-parent", f"-{most}", "--format=%H", head, "--", f"{git.prefix}projects")
    return frozenset(git.sealed(*words)[1].decode().split())


class _Looking:
    def __init__(self, git: Git, objects: Objects, store: Store) -> None:
        self._git, self._objects, self._store = git, objects, store
        self._folders, self._past = Folders(objects, git.hashes), Past(objects)
        self._code = code_of("change", "history", "git")

    def step(self, before: str, after: str, at: int, shown: Container[str]) -> Iterator[Item]:
        """What a commit did against the one before it, project by project."""
        names = [one for one in self._touched(before, after) if one in shown]
        if not names:
            return
        when = datetime.fromtimestamp(at, UTC)
        for project, (name, sentences) in sorted(self._told(before, after, names).items()):
            yield Item(commit=after, at=when, project=project, name=name, sentences=tuple(sentences))

    def _touched(self, before: str, after: str) -> list[str]:
        """The projects of which a commit changed anything."""
        key = self._key("touched", before, after)
        known = self._store.get(key)
        if known is not None:
            return known.decode().splitlines()
        inside = f"{self._git.prefix}projects/"
        paths = (one.path for one in changed_paths(self._git, before, after, "projects"))
        names = sorted({path.removeprefix(inside).partition("/")[0] for path in paths if path.startswith(inside)})
        if not any(one.splitlines() != [one] for one in names):  # a strange name on the disk is looked at each time
            self._store.put(key, "\n".join(names).encode("utf-8", "surrogatepass"))
        return names

    def _told(self, before: str, after: str, names: Iterable[str]) -> _Told:
        key = self._key("told", before, after, *names)
        known = self._store.get(key)
        if known is not None:
            with suppress(ValueError, TypeError, AttributeError):
                return {project: (name, list(ones)) for project, (name, ones) in json.loads(known).items()}
        found = self._compared(before, after, set(names))
        self._store.put(key, json.dumps(found, separators=(",", ":")).encode())
        return found

    def _compared(self, before: str, after: str, names: set[str]) -> _Told:
        # the law of the day after for both: what is told is what happened to plans
        law = law_of(self._files(after, "standards"))
        old, new = (self._past.repository(law, self._projects(commit, names)) for commit in (before, after))
        titles = {plan.id: plan.name for plan in (*old.plans, *new.plans)}
        by_project: dict[str, list[str]] = {}
        for one in told(compare(old, new, only=names)):
            if one.project in names:
                by_project.setdefault(one.project, []).append(one.sentence)
        return {project: (titles.get(project, project), ones) for project, ones in by_project.items()}

    def _key(self, *parts: str) -> bytes:
        total = blake2b(self._code, digest_size=_KEY)
        for part in ("news", self._git.prefix, *parts):
            data = part.encode("utf-8", "surrogatepass")
            total.update(len(data).to_bytes(4, "big") + data)
        return total.digest()

    def _projects(self, commit: str, names: set[str]) -> dict[str, dict[str, str]]:
        found = {one: dict(self._files(commit, f"projects/{one}")) for one in sorted(names)}
        return {name: files for name, files in found.items() if files}

    def _files(self, commit: str, folder: str) -> Iterator[tuple[str, str]]:
        found = self._objects.get(f"{commit}:{self._git.prefix}{folder}")
        if found is not None and found.kind == "tree":
            yield from self._folders.files(found.name, f"{folder}/")
