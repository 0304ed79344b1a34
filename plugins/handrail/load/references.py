"""Names that must lead somewhere: people, objectives, items. A dangling one is told with both ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from handrail.fields import Entity, FieldType, fields_of, memo
from handrail.load import remarks as say
from handrail.model.role_change import RoleChange
from handrail.remark import Loc, Path, Related, Remark
from handrail.slips import near, offered
from handrail.source.words import shown

Found = tuple[str, str, Path, str]
"""The kind that is meant, the name that is given, the path below the entity, and the title of the field."""
_Walk = Callable[[Any, Path, str], Iterator[Found]]

_HOMES: Mapping[str, tuple[str, str, str]] = {
    "person": ("standards/people/people.yaml", "the directory of people knows nobody called {}", "the directory"),
    "objective": ("standards/strategy/objectives.yaml", "the strategy has no objective {}", "the strategy"),
    "programme": ("standards/strategy/programmes.yaml", "there is no programme called {}", "the programmes"),
    "board": ("standards/policy/boards.yaml", "there is no standing board called {}", "the boards"),
    "project": ("", "there is no project called {}", ""),
    "rule": ("", "there is no rule {}", ""),
    "module": ("", "there is no training module called {}", ""),
    "competence": ("standards/people/competences.yaml", "the competence matrix knows nothing called {}", "the matrix"),
    "playbook": ("", "there is no playbook called {}", ""),
    "proposal": ("", "there is no proposal {}", ""),
    "any lesson": ("", "no project has a lesson {}", ""),
    "any support request": ("", "no project has a support request {}", ""),
    "requirement": ("", "no standard has a requirement {}", ""),
}
"""By kind: the file that keeps the names, what is the matter, and what the file is called."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Names:
    """What can be named: by kind, the ids and the place that a reader should look at.

    lost: kinds that are kept in a broken file, so that a name cannot be called wrong. home: the file of each field, for
    a project of several files. raw: by file, what is written there. unread: projects that exist and were not read, so that
    nobody knows which records they have.
    """

    ids: Mapping[str, Mapping[str, Loc | None]]
    lost: frozenset[str] = frozenset()
    home: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    def may_be(self, kind: str, name: str) -> bool:
        """Whether there is such a thing, as far as this can be told."""
        return name in self.ids.get(kind, {}) or kind in self.lost or (
            kind.startswith("any ") and name.partition("/")[0] in self.unread
        )  # fmt: skip


def dangling(entity: Entity, names: Names, project: str | None) -> Iterator[Remark]:
    """Every reference of an entity that leads nowhere."""
    for kind, name, path, title in (*_walk(type(entity))(entity, (), ""), *_receiver(entity)):
        if not names.may_be(kind, name):
            yield leads_nowhere(kind, name, title, _owner_loc(entity, path, names.home), names, project)


def _receiver(entity: Entity) -> Iterator[Found]:
    """Who gets a role that is handed over: the role says whether a person or a board, so that the field alone cannot."""
    if isinstance(entity, RoleChange):
        yield "board" if entity.role == "board" else "person", entity.to, ("to",), "To"


def leads_nowhere(kind: str, name: str, title: str, own: Loc, names: Names, project: str | None) -> Remark:  # noqa: PLR0913, PLR0917 - a name, its place and what there is
    """A name that nothing has: with the one that was probably meant, or with the place where such names stand."""
    known = names.ids.get(kind, {})
    file, matter, called = _HOMES.get(kind, ("", f"this project has no {kind} {{}}", ""))
    guess = near(name, known) or (near(_handle(name), known) if kind == "person" else None)
    add = f", or add it to {called} first" if called else ""
    some = "" if guess or file else offered(name, (one for one in known if one))
    place = known[guess] if guess else next((Loc(one.file) for one in known.values() if one and file), Loc(file))
    note = "this one is like it" if guess else f"{called} stand{'s' if called in _SINGULAR else ''} here"
    return say.unreadable(
        own, f"{title}: {matter.format(f'`{shown(name)}`')}.",
        f"Did you mean `{guess}`?" if guess else f"Correct the name{add}{f'; there are {some}' if some else ''}.", project=project,
        pointer=f"{own.file}#{say.pointer(names.raw.get(own.file), own.path)}#{name}",
        related=(Related(loc=place, note=note),) if place and place.file else (),
    )  # fmt: skip


