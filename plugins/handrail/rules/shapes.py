"""What kinds of values expressions speak about: a small algebra that the checker calculates with.

Null is possible everywhere, so an optional field keeps the shape of its value. Percentages and durations are numbers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Computed = Callable[[Any, Mapping[str, Any]], Any]
"""Gives a computed field its value, from its owner and the scope of the run."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value without parts; `words` is how a message speaks of it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """Any number of values of one shape."""

    item: "Shape"


@dataclass(frozen=True, slots=True, eq=False)
class ObjectShape:
    """A thing with named fields.

    `fields` may be a function, so that shapes can refer to each other in circles. A name in `computed` is not read from
    the object but calculated; its shape stands in `fields` like any other.
    """

    name: str
    fields: "Mapping[str, Shape] | Callable[[], Mapping[str, Shape]]"
    computed: Mapping[str, Computed] = field(default_factory=lambda: MappingProxyType({}))

    def members(self) -> "Mapping[str, Shape]":
        """Return the fields, made now if they were given as a function."""
        return self.fields() if callable(self.fields) else self.fields


Shape = Scalar | ListOf | ObjectShape

BOOL = Scalar("bool", "yes or no")
NUMBER = Scalar("number", "a number")
TEXT = Scalar("text", "text")
DATE = Scalar("date", "a date")
MONEY = Scalar("money", "an amount of money")
NULL = Scalar("null", "null")
ANY = Scalar("any", "any value")

MONEY_FIELDS: Mapping[str, Shape] = MappingProxyType({"amount": NUMBER, "currency": TEXT})

ORDERED = (NUMBER, TEXT, DATE, MONEY)
"""The shapes whose values are smaller or larger than each other."""

_ARITHMETIC: Mapping[tuple[str, Shape, Shape], Shape] = MappingProxyType(
    {
        ("+", NUMBER, NUMBER): NUMBER,
        ("-", NUMBER, NUMBER): NUMBER,
        ("*", NUMBER, NUMBER): NUMBER,
        ("/", NUMBER, NUMBER): NUMBER,
        ("%", NUMBER, NUMBER): NUMBER,
        ("+", MONEY, MONEY): MONEY,
        ("-", MONEY, MONEY): MONEY,
        ("*", MONEY, NUMBER): MONEY,
        ("*", NUMBER, MONEY): MONEY,
        ("/", MONEY, NUMBER): MONEY,
        ("/", MONEY, MONEY): NUMBER,
        ("+", DATE, NUMBER): DATE,
        ("+", NUMBER, DATE): DATE,
        ("-", DATE, NUMBER): DATE,
        ("-", DATE, DATE): NUMBER,
    }
)


def words(shape: Shape) -> str:
    """Say in plain words what a shape is: "a number", "a list", "the risk"."""
    if isinstance(shape, ListOf):
        return "a list"
    if isinstance(shape, ObjectShape):
        return f"an object ({shape.name})"
    return shape.words


def fields_of(shape: Shape) -> "Mapping[str, Shape] | None":
    """Return the fields that can be read from a shape, those of the items for a list; None when nothing is known."""
    if isinstance(shape, ListOf):
        return fields_of(shape.item)
    if isinstance(shape, ObjectShape):
        return shape.members()
    if shape == ANY:
        return None
    return MONEY_FIELDS if shape == MONEY else MappingProxyType({})


def flattened(owner: Shape, member: Shape) -> Shape:
    """Return the shape of a field that was read: from a list it is a list, with nested lists taken apart once."""
    if not isinstance(owner, ListOf):
        return member
    return member if isinstance(member, ListOf) else ListOf(member)


def fits(left: Shape, right: Shape) -> bool:
    """Tell whether values of both shapes can be equal; null and unknown values fit everything."""
    if ANY in (left, right) or NULL in (left, right):
        return True
    if isinstance(left, ListOf) and isinstance(right, ListOf):
        return fits(left.item, right.item)
    if isinstance(left, ObjectShape) and isinstance(right, ObjectShape):
        return True
    return left == right


def join(shapes: "tuple[Shape, ...]") -> Shape:
    """Return the one shape that all of these values have, or ANY; null says nothing."""
    known = [shape for shape in shapes if shape != NULL]
    if not known:
        return NULL if shapes else ANY
    first = known[0]
    return first if all(shape == first for shape in known) else ANY


def arithmetic(sign: str, left: Shape, right: Shape) -> Shape | None:
    """Return the shape of a calculation, None when it cannot be made, ANY when too little is known."""
    if ANY not in (left, right):
        return _ARITHMETIC.get((sign, left, right))
    results = {
        result
        for (known, first, second), result in _ARITHMETIC.items()
        if known == sign and left in (ANY, first) and right in (ANY, second)
    }
    if not results:
        return None
    return results.pop() if len(results) == 1 else ANY
