"""Excel workbooks (Office Open XML), written from plain tables: one sheet each, the same bytes for the same tables.

Nothing in a cell can run: text that would begin a formula carries an apostrophe as in CSV, and every text is stored as
text. Days become days of the spreadsheet; exact numbers stay the digits that they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from handrail.export.csv_file import safe
from handrail.export.csv_file import table as flat_table
from handrail.export.dataset import Dataset, Plain

MOST = 10_000
"""Rows of a sheet; a longer table says so and names the CSV that has them all."""
_LONG = 32_767
_STAMP = (1980, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_NAME = re.compile(r"[\[\]:*?/\\']")
_FIRST_DAY = date(1900, 3, 1)
_ZERO = date(1899, 12, 30)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/>'
    '<name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(tables: Iterable[Dataset]) -> bytes:
    """A workbook with one sheet for each table, named after it."""
    ones = tuple(tables)
    names = _names([one.path for one in ones])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        _put(packed, "[Content_Types].xml", _types(len(ones)))
        _put(packed, "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        _put(packed, "xl/workbook.xml", _book(names))
        sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(ones) + 1)]
        _put(packed, "xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")]))
        _put(packed, "xl/styles.xml", _STYLES)
        for number, one in enumerate(ones, 1):
            _put(packed, f"xl/worksheets/sheet{number}.xml", _sheet(one))
    return out.getvalue()


def _put(packed: zipfile.ZipFile, name: str, text: str) -> None:
    """One part; its time is fixed, since the clock is no part of the data."""
    one = zipfile.ZipInfo(name, _STAMP)
    one.compress_type, one.external_attr, one.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
    packed.writestr(one, text)


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


def _sheet(data: Dataset) -> str:
    columns, rows = flat_table(data)
    letters = [_letters(number) for number in range(len(columns))]
    head = (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row r="1">'
    )
    titles = [_text(f"{letter}1", name, ' s="1"') for letter, name in zip(letters, columns, strict=True)]
    parts = [head, *titles, "</row>"]
    for number, row in enumerate(rows[:MOST], 2):
        parts.append(f'<row r="{number}">')
        parts += [_cell(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True)]
        parts.append("</row>")
    if len(rows) > MOST:
        said = f"The first {MOST:,} of {len(rows):,} rows; {data.path}.csv has them all."
        parts.append(f'<row r="{MOST + 2}">{_text(f"A{MOST + 2}", said)}</row>')
    last = f"{letters[-1]}{min(len(rows), MOST) + 1}" if letters else "A1"
    return "".join((*parts, f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'))


def _cell(place: str, value: Plain) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _text(place, "yes" if value else "no")
    if isinstance(value, (int, Decimal)):
        return (
            f'<c r="{place}"><v>{value:f}</v></c>'
            if isinstance(value, Decimal)
            else f'<c r="{place}"><v>{value}</v></c>'
        )
    serial = _serial(value) if _DAY.match(value) else None
    return f'<c r="{place}" s="2"><v>{serial}</v></c>' if serial else _text(place, safe(value))


@cache
def _serial(text: str) -> int | None:
    """The number of a day in a spreadsheet; None before March 1900, where Excel counts a day that never was."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return (day - _ZERO).days if day >= _FIRST_DAY else None


def _text(place: str, value: str, style: str = "") -> str:
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{_escaped(value[:_LONG])}</t></is></c>'


def _escaped(text: str) -> str:
    return (
        _FORBIDDEN.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    )


@cache
def _letters(number: int) -> str:
    """A, B, ..., Z, AA."""
    return ("" if number < 26 else _letters(number // 26 - 1)) + chr(ord("A") + number % 26)  # noqa: PLR2004 - the alphabet


def _book(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{_escaped(name).replace(chr(34), "&quot;")}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _relations(ones: Iterable[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(ones, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _types(sheets: int) -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{base}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        f'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{base}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{base}.styles+xml"/>{parts}</Types>'
    )
