"""One value of a plan, named by the way people speak of it: `M3.forecast`, `budget.forecast`, `CR-003.reason`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.edit import NotEditable, NotWritable, remove_value, set_value
from handrail.fields import Entity, Field, FieldType, fields_of
from handrail.load import Loaded
from handrail.load.projects import ATTACHED
from handrail.model.kinds import KINDS
from handrail.model.project import Plan
from handrail.remark import Path
from handrail.scaffold.project import NotPossible
from handrail.scaffold.records.make import hold
from handrail.scaffold.records.values import NotUnderstood, value_of
from handrail.slips import near, offered

_REASONS = ("because", "reason", "moved_because")
_ID = re.compile(r"([A-Za-z]+-?)[0-9]+")
_SHOWN = 12
_APART = frozenset({"id", "currency", "extra"})
"""What is no example of a part: it is seldom changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands or would stand. owner: the entity that declares it, at: the way to that entity."""

    file: str
    path: Path
    field: Field
    owner: type[Entity]
    at: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A file with one value changed: its text before and after."""

    file: str
    before: str
    after: str


def set_in(
    loaded: Loaded, plan: Plan, name: str, texts: Sequence[str] | None, *, why: str | None = None
) -> Edited:  # fmt: skip
    """The file with the value set, or removed where there are no texts; `why` goes beside it, where the model has room.

    Raises NotPossible with what is wrong: the name leads nowhere, the value does not fit, or the edit would break the plan.
    """
    place = find(loaded, plan, name)
    tree = loaded.repository.tree
    before = tree.read(place.file).decode("utf-8")
    try:
        if texts is None:
            after = remove_value(before, place.path)
        else:
            after = set_value(
                before, place.path, _value(name, place, _at(loaded.repository.raw.get(place.file), place.path), texts)
            )
        if why is not None:
            after = set_value(after, (*place.at, _reason(place)), why)
    except NotUnderstood as error:
        raise NotPossible(str(error)) from None
    except (NotEditable, NotWritable) as error:
        raise NotPossible(f"{place.file} was left as it is: {error}.") from None
    except (KeyError, IndexError, ValueError):
        raise NotPossible(f"{place.field.title} is not given there, so there is nothing to remove.") from None
    hold(loaded, place.file, after)
    return Edited(file=place.file, before=before, after=after)


def _value(name: str, place: Place, raw: Any, texts: Sequence[str]) -> Any:
    """What was typed, as the field holds it. `raw`: what stands there. Raises NotUnderstood; of many parts one is to be named."""
    part = None if texts[0].startswith(("{", "[")) else _part(name, place.field.type, raw)
    if part is not None:
        raise NotUnderstood(f"say which part of {place.field.title} to change, such as `{part}`.")
    return value_of(place.field, texts)


def _part(name: str, kind: FieldType, raw: Any) -> str | None:
    """The name of one part of a value; None for a value that has none, or that is written in one word."""
    inner = kind.item if kind.kind == "list" and kind.item else kind
    if kind.kind == "map":
        return f"{name}.{next(iter(raw), 'NAME') if isinstance(raw, Mapping) else 'NAME'}"
    if inner.cls is None or inner.short:
        return None
    keys = [one.key for one in fields_of(inner.cls) if one.example is not None and one.key not in _APART]
    if kind.kind != "list":
        return f"{name}.{keys[0]}" if keys else None
    first = raw[0] if isinstance(raw, (list, tuple)) and raw else None
    own = str(first["id"]) if isinstance(first, Mapping) and "id" in first else f"{name}.1"
    return f"{own}.{keys[0]}" if keys else None


