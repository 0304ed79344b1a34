"""A workbook as it came, as plain cells: what each holds, and what keeps it from being understood. Nothing here judges."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from handrail.exchange.xlsx.guard import MOST_CELLS, Refused, formulas_in, guarded
from handrail.exchange.xlsx.meant import Given

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its address, what it holds, and `trouble` that keeps it from being read. `formula`: it was computed."""

    at: str
    given: Given
    trouble: str = ""
    formula: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands there."""
        value = self.given.value
        return not self.trouble and (value is None or (isinstance(value, str) and not value.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row by its number, with its cells by the number of their column; empty ones are left out unless in trouble."""

    number: int
    cells: Mapping[int, Cell]

    def text(self, column: int) -> str:
        """What stands in a column, as text."""
        cell = self.cells.get(column)
        return str(cell.given.value).strip() if cell and cell.given.value is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One sheet of a file."""

    name: str
    rows: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A whole workbook."""

    tabs: tuple[Tab, ...]

    def tab(self, name: str) -> Tab | None:
        """A sheet by its name."""
        return next((one for one in self.tabs if one.name == name), None)


def read(data: bytes) -> File:
    """Read a workbook that may be hostile. Raises Refused."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a check never needs it

    guarded(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it warns of stands in the cells, and is told of there
            book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            typed = load_workbook(io.BytesIO(data), data_only=False, keep_links=False) if formulas_in(data) else None
        tabs = []
        for place in book.worksheets:
            other = typed[place.title] if typed is not None and place.title in typed.sheetnames else None
            tabs.append(Tab(name=place.title, rows=tuple(_rows(place, other, book.epoch))))
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises what it likes on a broken file
        raise Refused(
            f"The workbook cannot be read ({type(error).__name__}).",
            "Open it in Excel, save it as .xlsx, and try again.",
        ) from None
    return File(tabs=tuple(tabs))


def _rows(place: Worksheet, typed: Any, epoch: datetime) -> Iterator[Row]:
    if place.max_row * place.max_column > MOST_CELLS:
        raise Refused(
            f"The sheet {place.title} reaches down to row {place.max_row:,} and across {place.max_column:,} columns, nearly all of it empty.",
            "Delete the empty rows and columns behind the last line, save it and try again.",
        )
    joined: dict[tuple[int, int], str] = {}
    for span in place.merged_cells.ranges:
        if len(joined) + span.size["rows"] * span.size["columns"] > MOST_CELLS:
            raise Refused(
                f"The sheet {place.title} joins the cells {span.coord}.", "Unmerge them, save it and try again."
            )
        for row, column in span.cells:
            joined[row, column] = span.coord
    for number, row in enumerate(place.iter_rows(min_row=1, min_col=1), 1):
        cells: dict[int, Cell] = {}
        for column, one in enumerate(row, 1):
            cell = _cell(one, joined.get((number, column), ""), typed, epoch)
            if not cell.empty:
                cells[column] = cell
        if cells:
            yield Row(number=number, cells=cells)


def _cell(one: Any, span: str, typed: Any, epoch: datetime) -> Cell:
    value = one.value
    given = Given(value=value, format=one.number_format or "General", epoch=epoch)
    if span:
        return Cell(
            at=one.coordinate, given=given, trouble=f"the cells {span} are merged, so nothing tells which line is meant"
        )
    formula = False
    if typed is not None:
        there = typed.cell(one.row, one.column)
        formula = getattr(there, "data_type", "") == "f"
    if getattr(one, "data_type", "") == "e":
        return Cell(at=one.coordinate, given=given, trouble=f"it shows the error {value}", formula=formula)
    if formula and value is None:
        trouble = "it holds a formula whose result was not saved; open the file in Excel, save it, and import again"
        return Cell(at=one.coordinate, given=given, trouble=trouble, formula=True)
    if not isinstance(value, (str, int, float, bool, datetime, type(None))) and not hasattr(value, "isoformat"):
        return Cell(
            at=one.coordinate, given=given, trouble=f"it holds something that is no value ({type(value).__name__})"
        )
    if isinstance(value, float) and (value != value or value in {float("inf"), float("-inf")}):  # noqa: PLR0124 - not a number
        return Cell(at=one.coordinate, given=given, trouble="it holds no number that can be written")
    return Cell(at=one.coordinate, given=given, formula=formula)
