"""Excel workbooks written from plain tables: one sheet each, the same bytes for the same tables and day.

Nothing in a cell can run: text that would begin a formula carries an apostrophe as in CSV, and every text is stored as
text. Days become days of the spreadsheet; numbers have the digits that a spreadsheet keeps.
"""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from handrail.export.dataset import Dataset
from handrail.export.sheet import Sheet, sheet
from handrail.packed_file import packed, parts_of

Named = tuple[str, Sheet]
"""A sheet with its name, or with the place of its table below `data/`."""

_NAME = re.compile(r"[\[\]:*?/\\']")
_HEAD = "0B4F6C"
_PART = "xl/worksheets/sheet{}.xml"


def workbook(tables: Iterable[Dataset], on: date) -> bytes:
    """A workbook with one sheet for each table, named after it; `on` is the day of the figures, which it says of itself."""
    return next(books([(one.path, sheet(one)) for one in tables])).data(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook of sheets by their names, with the place of its file below `data/`."""

    path: str
    sheets: tuple[Named, ...]

    def data(self, on: date) -> bytes:
        """The file."""
        return _book(self.sheets, on)


def books(sheets: Sequence[Named], own: Container[str] = ()) -> Iterator[Book]:
    """All sheets in one workbook, `portfolio.xlsx`, and each sheet whose table is one of `own` in one of its own."""
    names = _names([path for path, _ in sheets])
    yield Book(path="portfolio.xlsx", sheets=tuple(zip(names, (one for _, one in sheets), strict=True)))
    singles = [one for one in sheets if one[0] in own]
    for name, (path, one) in zip(_names([path for path, _ in singles]), singles, strict=True):
        yield Book(path=f"{path}.xlsx", sheets=((name, one),))


def _book(sheets: Sequence[tuple[str, Sheet]], on: date) -> bytes:
    """A workbook of sheets by their names. openpyxl makes all of it but the sheets."""
    from openpyxl import Workbook  # noqa: PLC0415 - a check writes no workbook
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - as above

    made = Workbook(write_only=True)
    made.properties.creator = "Handrail"
    for number, (name, one) in enumerate(sheets):
        place = made.create_sheet(name)
        place.auto_filter.ref = one.span
        if number == 0:  # the cells that make known the formats HEAD and DAY
            head = WriteOnlyCell(place, value="head")
            head.font = Font(name="Calibri", bold=True, color="FFFFFF")
            head.fill = PatternFill("solid", start_color=_HEAD)
            place.append([head, on])
    out = io.BytesIO()
    made.save(out)
    own = {_PART.format(number): one.part for number, (_, one) in enumerate(sheets, 1)}
    return packed({**parts_of(out.getvalue()), **own}, datetime.combine(on, time(), UTC))


def _names(paths: Sequence[str]) -> list[str]:
    """Names of sheets: at most 31 signs, none of those that Excel forbids, each once."""
    found: list[str] = []
    for path in paths:
        base = _NAME.sub(" ", path.rpartition("/")[2])[:31].strip() or "sheet"
        name, number = base, 2
        while name.casefold() in {one.casefold() for one in found}:
            name, number = f"{base[:27]} {number}", number + 1
        found.append(name)
    return found