def find(loaded: Loaded, plan: Plan, name: str) -> Place:
    """Where a name leads. Raises NotPossible, naming what there is."""
    steps = name.split(".")
    raw = loaded.repository.raw
    if steps[0] in {one.key for one in fields_of(Plan)}:
        file = plan.home.get(steps[0], plan.home.get("id", f"projects/{plan.id}/project.yaml"))
        return _walk(_Way(file=file, cls=Plan, value=raw.get(file, {})), steps)
    record = _record(plan, steps)
    if record is not None:
        one, rest = record
        return _walk(_Way(file=one.loc.file, cls=type(one), value=raw.get(one.loc.file, {})), rest)
    items = _items(plan, raw)
    if steps[0] in items:
        return _walk(_Way(file=plan.home[items[steps[0]]], cls=Plan, value=raw[plan.home[items[steps[0]]]]),
                     [items[steps[0]], *steps])  # fmt: skip
    if steps[0] in {str(getattr(one, "id", "")) for field in ATTACHED.values() for one in getattr(plan, field)}:
        raise NotPossible(f"`{steps[0]}` is written once and never changes; the record that follows it corrects it.")
    raise NotPossible(_unknown_thing(steps[0], [*items, *_records(plan)]) or _nowhere(
        steps[0], [*(one.key for one in fields_of(Plan)), *items, *_records(plan)]
    ))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How far a name has led: an entity, its value as it is written, and the way to it in the file."""

    file: str
    cls: type[Entity]
    value: Any
    at: Path = ()


def _walk(way: _Way, steps: Sequence[str]) -> Place:
    known = {one.key: one for one in fields_of(way.cls)}
    if not steps or steps[0] not in known:
        raise NotPossible(_nowhere(steps[0] if steps else "", known))
    field, rest = known[steps[0]], list(steps[1:])
    value = way.value.get(field.key) if isinstance(way.value, Mapping) else None
    path: Path = (*way.at, field.key)
    kind = field.type
    if not rest:
        return Place(file=way.file, path=path, field=field, owner=way.cls, at=way.at)
    if kind.kind == "group" and kind.cls is not None:
        return _walk(_Way(file=way.file, cls=kind.cls, value=value, at=path), rest)
    if kind.kind == "list" and kind.item is not None and kind.item.cls is not None:
        index = _index(value, rest[0], field)
        inner = value[index] if value else None
        return _walk(_Way(file=way.file, cls=kind.item.cls, value=inner, at=(*path, index)), rest[1:])
    if kind.kind == "map":
        inner = kind.item or FieldType(kind="any", words="")
        own = Field(
            name=rest[-1], key=".".join(rest), title=f"{field.title}: {'.'.join(rest)}", description="", type=inner,
            required=False,
        )  # fmt: skip
        return Place(file=way.file, path=(*path, ".".join(rest)), field=own, owner=way.cls, at=way.at)
    raise NotPossible(f"{field.title} has no parts; leave out `.{'.'.join(rest)}`.")


def _at(value: Any, path: Path) -> Any:
    """What stands at a path, None where nothing does."""
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(str(step))
        else:
            value = (
                value[step]
                if isinstance(value, (list, tuple)) and isinstance(step, int) and step < len(value)
                else None
            )
    return value


def _index(value: Any, name: str, field: Field) -> int:
    """Which item of a list is meant: the one of this id, or the one of this number, counted from 1."""
    items = list(value) if isinstance(value, (list, tuple)) else []
    ids = [str(one.get("id", "")) if isinstance(one, Mapping) else "" for one in items]
    if name in ids:
        return ids.index(name)
    if name.isdecimal() and 1 <= int(name) <= len(items):
        return int(name) - 1
    raise NotPossible(f"{field.title}: {_nowhere(name, [one for one in ids if one])}")


def _items(plan: Plan, raw: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The list in which each item of the plan stands, by the item's id."""
    lists = [one.key for one in fields_of(Plan) if one.type.kind == "list"]
    return {
        str(one["id"]): key
        for key in lists
        for one in raw.get(plan.home.get(key, ""), {}).get(key) or ()
        if isinstance(one, Mapping) and "id" in one
    }


def _records(plan: Plan) -> dict[str, Entity]:
    """Every record in a file of its own that may still change, by its id or day; what is frozen is left out."""
    open_kinds = [one.name for one in KINDS if one.name in ATTACHED and one.behaviour == "record"]
    ones = [one for kind in (*open_kinds, "report") for one in getattr(plan, ATTACHED[kind])]
    return {str(getattr(one, "id", None) or getattr(one, "as_of", "")): one for one in ones}


def _record(plan: Plan, steps: Sequence[str]) -> tuple[Entity, list[str]] | None:
    found = _records(plan).get(steps[0])
    return (found, list(steps[1:])) if found is not None else None


def _reason(place: Place) -> str:
    known = {one.key for one in fields_of(place.owner)}
    name = next((one for one in _REASONS if one in known), None)
    if name is None:
        raise NotPossible(f"{place.field.title} has no place for a reason; leave out --why, and say it in the commit.")
    return name


def _unknown_thing(name: str, known: Sequence[str]) -> str:
    """Of an id that nothing has: the things of its kind that there are; empty for what is no id at all."""
    form = _ID.fullmatch(name)
    alike = [one for one in known if form and (own := _ID.fullmatch(one)) and own[1].upper() == form[1].upper()]
    guess = near(name, alike)
    if form is None or not known:
        return ""
    if not alike:
        return f"nothing has the id `{name}`. There are: {offered(name, known)}."
    return f"nothing has the id `{name}`. " + (
        f"Did you mean `{guess}`?" if guess else f"There are: {offered(name, alike)}."
    )


def _nowhere(name: str, known: Sequence[str] | Mapping[str, Any]) -> str:
    if "/" in name:
        return f"the parts of a name are joined by points: `{name.replace('/', '.')}`."
    guess = near(name, known)
    some = ", ".join(list(known)[:_SHOWN])
    return (
        f"there is no `{name}` here." if name else "name the field too."
    ) + (f" Did you mean `{guess}`?" if guess else f" There are: {some}{' and more' if len(known) > _SHOWN else ''}." if some else "")  # fmt: skip
