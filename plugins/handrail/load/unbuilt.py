"""Names and ids in what could not be built: one slip in a file never hides another.

What does not fit its kind is no entity, and what is none refers to nothing. So where a project has faults, its names are
read once more from what is written, by the same declared fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handrail.fields import Entity, FieldType, fields_of
from handrail.load import remarks as say
from handrail.load.references import Found, Names, leads_nowhere
from handrail.model.kinds import kind_of
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.remark import Loc, Path, Remark


def check_written(
    repository: Repository, project: str, files: list[str], names: Names, lists: tuple[tuple[str, str, str], ...]
) -> Iterator[Remark]:  # fmt: skip
    """What is wrong with the names in a project's files as they are written. `lists`: kind, field and word, as for a plan."""
    home: dict[str, str] = {}
    for file in files:
        value, known = repository.raw.get(file), kind_of(file)
        if not isinstance(value, Mapping) or known is None:
            continue
        faulty = repository.faulty.get(file, frozenset())
        whole = is_fragment(file)
        cls = Plan if whole else known[0].cls
        for kind, name, path, title in _written(cls, value):
            place = home.setdefault(str(path[0]), file) if whole else file  # what is given twice is read once
            if place == file and path not in faulty and not names.may_be(kind, name):
                yield leads_nowhere(kind, name, title, Loc(file, path), names, project)
        if whole:
            for _, field, word in lists:
                if home.setdefault(field, file) == file:
                    yield from _twice(file, field, value.get(field), word, project)


def is_fragment(file: str) -> bool:
    """Whether a file is a part of a plan, and no record beside it."""
    return file.count("/") == 2 and file.endswith(".yaml")  # noqa: PLR2004 - projects, the project, the file


def _twice(file: str, field: str, ones: Any, word: str, project: str) -> Iterator[Remark]:
    seen: dict[str, Loc] = {}
    for i, one in enumerate(ones if isinstance(ones, list) else ()):
        given = one.get("id") if isinstance(one, Mapping) else None
        loc = Loc(file, (field, i))
        if isinstance(given, str) and given in seen:
            yield say.twice(loc, given, seen[given], word, project)
        elif isinstance(given, str):
            seen[given] = loc


def _written(cls: type[Entity], value: Mapping[str, Any]) -> Iterator[Found]:
    for one in fields_of(cls):
        if value.get(one.key) is not None:
            yield from _in_value(one.type, value[one.key], (one.key,), one.title)


def _in_value(kind: FieldType, value: Any, path: Path, title: str) -> Iterator[Found]:
    """The names in one value; where it is not what its field takes, there are none."""
    if kind.kind == "text":
        if kind.ref and isinstance(value, str):
            yield kind.ref, value, path, title
    elif kind.kind == "group":
        if kind.cls is not None and isinstance(value, Mapping):
            yield from ((what, name, (*path, *below), of) for what, name, below, of in _written(kind.cls, value))
    else:
        for part, step, one in _inside(kind, value):
            yield from _in_value(part, one, (*path, *step), title)


def _inside(kind: FieldType, value: Any) -> Iterator[tuple[FieldType, Path, Any]]:
    """What a list or a map holds: of which kind, how far below it, and the value."""
    if kind.kind == "list" and kind.item is not None:
        if isinstance(value, list):
            yield from ((kind.item, (i,), one) for i, one in enumerate(value))
        elif kind.one_or_many:
            yield kind.item, (), value
    elif kind.kind == "map" and isinstance(value, Mapping):
        for name, one in value.items():
            yield from ((part, (name,), each) for part, each in ((kind.key, name), (kind.item, one)) if part)
