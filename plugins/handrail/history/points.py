"""Facts of every plan at the end of earlier days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path

from handrail.clock import zone_of
from handrail.compute.figures import worth_of
from handrail.compute.heterogeneity import Framework
from handrail.compute.portfolio import compute
from handrail.compute.trend import History, Point, PointFacts, facts_of
from handrail.git import Git, GitFault, Mainline, NoRepository, Objects
from handrail.git.folders import Folders
from handrail.history.packing import packed, unpacked
from handrail.history.reading import Past, law_of
from handrail.history.store import Store
from handrail.load.known import code

_KEY = 20


def history_of(
    root: Path, days: Iterable[date], *, timezone: str = "UTC", head: str = "HEAD", cache: bool = True,
) -> History:  # fmt: skip
    """The projects at the end of each day, by the law of that day; days before the first commit have no point.

    Where there is no Git, or the clone is incomplete, the history is empty and says why.
    """
    try:
        git = Git(root)
        line = Mainline(git, head)
    except NoRepository:
        return History(why="This was made where no history is kept, so earlier days are not known.")
    except GitFault as fault:
        return History(why=_public(fault, root))
    objects = Objects(git)
    store = Store(git.common if cache else None, code())
    try:
        gathering = _Gathering(git, objects, store)
        found = ((day, line.at(day, zone_of(timezone))) for day in sorted(set(days)))
        points = tuple(gathering.point(day, commit) for day, commit in found if commit is not None)
    except GitFault as fault:
        return History(why=_public(fault, root))
    finally:
        objects.close()
        store.close()
    return History(points=points, why="" if points else "The history begins later than that.")


def _public(fault: GitFault, root: Path) -> str:
    """The reason without the place on this machine: it is published."""
    return str(fault).replace(str(root), "this folder")


class _Gathering:
    """One walk over the days. Trees, files and laws that two days share are looked at once."""

    def __init__(self, git: Git, objects: Objects, store: Store) -> None:
        self._prefix = git.prefix
        self._objects, self._store = objects, store
        self._folders = Folders(objects, git.hashes)
        self._past = Past(objects)

    def point(self, day: date, commit: str) -> Point:
        """All projects of a commit on a day."""
        law = law_of(self._files(commit, "standards"))
        tree = self._tree(commit, "projects")
        key = _digest(day.isoformat(), tree or "", *(f"{path} {blob}" for path, blob in sorted(law.items())))
        known = self._store.get(key)
        if known is not None:
            with suppress(ValueError, KeyError, TypeError, ArithmeticError):
                return Point(on=day, commit=commit, projects={one.id: one for one in unpacked(known)})
        projects = self._computed(day, law, self._folders.below(tree) if tree else {})
        self._store.put(key, packed(projects))
        return Point(on=day, commit=commit, projects={one.id: one for one in projects})

    def _computed(self, day: date, law: Mapping[str, str], trees: Mapping[str, str]) -> tuple[PointFacts, ...]:
        self._folders.read(trees.values())
        files = {name: dict(self._folders.files(tree, f"projects/{name}/")) for name, tree in sorted(trees.items())}
        repository = self._past.repository(law, {name: ones for name, ones in files.items() if ones})
        framework = Framework(repository)
        return tuple(
            facts_of(one, repository.policy.thresholds, framework, worth_of(one, repository))
            for one in compute(repository, day).projects
        )

    def _files(self, commit: str, folder: str) -> Iterable[tuple[str, str]]:
        tree = self._tree(commit, folder)
        return self._folders.files(tree, f"{folder}/") if tree else ()

    def _tree(self, commit: str, folder: str) -> str | None:
        found = self._objects.get(f"{commit}:{self._prefix}{folder}")
        return found.name if found is not None and found.kind == "tree" else None


def _digest(*parts: str) -> bytes:
    text = "\0".join(parts).encode("utf-8", "surrogateescape")
    return blake2b(text, digest_size=_KEY).digest()
