"""How fields are read: from dataclasses, mappings and lists, with null for what is not there."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from handrail import english
from handrail.model.money import Money
from handrail.rules.evaluation import Read, Run, UndecidedError, refused
from handrail.rules.place import Code, Frame
from handrail.rules.shapes import Computed, ListOf, ObjectShape, Shape
from handrail.rules.values import spoken

Reader = Callable[[Any, Run], Any]
"""Reads one certain field of an owner."""

_VALUES = (str, int, Decimal, date)
# Names that mappings and tuples have themselves: getattr would find the method before the field.
_TAKEN = frozenset(dir(dict)) | frozenset(dir(tuple)) | frozenset(dir(Mapping))


def root(name: str) -> Code:
    """Return what reads a root or variable; a root that the caller left out reads as null."""

    def read(frame: Frame) -> object:
        try:
            return frame[name]
        except KeyError:
            return None

    return read


def direct(target: Code, name: str) -> Code:
    """Return the quick reader of a field that an object of the model has."""
    get = attrgetter(name)

    def read(frame: Frame) -> object:
        owner = target(frame)
        if owner.__class__ is dict:
            return owner.get(name)
        try:
            return get(owner)
        except AttributeError:  # null, another mapping, or a computed answer that is undecided
            return field_of(owner, name)

    return read


def is_direct(shape: Shape, name: str) -> bool:
    """Tell whether getattr alone may read the field: the shape says that an object stands there."""
    return isinstance(shape, ObjectShape) and name not in shape.computed and name not in _TAKEN


def reader(shape: Shape, name: str, *, traced: bool) -> Reader:
    """Return what reads a field from values of this shape; when traced, it notes every read of a single object."""
    innermost = shape
    while isinstance(innermost, ListOf):
        innermost = innermost.item
    computed = innermost.computed.get(name) if isinstance(innermost, ObjectShape) else None
    read = _computed(computed, name) if computed is not None else _careful(name)
    return _flattening(_noted(read, name) if traced else read)


def field_of(owner: Any, name: str) -> Any:
    """Read one field of one object or mapping; what is missing or not data reads as null."""
    if owner is None:
        return None
    if isinstance(owner, Mapping):
        return owner.get(name)
    refused(owner, name)
    if isinstance(owner, _VALUES):
        raise UndecidedError(f"{spoken(owner)} has no field {name!r}")
    if isinstance(owner, Money) and name not in ("amount", "currency"):
        return None
    value = getattr(owner, name, None)
    return None if callable(value) else value


def item_at(items: Any, position: Any) -> Any:
    """Read one item of a list, or one entry of a mapping by its text."""
    refused(items)
    refused(position)
    if isinstance(items, Mapping) and isinstance(position, str):
        return items.get(position)
    if not isinstance(items, Sequence) or isinstance(items, str):
        raise UndecidedError(f"{spoken(items)} has no positions")
    if isinstance(position, bool) or not isinstance(position, (int, Decimal)) or position != int(position):
        raise UndecidedError(f"a position is a whole number, not {spoken(position)}")
    if not 0 <= position < len(items):
        count = len(items)
        raise UndecidedError(f"the list has {english.count(count, 'item')}, none at position {position}")
    return items[int(position)]


def _careful(name: str) -> Reader:
    """Return a reader for any owner that is no list."""
    return lambda owner, _run: field_of(owner, name)


def _computed(function: Computed, name: str) -> Reader:
    """Return a reader for a calculated field; its own undecided answer points at this field unless it says better."""

    def read(owner: Any, run: Run) -> Any:
        if owner is None:
            return None
        value = function(owner, run.scope)
        refused(value, name, owner)
        return value

    return read


def _noted(read: Reader, name: str) -> Reader:
    """Return a reader that notes what it reads in the run's trace."""

    def noted(owner: Any, run: Run) -> Any:
        value = read(owner, run)
        if run.trace is not None and owner is not None:
            run.trace.append(Read(owner=owner, field=name, value=value))
        return value

    return noted


def _flattening(read: Reader) -> Reader:
    """Return a reader that goes through lists: absent values are left out, lists of lists become one list."""

    def flattening(owner: Any, run: Run) -> Any:
        if not isinstance(owner, (tuple, list)):
            return read(owner, run)
        run.spend(len(owner))
        found: list[Any] = []
        for item in owner:
            value = flattening(item, run)
            if isinstance(value, (tuple, list)):
                found.extend(value)
            elif value is not None:
                found.append(value)
        return tuple(found)

    return flattening
