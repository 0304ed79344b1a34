"""Where a value goes: paths such as `budget.approved` and `milestones[M1].planned`, held against the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.fields import Entity, Field, FieldType, fields_of, memo
from handrail.remark import Path
from handrail.slips import near

_STEP = re.compile(r"(?P<key>[A-Za-z_][\w-]*)(?:\[(?P<id>[^\[\]]+)\])?")
_FREE = FieldType(kind="any", words="a value")


@dataclass(frozen=True, slots=True)
class Item:
    """A step to the list item of this id."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One field: its path as written, its steps, what may stand there, and its place among the model's fields."""

    text: str
    steps: tuple[str | Item, ...]
    type: FieldType
    order: tuple[int, ...]

    @property
    def item(self) -> tuple[str | Item, ...] | None:
        """The steps to the list item that it belongs to, if it does."""
        last = max((number for number, step in enumerate(self.steps) if isinstance(step, Item)), default=None)
        return None if last is None else self.steps[: last + 1]


@dataclass(frozen=True, slots=True)
class NoTarget:
    """Why a path leads nowhere, and how to mend it."""

    message: str
    fix: str


def target(cls: type[Entity], text: str) -> Target | NoTarget:
    """Follow a path through the model."""
    steps: list[str | Item] = []
    order: list[int] = []
    kind: FieldType = FieldType(kind="group", words="", cls=cls)
    for part in text.split("."):
        match = _STEP.fullmatch(part)
        if match is None:
            return NoTarget(
                f"`{text}` is no path to a field.", "Write it like `budget.approved` or `milestones[M1].name`."
            )
        key, item_id = match.group("key", "id")
        found = _step(kind, key)
        if isinstance(found, NoTarget):
            return found
        kind, place = found
        steps.append(key)
        order.append(place)
        if item_id is not None:
            if kind.kind != "list" or kind.item is None or kind.item.cls is None:
                return NoTarget(f"`{key}` is no list of items with ids.", f"Write `{key}` without `[{item_id}]`.")
            steps.append(Item(item_id))
            order.append(0)
            kind = kind.item
    if kind.kind == "group" or (kind.kind == "list" and kind.item is not None and kind.item.kind == "group"):
        example = f"{text}[X1].name" if kind.kind == "list" else f"{text}.<field>"
        return NoTarget(f"`{text}` is a group of fields, not one field.", f"Go on to one of them, such as `{example}`.")
    return Target(text=text, steps=tuple(steps), type=kind, order=tuple(order))


@memo
def sure_target(cls: type[Entity], text: str) -> Target:
    """The target of a path that was checked when the mapping was read."""
    found = target(cls, text)
    if isinstance(found, NoTarget):
        raise ValueError(found.message)  # noqa: TRY004 - the text is wrong, not its type
    return found


def _step(kind: FieldType, key: str) -> tuple[FieldType, int] | NoTarget:
    if kind.kind == "any":
        return _FREE, 0
    if kind.kind == "map":
        return kind.item or _FREE, 0
    if kind.kind == "list":
        return NoTarget(f"`{key}` stands below a list.", "Name the item by its id: `milestones[M1].planned`.")
    if kind.cls is None:
        return NoTarget(f"`{key}` stands below a field that holds a single value.", "Shorten the path.")
    fields = fields_of(kind.cls)
    for place, field in enumerate(fields):
        if field.key == key:
            return field.type, place
    guess = near(key, [field.key for field in fields])
    fix = f"Did you mean `{guess}`?" if guess else "Use a field of the model, or `extra.<name>` for one of your own."
    return NoTarget(f"`{key}` is no field there.", fix)


def required_fields(cls: type[Entity]) -> tuple[Field, ...]:
    """The fields without which a thing makes no sense."""
    return tuple(field for field in fields_of(cls) if field.required)


def find(value: Any, steps: tuple[str | Item, ...]) -> tuple[Path, Any] | None:
    """Where a target stands in a value and what stands there; None when it is not there."""
    path: list[str | int] = []
    for step in steps:
        if isinstance(step, Item):
            if not isinstance(value, list):
                return None
            index = next(
                (n for n, one in enumerate(value) if isinstance(one, Mapping) and str(one.get("id")) == step.id), -1
            )
            if index < 0:
                return None
            path.append(index)
            value = value[index]
        else:
            if not isinstance(value, Mapping) or step not in value:
                return None
            path.append(step)
            value = value[step]
    return tuple(path), value


def place(value: Any, steps: tuple[str | Item, ...], new: Any) -> tuple[Path, Any]:
    """The path and value for setting a target: where its list item is missing, the whole item is what is set."""
    for number, step in enumerate(steps):
        if isinstance(step, Item) and find(value, steps[: number + 1]) is None:
            before = find(value, steps[:number])
            length = len(before[1]) if before is not None and isinstance(before[1], list) else 0
            rest = {"id": step.id, **nest([(steps[number + 1 :], new)])}
            head = place(value, steps[:number], None)[0]
            return (*head, length), rest
    path: list[str | int] = []
    for number, step in enumerate(steps):
        found = find(value, steps[: number + 1])
        path.append(found[0][-1] if found else str(step))
    return tuple(path), new


def nest(values: Iterable[tuple[tuple[str | Item, ...], Any]]) -> dict[str, Any]:
    """One value made of many targets, in their order."""
    whole: dict[str, Any] = {}
    for steps, one in values:
        path, new = place(whole, steps, one)
        at: Any = whole
        for number, step in enumerate(path[:-1]):
            empty: Any = [] if isinstance(path[number + 1], int) else {}
            at = at[step] if isinstance(step, int) else at.setdefault(step, empty)
        if isinstance(at, list):
            at.append(new)
        else:
            at[path[-1]] = new
    return whole
