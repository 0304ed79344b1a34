"""One table as the sheet of a workbook: a head that stays in sight, drop-downs to filter, columns as wide as what stands in them.

The cells are written here, as SpreadsheetML has them (ECMA-376 part 1, 18.3): a library makes an object of each cell and
takes six times as long, and the sites of large portfolios have millions of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import repeat
from math import inf, isfinite
from xml.sax.saxutils import escape

from handrail.export.csv_file import safe, table
from handrail.export.dataset import Dataset, Plain
from handrail.packed_file import Squeezed, squeezed

MOST = 10_000
"""Rows of a sheet; a longer table says so and names the CSV that has them all."""
HEAD, DAY = 1, 2
"""Formats of cells by their place in the workbook's list: the title of a column, a day; 0 is every other cell."""
_LONG = 32_767
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_BEFORE, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
"""Days are counted from the first; before the second, Excel counts a day that never was."""
_LOOK_AT, _NARROW, _WIDE = 200, 8, 50
_AT_ONCE = 500
_TEXT = frozenset({str, type(None)})
_RETURN = {"\r": "&#13;"}
"""A reader of XML takes a bare one for the end of a line."""
_START = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetPr><outlinePr summaryBelow="1" summaryRight="1"/><pageSetUpPr/></sheetPr>'
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="A1" sqref="A1"/></sheetView></sheetViews>'
    '<sheetFormatPr baseColWidth="8" defaultRowHeight="15"/>'
)
_END = '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/></worksheet>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet, ready for a workbook. span: the cells that can be filtered, as `A1:K12`."""

    span: str
    part: Squeezed


def sheet(data: Dataset) -> Sheet:
    """The sheet of a table."""
    columns, count = table(data), len(data.rows)
    letters = [_letters(number) for number in range(1, len(columns) + 1)]
    span = f"A1:{letters[-1] if letters else 'A'}{min(count, MOST) + 1}"
    return Sheet(span=span, part=squeezed(_pieces(data.path, columns, letters, count, span)))


def _pieces(
    path: str, columns: Mapping[str, Sequence[Plain]], letters: Sequence[str], count: int, span: str
) -> Iterator[bytes]:
    """The XML of a sheet, some hundred rows at a time."""
    widths = "".join(
        f'<col width="{width}" customWidth="1" min="{number}" max="{number}"/>'
        for number, width in enumerate(_widths(columns), 1)
    )
    yield f"{_START}{f'<cols>{widths}</cols>' if widths else ''}<sheetData>{_head(columns, letters)}".encode()
    ends = [_ends(values[:MOST]) for values in columns.values()]
    for first in range(0, min(count, MOST), _AT_ONCE):
        numbers = range(first + 2, min(count, MOST, first + _AT_ONCE) + 2)
        cells = [
            [f'<c r="{letter}{number}{end}' if end else "" for number, end in zip(numbers, own[first:], strict=False)]
            for letter, own in zip(letters, ends, strict=True)
        ]
        rows = map("".join, zip(*cells, strict=True)) if cells else repeat("")
        yield "".join([f'<row r="{number}">{row}</row>' for number, row in zip(numbers, rows, strict=False)]).encode()
    if count > MOST:
        told = f"The first {MOST:,} of {count:,} rows; {path}.csv has them all."
        yield f'<row r="{MOST + 2}"><c r="A{MOST + 2}{_text(told)}</row>'.encode()
    yield f'</sheetData><autoFilter ref="{span}"/>{_END}'.encode()


def _head(columns: Iterable[str], letters: Sequence[str]) -> str:
    cells = (f'<c r="{letter}1" s="{HEAD}{_text(safe(name))}' for letter, name in zip(letters, columns, strict=True))
    return f'<row r="1">{"".join(cells)}</row>'


def _ends(values: Sequence[Plain]) -> Sequence[str]:
    """What follows the place of each cell of a column: most texts stand in it many times."""
    if _TEXT.issuperset(map(type, values)):
        known = {value: _words(value) if value else "" for value in set(values)}
        return list(map(known.__getitem__, values))
    return [_words(value) if type(value) is str else _number(value) for value in values]


def _number(value: Plain) -> str:
    """The end of a cell with a number, as exact as a spreadsheet's own; one that it cannot hold stands there in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _text("yes" if value else "no")
    try:
        known = float(value)
    except OverflowError:
        known = inf
    return f'" t="n"><v>{known:.16g}</v></c>' if isfinite(known) else _text(_kept(str(value)))


def _words(value: str) -> str:
    """The end of a cell with a text that is no formula, or with the day that it says."""
    day = _day(value) if _DAY.match(value) else None
    if day is not None:
        return f'" s="{DAY}" t="n"><v>{(day - _BEFORE).days}</v></c>'
    kept = _kept(value)
    return _text(kept) if kept else ""


def _text(value: str) -> str:
    """The end of a cell with this text."""
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f'" t="inlineStr"><is><t{space}>{escape(value, _RETURN)}</t></is></c>'


def _kept(value: str) -> str:
    """What a cell can hold of a text."""
    return _FORBIDDEN.sub("", safe(value))[:_LONG]


def _widths(columns: Mapping[str, Sequence[Plain]]) -> Iterator[int]:
    for name, values in columns.items():
        longest = max(map(_length, values[:_LOOK_AT]), default=0)
        yield min(max(longest, len(name) + 2, _NARROW), _WIDE)


def _length(value: Plain) -> int:
    if value is None:
        return 0
    if isinstance(value, bool):
        return len("yes" if value else "no")
    return max(map(len, (_kept(value) if isinstance(value, str) else str(value)).split("\n")))


@cache
def _letters(number: int) -> str:
    """The name of a column: A to Z, then AA."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


@cache
def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None
