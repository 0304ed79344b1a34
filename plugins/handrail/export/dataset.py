"""A table of plain values on its way out, and what a format is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from handrail.entity import Entity, memo
from handrail.fields import fields_of
from handrail.model.money import Money

Plain = Any
"""What JSON can say: text, exact numbers, true and false, null, lists and mappings of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Rows with the same columns. `path` is where it stands below `data/`, without a suffix."""

    path: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Plain], ...]
    project: str | None = None
    about: Mapping[str, Plain] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One format: its name, the end of its files and what writes a table."""

    name: str
    suffix: str
    write: Callable[[Dataset], str]


_PLAIN = frozenset({str, int, bool, Decimal, type(None)})
"""What nearly every value is: asking a long row of questions about each takes long."""


def plain(value: Any) -> Plain:
    """Any value of the model in plain terms; days as ISO text, money with its currency."""
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Entity):
        return record(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, (str, bool, int, Decimal)) else str(value)


def record(entity: Entity, leave_out: frozenset[str] = frozenset()) -> dict[str, Plain]:
    """The declared fields of an entity under the names they have in the files."""
    return {
        key: value if type(value := getattr(entity, name)) in _PLAIN else plain(value)
        for key, name in _names(type(entity), leave_out)
    }


@memo
def _names(cls: type[Entity], leave_out: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple((one.key, one.name) for one in fields_of(cls) if one.key not in leave_out)
