"""How a field of the model is declared, once; schema, forms, references and documentation are derived from it.

An entity is a frozen dataclass whose fields carry a title, a description and, where it helps, a unit and an example.
The Python type says what may stand there; `Annotated` adds what Python cannot say.
"""

from __future__ import annotations

import dataclasses
import keyword
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from handrail.entity import (
    EMPTY,
    Entity,
    IncompleteError,
    Limits,
    NotEmpty,
    OneOrMany,
    Pattern,
    Percent,
    Ref,
    Short,
    attached,
    entity,
    many,
    memo,
    named,
    optional,
    required,
)
from handrail.model.money import Money

__all__ = [
    "EMPTY", "Entity", "Field", "FieldKind", "FieldType", "IncompleteError", "Limits", "NotEmpty", "OneOrMany", "Pattern",
    "Percent", "Ref", "Short", "attached", "entity", "fields_of", "many", "memo", "named", "noun", "optional", "required",
]  # fmt: skip

FieldKind = Literal[
    "text", "choice", "yes_no", "number", "percent", "date", "when", "money", "list", "map", "group", "any"
]
"""What a field holds; `when` is a day or an instant, `map` has free names, `group` is a nested entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """What may stand in a field, in one flat description that every reader of the model understands."""

    kind: FieldKind
    words: str
    item: FieldType | None = None
    key: FieldType | None = None
    cls: type[Entity] | None = None
    short: str | None = None
    one_or_many: bool = False
    values: tuple[str, ...] = ()
    pattern: str | None = None
    ref: str | None = None
    integer: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    not_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Field:
    """One declared field. `key` is the name in the file, `name` the attribute (`in` is `in_`)."""

    name: str
    key: str
    title: str
    description: str
    type: FieldType
    required: bool
    unit: str | None = None
    example: Any = None
    baselined: bool = False
    approved: bool = False
    from_phase: str | None = None


WHEN_PATTERN = r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?"
PERCENT_PATTERN = r"-?[0-9]+(\.[0-9]+)?%"
_ABOUT_LISTS = (OneOrMany, NotEmpty)
_NUMBERS: Mapping[Any, tuple[str, bool]] = {
    int: ("a whole number such as 3", True),
    Decimal: ("a number such as 12.5", False),
}
_PLAIN: Mapping[Any, FieldType] = {
    Any: FieldType(kind="any", words="fields of your own"),
    object: FieldType(kind="any", words="fields of your own"),
    Money: FieldType(kind="money", words="an amount such as 48000 or 48000.50"),
    bool: FieldType(kind="yes_no", words="yes or no"),
    date: FieldType(kind="date", words="a day such as 2027-02-15"),
}
_REF_WORDS: Mapping[str, str] = {
    "person": "a staff handle such as c.moreau",
    "objective": "an objective's id such as OBJ-4",
    "programme": "a programme's id such as workplace",
    "board": "a board's id such as lyon-sites",
    "project": "a project's id such as visitor-desk",
    "item": "an id such as R-002",
    "milestone": "a milestone's id such as M3",
    "deliverable": "a deliverable's id such as D1",
    "task": "a task's id such as T12",
    "baseline": "a baseline's id such as BL-001",
}


@memo
def fields_of(cls: type[Entity]) -> tuple[Field, ...]:
    """The declared fields of an entity, in the order in which they are declared."""
    found = []
    for spot in dataclasses.fields(cls):
        if "about" not in spot.metadata:
            continue
        title, description, is_required, more = spot.metadata["about"]
        key = spot.name[:-1] if spot.name.endswith("_") and keyword.iskeyword(spot.name[:-1]) else spot.name
        found.append(
            Field(
                name=spot.name,
                key=key,
                title=title,
                description=description,
                required=is_required,
                type=_type_of(spot.type),
                **more,
            )
        )
    return tuple(found)


def noun(cls: type[Entity]) -> str:
    """What people call an entity: `ChangeRequest` is a "change request", `PersonRecord` a "person"."""
    return cls.called or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__.removesuffix("Record")).lower()


@memo
def _type_of(hint: Any) -> FieldType:
    return _field_type(hint)  # many fields are of one type: each is looked at once


def _field_type(hint: Any, marks: tuple[Any, ...] = ()) -> FieldType:
    origin = get_origin(hint)
    if origin is typing.Annotated:
        inner, *more = get_args(hint)
        return _field_type(inner, (*marks, *more))
    if origin in {Union, UnionType}:
        return _union_type(hint, marks)
    if origin is Literal:
        values = tuple(str(value) for value in get_args(hint))
        return FieldType(kind="choice", words="one of " + ", ".join(values), values=values)
    if origin is tuple:
        item = _field_type(get_args(hint)[0], tuple(mark for mark in marks if mark not in _ABOUT_LISTS))
        return FieldType(
            kind="list", words="a list", item=item, one_or_many=OneOrMany in marks, not_empty=NotEmpty in marks
        )
    if origin is not None and issubclass(origin, Mapping):
        key, value = get_args(hint)
        return FieldType(
            kind="map", words="names, each with a value", key=_field_type(key), item=_field_type(value, marks)
        )
    return _plain_type(hint, marks)


def _union_type(hint: Any, marks: tuple[Any, ...]) -> FieldType:
    parts = tuple(part for part in get_args(hint) if part is not NoneType)
    if set(parts) == {date, datetime}:
        words = "a day such as 2027-02-15, or a day and time such as 2027-02-15T10:30"
        return FieldType(kind="when", words=words, pattern=WHEN_PATTERN)
    (part,) = parts
    return _field_type(part, marks)


def _plain_type(hint: Any, marks: tuple[Any, ...]) -> FieldType:
    if Percent in marks:
        return FieldType(kind="percent", words="a percentage such as 40%", pattern=PERCENT_PATTERN)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint in _NUMBERS:
        return _number_type(hint, marks)
    if isinstance(hint, type) and issubclass(hint, Entity):
        short = next((mark.field for mark in marks if isinstance(mark, Short)), None)
        words = "text, or a group of fields" if short else "a group of fields"
        return FieldType(kind="group", words=words, cls=hint, short=short)
    pattern = next((mark for mark in marks if isinstance(mark, Pattern)), None)
    ref = next((mark.kind for mark in marks if isinstance(mark, Ref)), None)
    words = pattern.words if pattern else _REF_WORDS.get(ref or "", "text")
    return FieldType(
        kind="text", words=words, pattern=pattern.regex if pattern else None, ref=ref, not_empty=NotEmpty in marks
    )


def _number_type(hint: type, marks: tuple[Any, ...]) -> FieldType:
    words, integer = _NUMBERS[hint]
    limits = next((mark for mark in marks if isinstance(mark, Limits)), Limits())
    least, most = limits.minimum, limits.maximum
    if least is not None:
        upper = f" to {most}" if most is not None else " or more"
        words = f"a {'whole ' if integer else ''}number from {least}{upper}"
    return FieldType(
        kind="number",
        words=words.replace("from", "of", 1) if most is None else words,
        integer=integer,
        minimum=None if least is None else Decimal(least),
        maximum=None if most is None else Decimal(most),
    )
