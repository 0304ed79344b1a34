"""A CSV file as it came, from bytes to a table; what had to be guessed, and why, is part of the answer.

Nothing here raises for what the file holds. A row that does not fit the header is kept and told.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

MAX_BYTES = 50_000_000
ENCODINGS = ("utf-8", "cp1252")
DELIMITERS = (";", ",", "\t", "|")
NAMES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "vertical bar"}

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4_000
_LOOK_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row. `number` is the one that a spreadsheet shows (the header is 1), `line` the line of the file."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableNote:
    """Something about the file that a reader should know, with its line (0: the file as a whole)."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A CSV file: every row has as many cells as there are columns. `why_*` say in words what a guess rests on."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    encoding: str
    why_encoding: str
    delimiter: str
    why_delimiter: str
    notes: tuple[TableNote, ...] = ()


class _Record(NamedTuple):
    line: int
    cells: list[str]
    faults: tuple[str, ...]


def read_table(
    data: bytes, *, encodings: tuple[str, ...] = ENCODINGS, delimiters: tuple[str, ...] = DELIMITERS
) -> Table:
    """Read a CSV file. The first row names the columns; a name that stands again becomes `name (2)`."""
    if len(data) > MAX_BYTES:
        note = TableNote(
            line=0, message=f"The file holds {len(data) / 1e6:.0f} MB; 50 MB is the limit, so it was not read."
        )
        return _nothing(note)
    text, encoding, why_encoding, notes = _decode(data, encodings)
    delimiter, why_delimiter = _delimiter(text, delimiters)
    records = [one for one in _records(text, delimiter) if one.cells != [""]]
    if not records:
        return _nothing(*notes, TableNote(line=0, message="The file is empty: it has no header and no rows."))
    header, *body = records
    width = max(len(one.cells) for one in records)
    columns, renamed = _columns(header.cells, width)
    notes += [TableNote(line=header.line, message=message) for message in renamed]
    rows = []
    for number, record in enumerate(body, 2):
        notes += [TableNote(line=record.line, message=f"Row {number}: {fault}") for fault in record.faults]
        if len(record.cells) != len(header.cells):
            notes.append(
                TableNote(
                    line=record.line,
                    message=f"Row {number} has {len(record.cells)} cells, the header {len(header.cells)}; "
                    + ("the missing ones count as empty." if len(record.cells) < len(header.cells)
                       else "those beyond it stand in columns without a name."),
                )
            )  # fmt: skip
        cells = (*record.cells, *[""] * (width - len(record.cells)))
        rows.append(TableRow(number=number, line=record.line, cells=cells))
    return Table(
        columns=columns, rows=tuple(rows), encoding=encoding, why_encoding=why_encoding, delimiter=delimiter,
        why_delimiter=why_delimiter, notes=tuple(notes),
    )  # fmt: skip


def _nothing(*notes: TableNote) -> Table:
    return Table(
        columns=(), rows=(), encoding="", why_encoding="there is nothing to read", delimiter=",",
        why_delimiter="there is nothing to read", notes=notes,
    )  # fmt: skip


def _decode(data: bytes, encodings: tuple[str, ...]) -> tuple[str, str, str, list[TableNote]]:
    encoding, why = _encoding(data, encodings)
    notes: list[TableNote] = []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
        notes.append(
            TableNote(line=0, message=f"{lost} bytes are no {encoding} letters; each became a question mark (�).")
        )
    zeros = text.count("\0")
    if zeros:
        text = text.replace("\0", "")
        notes.append(TableNote(line=0, message=f"{zeros} zero bytes stood in the file and were left out."))
    return text, encoding, why, notes


def _encoding(data: bytes, encodings: tuple[str, ...]) -> tuple[str, str]:
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name, "the file begins with its byte-order mark"
    sample = data[:_SAMPLE]
    for name, zero_at in (("utf-16-le", 1), ("utf-16-be", 0)):
        # text in European letters leaves every other byte zero
        if len(sample) > 1 and sample[zero_at::2].count(0) > len(sample) // 4 > sample[1 - zero_at :: 2].count(0):
            return name, "every other byte is zero, as in UTF-16"
    for name in encodings[:-1]:
        try:
            data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return name, f"every byte fits {name}"
    last = encodings[-1]
    tried = " and ".join(encodings[:-1])
    return (
        last,
        f"the bytes are no {tried}, and {last} is the next that the mapping names" if tried else "the mapping says so",
    )


def _delimiter(text: str, delimiters: tuple[str, ...]) -> tuple[str, str]:
    if len(delimiters) == 1:
        return delimiters[0], "the mapping says so"
    best, best_score, why = delimiters[0], (-1, -1), "the file has one column only"
    for candidate in delimiters:
        widths = _widths(text, candidate)
        if not widths or widths[0] == 1:
            continue
        alike = Counter(widths)[widths[0]]
        score = (alike * 100 // len(widths), widths[0])
        if score > best_score:
            best, best_score = candidate, score
            why = f"with it, {alike - 1} of the first {len(widths) - 1} rows have {widths[0]} cells as the header has"
    return best, why


def _widths(text: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    for record in _records(text, delimiter):
        if record.cells != [""]:
            widths.append(len(record.cells))
        if len(widths) > _LOOK_AT:
            break
    return widths


@cache
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    """A cell and what ends it. A quoted cell that is never closed is read as plain text up to the end of its line."""
    mark = re.escape(delimiter)
    quoted = rf'[ ]*"(?P<quoted>[^"]*(?:""[^"]*)*)"(?P<rest>[^{mark}\r\n]*)'
    return re.compile(rf"(?:{quoted}|(?P<plain>[^{mark}\r\n]*))(?P<end>{mark}|\r\n|\n|\r|\Z)")


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    pattern = _cell_pattern(delimiter)
    position, line, started = 0, 1, 1
    cells: list[str] = []
    faults: list[str] = []
    while True:
        match = pattern.match(text, position)
        if match is None:  # cannot be: the plain branch takes anything up to an end
            return
        quoted, rest, plain, end = match.group("quoted", "rest", "plain", "end")
        if quoted is None:
            if plain.lstrip(" ").startswith('"'):
                faults.append("a quote is opened and never closed; the cell ends with its line.")
            cells.append(plain)
        else:
            if rest.strip():
                faults.append("text stands behind a closing quote; it was kept.")
            cells.append(quoted.replace('""', '"') + (rest if rest.strip() else ""))
            line += len(re.findall(r"\r\n|\n|\r", quoted))
        position = match.end()
        if end == delimiter:
            continue
        if end or cells != [""] or faults:
            yield _Record(started, cells, tuple(faults))
        if not end:
            return
        line += 1
        started, cells, faults = line, [], []


def _columns(header: list[str], width: int) -> tuple[tuple[str, ...], list[str]]:
    names: list[str] = []
    notes: list[str] = []
    used: Counter[str] = Counter()
    taken = {" ".join(one.split()) for one in header}
    for number in range(1, width + 1):
        name = " ".join((header[number - 1] if number <= len(header) else "").split())
        if not name:
            name = f"column {number}"
            notes.append(f"Column {number} has no name; it is called `{name}` here.")
        used[name] += 1
        if used[name] > 1:
            count = used[name]
            while f"{name} ({count})" in taken:
                count += 1
            notes.append(f"Two columns are called `{name}`; the later one is called `{name} ({count})` here.")
            name = f"{name} ({count})"
            taken.add(name)
        names.append(name)
    return tuple(names), notes
