"""Three-way: what the workbook was made from, what it says now, and what the plans say now. Pure: it gives edits and a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from handrail.exchange.xlsx.book import cell_of
from handrail.exchange.xlsx.edits import REMOVED, Edit
from handrail.exchange.xlsx.layout import ID, PROJECT, Book, Column, Line, Sheet
from handrail.exchange.xlsx.matching import Table, project_of
from handrail.exchange.xlsx.meant import Given, meant, same
from handrail.exchange.xlsx.reading import Cell, Row
from handrail.exchange.xlsx.shown import shown
from handrail.exchange.xlsx.text import from_cell
from handrail.exchange.xlsx.told import Told, said
from handrail.schema import check

_EMPTY = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell that says something new and may be taken over."""

    line: Line
    column: Column
    value: Any
    told: Told


@dataclass(slots=True, kw_only=True)
class Merge:
    """The work on one workbook. `base`: what it was made from, `now`: the plans as they are."""

    base: Book
    now: Book
    edits: list[Edit] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    seen: set[tuple[str, str, str]] = field(default_factory=set)
    """Every line that the file still has: sheet, project, key."""
    fresh: list[tuple[Table, Row, str, str]] = field(default_factory=list)
    """Rows that are no line of the base: with their project and the key that they were given."""

    def sheet(self, table: Table) -> None:
        """Compare one sheet, line by line."""
        needed = [PROJECT, ID] if self.base.whole else [ID]
        if any(table.place_of(one) is None for one in needed):
            self.seen |= {(table.sheet.name, one.project, one.key) for one in table.sheet.lines}
            return
        known = [(row, *self._names(table, row)) for row in table.rows]
        twice = Counter((project, key) for _, project, key in known if key)
        for row, project, key in known:
            line = table.sheet.line(project, key)
            if line is not None:
                self.seen.add((table.sheet.name, project, key))
            if key and twice[project, key] > 1:
                self._twice(table, row, project, key, line)
            elif line is not None:
                self._line(table, row, line)
            elif any(not cell.empty and number in table.columns for number, cell in row.cells.items()):
                self.fresh.append((table, row, project, key))

    def _names(self, table: Table, row: Row) -> tuple[str, str]:
        place = table.place_of(ID)
        return project_of(row, table, self.base), from_cell(row.text(place)) if place is not None else ""

    def _twice(self, table: Table, row: Row, project: str, key: str, line: Line | None) -> None:
        if line is not None and not list(self._changed(table, row, line)):
            return
        why = "the id stands in several rows, so nothing of this one was read; empty the id of what is new"
        self.told.append(
            Told(outcome="refused", project=project, sheet=table.tab.name, at=f"row {row.number}", what=key, why=why)
        )

    # a line that the base has

    def _line(self, table: Table, row: Row, line: Line) -> None:
        now_sheet = self.now.sheet(table.sheet.name)
        there = _now_line(now_sheet, line, table.sheet)
        changes = []
        for column, cell, read in self._changed(table, row, line):
            told = self._entry(table, cell, line, column, read)
            if there is None:
                gone = "the line is gone: it was taken out or renamed after the workbook was made"
                self.told.append(_as(told, "conflict", gone, theirs="gone"))
                continue
            theirs = there.value(column)
            now = shown(column.type, theirs)
            current = _value(column, now, theirs, there.currency)
            if current == read:
                self.told.append(_as(told, "already there", "", theirs=said(now.value)))
            elif current != _value(column, cell_of(line, column), line.value(column), line.currency):
                self.told.append(_as(told, "conflict", "", theirs=said(now.value)))
            else:
                changes.append(Change(line=there, column=column, value=read, told=told))
        self._take(changes)

    def _changed(self, table: Table, row: Row, line: Line) -> Iterator[tuple[Column, Cell, Any]]:
        """Every cell of a line that says something else than the base; what cannot be told or done is said at once."""
        for number, column in table.columns.items():
            if column.key in {PROJECT, ID}:
                continue
            was = cell_of(line, column)
            cell = row.cells.get(number) or Cell(at=f"{_letters(number)}{row.number}", given=_EMPTY)
            if same(was, cell.given) and (not cell.trouble or cell.given.value is not None):
                continue
            entry = self._entry(table, cell, line, column, cell.given.value)
            if cell.trouble:
                if cell.given.value is not None or was.value is not None or cell.formula:
                    self.told.append(_as(entry, "not understood", cell.trouble))
            elif was.fixed:
                if was.value is not None or not cell.empty:
                    self.told.append(_as(entry, "refused", was.fixed))
            else:
                yield from self._read(entry, line, column, cell)

    def _read(self, entry: Told, line: Line, column: Column, cell: Cell) -> Iterator[tuple[Column, Cell, Any]]:
        """What an edited cell means, if it means something else than before."""
        raw = line.value(column)
        read = meant(column.type, cell.given, raw, line.currency)
        if read.problem is not None:
            self.told.append(_as(entry, "not understood", read.problem))
        elif read.value != _value(column, shown(column.type, raw), raw, line.currency):
            if read.value is None and column.required:
                self.told.append(_as(entry, "refused", f"{column.title} cannot be empty"))
            else:
                yield column, cell, read.value

    def _entry(self, table: Table, cell: Cell, line: Line, column: Column, yours: Any) -> Told:
        was = cell_of(line, column).value
        why = "the result of a formula" if cell.formula and not cell.trouble else ""
        return Told(
            outcome="changed", why=why, project=line.project, sheet=table.tab.name, at=cell.at, what=f"{line.name}, {column.title}",
            base=said(was), yours=said(yours),
        )  # fmt: skip

    def _take(self, changes: list[Change]) -> None:
        """Take over what fits the model; the model's own words say what does not."""
        if not changes:
            return
        whole = _copied(changes[0].line.raw)
        for one in changes:
            _put(whole, one.line.steps(one.column) or (), one.value)
        faults = {fault.path: fault for fault in check(changes[0].line.cls, whole)}
        for one in changes:
            steps = one.line.steps(one.column) or ()
            wrong = next((fault for path, fault in faults.items() if path[: len(steps)] == steps), None)
            if wrong is not None:
                self.told.append(_as(one.told, "not understood", f"{wrong.message} {wrong.fix}".strip()))
                continue
            value = REMOVED if one.value is None else one.value
            self.edits.append(Edit(file=one.line.file, path=one.line.path(one.column), value=value, of=len(self.told)))
            self.told.append(one.told)