def _handle(name: str) -> str:
    """How a person's full name would stand in the directory: `c.moreau` for Claire Moreau."""
    words = name.split()
    return f"{words[0][0]}.{words[-1]}" if len(words) > 1 else ""


def mentions(entity: Entity, home: Mapping[str, str]) -> Iterator[tuple[str, str, Loc, str, bool]]:
    """Every name of something else in an entity: kind, name, place, title, and whether it is itself the name of a field."""
    for kind, name, path, title in _walk(type(entity))(entity, (), ""):
        loc = _owner_loc(entity, path, home)
        yield kind, name, loc, title, bool(path) and path[-1] == name


_SINGULAR = frozenset({"the directory", "the strategy", "the matrix"})


def _owner_loc(entity: Entity, path: Path, home: Mapping[str, str]) -> Loc:
    """Follow the path through nested entities, so that a field of another fragment keeps its own file."""
    value: Any = entity
    loc = entity.loc
    if not loc.path and path and str(path[0]) in home:
        loc = Loc(home[str(path[0])])
    rest: list[str | int] = []
    for step in path:
        rest.append(step)
        if isinstance(value, Entity):
            name = next((one.name for one in fields_of(type(value)) if one.key == step), None)
            value = getattr(value, name) if name else None
        elif isinstance(value, tuple) and isinstance(step, int):
            value = value[step]
        elif isinstance(value, Mapping):
            value = value.get(str(step))
        if isinstance(value, Entity):
            loc, rest = value.loc, []
    return Loc(loc.file, loc.path + tuple(rest))


@memo
def _walk(cls: type[Entity]) -> _Walk:
    parts = [
        (one.name, one.key, one.title, walk) for one in fields_of(cls) if (walk := _walk_type(one.type)) is not None
    ]

    def every(entity: Any, path: Path, _: str) -> Iterator[Found]:
        for name, key, title, walk in parts:
            value = getattr(entity, name)
            if value is not None and value != ():
                yield from walk(value, (*path, key), title)

    return every


def _walk_type(kind: FieldType) -> _Walk | None:
    if kind.kind == "text":
        ref = kind.ref
        return (lambda value, path, title: iter(((ref, value, path, title),))) if ref else None
    if kind.kind == "group" and kind.cls is not None:
        return _walk(kind.cls) if _refers(kind.cls) else None
    if kind.kind == "list" and kind.item is not None:
        item = _walk_type(kind.item)
        return (lambda value, path, title: _each(item, value, path, title)) if item else None
    if kind.kind == "map" and kind.key is not None and kind.item is not None:
        key, inner = _walk_type(kind.key), _walk_type(kind.item)
        return (lambda value, path, title: _both((key, inner), value, path, title)) if key or inner else None
    return None


def _each(walk: _Walk, value: Any, path: Path, title: str) -> Iterator[Found]:
    for i, one in enumerate(value):
        yield from walk(one, (*path, i), title)


def _both(walks: tuple[_Walk | None, _Walk | None], value: Any, path: Path, title: str) -> Iterator[Found]:
    key, inner = walks
    for name, one in value.items():
        if key:
            yield from key(name, (*path, name), title)
        if inner:
            yield from inner(one, (*path, name), title)


@memo
def _refers(cls: type[Entity]) -> bool:
    return any(_type_refers(one.type) for one in fields_of(cls))


def _type_refers(kind: FieldType) -> bool:
    if kind.ref:
        return True
    if kind.cls is not None:
        return _refers(kind.cls)
    return any(_type_refers(one) for one in (kind.item, kind.key) if one is not None)
