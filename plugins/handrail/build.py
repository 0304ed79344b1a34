"""From plain values to entities. Values that do not fit are left out here; `schema.check` has said so before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from handrail.fields import Entity, FieldType, fields_of
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
_HUNDRED = Decimal(100)


def build(cls: type[Entity], value: Mapping[str, Any], context: Context) -> Any:
    """Make an entity of a value that fits (see `prune`). Raises TypeError when a required field is missing."""
    return _maker(cls)(value, (), context)


def build_at(cls: type[Entity], value: Mapping[str, Any], at: Path, context: Context) -> Any:
    """Make an entity of a value that stands further down in its file."""
    return _maker(cls)(value, at, context)


def prune(value: Any, faulty: set[Path]) -> Any:
    """The value without its faulty parts: a faulty field is left out, a list item with a fault goes as a whole.

    A fault deep inside an item takes the innermost list item with it, so that no half-told entity is judged.
    """
    cuts = {_cut(path) for path in faulty}
    return _without(value, (), cuts)


def _cut(path: Path) -> Path:
    for length in range(len(path), 0, -1):
        if isinstance(path[length - 1], int):
            return path[:length]
    return path


def _without(value: Any, path: Path, cuts: set[Path]) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, (*path, key), cuts) for key, one in value.items() if (*path, key) not in cuts}
    if isinstance(value, list):
        return [_without(one, (*path, i), cuts) for i, one in enumerate(value) if (*path, i) not in cuts]
    return value


@cache
def _maker(cls: type[Entity]) -> Convert:
    table = {one.key: (one.name, _converter(one.type)) for one in fields_of(cls)}

    def make(value: Any, path: Path, context: Context) -> Any:
        given: dict[str, Any] = {}
        files = context.files
        if not path and files:
            for key, one in value.items():
                if one is not None and key in table:
                    name, convert = table[key]
                    context.file = files[key]
                    given[name] = convert(one, (key,), context)
            return cls(loc=Loc(context.files.get("id", context.file)), **given)
        for key, one in value.items():
            if one is not None and key in table:
                name, convert = table[key]
                given[name] = convert(one, (*path, key), context)
        return cls(loc=Loc(context.file, path), **given)

    return make


@cache
def _converter(kind: FieldType) -> Convert:
    if kind.kind == "list":
        return _list_converter(kind)
    if kind.kind == "map":
        assert kind.item is not None
        item = _converter(kind.item)
        return lambda value, path, context: MappingProxyType(
            {key: item(one, (*path, key), context) for key, one in value.items()}
        )
    if kind.kind == "group":
        return _group_converter(kind)
    return _PLAIN[kind.kind] if kind.kind != "number" or kind.integer else _decimal


def _list_converter(kind: FieldType) -> Convert:
    assert kind.item is not None
    item = _converter(kind.item)

    def many(value: Any, path: Path, context: Context) -> Any:
        return tuple([item(one, (*path, i), context) for i, one in enumerate(value)])

    if not kind.one_or_many:
        return many
    return lambda value, path, context: (
        many(value, path, context) if isinstance(value, list) else (item(value, path, context),)
    )


def _group_converter(kind: FieldType) -> Convert:
    cls, short = kind.cls, kind.short
    assert cls is not None
    make: Convert | None = None

    def group(value: Any, path: Path, context: Context) -> Any:
        nonlocal make
        if make is None:  # found late, because a model may hold itself
            make = _maker(cls)
        if isinstance(value, dict):
            return make(value, path, context)
        assert short is not None
        return cls(loc=Loc(context.file, path), **{short: str(value)})

    return group


def _text(value: Any, _: Path, __: Context) -> str:
    return value if isinstance(value, str) else format(value, "f") if isinstance(value, Decimal) else str(value)


def _money(value: Any, path: Path, context: Context) -> Money:
    amount, currency = (value["amount"], value["currency"]) if isinstance(value, dict) else (value, context.currency)
    if isinstance(amount, Decimal):
        digits = minor_digits(currency)
        if -cast("int", amount.as_tuple().exponent) > digits:
            context.problems.append(
                (
                    Loc(context.file, path),
                    f"{amount} {currency} has more decimal places than the currency ({digits}).",
                    f"Round it to {digits} decimal places.",
                )
            )
        return Money(amount, currency)
    return Money(Decimal(amount), currency)


def _when(value: str, _: Path, __: Context) -> date | datetime:
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)  # noqa: DTZ007 - local time


def _decimal(value: Any, _: Path, __: Context) -> Decimal:
    return Decimal(value)


_PLAIN: Mapping[str, Convert] = {
    "text": _text,
    "choice": lambda value, _, __: value,
    "yes_no": lambda value, _, __: value is True or value == "yes",
    "number": lambda value, _, __: value,
    "percent": lambda value, _, __: Decimal(value[:-1]) / _HUNDRED,
    "date": lambda value, _, __: date.fromisoformat(value),
    "when": _when,
    "money": _money,
    "any": lambda value, _, __: value,
}
