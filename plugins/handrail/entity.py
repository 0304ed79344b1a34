"""Entities: how a thing that is written in a file is declared, and what every such thing can do."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, NoReturn, ParamSpec, TypeVar, cast

from handrail.remark import Loc

P = ParamSpec("P")
T = TypeVar("T")


def memo(function: Callable[P, T]) -> Callable[P, T]:
    """`functools.cache`, typed so that a class can be the key (mypy holds no class for hashable)."""
    return cast("Callable[P, T]", cache(function))


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


EMPTY: Mapping[str, Any] = MappingProxyType({})


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
    return EMPTY


def attached(default: Any = ()) -> Any:
    """Declare what is not written in the entity's own file but loaded beside it, such as a project's reports."""
    # the standard library takes every mapping for a mutable default, also one that nobody can change
    return field(default_factory=_nothing, repr=False) if default is EMPTY else field(default=default, repr=False)


def entity(cls: type[T]) -> type[T]:
    """Make a class of declared fields a frozen, slotted, keyword-only dataclass."""
    # What a dataclass can do comes from Entity: writing it anew for each of a hundred classes costs every start 25 ms.
    return dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(cls)


class IncompleteError(TypeError):
    """An entity was made without a field that it needs, or with one that it does not have."""


@entity
class Entity:
    """Anything that is written in a file. `loc` says where; two entities are equal when what is written is equal."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]
    called: ClassVar[str] = ""
    """What people call one of it, where the name of the class does not say it."""
    loc: Loc = attached(Loc(""))

    def __init__(self, **given: Any) -> None:
        """Take the given fields; what is left out has its default."""
        defaults, total = _init_of(self.__class__)
        values = {**defaults, **given}
        if len(values) != total:
            raise _incomplete(self.__class__, given)
        try:
            for name, value in values.items():
                _set(self, name, value)
        except AttributeError:  # an unknown name, and another one missing in its stead
            raise _incomplete(self.__class__, given) from None

    if not typing.TYPE_CHECKING:  # mypy would otherwise allow any name to be assigned, and no class to be hashed

        def __setattr__(self, name: str, value: object) -> NoReturn:
            """Refuse: what was read does not change."""
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name: str) -> NoReturn:
            """Refuse: what was read does not change."""
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

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


_set = object.__setattr__


@memo
def _told(cls: type[Entity]) -> tuple[str, ...]:
    return tuple(spot.name for spot in dataclasses.fields(cls) if spot.name != "loc")


@memo
def _init_of(cls: type[Entity]) -> tuple[Mapping[str, Any], int]:
    """The values of the fields that may be left out, and how many fields there are in all."""
    defaults = {}
    for spot in dataclasses.fields(cls):
        if spot.default is not dataclasses.MISSING:
            defaults[spot.name] = spot.default
        elif spot.default_factory is not dataclasses.MISSING:
            defaults[spot.name] = spot.default_factory()
    return defaults, len(dataclasses.fields(cls))


def _incomplete(cls: type[Entity], given: Mapping[str, Any]) -> IncompleteError:
    known = {spot.name for spot in dataclasses.fields(cls)}
    wrong = sorted(known - given.keys() - _init_of(cls)[0].keys()) or sorted(given.keys() - known)
    return IncompleteError(f"{cls.__name__}: missing or unknown: {', '.join(wrong)}")
