"""What cells offer and refuse: drop-downs from choices and references, limits of numbers and days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from handrail.exchange.xlsx.layout import FIRST, PROJECT, TITLES, Book, Column, Sheet
from handrail.exchange.xlsx.text import into_cell
from handrail.fields import FieldType

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

LISTS = "_lists"
_SPARE = 500
"""So many empty lines below the last have their drop-downs too."""
_MOST_CHOICES = 250
"""Longer choices do not fit into a drop-down; they then stand on the sheet of lists."""
_FIRST_DAY, _LAST_DAY = "18264", "109574"
"""1950 to 2199, as a spreadsheet counts days."""
_MOST = 10**12
_LONGEST = 225
"""So much fits into the word that a cell says when it refuses."""


class Lists:
    """The hidden sheet of names that drop-downs offer; a list is written when the first column asks for it."""

    def __init__(self, made: Workbook) -> None:
        self._made, self._known = made, dict[tuple[str, ...], str]()

    def range_of(self, names: Sequence[str]) -> str:
        """Where a list stands."""
        return self._known.setdefault(tuple(names), self._place(len(self._known) + 1, len(names)))

    def close(self) -> None:
        """Write the sheet."""
        place = self._made.create_sheet(LISTS)
        for number, names in enumerate(self._known, 1):
            for row, name in enumerate(names, 1):
                place.cell(row, number, into_cell(name))
        place.sheet_state = "hidden"
        place.protection.sheet = True

    @staticmethod
    def _place(number: int, length: int) -> str:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

        letter = get_column_letter(number)
        return f"'{LISTS}'!${letter}$1:${letter}${length}"


def offer(place: Worksheet, sheet: Sheet, book: Book, lists: Lists) -> None:
    """Give every column what it offers and refuses, also in the empty lines below the others."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - a check never needs it

    last = TITLES + len(sheet.lines) + _SPARE
    for number, column in enumerate(sheet.columns, 1):
        rule = _rule(column, book, lists)
        if rule is not None:
            rule.allow_blank = True
            rule.error = f"{column.title} is {column.type.words}."[:_LONGEST]
            rule.errorTitle = column.title[:32]
            letter = get_column_letter(number)
            rule.add(f"{letter}{FIRST}:{letter}{last}")
            place.add_data_validation(rule)


def _rule(column: Column, book: Book, lists: Lists) -> DataValidation | None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - as above

    kind: FieldType = column.type
    if kind.kind in {"choice", "yes_no"}:
        values = kind.values or ("yes", "no")
        words = ",".join(values)
        formula = f'"{words}"' if len(words) <= _MOST_CHOICES else lists.range_of(values)
        return DataValidation(type="list", formula1=formula, errorStyle="stop")
    names = book.lists.get(PROJECT if column.key == PROJECT else kind.ref or "", ())
    if names:  # another one may be typed all the same: the list is as old as the workbook
        return DataValidation(type="list", formula1=lists.range_of(names), errorStyle="warning")
    if kind.kind == "number":
        low, high = kind.minimum, kind.maximum
        least, most = str(-_MOST if low is None else low), str(_MOST if high is None else high)
        if kind.integer:
            return DataValidation(type="whole", operator="between", formula1=least, formula2=most, errorStyle="stop")
        return DataValidation(type="decimal", operator="between", formula1=least, formula2=most, errorStyle="stop")
    if kind.kind == "date":
        return DataValidation(
            type="date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY, errorStyle="warning"
        )
    return None
