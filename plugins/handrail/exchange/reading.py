"""What reading a row comes to: the values for each file, and what became of each cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from handrail.exchange.csv_table import TableRow
from handrail.exchange.targets import Target

Outcome = Literal["kept", "changed", "empty", "dropped", "unreadable", "by hand"]
"""What became of a cell. `by hand`: the plan keeps what a person wrote there since the last import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One thing that became of a cell, why, and the field it was meant for."""

    outcome: Outcome
    reason: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value for one field. `columns` are those it comes from, none for a fixed value."""

    target: Target
    value: Any
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of prose below its heading."""

    heading: str
    text: str
    column: int


@dataclass(slots=True, kw_only=True)
class Wanted:
    """What one file should say: fields and prose. `name` is its place in the project's folder, empty for the plan.

    `silent`: fields for which this list has a place and this row nothing to say.
    """

    name: str
    fields: dict[str, Given] = field(default_factory=dict)
    prose: list[Block] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class RowReading:
    """One row as read. `refused`: why it is no project; `flags`: what the report should name it for."""

    row: TableRow
    key: str = ""
    as_of: date | None = None
    plan: Wanted = field(default_factory=lambda: Wanted(name=""))
    records: list[Wanted] = field(default_factory=list)
    uses: list[list[Use]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    refused: str = ""
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of the list at hand, by the names that the mapping uses."""

    names: tuple[str, ...]
    by_name: dict[str, int]

    def find(self, name: str) -> int | None:
        """The position of a column; spaces and, if need be, letter case do not count."""
        plain = " ".join(name.split())
        return self.by_name.get(plain, self.by_name.get(plain.casefold()))


def columns_of(names: tuple[str, ...]) -> Columns:
    """Make the columns of a table findable."""
    by_name = {one.casefold(): number for number, one in reversed(list(enumerate(names)))}
    return Columns(names=names, by_name=by_name | {one: number for number, one in enumerate(names)})


def in_order(given: Iterable[Given]) -> list[Given]:
    """In the order in which the model declares the fields."""
    return sorted(given, key=lambda one: one.target.order)


def plain(value: Any) -> Any:
    """As it reads once written: days are text."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
