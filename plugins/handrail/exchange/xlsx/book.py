"""A workbook as bytes: titles, hints, drop-downs, formats, locked ids, and a hidden sheet that says what it was made from."""

from __future__ import annotations

import io
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from handrail.exchange.xlsx.layout import FIRST, ID, KEYS, PROJECT, TITLES, Book, Column, Line, Sheet
from handrail.exchange.xlsx.offers import Lists, offer
from handrail.exchange.xlsx.shown import GENERAL, TEXT, Shown, shown
from handrail.exchange.xlsx.text import into_cell
from handrail.packed_file import settled

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FACTS, START = "_handrail", "Start here"
_WIDTHS: Mapping[str, int] = {
    "date": 13,
    "when": 13,
    "money": 13,
    "number": 11,
    "percent": 11,
    "yes_no": 10,
    "choice": 15,
}
_NARROW, _WIDE = 9, 46
_HEAD, _LOCKED = "0B4F6C", "F1F3F5"
_GREY, _FONT = "5A6472", "Calibri"
_LINE, _MOST_LINES = 15, 8
"""The height of a line in points, and how many of a long text are seen at once."""
_ON_ONE_PAGE = 16
"""So many columns can still be read when they share the width of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a workbook was made from. `path`: the repository's place, `commit` and `when` its state, `scope` a project or `portfolio`."""

    format: int
    commit: str
    when: datetime
    path: str
    scope: str
    organisation: str

    def facts(self) -> tuple[tuple[str, str], ...]:
        """As the hidden sheet says it."""
        return (
            ("workbook", "1"), ("format", str(self.format)), ("commit", self.commit), ("committed", self.when.isoformat()),
            ("path", self.path), ("scope", self.scope),
        )  # fmt: skip


def cell_of(line: Line, column: Column) -> Shown:
    """What the cell of a line shows; a column that the line has no value for cannot be filled there."""
    if column.key == PROJECT:
        return Shown(value=line.project, format=TEXT, fixed="it names the project for ever")
    if column.key == ID:
        return Shown(value=line.key, format=TEXT, fixed="it names the line for ever")
    if line.steps(column) is None:
        label = into_cell(line.name) if column.key == "name" else None
        return Shown(value=label, format=TEXT if label else GENERAL, fixed="nothing can stand there")
    return shown(column.type, line.value(column))


