"""What was read of each project's folder, what rules said of it and where that stands, kept for the next build.

A folder counts as read as long as its files are untouched, and so are the law, the program and everything else that all
projects share. What a rule said counts besides only on the same day and as long as the projects that it looked at are
untouched. Whatever is missing, torn or of another release is read and judged again.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from handrail.compute.facts import Portfolio
from handrail.fast import sealed
from handrail.fast.pickled import pickled, unpickled
from handrail.fast.sealed import summed
from handrail.fast.watch import ALL, watched_scope
from handrail.load.projects import Folder
from handrail.remark import Loc, Remark, Span
from handrail.source import Spans

T = TypeVar("T")
_SIZE = 16
_PROJECTS = "projects"
_Heard = dict[str, tuple[tuple[str, ...], bytes, tuple[Remark, ...]]]
"""By rule: the other projects that it looked at, a sum of these, and what it said."""


class ByFolder:
    """Values by project that follow from nothing but its folder, law and program."""

    def __init__(self, place: Path, law: bytes, folders: Mapping[str, bytes]) -> None:
        """law: a sum of all that projects share; folders: a sum by project."""
        self._place, self._law, self._folders = place, law, folders
        self._kept = sealed.read_parts(place)
        self._new: dict[str, bytes] = {}

    def get(self, project: str, cls: type[T]) -> T | None:
        """The value of a folder that is as it was."""
        found = self.before(project, cls, self._folders.get(project, b""))
        if found is not None:
            self._new[project] = self._kept[project]
        return found

    def before(self, project: str, cls: type[T], folder: bytes) -> T | None:
        """The value that the last build kept; folder: the sum of the project's files at that time."""
        data = self._kept.get(project, b"")
        found: T | None = _unpickled(data[_SIZE:], cls) if data[:_SIZE] == summed(self._law, folder) else None
        return found

    def put(self, project: str, value: object) -> None:
        """Keep a value that was made now."""
        self._new[project] = self._key(project) + pickled(value)

    def save(self) -> None:
        """Leave everything for the next build."""
        if self._new != self._kept:
            sealed.write_parts(self._place, self._new)

    def _key(self, project: str) -> bytes:
        return summed(self._law, self._folders.get(project, b""))


class Plans(ByFolder):
    """Folders as they were read for the last build."""

    def folder(self, project: str) -> Folder | None:
        """A folder that is as it was."""
        return self.get(project, Folder)

    def folder_before(self, project: str, folder: bytes) -> Folder | None:
        """A folder as it was read for the last build; folder: the sum of its files at that time."""
        return self.before(project, Folder, folder)

    def add_folder(self, project: str, found: Folder) -> None:
        """Keep a folder as it was read now."""
        self.put(project, found)


class Places(ByFolder):
    """Where remarks about plans stand, as it was found out for the last build."""

    def fill(self, spans: Spans) -> None:
        """Tell what is known of folders that are as they were."""
        for project in self._folders:
            known = self.get(project, dict)
            spans.found |= known or {}

    def take(self, spans: Spans) -> None:
        """Keep what is known by now."""
        by_project: dict[str, dict[Loc, Span]] = {}
        for loc, span in spans.found.items():
            top, _, rest = loc.file.partition("/")
            if top == _PROJECTS:
                by_project.setdefault(rest.partition("/")[0], {})[loc] = span
        for project, found in by_project.items():
            if self.get(project, dict) != found:
                self.put(project, found)


class SaidBefore:
    """What rules said of each project for the last build."""

    def __init__(self, place: Path, law: bytes, folders: Mapping[str, bytes]) -> None:
        """law: a sum of all that projects share; folders: a sum by project."""
        self._place, self._law, self._folders = place, law, folders
        self._kept = sealed.read_parts(place)
        self._whole = summed(*(name.encode("utf-8", "surrogatepass") + one for name, one in sorted(folders.items())))
        self._heard: dict[str, _Heard] = {}
        self._fresh: set[str] = set()
        self._noted: set[str] = set()

    def begin(self, portfolio: Portfolio, scope: dict[str, Any]) -> dict[str, Any]:
        """Take out what holds on this day; the scope with watchers at its doors."""
        names = "\0".join(sorted(self._folders))
        shared = summed(self._law, str(portfolio.as_of).encode(), names.encode("utf-8", "surrogatepass"))
        self._keys = {one.id: summed(shared, self._folders.get(one.id, b"")) for one in portfolio.projects}
        for project, key in self._keys.items():
            data = self._kept.get(project, b"")
            found = _unpickled(data[_SIZE:], dict) if data[:_SIZE] == key else None
            self._heard[project] = found or {}
        return watched_scope(scope, self._noted)

    def of(self, rule: str, project: str) -> tuple[Remark, ...] | None:
        """What a rule said, where it can say nothing else today."""
        known = self._heard[project].get(rule)
        if known is not None and known[1] == self._others(known[0]):
            return known[2]
        self._noted.clear()
        return None

    def keep(self, rule: str, project: str, remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
        """Keep what a rule says, with those that it has looked at."""
        noted = tuple(sorted(self._noted - {project}))
        self._heard[project][rule] = (noted, self._others(noted), remarks)
        self._fresh.add(project)
        return remarks

    def save(self) -> None:
        """Leave everything for the next build."""
        if self._fresh or self._heard.keys() != self._kept.keys():
            told = {
                one: self._keys[one] + pickled(heard) if one in self._fresh else self._kept[one]
                for one, heard in self._heard.items() if one in self._fresh or one in self._kept
            }  # fmt: skip
            sealed.write_parts(self._place, told)

    def _others(self, names: Iterable[str]) -> bytes:
        return summed(*(self._whole if one == ALL else self._folders.get(one, b"") for one in names)) if names else b""


class Memory:
    """All that is kept of plans between two builds into one place."""

    def __init__(self, folder: Path, law: bytes, folders: Mapping[str, bytes]) -> None:
        """folder: where it lies; law: a sum of all that projects share; folders: a sum by project."""
        self.plans = Plans(folder / "plans", law, folders)
        self.said = SaidBefore(folder / "said", law, folders)
        self.places = Places(folder / "places", law, folders)

    def save(self, spans: Spans) -> None:
        """Leave everything for the next build, with the places that were found."""
        self.places.take(spans)
        for one in (self.plans, self.said, self.places):
            one.save()


def _unpickled(data: bytes, cls: type[Any]) -> Any:
    """What was kept, None where it cannot be read."""
    with suppress(pickle.UnpicklingError, EOFError, AttributeError, IndexError, ValueError, TypeError, ImportError):
        found = unpickled(data)
        return found if isinstance(found, cls) else None
    return None
