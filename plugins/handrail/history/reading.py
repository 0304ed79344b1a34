"""Plans as they stood on earlier days. A file that did not change between two days is understood once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from handrail.build import Context, parts
from handrail.entity import IncompleteError
from handrail.fields import Entity
from handrail.git import Objects
from handrail.load.law import read_law
from handrail.load.projects import read_project
from handrail.load.reading import Reading
from handrail.model.kinds import kind_of
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.remark import Loc, Path
from handrail.source import Document
from handrail.starters import PLACE

_LAW = ("standards/handrail.yaml", "standards/policy/", "standards/people/people.yaml", "standards/approvals/",
        "standards/migrations/")  # fmt: skip
"""What facts follow from, beside the starters; rules, pages and training decide no figure."""


class Files:
    """Files of one day by path, with the contents of all days."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._data: dict[str, bytes] = {}
        self.blobs: dict[str, str] = {}

    def hold(self, blobs: Mapping[str, str]) -> None:
        """Stand on another day: these files and no others."""
        wanted = {name for name in blobs.values() if name not in self._data}
        found = self._objects.many(wanted)
        self._data.update({name: one.data for name, one in found.items()})
        self.blobs = dict(blobs)

    def paths(self) -> tuple[str, ...]:
        """Every file, sorted."""
        return tuple(sorted(self.blobs))

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        try:
            return self._data[self.blobs[path]]
        except KeyError:
            raise FileNotFoundError(path) from None

    def oddities(self) -> Mapping[str, str]:
        """Nobody is told about earlier days what should not stand there."""
        return {}


@dataclass(slots=True)
class PastReading(Reading):
    """A reading that keeps what a file holds by its content. Remarks about earlier days reach nobody."""

    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    entities: dict[tuple[str, str, str | None], Any] = field(default_factory=dict)
    parts: dict[tuple[str, str, str], Mapping[str, Any]] = field(default_factory=dict)

    def document(self, file: str, project: str | None) -> Document:
        """Read one file, once."""
        key = self._key(file)
        if key not in self.documents:
            self.documents[key] = Reading.document(self, file, project)
        return self.documents[key]

    def entity(self, cls: type[Entity], file: str, project: str | None, currency: str | None = None) -> Any:
        """Read one file that holds one entity, once."""
        key = (*self._key(file), currency)
        if key not in self.entities:
            self.entities[key] = Reading.entity(self, cls, file, project, currency)
        return self.entities[key]

    def make(
        self, cls: type[Entity], value: Mapping[str, Any], faulty: Iterable[Path], context: Context, project: str | None
    ) -> Any:  # fmt: skip
        """Build what can be built; of a whole plan, each file's part once."""
        if cls is not Plan or faulty:
            return Reading.make(self, cls, value, faulty, context, project)
        given: dict[str, Any] = {}
        for file in dict.fromkeys(context.files[key] for key in value):
            key = (*self._key(file), context.currency)
            if key not in self.parts:
                own = {name: one for name, one in value.items() if context.files[name] == file}
                self.parts[key] = parts(Plan, own, context)
            given |= self.parts[key]
        try:
            return Plan(loc=Loc(context.files.get("id", context.file)), **given)
        except IncompleteError:
            return None

    def _key(self, file: str) -> tuple[str, str]:
        return file, self.tree.blobs[file]  # type: ignore[attr-defined] # its tree is `Files`


class Past:
    """Repositories of earlier days: the law of the day with some of its projects."""

    def __init__(self, objects: Objects) -> None:
        self._files = Files(objects)
        self._reading = PastReading(tree=self._files, currency="EUR")

    def repository(self, law: Mapping[str, str], projects: Mapping[str, Mapping[str, str]]) -> Repository:
        """Read the law, given by path and content, and these projects' files; broken plans are left out."""
        every = dict(law)
        for files in projects.values():
            every.update(files)
        self._files.hold(every)
        reading = self._reading
        reading.currency = "EUR"
        found = read_law(reading)
        plans = []
        for name, files in projects.items():
            one = read_project(reading, name, tuple(sorted(files)))
            if isinstance(one, Plan):
                plans.append(one)
            reading.remarks.clear()
        return found.repository(reading, tuple(plans), ())


def law_of(files: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The files that facts follow from, out of all below `standards/`."""
    return {
        path: blob
        for path, blob in files
        if path.startswith(PLACE) or (path.startswith(_LAW) and kind_of(path) is not None)
    }
