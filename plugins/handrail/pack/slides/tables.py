"""Native tables on slides: as many rows as there is room for, each colour with its shape and its word."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Emu, Pt

from handrail.render.table import Cell, Column, Row, Table

INK, QUIET, BRAND = RGBColor(0x1C, 0x27, 0x33), RGBColor(0x5A, 0x64, 0x70), RGBColor(0x17, 0x40, 0x6D)
TONES = {
    "green": RGBColor(0x1B, 0x7A, 0x34), "amber": RGBColor(0xB4, 0x5F, 0x00), "red": RGBColor(0xC1, 0x12, 0x1F),
    "none": QUIET, "late": RGBColor(0xC1, 0x12, 0x1F), "good": RGBColor(0x1B, 0x7A, 0x34),
    "missing": RGBColor(0xB4, 0x5F, 0x00), "melon": RGBColor(0xB4, 0x5F, 0x00),
}  # fmt: skip
STRONG = "strong"
"""The tone of a figure that stands out without being good or bad."""
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's built-in table style without fill and lines; lines and headings are set here."""
_CHARACTER, _WIDEST = 0.54, 0.64
"""How wide a letter is against the size of the type: on average, and in the widest usual faces, so that days do not break."""
_LINE = 1.22
_PADDING = Pt(2.5)
Box = tuple[int, int, int, int]


def text_of(cell: Cell) -> str:
    """A cell in words, with the colour's shape and word before them."""
    parts = [f"{cell.light.shape} {cell.light.word}" if cell.light else "", cell.text]
    return " ".join(one for one in parts if one)


def paged(table: Table, box: Box, size: float) -> Iterator[Table]:
    """The table in parts that fit into the box; at least one row stands in each."""
    widths = _widths(table, box[2], size)
    room = box[3] - _height(tuple(one.title for one in table.columns), (), widths, size)
    part: list[Row] = []
    used = 0
    for row in table.rows:
        tall = _row_height(row, widths, size)
        if part and used + tall > room:
            yield _part(table, part)
            part, used = [], 0
        part.append(row)
        used += tall
    yield _part(table, part)


def _part(table: Table, rows: Sequence[Row]) -> Table:
    return Table(name=table.name, columns=table.columns, rows=tuple(rows), empty=table.empty)


def put_table(slide: Slide, table: Table, box: Box, size: float, name: str) -> GraphicFrame:
    """Draw a table into a box."""
    left, top, width, _ = box
    rows = table.rows or (Row(cells=(Cell(table.empty), *(Cell() for _ in table.columns[1:]))),)
    widths = _widths(table, width, size)
    frame = slide.shapes.add_table(len(rows) + 1, len(table.columns), Emu(left), Emu(top), Emu(width), Emu(0))
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", table.name)  # noqa: SLF001 - the library cannot write what a screen reader says
    made = frame.table
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN  # noqa: SLF001
    made.horz_banding = False
    for number, wide in enumerate(widths):
        made.columns[number].width = Emu(wide)
    made.rows[0].height = Emu(_height(tuple(one.title for one in table.columns), (), widths, size - 1))
    for number, column in enumerate(table.columns):
        _write(made.cell(0, number), [(column.title, size - 1, QUIET, True)], column, line=BRAND, thick=Pt(1.25))
    for down, row in enumerate(rows, 1):
        made.rows[down].height = Emu(_row_height(row, widths, size))
        for number, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            _fill(made.cell(down, number), cell, column, size)
    if not table.rows and len(table.columns) > 1:
        made.cell(1, 0).merge(made.cell(1, len(table.columns) - 1))
    return frame


def _fill(place: _Cell, cell: Cell, column: Column, size: float) -> None:
    tone = TONES.get(cell.light.css if cell.light else cell.tone, INK)
    runs = [(text_of(cell), size, tone, bool(cell.light or cell.tone in {"late", "missing", "melon", STRONG}))]
    if cell.sub:
        runs.append((cell.sub, size - 1.5, QUIET, False))
    _write(place, runs, column, line=RGBColor(0xD5, 0xDA, 0xE0), thick=Pt(0.75))