def workbook(book: Book, origin: Origin) -> bytes:
    """The workbook. The same book and origin give the same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 - a check never needs it

    made = Workbook()
    made.remove(made.worksheets[0])
    made.properties.creator, made.properties.title = "Handrail", into_cell(_title(book, origin))
    _start(made, book, origin)
    lists = Lists(made)
    drawn = [(_sheet(made, one), one) for one in book.sheets]
    for place, one in drawn:
        offer(place, one, book, lists)
    lists.close()
    facts = made.create_sheet(FACTS)
    for name, value in origin.facts():
        facts.append([name, value])
    facts.sheet_state = "hidden"
    facts.protection.sheet = True
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue(), origin.when)


def _title(book: Book, origin: Origin) -> str:
    return f"{origin.organisation}: portfolio" if book.whole else f"{origin.organisation}: {origin.scope}"


def _fit(place: Worksheet) -> None:
    """One page wide, as long as it takes."""
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - as above

    place.page_setup.fitToWidth, place.page_setup.fitToHeight = 1, 0
    place.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _start(made: Workbook, book: Book, origin: Origin) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above

    place = made.create_sheet(START)
    what = "every project" if book.whole else f"the project {origin.scope}"
    lines = (
        _title(book, origin),
        f"Registers, money, milestones and benefits of {what}, as they stood on {origin.when.day} {origin.when:%B %Y} (commit {origin.commit[:12]}).",
        "",
        "Change what has changed, line by line. White cells are yours; grey ones are fixed.",
        "Point at the head of a column to read what belongs there. Many cells offer a list.",
        "Write a new thing in the first empty line below the others, and leave its id empty.",
        "Close what is over instead of deleting its line: set its status, and say how it ended.",
        "Sort, filter, move columns and rename their heads as you like (Review > Unprotect Sheet; there is no password).",
        "Save as .xlsx and hand the file in: whoever runs `handrail import xlsx FILE` turns what you changed into a proposal.",
        "What others changed meanwhile stays; where both of you changed the same cell, you are asked.",
    )
    for line in lines:
        place.append([into_cell(line)])
    place.column_dimensions["A"].width = 110
    for row in place.iter_rows(min_row=1, max_row=len(lines)):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
    place["A1"].font = Font(name=_FONT, bold=True, size=14, color=_HEAD)
    place.sheet_view.showGridLines = False
    place.protection.sheet = True
    _fit(place)


def _sheet(made: Workbook, sheet: Sheet) -> Worksheet:
    from openpyxl.comments import Comment  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    looks = _Looks()
    place: Worksheet = made.create_sheet(sheet.title)
    widths = [_width(sheet, column) for column in sheet.columns]
    for number, column in enumerate(sheet.columns, 1):
        place.cell(KEYS, number, f"{sheet.name}:{column.key}")
        head: Any = place.cell(TITLES, number)
        head.value = into_cell(column.title)
        head.font, head.fill, head.alignment, head.protection = looks.head
        if column.hint:
            note = Comment(into_cell(column.hint), "Handrail")
            note.width, note.height = 260, 40 + 18 * (len(column.hint) // 36)
            head.comment = note
        letter = get_column_letter(number)
        width = place.column_dimensions[letter]
        width.width = widths[number - 1]
        # an empty line below the others looks and behaves like those above it
        blank = shown(column.type, None)
        width.number_format, width.protection = (
            blank.format,
            looks.locked if column.fixed and column.key != PROJECT else looks.open,
        )
        width.alignment = looks.body
    for row, line in enumerate(sheet.lines, FIRST):
        height = 1
        for number, column in enumerate(sheet.columns, 1):
            one = cell_of(line, column)
            _put(place, row, number, one, looks)
            height = max(height, _lines(one.value, widths[number - 1]))
        if height > 1:  # not every program works it out by itself
            place.row_dimensions[row].height = _LINE * min(height, _MOST_LINES)
    place.row_dimensions[KEYS].hidden = True
    place.freeze_panes = f"{get_column_letter(3 if sheet.columns[0].key == ID else 4)}{FIRST}"
    last = get_column_letter(len(sheet.columns))
    place.auto_filter.ref = f"A{TITLES}:{last}{max(TITLES + len(sheet.lines), FIRST)}"
    _protect(place)
    _for_print(place)
    return place


def _lines(value: Any, width: int) -> int:
    """How many lines a text takes in a column, by the breadth of common letters."""
    if not isinstance(value, str):
        return 1
    return sum(1 + max(len(part) - 1, 0) // width for part in value.split("\n"))


def _put(place: Worksheet, row: int, number: int, one: Shown, looks: _Looks) -> None:
    if one.value is None and not one.fixed:
        return  # the column's own look serves
    cell: Any = place.cell(row, number)
    if isinstance(one.value, str):
        cell.value = one.value
        cell.data_type = "s"  # also a text such as #N/A, which would become an error
    elif one.value is not None:
        cell.value = one.value
    looks.give(cell, one)


class _Looks:
    """The styles of cells, each made once."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill, Protection  # noqa: PLC0415 - as above

        self.head = (Font(name=_FONT, bold=True, color="FFFFFF"), PatternFill("solid", start_color=_HEAD),
                     Alignment(wrap_text=True, vertical="center"), Protection(locked=False))  # fmt: skip
        self.body = Alignment(wrap_text=True, vertical="top")
        self.grey, self.pale = PatternFill("solid", start_color=_LOCKED), Font(name=_FONT, color=_GREY)
        self.locked, self.open = Protection(locked=True), Protection(locked=False)
        self._known: dict[tuple[str, bool], Any] = {}

    def give(self, cell: Any, one: Shown) -> None:
        """Make a cell look as it should. Setting a style takes openpyxl ten times as long as copying one."""
        known = self._known.get((one.format, bool(one.fixed)))
        if known is not None:
            cell._style = copy(known)  # noqa: SLF001 - openpyxl's own way to copy a style
            return
        cell.number_format, cell.alignment, cell.protection = one.format, self.body, self.open
        if one.fixed:
            cell.fill, cell.font, cell.protection = self.grey, self.pale, self.locked
        self._known[one.format, bool(one.fixed)] = cell._style  # noqa: SLF001 - as above


def _width(sheet: Sheet, column: Column) -> int:
    if column.key in {ID, PROJECT}:
        longest = max((len(line.key if column.key == ID else line.project) for line in sheet.lines), default=0)
        return min(max(longest + 2, _NARROW), 24)
    if column.type.kind in _WIDTHS:
        return max(_WIDTHS[column.type.kind], len(column.title) + 3)
    lengths = sorted(len(str(cell_of(line, column).value or "")) for line in sheet.lines)
    typical = lengths[len(lengths) * 9 // 10] if lengths else 0
    return min(max(typical + 2, len(column.title) + 3, _NARROW), _WIDE)


def _protect(place: Worksheet) -> None:
    """Locked cells stay; sorting, filtering, new lines and widths are everybody's. No password: it guards against slips."""
    guard = place.protection
    guard.sheet = True
    guard.sort = guard.autoFilter = guard.insertRows = guard.deleteRows = False
    guard.formatCells = guard.formatColumns = guard.formatRows = guard.insertColumns = False


def _for_print(place: Worksheet) -> None:
    place.page_setup.orientation, place.page_setup.paperSize = "landscape", 9  # A4
    if place.max_column <= _ON_ONE_PAGE:
        _fit(place)
    place.print_title_rows = f"{TITLES}:{TITLES}"
    place.print_options.gridLines = False
