"""Which sheet of a file is which, and which column: by their hidden keys, else by their titles; never by their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handrail.english import count
from handrail.exchange.xlsx.book import FACTS, START
from handrail.exchange.xlsx.figures import month
from handrail.exchange.xlsx.layout import ID, PROJECT, Book, Column, Sheet, month_column
from handrail.exchange.xlsx.offers import LISTS
from handrail.exchange.xlsx.reading import Cell, File, Row, Tab
from handrail.exchange.xlsx.text import from_cell
from handrail.exchange.xlsx.told import Told, said
from handrail.fields import fields_of

_KEY = re.compile(r"([a-z_]+):(\S.*)\Z")
_LOOK_AT = 40
"""So far down the titles are looked for, where the keys are gone."""
_ENOUGH = 3
_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet of the file that is one of ours: its columns by their number, and the rows below its titles."""

    sheet: Sheet
    tab: Tab
    columns: Mapping[int, Column]
    rows: tuple[Row, ...]

    def place_of(self, key: str) -> int | None:
        """The number of a column, None where it is missing."""
        return next((number for number, one in self.columns.items() if one.key == key), None)


def tables(file: File, book: Book) -> tuple[tuple[Table, ...], tuple[Told, ...]]:
    """Every sheet of ours, and what is said about the rest."""
    told: list[Told] = []
    found: dict[str, Table] = {}
    for tab in file.tabs:
        if tab.name in {FACTS, LISTS, START}:
            continue
        table = _table(tab, book, told)
        if table is None:
            cells = sum(len(row.cells) for row in tab.rows)
            if cells:
                told.append(
                    Told(
                        outcome="refused",
                        sheet=tab.name,
                        at=count(cells, "cell"),
                        why="this sheet is none of the workbook's, so nothing of it was read",
                    )
                )
        elif table.sheet.name in found:
            first = found[table.sheet.name].tab.name
            told.append(Told(outcome="refused", sheet=tab.name, at=count(len(table.rows), "line"),
                             why=f"this sheet is a copy of {first}, and only that one was read"))  # fmt: skip
        else:
            found[table.sheet.name] = table
    gone = [one.title for one in book.sheets if one.name not in found and one.lines]
    told += [
        Told(outcome="note", sheet=title, why="the sheet is missing; its lines stay as they are") for title in gone
    ]
    return tuple(found.values()), tuple(told)


def _table(tab: Tab, book: Book, told: list[Told]) -> Table | None:
    by_keys = _by_keys(tab, book)
    keyed = by_keys or _by_titles(tab, book)
    if keyed is None:
        return None
    sheet, head, columns = keyed
    titles = {one.key: one.title for one in sheet.columns}
    heads = [row for row in tab.rows if row.number != head and _is_titles(row, columns, titles)]
    if by_keys and not heads:  # somebody has renamed them all
        heads = [row for row in tab.rows if row.number == head + 1]
    passed = {head, *(row.number for row in heads)}
    rows = [row for row in tab.rows if row.number not in passed and (by_keys or row.number > head)]
    named = heads[0].cells if heads else next(row.cells for row in tab.rows if row.number == head)
    known = dict(columns)
    seen: dict[str, int] = {}
    for number, one in sorted(columns.items()):
        if one.key in seen:
            told.append(
                _strange(tab, rows, number, f"it is a copy of the column {one.title}, and only the first was read")
            )
            del known[number]
        seen.setdefault(one.key, number)
    for number in sorted({number for row in rows for number in row.cells} - set(columns)):
        cell = named.get(number)
        new = month(cell.given.value) if cell and sheet.by_month else None
        if new is not None and f"{sheet.by_month}:{new}" not in seen:
            known[number] = _month(sheet, new)
        else:
            told.append(
                _strange(tab, rows, number, "this column is none of the workbook's, so nothing of it was read", cell)
            )
    told += _missing(sheet, tab, known)
    return Table(sheet=sheet, tab=tab, columns=known, rows=tuple(rows))