def _write(
    place: _Cell, runs: list[tuple[str, float, RGBColor, bool]], column: Column, *, line: RGBColor, thick: int
) -> None:
    frame = place.text_frame
    place.margin_left, place.margin_right = Pt(0), Pt(6)
    place.margin_top = place.margin_bottom = _PADDING
    frame.word_wrap = True
    for number, (text, size, colour, bold) in enumerate(runs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = colour
        if column.kind == "num":
            paragraph.alignment = PP_ALIGN.RIGHT
    _lines(place, line, thick)


def _lines(place: _Cell, colour: RGBColor, thick: int) -> None:
    """A line below and none at the sides. The library has no borders, so they are written as the format has them."""
    properties = place._tc.get_or_add_tcPr()  # noqa: SLF001
    for tag in ("a:lnL", "a:lnR", "a:lnB"):
        line = properties.makeelement(qn(tag), {"w": str(int(thick))})
        if tag == "a:lnB":
            fill = line.makeelement(qn("a:solidFill"), {})
            fill.append(fill.makeelement(qn("a:srgbClr"), {"val": str(colour)}))
        else:
            fill = line.makeelement(qn("a:noFill"), {})
        line.append(fill)
        properties.append(line)
    properties.append(properties.makeelement(qn("a:noFill"), {}))


def _widths(table: Table, width: int, size: float) -> list[int]:
    """Narrow columns get what their longest text needs, up to a limit; the wide ones share what is left by their texts."""
    needs = [_need(table, number, size) for number in range(len(table.columns))]
    wide = [number for number, column in enumerate(table.columns) if column.wide]
    narrow = sum(one for number, one in enumerate(needs) if number not in wide)
    least = int(width * (0.2 if wide else 0))
    shrunk = min(1.0, (width - least) / narrow) if narrow else 1.0
    left = width - int(narrow * shrunk)
    broad = sum(needs[number] for number in wide)
    found = [int(left * one / broad) if number in wide else int(one * shrunk) for number, one in enumerate(needs)]
    spare = width - sum(found)
    if not wide:
        found = [one + spare // len(found) for one in found]
    found[wide[0] if wide else -1] += width - sum(found)
    return found


def _need(table: Table, number: int, size: float) -> int:
    """What a column would like to have: its longest text in one line, but no more than a limit, and a whole heading word."""
    column = table.columns[number]
    cells = [row.cells[number] for row in table.rows]
    longest = max((len(text_of(one)) + 2 * bool(one.light) for one in cells), default=1)
    below = max((len(one.sub) for one in cells), default=0)
    heading = max((len(word) for word in column.title.split()), default=1)
    text = max(min(longest, 70 if column.wide else 22), min(below, 70 if column.wide else 14), heading)
    return int(text * Pt(size) * _WIDEST + Pt(7))


def _row_height(row: Row, widths: Sequence[int], size: float) -> int:
    return _height(tuple(map(text_of, row.cells)), tuple(one.sub for one in row.cells), widths, size)


def _height(texts: Sequence[str], subs: Sequence[str], widths: Sequence[int], size: float) -> int:
    """How tall a row becomes: the lines of its tallest cell."""
    tall = 0.0
    for number, text in enumerate(texts):
        room = widths[number] - Pt(6)
        own = _lines_of(text, room, size) * size
        own += _lines_of(subs[number], room, size - 1.5) * (size - 1.5) if subs and subs[number] else 0
        tall = max(tall, own)
    return int(Pt(tall * _LINE) + 2 * _PADDING)


def _lines_of(text: str, room: int, size: float) -> int:
    lines: int = math.ceil(len(text) * Pt(size) * _CHARACTER / max(room, 1))
    return max(1, lines)
