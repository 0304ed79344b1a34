"""Plain values of the model as bytes and back, for what is kept between builds.

Entities are told field by field. From bytes only classes of the model are made, and days and exact numbers: whoever alters
what is kept can spoil a build, and cannot run anything.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from handrail.entity import Entity, memo
from handrail.load.projects import Folder
from handrail.remark import Loc, Related, Remark, Span

_PROTOCOL = 5
_MODEL = "handrail.model."
_new = object.__new__
_TOLD = (Entity, Loc, Remark, Related, Folder)
"""What is told by its fields: the default way asks each dataclass for its state in Python, twice."""


def pickled(value: Any) -> bytes:
    """A value as bytes."""
    out = io.BytesIO()
    _Pickler(out, _PROTOCOL).dump(value)
    return out.getvalue()


def unpickled(data: bytes) -> Any:
    """The value that was pickled. Raises pickle.UnpicklingError, or what broken bytes make of it."""
    return _Unpickler(io.BytesIO(data)).load()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """How a value is made again: a function with its arguments."""
        if isinstance(value, _TOLD):
            return _made, (value.__class__, *_told(value.__class__)(value))
        return (_fixed, (dict(value),)) if isinstance(value, MappingProxyType) else NotImplemented


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class of the model by its name; anything else is refused."""
        known = _KNOWN.get((module, name))
        if known is None and module.startswith(_MODEL):
            known = super().find_class(module, name)
            if not isinstance(known, type):
                known = None
        if known is None:
            raise pickle.UnpicklingError(f"{module}.{name} is nothing that is kept")
        return known


def _made(cls: type[Any], *values: Any) -> Any:
    one = _new(cls)
    for put, value in zip(_slots(cls), values, strict=True):
        put(one, value)
    return one


def _fixed(value: dict[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(value)


@memo
def _names(cls: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cls))


@memo
def _told(cls: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads all fields of one at once; each class that is told has two or more."""
    return attrgetter(*_names(cls))


@memo
def _slots(cls: type[Any]) -> tuple[Callable[[Any, Any], None], ...]:
    """What puts each field in its place; to look it up by name each time takes longer than the rest of unpickling."""
    return tuple(getattr(cls, name).__set__ for name in _names(cls))


_KNOWN = {
    (one.__module__, one.__qualname__): one
    for one in (
        _made,
        _fixed,
        Loc,
        Span,
        Remark,
        Related,
        Folder,
        Decimal,
        date,
        datetime,
        timedelta,
        timezone,
        frozenset,
    )
}