def _by_keys(tab: Tab, book: Book) -> tuple[Sheet, int, dict[int, Column]] | None:
    """The row of keys, wherever sorting has put it."""
    for row in tab.rows:
        found: dict[int, Column] = {}
        sheet: Sheet | None = None
        for number, cell in row.cells.items():
            match = _KEY.match(cell.given.value) if isinstance(cell.given.value, str) else None
            one = book.sheet(match[1]) if match else None
            column = _column(one, match[2]) if match and one else None
            if one is not None and column is not None and (sheet is None or one is sheet):
                sheet, found[number] = one, column
        if sheet is not None and len(found) >= min(_ENOUGH, len(sheet.columns)) and len(found) * 2 > len(row.cells):
            return sheet, row.number, found
    return None


def _by_titles(tab: Tab, book: Book) -> tuple[Sheet, int, dict[int, Column]] | None:
    best: tuple[int, int, Sheet, int, dict[int, Column]] | None = None
    for row in tab.rows[:_LOOK_AT]:
        for sheet in book.sheets:
            names = {one.title.casefold(): one for one in reversed(sheet.columns)}
            found = {}
            for number, cell in row.cells.items():
                new = month(cell.given.value) if sheet.by_month else None
                column = _month(sheet, new) if new else names.get(" ".join(str(cell.given.value).split()).casefold())
                if column is not None:
                    found[number] = column
            own = tab.name.casefold() == sheet.title.casefold()
            rank = (len(found), int(own))
            if len(found) >= _ENOUGH and (best is None or rank > best[:2]):
                best = (*rank, sheet, row.number, found)
    return best[2:] if best else None


def _column(sheet: Sheet, key: str) -> Column | None:
    found = sheet.column(key)
    if found is None and sheet.by_month and key.startswith(f"{sheet.by_month}:") and month(key.partition(":")[2]):
        return _month(sheet, key.partition(":")[2])
    return found


def _month(sheet: Sheet, name: str) -> Column:
    known = sheet.column(f"{sheet.by_month}:{name}")
    if known is not None or sheet.item is None:
        return known or Column(key=name, title=name)
    return month_column(next(one for one in fields_of(sheet.item.cls) if one.key == sheet.by_month), name)


def _is_titles(row: Row, columns: Mapping[int, Column], titles: Mapping[str, str]) -> bool:
    """The row of titles, also where some were renamed: no line says so much of what the heads say."""
    same = sum(
        1
        for number, cell in row.cells.items()
        if number in columns and str(cell.given.value) == titles.get(columns[number].key)
    )
    return same >= min(_ENOUGH, len(columns)) or (same >= 2 and same * 2 > len(row.cells))  # noqa: PLR2004 - more than chance


def _strange(tab: Tab, rows: list[Row], number: int, why: str, head: Cell | None = None) -> Told:
    cells = [row.cells[number] for row in rows if number in row.cells]
    named = ", ".join(cell.at for cell in cells[:_NAMED]) + (
        f" and {len(cells) - _NAMED} more" if len(cells) > _NAMED else ""
    )
    title = said(head.given.value) if head is not None and not head.empty else ""
    return Told(
        outcome="refused",
        sheet=tab.name,
        at=named,
        what=f"column {title}" if title else "a column without a head",
        why=why,
    )


def _missing(sheet: Sheet, tab: Tab, known: Mapping[int, Column]) -> Iterator[Told]:
    there = {one.key for one in known.values()}
    gone = [one for one in sheet.columns if one.key not in there]
    for one in gone:
        if one.key in {ID, PROJECT}:
            why = "without it nothing tells which line is which, so nothing of the sheet was read"
            yield Told(outcome="refused", sheet=tab.name, what=f"column {one.title}", at="missing", why=why)
    filled = [
        one.title
        for one in gone
        if one.key not in {ID, PROJECT} and any(line.value(one) is not None for line in sheet.lines)
    ]
    if filled:
        yield Told(
            outcome="note", sheet=tab.name, what=", ".join(filled), why="missing; what stands there stays as it is"
        )


def project_of(row: Row, table: Table, book: Book) -> str:
    """The project of a row."""
    place = table.place_of(PROJECT)
    return from_cell(row.text(place)) if place is not None else book.projects[0] if not book.whole else ""
