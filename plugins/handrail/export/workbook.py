"""Excel workbooks written from plain tables: one sheet each, the same bytes for the same tables and day.

Nothing in a cell can run: text that would begin a formula carries an apostrophe as in CSV, and every text is stored as
text. Days become days of the spreadsheet; exact numbers stay the digits that they are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from handrail.export.csv_file import safe
from handrail.export.csv_file import table as flat_table
from handrail.export.dataset import Dataset, Plain
from handrail.office import packed, parts_of, settled

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST = 10_000
"""Rows of a sheet; a longer table says so and names the CSV that has them all."""
_LONG = 32_767
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_NAME = re.compile(r"[\[\]:*?/\\']")
_FIRST_DAY = date(1900, 3, 1)
"""Before it, Excel counts a day that never was."""
_LOOK_AT, _NARROW, _WIDE = 200, 8, 50
_HEAD = "0B4F6C"
_MARK = "THE-ONE-SHEET"
_FILTER = re.compile(rb'<autoFilter ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_ABSOLUTE = re.compile(rb"([A-Z]+)([0-9]+)")


def workbook(tables: Iterable[Dataset], on: date) -> bytes:
    """A workbook with one sheet for each table, named after it; `on` is the day of the figures, which it says of itself."""
    from openpyxl import Workbook  # noqa: PLC0415 - a check writes no workbook

    ones = tuple(tables)
    made = Workbook(write_only=True)
    made.properties.creator = "Handrail"
    for name, one in zip(_names([one.path for one in ones]), ones, strict=True):
        place: WriteOnlyWorksheet = made.create_sheet(name)
        _fill(place, one)
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue(), _moment(on))


def singles(whole: bytes, tables: Sequence[Dataset], on: date) -> Iterator[tuple[Dataset, bytes]]:
    """Each sheet of a workbook as a workbook of its own; `whole` is what `workbook` made of the tables.

    Writing cells is what takes long, so the sheets are taken as they are, in the frame of a workbook with one sheet.
    """
    frame = parts_of(workbook([Dataset(path=_MARK, columns=("a",), rows=())], on))
    parts = parts_of(whole)
    names = _names([one.path for one in tables])
    for number, (name, one) in enumerate(zip(names, tables, strict=True), 1):
        sheet = parts[f"xl/worksheets/sheet{number}.xml"]
        span = _FILTER.search(sheet)
        book = frame["xl/workbook.xml"].replace(_MARK.encode(), escape(name, {'"': "&quot;"}).encode())
        if span is not None:
            book = book.replace(b"$A$1:$A$1", _ABSOLUTE.sub(rb"$\1$\2", span[1]))
        own = {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet, "xl/styles.xml": parts["xl/styles.xml"]}
        yield one, packed({**frame, **own}, _moment(on))


def _moment(on: date) -> datetime:
    return datetime.combine(on, time(), UTC)


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


def _fill(place: Any, data: Dataset) -> None:
    """One sheet: a head that stays in sight, drop-downs to filter, columns as wide as what stands in them."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    columns, rows = flat_table(data)
    shown = [[_value(value) for value in row] for row in rows[:MOST]]
    place.freeze_panes = "A2"
    for number, name in enumerate(columns):
        longest = max((_length(row[number]) for row in shown[:_LOOK_AT]), default=0)
        width = min(max(longest, len(name) + 2, _NARROW), _WIDE)
        place.column_dimensions[get_column_letter(number + 1)].width = width
    last = get_column_letter(len(columns)) if columns else "A"
    place.auto_filter.ref = f"A1:{last}{len(shown) + 1}"
    cells = _Cells(place)
    place.append([cells.head(name) for name in columns])
    for row in shown:
        place.append([cells.plain(value) for value in row])
    if len(rows) > MOST:
        place.append([f"The first {MOST:,} of {len(rows):,} rows; {data.path}.csv has them all."])


class _Cells:
    """Makes cells; only those that need a format or a word of their own become objects."""

    def __init__(self, place: Any) -> None:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
        from openpyxl.cell.cell import ERROR_CODES  # noqa: PLC0415 - as above
        from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - as above

        self._make, self._place, self._errors = WriteOnlyCell, place, frozenset(ERROR_CODES)
        self._font, self._fill = (
            Font(name="Calibri", bold=True, color="FFFFFF"),
            PatternFill("solid", start_color=_HEAD),
        )

    def head(self, name: str) -> Any:
        """The title of a column."""
        cell = self._make(self._place, value=safe(name))
        cell.font, cell.fill = self._font, self._fill
        return cell

    def plain(self, value: Any) -> Any:
        """A value; a text that Excel takes for an error stays a text. A day gets its format from openpyxl: year-month-day."""
        if isinstance(value, str) and value in self._errors:
            cell = self._make(self._place, value=value)
            cell.data_type = "s"
            return cell
        return value


def _value(value: Plain) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Decimal)):
        return value
    return (_day(value) if _DAY.match(value) else None) or _FORBIDDEN.sub("", safe(value))[:_LONG]


def _length(value: Any) -> int:
    return max((len(line) for line in str(value).split("\n")), default=0) if value is not None else 0


@cache
def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None
