"""Excel workbooks written from plain tables: one sheet each, the same bytes for the same tables and day.

Nothing in a cell can run: text that would begin a formula carries an apostrophe as in CSV, and every text is stored as
text. Days become days of the spreadsheet; numbers have the digits that a spreadsheet keeps.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time

from handrail.export.dataset import Dataset
from handrail.export.sheet import Sheet, sheet
from handrail.office import packed, parts_of

Named = tuple[str, Sheet]
"""A sheet with the place of its table below `data/`."""

_NAME = re.compile(r"[\[\]:*?/\\']")
_HEAD = "0B4F6C"
_PART = "xl/worksheets/sheet{}.xml"


def workbook(tables: Iterable[Dataset], on: date) -> bytes:
    """A workbook with one sheet for each table, named after it; `on` is the day of the figures, which it says of itself."""
    return whole([(one.path, sheet(one)) for one in tables], on)


def whole(sheets: Sequence[Named], on: date) -> bytes:
    """All sheets in one workbook."""
    names = _names([path for path, _ in sheets])
    return _book(list(zip(names, (one for _, one in sheets), strict=True)), on)


def singles(sheets: Sequence[Named], on: date) -> Iterator[tuple[str, bytes]]:
    """Each sheet as a workbook of its own, by the place of its table."""
    names = _names([path for path, _ in sheets])
    for name, (path, one) in zip(names, sheets, strict=True):
        yield path, _book([(name, one)], on)


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
