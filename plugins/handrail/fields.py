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
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, dataclass_transform, get_args, get_origin

from handrail.model.money import Money
from handrail.remark import Loc

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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text that must match `regex` from end to end; `words` says so to people."""

    regex: str
    words: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A text that names something else by its id: a kind, or a kind of item in the same project."""

    kind: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that a number may be."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Short:
    """A plain text may stand for the whole group; it fills this field."""

    field: str


class OneOrMany:
    """A single value may stand for a list of one."""


class Percent:
    """A share, written `40%`, read as the fraction 0.4."""


class NotEmpty:
    """A text or list with nothing in it does not count as given."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Entity:
    """Anything that is written in a file. `loc` says where; two entities are equal when what is written is equal."""

    loc: Loc = field(default=Loc(""))

    def __eq__(self, other: object) -> bool:
        """Equal when what is written is equal, wherever it stands."""
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _told(self.__class__))

    def __hash__(self) -> int:
        """In step with equality; only what can be hashed counts."""
        return hash((self.__class__, getattr(self, "id", None)))

    def __repr__(self) -> str:
        """Name and what is written; what was left out is left out."""
        given = ((name, getattr(self, name)) for name in _told(self.__class__))
        return f"{self.__class__.__name__}({', '.join(f'{name}={value!r}' for name, value in given if value)})"


@cache
def _told(cls: type) -> tuple[str, ...]:
    return tuple(spot.name for spot in dataclasses.fields(cls) if spot.name != "loc")


T = TypeVar("T")
_EMPTY: Mapping[str, Any] = MappingProxyType({})


def required(title: str, description: str, **more: Any) -> Any:
    """Declare a field that must be given. `more`: unit, example, baselined, approved, from_phase."""
    return field(metadata={"about": (title, description, True, more)})


def optional(title: str, description: str, *, default: Any = None, **more: Any) -> Any:
    """Declare a field that may be left out; it is then `default`."""
    return field(default=default, metadata={"about": (title, description, False, more)})


def many(title: str, description: str, **more: Any) -> Any:
    """Declare a list that may be left out and is then empty."""
    return field(default=(), metadata={"about": (title, description, False, more)})


def named(title: str, description: str, **more: Any) -> Any:
    """Declare a group of free names with values that may be left out and is then empty."""
    return field(default_factory=_nothing, metadata={"about": (title, description, False, more)})


def _nothing() -> Mapping[str, Any]:
    return _EMPTY


def attached(default: Any = ()) -> Any:
    """Declare what is not written in the entity's own file but loaded beside it, such as a project's reports."""
    return field(default=default, repr=False)


@dataclass_transform(
    frozen_default=True, kw_only_default=True, field_specifiers=(required, optional, many, named, attached)
)
def entity(cls: type[T]) -> type[T]:
    """Make a class of declared fields a frozen, slotted, keyword-only dataclass."""
    # equality and text come from Entity: writing them for each of some hundred classes would cost every start
    return dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls)


_NUMBERS: Mapping[type, tuple[str, bool]] = {
    int: ("a whole number such as 3", True),
    Decimal: ("a number such as 12.5", False),
}
WHEN_PATTERN = r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?"


@cache
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
                type=_field_type(spot.type),
                **more,
            )  # fmt: skip
        )
    return tuple(found)


def noun(cls: type[Entity]) -> str:
    """What people call an entity: `ChangeRequest` is a "change request"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()


def _field_type(hint: Any, marks: tuple[Any, ...] = ()) -> FieldType:  # noqa: ANN401 - a type annotation
    origin = get_origin(hint)
    if origin is typing.Annotated:
        inner, *more = get_args(hint)
        return _field_type(inner, (*marks, *more))
    if origin in {Union, UnionType}:
        parts = tuple(part for part in get_args(hint) if part is not NoneType)
        if set(parts) == {date, datetime}:
            words = "a day such as 2027-02-15, or a day and time such as 2027-02-15T10:30"
            return FieldType(kind="when", words=words, pattern=WHEN_PATTERN)
        (part,) = parts
        return _field_type(part, marks)
    if origin is Literal:
        values = tuple(str(value) for value in get_args(hint))
        return FieldType(kind="choice", words="one of " + ", ".join(values), values=values)
    if origin is tuple:
        item = _field_type(get_args(hint)[0], tuple(mark for mark in marks if not _about_list(mark)))
        return FieldType(
            kind="list", words="a list", item=item, one_or_many=OneOrMany in marks, not_empty=NotEmpty in marks
        )
    if origin is not None and issubclass(origin, Mapping):
        key, value = get_args(hint)
        return FieldType(kind="map", words="names with values", key=_field_type(key), item=_field_type(value, marks))
    return _plain_type(hint, marks)


def _plain_type(hint: type, marks: tuple[Any, ...]) -> FieldType:
    if hint is Any or hint is object:
        return FieldType(kind="any", words="fields of your own")
    if Percent in marks:
        return FieldType(kind="percent", words="a percentage such as 40%", pattern=r"-?\d+(\.\d+)?%")
    if hint is Money:
        return FieldType(kind="money", words="an amount such as 48000 or 48000.50")
    if hint is bool:
        return FieldType(kind="yes_no", words="yes or no")
    if hint is date:
        return FieldType(kind="date", words="a day such as 2027-02-15")
    if hint in _NUMBERS:
        words, integer = _NUMBERS[hint]
        limits = next((mark for mark in marks if isinstance(mark, Limits)), Limits())
        if limits.minimum is not None and limits.maximum is not None:
            words = f"a {'whole ' if integer else ''}number from {limits.minimum} to {limits.maximum}"
        return FieldType(
            kind="number", words=words, integer=integer,
            minimum=None if limits.minimum is None else Decimal(limits.minimum),
            maximum=None if limits.maximum is None else Decimal(limits.maximum),
        )  # fmt: skip
    if isinstance(hint, type) and issubclass(hint, Entity):
        short = next((mark.field for mark in marks if isinstance(mark, Short)), None)
        return FieldType(kind="group", words=f"the fields of {noun(hint)}", cls=hint, short=short)
    pattern = next((mark for mark in marks if isinstance(mark, Pattern)), None)
    ref = next((mark.kind for mark in marks if isinstance(mark, Ref)), None)
    return FieldType(
        kind="text", words=pattern.words if pattern else "text", pattern=pattern.regex if pattern else None, ref=ref,
        not_empty=NotEmpty in marks,
    )  # fmt: skip


def _about_list(mark: Any) -> bool:  # noqa: ANN401
    return mark in {OneOrMany, NotEmpty} if isinstance(mark, type) else False