def _now_line(sheet: Sheet | None, line: Line, base: Sheet) -> Line | None:
    """The line as the plans have it now; one without an id is known by its place, while nothing says it has moved."""
    if sheet is None:
        return None
    there = sheet.line(line.project, line.key)
    if not line.unnamed or there is None or line.at[-1:] == ("benefit",):
        return there
    names = [one.raw.get("what") for one in sheet.lines if one.project == line.project and one.unnamed]
    if names.count(line.raw.get("what")) == 1:
        return next(
            one
            for one in sheet.lines
            if one.project == line.project and one.unnamed and one.raw.get("what") == line.raw.get("what")
        )
    same_place = [one.raw for one in base.lines if one.project == line.project]
    return (
        there
        if len(same_place) == sum(one.project == line.project for one in sheet.lines)
        and names.count(there.raw.get("what")) == 1
        else None
    )


def _value(column: Column, one: Any, raw: Any, currency: str) -> Any:
    """What a cell as we write it means; the value itself where it means nothing else."""
    read = meant(column.type, Given(value=one.value, format=one.format), raw, currency)
    return raw if read.problem is not None or one.fixed else read.value


def _as(told: Told, outcome: Any, why: str, *, theirs: str = "") -> Told:
    return replace(told, outcome=outcome, why=why or told.why, theirs=theirs)


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, (list, tuple)) else value


def _put(whole: dict[str, Any], steps: tuple[str | int, ...], value: Any) -> None:
    """Set or take out one value of a copy."""
    at: Any = whole
    for step in steps[:-1]:
        if not isinstance(at.get(step), dict):
            at[step] = {}
        at = at[step]
    if value is None:
        at.pop(steps[-1], None)
    else:
        at[steps[-1]] = value


def _letters(number: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - a check never needs it

    return str(get_column_letter(number))
