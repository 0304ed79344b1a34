"""The validator's complaints in the words of the model: what does not fit, and the line to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handrail.fault import Fault
from handrail.fields import Entity, Field, FieldType, fields_of, noun
from handrail.remark import Path
from handrail.schema_advice import advice, flow, sample, shown_value
from handrail.slips import near
from handrail.source.words import shown

_AMOUNT = {
    "amount": FieldType(kind="number", words="a number such as 48000"),
    "currency": FieldType(kind="text", words="a currency's three letters such as EUR", pattern="[A-Z]{3}"),
}
_NAMES = ("title", "name", "what", "statement", "party", "id")


def explain(cls: type[Entity], root: Any, error: Any) -> Iterator[Fault]:
    """The faults behind one complaint of the validator."""
    spot = find(cls, root, instance_path(root, error))
    what = error.kind.name
    if what == "required":
        yield _missing(spot, error.kind.property)
    elif what == "additionalProperties":
        for key in error.kind.unexpected:
            yield _unknown(spot, key)
    elif what == "propertyNames":
        yield from _wrong_names(spot)
    else:
        yield _wrong_value(spot)


def instance_path(root: Any, error: Any) -> Path:
    """The path of a complaint. The validator turns names of digits into numbers; here they are names again."""
    path: list[str | int] = []
    value = root
    for step in error.instance_path:
        if isinstance(value, dict):
            key = str(step)
            if key not in value:
                key = next((one for one in value if one.isdigit() and int(one) == step), key)
            path.append(key)
            value = value.get(key)
        else:
            path.append(step)
            value = value[step] if isinstance(value, list) and isinstance(step, int) else None
    return tuple(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The place of a complaint, with the words of the model for it.

    field: the declared field that it belongs to. kind: what may stand at this very place. group: the entity that stands
    there. title: what the form calls the place. owner: the name of the thing it belongs to, such as a risk's title.
    key: the name to write before a value.
    """

    path: Path
    value: Any
    field: Field | None = None
    kind: FieldType | None = None
    group: type[Entity] | None = None
    title: str = "This value"
    owner: str = ""
    key: str = ""


def find(cls: type[Entity], root: Any, path: Path) -> Spot:
    """Walk from the root to a place, keeping what the model says about it."""
    spot = Spot(path=(), value=root, group=cls)
    for step in path:
        spot = _step(spot, step)
    return spot


def _step(spot: Spot, step: str | int) -> Spot:
    field, title, owner = spot.field, spot.title, spot.owner
    kind: FieldType | None = None
    value: Any = None
    if isinstance(spot.value, dict):
        value = spot.value.get(str(step))
        if spot.group is not None:
            field = next((one for one in fields_of(spot.group) if one.key == step), None)
            kind = field.type if field else None
            title = field.title if field else "This value"
        elif spot.kind and spot.kind.kind == "money":
            kind, title = _AMOUNT.get(str(step)), f"The {shown(str(step))} of {title}"
        elif spot.kind:
            kind, title = spot.kind.item, f"The value for `{shown(str(step))}` under {title}"
    elif isinstance(spot.value, list) and isinstance(step, int):
        value = spot.value[step] if step < len(spot.value) else None
        kind = spot.kind.item if spot.kind else None
        title = f"Entry {step + 1} of {title}"
    kind = _single(kind, value)
    group = kind.cls if kind and kind.kind == "group" else None
    if group is not None and isinstance(value, dict):
        owner = _name(value) or owner
    key = spot.key if isinstance(step, int) else str(step)
    return Spot(
        path=(*spot.path, step), value=value, field=field, kind=kind, group=group, title=title, owner=owner, key=key
    )


def _single(kind: FieldType | None, value: Any) -> FieldType | None:
    """Where one value may stand for a list of one, a value that is no list is judged as the one."""
    while kind is not None and kind.kind == "list" and kind.one_or_many and not isinstance(value, list):
        kind = kind.item
    return kind


def _name(value: dict[str, Any]) -> str:
    return next((shown(value[key]) for key in _NAMES if isinstance(value.get(key), str) and value[key].strip()), "")


def _whose(spot: Spot) -> str:
    """Which thing lacks a field: ` in the risk "Joiner fails"`."""
    if not spot.path:
        return ""
    if spot.group is None or not isinstance(spot.path[-1], int):
        return f" under {spot.title}"
    name = f' "{spot.owner}"' if _name(spot.value) else f" no. {spot.path[-1] + 1}"
    return f" in the {noun(spot.group)}{name}"


def _missing(spot: Spot, key: str) -> Fault:
    field = next((one for one in (fields_of(spot.group) if spot.group else ()) if one.key == key), None)
    title = field.title if field else key.capitalize()
    line = f"{key}: {sample(field)}" if field else f"{key}: {'EUR' if key == 'currency' else 48000}"
    return Fault(
        path=spot.path, message=f'The field "{title}" is missing{_whose(spot)}.', fix=f"Add a line such as `{line}`."
    )


