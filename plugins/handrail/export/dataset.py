"""A table of plain values on its way out, and what a format is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from handrail.entity import Entity, memo
from handrail.fields import fields_of
from handrail.model.money import Money

Plain = Any
"""What JSON can say: text, exact numbers, true and false, null, lists and mappings of them."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """Rows with the same columns. `path` is where it stands below `data/`, without a suffix."""

    path: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Plain], ...]
    project: str | None = None
    about: Mapping[str, Plain] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def flat(self) -> Mapping[str, Sequence[Plain]]:
        """Each column with its values from top to bottom. Money takes two: the amount, and a column for its currency.

        Several formats are written from this; what a column holds is asked for the column as a whole.
        """
        names = dict.fromkeys(self.columns)
        rows = [list(map(row.get, names)) for row in self.rows]
        found: dict[str, Sequence[Plain]] = {}
        for name, values in zip(names, zip(*rows, strict=True) if rows else repeat(()), strict=False):
            found[name] = values
            if not _SINGLE.issuperset(map(type, values)) and any(map(is_money, values)):
                found[name] = [value["amount"] if is_money(value) else value for value in values]
                found[f"{name}_currency"] = [value["currency"] if is_money(value) else None for value in values]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One format: its name, the end of its files and what writes a table."""

    name: str
    suffix: str
    write: Callable[[Dataset], str]


_PLAIN = frozenset({str, int, bool, Decimal, type(None)})
"""What nearly every value is: asking a long row of questions about each takes long."""
_SINGLE = _PLAIN | {list}
_MONEY = frozenset({"amount", "currency"})


def is_money(value: Plain) -> bool:
    """Whether a plain value is an amount with its currency."""
    return type(value) not in _SINGLE and isinstance(value, Mapping) and value.keys() == _MONEY


def plain(value: Any) -> Plain:
    """Any value of the model in plain terms; days as ISO text, money with its currency."""
    if type(value) in _PLAIN or isinstance(value, (str, int, Decimal)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    if isinstance(value, Entity):
        return record(value)
    return {str(key): plain(one) for key, one in value.items()} if isinstance(value, Mapping) else str(value)


def record(entity: Entity, leave_out: frozenset[str] = frozenset()) -> dict[str, Plain]:
    """The declared fields of an entity under the names they have in the files."""
    keys, values = _fields(type(entity), leave_out)
    return {
        key: value if type(value) in _PLAIN else plain(value) for key, value in zip(keys, values(entity), strict=True)
    }


@memo
def _fields(
    cls: type[Entity], leave_out: frozenset[str]
) -> tuple[tuple[str, ...], Callable[[Entity], tuple[Any, ...]]]:
    """The names that fields have in the files, and what reads all of them at once."""
    told = [one for one in fields_of(cls) if one.key not in leave_out]
    names = [one.name for one in told]
    if len(names) > 1:
        return tuple(one.key for one in told), attrgetter(*names)
    return tuple(one.key for one in told), lambda entity: tuple(getattr(entity, name) for name in names)
