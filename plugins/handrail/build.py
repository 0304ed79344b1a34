"""From plain values to entities. Values that do not fit are left out here; `schema.check` has said so before."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType
from typing import Any

from handrail.fields import Entity, FieldType, IncompleteError, fields_of, memo
from handrail.model.money import Money, minor_digits
from handrail.remark import Loc, Path


@dataclass(slots=True)
class Context:
    """What the fields of one file share: where they stand and in which currency amounts are given.

    `files` tells, for a project of several fragments, in which file each top-level field stands. `problems` gathers what
    only building can see: place, message and fix.
    """

    file: str
    currency: str
    files: Mapping[str, str] = field(default_factory=dict)
    problems: list[tuple[Loc, str, str]] = field(default_factory=list)


Convert = Callable[[Any, Path, Context], Any]
"""Makes a value of a model's type; None where the value lacks something without which it means nothing."""
_HUNDRED = Decimal(100)
_THOUSAND = 3
_LIKE_THOUSANDS = re.compile(r"(-?[1-9][0-9]{0,2})\.([0-9]{3})\Z")
"""An amount in which the point may stand between thousands."""


def build(cls: type[Entity], value: Mapping[str, Any], context: Context) -> Any:
    """Make an entity of a value that fits (see `prune`); None when a required field is missing."""
    return _maker(cls)(value, (), context)


def build_at(cls: type[Entity], value: Mapping[str, Any], at: Path, context: Context) -> Any:
    """Make an entity of a value that stands further down in its file."""
    return _maker(cls)(value, at, context)


def prune(value: Any, faulty: set[Path]) -> Any:
    """The value without its faulty parts: a faulty field is left out, a list item with a fault goes as a whole.

    A fault deep inside an item takes the innermost list item with it, so that no half-told entity is judged. Nothing
    (None) stays in the item's stead, so that the items after it keep their places.
    """
    return _without(value, (), {_cut(path) for path in faulty})


def _cut(path: Path) -> Path:
    for length in range(len(path), 0, -1):
        if isinstance(path[length - 1], int):
            return path[:length]
    return path


def _without(value: Any, path: Path, cuts: set[Path]) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, (*path, key), cuts) for key, one in value.items() if (*path, key) not in cuts}
    if isinstance(value, list):
        return [None if (*path, i) in cuts else _without(one, (*path, i), cuts) for i, one in enumerate(value)]
    return value


def parts(cls: type[Entity], value: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The fields that a part of an entity's value gives, each made, by the names under which the entity takes them."""
    table = _table(cls)
    found: dict[str, Any] = {}
    for key, one in value.items():
        if one is None or key not in table:
            continue
        name, convert = table[key]
        context.file = context.files[key]
        if (made := convert(one, (key,), context)) is not None:
            found[name] = made
    return found


@memo
def _table(cls: type[Entity]) -> dict[str, tuple[str, Convert]]:
    return {one.key: (one.name, _converter(one.type)) for one in fields_of(cls)}


@memo
def _maker(cls: type[Entity]) -> Convert:
    table = _table(cls)

    def make(value: Any, path: Path, context: Context) -> Any:
        given: dict[str, Any] = {}
        files = context.files if not path else None
        for key, one in value.items():
            if one is None or key not in table:
                continue
            name, convert = table[key]
            if files:
                context.file = files[key]
            if convert is _text and one.__class__ is str:
                given[name] = one
            elif (made := convert(one, (*path, key), context)) is not None:
                given[name] = made
        try:
            return cls(loc=Loc(files.get("id", context.file) if files else context.file, path), **given)
        except IncompleteError:
            return None

    return make


def _converter(kind: FieldType) -> Convert:
    if kind.kind == "list":
        return _list_converter(kind)
    if kind.kind == "map":
        return _map_converter(kind)
    if kind.kind == "group":
        return _group_converter(kind)
    return _PLAIN[kind.kind] if kind.kind != "number" or kind.integer else _decimal


def _map_converter(kind: FieldType) -> Convert:
    item = _converter(kind.item) if kind.item else _as_it_is

    def names(value: Any, path: Path, context: Context) -> Any:
        made = {key: item(one, (*path, key), context) for key, one in value.items()}
        return MappingProxyType({key: one for key, one in made.items() if one is not None})

    return names


def _list_converter(kind: FieldType) -> Convert:
    item = _converter(kind.item) if kind.item else _as_it_is

    def many(value: Any, path: Path, context: Context) -> Any:
        made = [item(one, (*path, i), context) for i, one in enumerate(value) if one is not None]
        return tuple([one for one in made if one is not None])

    def one_or_many(value: Any, path: Path, context: Context) -> Any:
        return many(value, path, context) if isinstance(value, list) else (item(value, path, context),)

    return one_or_many if kind.one_or_many else many


def _group_converter(kind: FieldType) -> Convert:
    cls, short = kind.cls or Entity, kind.short
    make: Convert | None = None

    def group(value: Any, path: Path, context: Context) -> Any:
        nonlocal make
        if make is None:  # found late, because a model may hold itself
            make = _maker(cls)
        if isinstance(value, dict) or short is None:
            return make(value, path, context)
        return cls(loc=Loc(context.file, path), **{short: _text(value, path, context)})

    return group


def _text(value: Any, _: Path, __: Context) -> str:
    return value if isinstance(value, str) else format(value, "f") if isinstance(value, Decimal) else str(value)


def _money(value: Any, path: Path, context: Context) -> Money | None:
    amount, currency = value, context.currency
    if isinstance(value, dict):
        if value.keys() != {"amount", "currency"}:
            return None
        amount, currency = value["amount"], value["currency"]
    if isinstance(amount, Decimal):
        digits = minor_digits(currency)
        step = Decimal(1).scaleb(-digits)
        # not quantize alone: 48000.00 is as good as 48000. But 48.000 is how half of Europe writes 48000
        if digits < _THOUSAND and (match := _LIKE_THOUSANDS.match(str(amount))):
            small = amount.quantize(step, ROUND_HALF_EVEN)
            context.problems.append(
                (
                    Loc(context.file, path),
                    f"The amount `{amount}` has three decimals.",
                    f"Write `{match[1]}{match[2]}` if a thousand is meant, or `{small}`.",
                )
            )
        elif amount != (rounded := amount.quantize(step, ROUND_HALF_EVEN)):
            context.problems.append(
                (
                    Loc(context.file, path),
                    f"The amount `{amount}` has more decimal places than {currency} has ({digits}).",
                    f"Round it, for example to `{rounded}`.",
                )
            )
        return Money(amount, currency)
    return Money(Decimal(amount), currency)


def _when(value: str, _: Path, __: Context) -> date | datetime:
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _decimal(value: Any, _: Path, __: Context) -> Decimal:
    return Decimal(value)


def _as_it_is(value: Any, _: Path, __: Context) -> Any:
    return value


_PLAIN: Mapping[str, Convert] = {
    "text": _text,
    "choice": _text,
    "yes_no": lambda value, _, __: value is True or value == "yes",
    "number": lambda value, _, __: int(value),
    "percent": lambda value, _, __: Decimal(value[:-1]) / _HUNDRED,
    "date": lambda value, _, __: date.fromisoformat(value),
    "when": _when,
    "money": _money,
    "any": _as_it_is,
}