def _unknown(spot: Spot, key: str) -> Fault:
    known = [field.key for field in fields_of(spot.group)] if spot.group else list(_AMOUNT)
    titles = {field.title.lower(): field.key for field in fields_of(spot.group)} if spot.group else {}
    if spot.group is None or (spot.path and not isinstance(spot.path[-1], int)):
        of = f"under {spot.title}"
    else:
        word = noun(spot.group)
        of = f"of {'an' if word[0] in 'aeiou' else 'a'} {word}"
    guess = titles.get(key.lower().replace("_", " ")) or near(key, known)
    own = "extra" in known
    if isinstance(spot.value, dict) and spot.value.get(key) is None and re.search(r"^[0-9]| ", key):
        fix = (
            "Does it belong to the text before it? Between braces a comma begins a new field: put that text in quotes."
        )
        return Fault(path=(*spot.path, key), message=f"`{shown(key)}` is not a field {of}.", fix=fix)
    homes = [] if spot.path or spot.group is None or guess else _homes(spot.group, key)
    if homes:
        fix = f"It belongs under {' or '.join(f'`{one}`' for one in homes)}."
        return Fault(path=(*spot.path, key), message=f"`{shown(key)}` is not a field {of}.", fix=fix)
    fix = f"Did you mean `{guess}`?" if guess else f"Delete it{', or move it under `extra`' if own else ''}."
    message = f"`{shown(key)}` is not a field {of}."
    return Fault(path=(*spot.path, key), message=message, fix=fix, unknown="" if guess or spot.path else key)


def _homes(group: type[Entity], key: str) -> list[str]:
    """The groups of an entity that have a field of this name; none where too many have one to help."""
    found = [
        one.key
        for one in fields_of(group)
        if one.type.kind == "group" and one.type.cls and any(each.key == key for each in fields_of(one.type.cls))
    ]
    return found if len(found) <= 2 else []  # noqa: PLR2004 - this one or that one


def _wrong_names(spot: Spot) -> Iterator[Fault]:
    kind = spot.kind.key if spot.kind else None
    if kind is None:
        return
    for key in spot.value:
        fits = key in kind.values if kind.values else re.fullmatch(kind.pattern or ".*", key, re.ASCII | re.DOTALL)
        if not fits:
            guess = near(key, kind.values)
            fix = f"Did you mean `{guess}`?" if guess else _example_line(spot, "Write it like this: ")
            message = f"Each name under {spot.title} must be {kind.words}, but one is `{shown(key)}`."
            yield Fault(path=(*spot.path, key), message=message, fix=fix)


def _wrong_value(spot: Spot) -> Fault:
    """The value does not fit its field."""
    kind, value = spot.kind, spot.value
    name = f' of "{spot.owner}"' if spot.owner and spot.group is None else ""
    if value is None or (isinstance(value, str) and not value.strip()) or value == []:
        return Fault(path=spot.path, message=f"{spot.title}{name} is empty.", fix=_example_line(spot, "Write "))
    words = kind.words if kind else "something else"
    if kind is not None and kind.kind == "money" and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        words = "less than 1,000,000,000,000,000"
    shown = shown_value(value)
    if kind is not None and kind.kind in {"number", "money"} and isinstance(value, str):
        shown = f"the text {shown}"
    message = f"{spot.title}{name} must be {words}, but it is {shown}."
    fix = advice(kind, value, "" if spot.path and isinstance(spot.path[-1], int) else spot.key)
    if fix is None and kind is not None and kind.kind == "date" and isinstance(value, (str, int)):
        fix = "Write the day that is meant as year-month-day: four digits, a hyphen, two, a hyphen, two."
    return Fault(path=spot.path, message=message, fix=fix or _example_line(spot, "Write it like this: "))


def _example_line(spot: Spot, lead: str) -> str:
    """The fix that shows the line as it should read."""
    kind = spot.kind
    if spot.path and isinstance(spot.path[-1], int):
        return f"{lead}`- {_entry(spot)}`."
    if kind is not None and spot.field is not None and spot.key == spot.field.key:
        return f"{lead}`{spot.key}: {sample(spot.field)}`."
    example = spot.field.example if spot.field else None
    if isinstance(example, dict) and example and spot.field:
        return f"{lead}`{spot.field.key}: {flow(example)}`."
    return f"Write {kind.words}." if kind else "Correct it."


def _entry(spot: Spot) -> str:
    field, kind = spot.field, spot.kind
    example = field.example if field else None
    if kind is not None and kind.cls is not None and not isinstance(example, list):
        return flow({one.key: one.example for one in fields_of(kind.cls) if one.required})
    first = example[0] if isinstance(example, list) and example else example
    return flow(first) if first is not None else (kind.words if kind else "value")
