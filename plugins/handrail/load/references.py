"""Names that must lead somewhere: people, objectives, items. A dangling one is told with both ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from handrail.fields import Entity, FieldType, fields_of
from handrail.load import remarks as say
from handrail.remark import Loc, Path, Related, Remark

Found = tuple[str, str, Path]
"""The kind that is meant, the name that is given, and the path below the entity."""
_Walk = Callable[[Any, Path], Iterator[Found]]

_HOMES: Mapping[str, tuple[str, str]] = {
    "person": ("standards/people/people.yaml", "the directory of people"),
    "objective": ("standards/strategy/objectives.yaml", "the objectives"),
    "programme": ("standards/strategy/programmes.yaml", "the programmes"),
    "board": ("standards/policy/boards.yaml", "the standing boards"),
    "project": ("projects", "the projects"),
    "rule": ("standards", "the rules"),
    "requirement": ("standards", "the standards' requirements"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What can be named: by kind, the ids and the place that a reader should look at."""

    ids: Mapping[str, Mapping[str, Loc]]

    def home(self, kind: str, project_file: str) -> tuple[Loc, str]:
        """Where names of a kind are kept, and what that place is called."""
        if kind in _HOMES:
            file, words = _HOMES[kind]
            return Loc(file), words
        return Loc(project_file), "this project"


def dangling(entity: Entity, names: Names, project: str | None, raw: Any = None) -> Iterator[Remark]:
    """Every reference of an entity that leads nowhere."""
    for kind, name, path in _walk(type(entity))(entity, ()):
        known = names.ids.get(kind, {})
        if name in known:
            continue
        own = _owner_loc(entity, path)
        home, words = names.home(kind, own.file)
        near = get_close_matches(name, known, 1, 0.6)
        fix = f"Did you mean `{near[0]}`?" if near else f"Correct the name, or add it to {words} first."
        place = next((Loc(one.file) for one in known.values()), home)
        yield say.unreadable(
            own, f"`{name}` is named here, but {words} {_have(words)} no {kind} of that name.", fix, project=project,
            pointer=f"{own.file}#{say.pointer(raw, own.path) if raw is not None else own.path}",
            related=(Related(loc=known[near[0]] if near else place, note=f"{words} stand{'s' if _have(words) == 'has' else ''} here"),),
        )  # fmt: skip


def _have(words: str) -> str:
    return "has" if words.startswith(("the directory", "this")) else "have"


def _owner_loc(entity: Entity, path: Path) -> Loc:
    """Follow the path through nested entities, so that a field of another fragment keeps its own file."""
    value: Any = entity
    loc = entity.loc
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


@cache
def _walk(cls: type[Entity]) -> _Walk:
    parts = [(one.name, one.key, walk) for one in fields_of(cls) if (walk := _walk_type(one.type)) is not None]

    def every(entity: Any, path: Path) -> Iterator[Found]:
        for name, key, walk in parts:
            value = getattr(entity, name)
            if value is not None and value != ():
                yield from walk(value, (*path, key))

    return every


def _walk_type(kind: FieldType) -> _Walk | None:
    if kind.kind == "text":
        ref = kind.ref
        return (lambda value, path: iter(((ref, value, path),))) if ref else None
    if kind.kind == "group" and kind.cls is not None:
        return _walk(kind.cls) if _refers(kind.cls) else None
    if kind.kind == "list" and kind.item is not None:
        item = _walk_type(kind.item)
        return (lambda value, path: _each(item, value, path)) if item else None
    if kind.kind == "map" and kind.key is not None and kind.item is not None:
        key, inner = _walk_type(kind.key), _walk_type(kind.item)
        return (lambda value, path: _both(key, inner, value, path)) if key or inner else None
    return None


def _each(walk: _Walk, value: Any, path: Path) -> Iterator[Found]:
    for i, one in enumerate(value):
        yield from walk(one, (*path, i))


def _both(key: _Walk | None, inner: _Walk | None, value: Any, path: Path) -> Iterator[Found]:
    for name, one in value.items():
        if key:
            yield from key(name, (*path, name))
        if inner:
            yield from inner(one, (*path, name))


@cache
def _refers(cls: type[Entity]) -> bool:
    return any(_type_refers(one.type) for one in fields_of(cls))


def _type_refers(kind: FieldType) -> bool:
    if kind.ref:
        return True
    if kind.cls is not None:
        return _refers(kind.cls)
    return any(_type_refers(one) for one in (kind.item, kind.key) if one is not None)
