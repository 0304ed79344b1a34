"""A list in an Excel workbook as a table of texts, so that a mapping reads it as it reads CSV.

Numbers and days are written the way the mapping says the list writes them; nothing of a workbook runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from handrail.exchange.csv_table import Table, TableNote, TableRow
from handrail.exchange.mapping_file import CsvMapping, FieldRule
from handrail.exchange.xlsx.figures import exact
from handrail.exchange.xlsx.guard import Refused
from handrail.exchange.xlsx.reading import Cell, Row, Tab, read
from handrail.exchange.xlsx.text import from_cell

_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, new and old; no list as text does."""
_LOOK_AT = 40
_ISO = "%Y-%m-%d"
_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How figures are to be written."""

    decimal: str = "."


def is_workbook(data: bytes) -> bool:
    """Whether bytes look like a workbook rather than a list as text."""
    return data.startswith(_BEGINNINGS)


def read_workbook(data: bytes, mapping: CsvMapping, sheet: str | None = None) -> Table:
    """The sheet with the list: the one that is named, else the first that has the key's column, else the first with anything.

    Its head is the first row with that column; what stands above it is told. Never raises for what the file holds.
    """
    try:
        tabs = [tab for tab in read(data).tabs if tab.rows]
    except Refused as refused:
        return _nothing(f"{refused.message} {refused.fix}")
    if sheet is not None:
        tabs = [tab for tab in tabs if tab.name.casefold() == sheet.casefold()]
    if not tabs:
        return _nothing(
            f"The workbook has no sheet `{sheet}` with anything in it." if sheet else "The workbook is empty."
        )
    with_key = [(tab, row) for tab in tabs for row in tab.rows[:_LOOK_AT] if _has(row, mapping.key)]
    tab, head = with_key[0] if with_key else (tabs[0], tabs[0].rows[0])
    return _table(
        tab, head, Written(decimal=mapping.numbers.decimal), others=[one.name for one in tabs if one is not tab]
    )


def dated(mapping: CsvMapping) -> CsvMapping:
    """The mapping with one more format of days: that in which the days of a workbook are handed over."""
    records = tuple(replace(one, fields=tuple(map(_dated, one.fields))) for one in mapping.records)
    return replace(mapping, dates=(*mapping.dates, _ISO), fields=tuple(map(_dated, mapping.fields)), records=records)


def _dated(rule: FieldRule) -> FieldRule:
    return replace(rule, dates=(*rule.dates, _ISO)) if rule.dates else rule


def _table(tab: Tab, head: Row, written: Written, others: Sequence[str]) -> Table:
    width = max(max(row.cells) for row in tab.rows if row.number >= head.number)
    notes = list(_notes(tab, head, others))
    columns: list[str] = []
    for number in range(1, width + 1):
        name = " ".join(_text(head.cells.get(number), written).split()) or f"column {number}"
        columns.append(name if name not in columns else _again(name, columns))
    rows = []
    for row in tab.rows:
        if row.number > head.number:
            notes += [_note(row.number, f"{cell.at}: {cell.trouble}") for cell in row.cells.values() if cell.trouble]
            cells = tuple(_text(row.cells.get(number), written) for number in range(1, width + 1))
            rows.append(TableRow(number=row.number, line=row.number, cells=cells))
    return Table(
        columns=tuple(columns), rows=tuple(rows), encoding="Excel workbook", why_encoding=f"the sheet {tab.name}, its head in row {head.number}",
        delimiter="nothing", why_delimiter="a workbook keeps its cells apart", notes=tuple(notes),
    )  # fmt: skip


def _notes(tab: Tab, head: Row, others: Sequence[str]) -> Iterator[TableNote]:
    above = [row for row in tab.rows if row.number < head.number]
    if above:
        yield _note(0, f"{len(above)} rows above the head of {tab.name} were not read.")
    if others:
        yield _note(
            0, f"Only the sheet {tab.name} was read; the others are {', '.join(others)}. Name another with --sheet."
        )


def _again(name: str, known: Sequence[str]) -> str:
    number = 2
    while f"{name} ({number})" in known:
        number += 1
    return f"{name} ({number})"


def _has(row: Row, key: str) -> bool:
    plain = " ".join(key.split()).casefold()
    return any(" ".join(str(cell.given.value).split()).casefold() == plain for cell in row.cells.values())


def _text(cell: Cell | None, written: Written) -> str:
    """A cell as a list would write it; what cannot be read is empty, and told beside."""
    value: Any = cell.given.value if cell is not None else None
    if cell is None or value is None or (cell.trouble and not isinstance(value, str)):
        return ""
    if isinstance(value, str):
        return from_cell(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime(_ISO) if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    number, sign = exact(value), ""
    if "%" in cell.given.format:
        number, sign = exact(float(Decimal(number) * _HUNDRED)), "%"
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return text.replace(".", written.decimal) + sign


def _note(line: int, message: str) -> TableNote:
    return TableNote(line=line, message=message)


def _nothing(message: str) -> Table:
    return Table(
        columns=(), rows=(), encoding="", why_encoding="there is nothing to read", delimiter="nothing",
        why_delimiter="there is nothing to read", notes=(_note(0, message),),
    )  # fmt: skip
