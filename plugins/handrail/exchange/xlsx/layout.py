"""What a workbook of plans has: sheets with columns and lines, each line knowing where its values stand in the files.

Everything follows from the model: a field added there has its column here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from handrail.fields import Entity, Field, FieldType
from handrail.model.kinds import Kind
from handrail.remark import Path
from handrail.yaml_value import NotEditable

PROJECT, ID = "project", "id"
KEYS, TITLES, FIRST = 1, 2, 3
"""The rows of the columns' keys (hidden), of their titles, and the first of the lines."""
_MONTH = re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])")
_MOST_MONTHS = 120
_TEXT = FieldType(kind="text", words="text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `key` names it for ever, whatever its title says and wherever it stands; `month` where it is one."""

    key: str
    title: str
    hint: str = ""
    type: FieldType = _TEXT
    required: bool = False
    fixed: bool = False
    month: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a thing of a plan, or one amount of its budget.

    `raw` is what stands at the path `at` of the file; `fields` leads from a column to the value in it, `months` to the
    amounts by month. A line without a kind is always there, also where the plan says nothing of it yet.
    """

    project: str
    key: str
    name: str
    cls: type[Entity]
    file: str
    at: Path
    raw: Mapping[str, Any]
    currency: str
    fields: Mapping[str, Path] | None = None
    months: Path | None = None
    frozen: bool = False
    unnamed: bool = False

    def steps(self, column: Column) -> Path | None:
        """The way from the line to a column's value; None where the line has none there."""
        if column.month:
            return (*self.months, column.month) if self.months is not None else None
        if self.fields is not None:
            return self.fields.get(column.key)
        return tuple(column.key.split(".", 1))

    def value(self, column: Column) -> Any:
        """What is written there; None for nothing."""
        steps = self.steps(column)
        value: Any = self.raw
        for step in steps or ():
            if not isinstance(value, Mapping):
                return None
            value = value.get(step)
        return value if steps else None

    def path(self, column: Column) -> Path:
        """Where it is written in the file. Raises NotEditable where the line has no such value."""
        steps = self.steps(column)
        if steps is None:
            raise NotEditable("nothing can stand there")
        return (*self.at, *steps)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet. `name` names it for ever. `kind`: what a line is; None for the budget, whose lines are of several kinds.

    `home`: for each project the file and the path of the list that takes new lines; no entry where it takes none.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    kind: Kind | None = None
    item: Kind | None = None
    home: Mapping[str, tuple[str, Path]] = field(default_factory=lambda: MappingProxyType({}))
    refuses: str = ""
    by_month: str = ""

    @cached_property
    def index(self) -> Mapping[tuple[str, str], Line]:
        """Every line by its project and key; of two with one key, the first."""
        return {(one.project, one.key): one for one in reversed(self.lines)}

    def line(self, project: str, key: str) -> Line | None:
        """A line by its names."""
        return self.index.get((project, key))

    def column(self, key: str) -> Column | None:
        """A column by its name."""
        return next((one for one in self.columns if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All sheets of one project or of several. `lists`: names that a column may hold, by what it refers to."""

    projects: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    lists: Mapping[str, tuple[str, ...]]
    whole: bool

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by its name."""
        return next((one for one in self.sheets if one.name == name), None)


def month_column(one: Field, month: str) -> Column:
    """The column of one month of a field that has a value for each."""
    return Column(
        key=f"{one.key}:{month}", title=month, hint=f"{one.title} in {month}.", type=one.type.item or _TEXT, month=month
    )


def months_of(ones: Iterable[Any], days: Iterable[Any] = ()) -> tuple[str, ...]:
    """Every month from the first to the last that stands in some mappings, or in which one of the days lies."""
    given = {str(month) for one in ones if isinstance(one, Mapping) for month in one}
    found = sorted({one for one in given if _MONTH.fullmatch(one)} | {str(one)[:7] for one in days if one})
    if not found:
        return tuple(sorted(given))
    first, last = ((int(one[:4]) * 12 + int(one[5:7]) - 1) for one in (found[0], found[-1]))
    if last - first >= _MOST_MONTHS:
        return tuple(sorted(given))
    between = {f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)}
    return tuple(sorted(given | between))
