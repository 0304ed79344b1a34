"""One slide after the other, each from a layout of the template."""

from __future__ import annotations

from dataclasses import replace

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation
from pptx.shapes.placeholder import SlidePlaceholder
from pptx.slide import Slide, SlideLayout
from pptx.text.text import TextFrame
from pptx.util import Pt

from handrail.pack.content import OnePage, Pack, Sheet
from handrail.pack.paper import clipped
from handrail.pack.slides.charts import money_chart, trend_chart
from handrail.pack.slides.layouts import COVER, PROJECT, TABLE, layouts, number_of
from handrail.pack.slides.tables import INK, QUIET, STRONG, TONES, Box, paged, put_table
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.words import Light, day

_SIZE, _SMALL = 11.0, 9.0
_NARRATIVE = 380
_LONG = 50
"""A name that takes two lines is set smaller."""


class Deck:
    """Writes a pack into a presentation whose layouts are known to have every placeholder."""

    def __init__(self, deck: Presentation, pack: Pack) -> None:
        self._deck, self._pack, self._layouts = deck, pack, layouts(deck)

    def write(self) -> None:
        """All slides in the order of the pack."""
        self._cover()
        for sheet in self._pack.sheets:
            self._sheet(sheet)
        for one in self._pack.projects:
            self._project(one)
        for sheet in (*self._pack.after, *self._pack.appendix):
            self._sheet(sheet)

    def _slide(self, layout: str) -> _Places:
        made = self._layouts[layout]
        places = _Places(self._deck.slides.add_slide(made), made)
        frame = places.text("Source", f"{self._pack.source} · ")
        frame.paragraphs[0]._p.append(  # noqa: SLF001 - the library cannot write the number of the slide as a field
            parse_xml(
                f'<a:fld {nsdecls("a")} id="{{0C3D1A52-7B1E-4B55-9D0B-3B1B5D8F7A10}}" type="slidenum"><a:rPr lang="en-GB"/>'
                f"<a:t>{len(self._deck.slides)}</a:t></a:fld>"
            )
        )
        return places

    def _cover(self) -> None:
        pack, places = self._pack, self._slide(COVER)
        places.text("Title", pack.board)
        places.text("Subtitle", f"{pack.organisation} · steering pack\n{pack.sentence}")
        made_from = f"commit {pack.origin.commit}" if pack.origin.commit else "plans that are kept without Git"
        places.text(
            "Details",
            f"Board: {pack.members}\nData of {day(pack.as_of)}\nNext meeting: {day(pack.meets, 'not known')}\n"
            f"Last meeting: {day(pack.since)}; {pack.since_why}\nMade from {made_from}",
        )

    def _sheet(self, sheet: Sheet) -> None:
        parts = list(paged(sheet.table, self._box(TABLE, "Table"), _SIZE))
        for number, part in enumerate(parts, 1):
            places = self._slide(TABLE)
            places.text("Title", sheet.title + (f" ({number} of {len(parts)})" if len(parts) > 1 else ""))
            places.text("Lead", sheet.sentence)
            put_table(places.slide, part, places.take("Table"), _SIZE, sheet.table.name)

    def _box(self, layout: str, name: str) -> Box:
        made = self._layouts[layout]
        number = number_of(made, name)
        one = next(each for each in made.placeholders if each.placeholder_format.idx == number)
        return int(one.left), int(one.top), int(one.width), int(one.height)

    def _project(self, one: OnePage) -> None:
        places = self._slide(PROJECT)
        slide = places.slide
        title = places.text("Title", one.name)
        if len(one.name) > _LONG:
            title.paragraphs[0].runs[0].font.size = Pt(15)
        places.text("Colour", f"{one.light.shape} {one.light.word}")
        _colour(places.shape("Colour"), one.light)
        lead = places.text("Lead", f"{one.why}\n{one.line}. {one.said}. {one.because}")
        _quiet(lead, 1)
        self._grid(places, "Facts", _facts(one))
        self._grid(places, "Colours", _colours(one))
        for name, table in (("Milestones", one.milestones), ("Risks", one.risks)):
            box = places.take(name)
            first = next(iter(paged(table, box, _SMALL)))
            more = len(table.rows) - len(first.rows)
            titled = replace(first.columns[0], title=table.name + (f", {more} more" if more else ""))
            put_table(slide, replace(first, columns=(titled, *first.columns[1:])), box, _SMALL, name)
        if one.money is not None:
            money_chart(slide, one.money, places.take("Money chart"), "Money chart", one.money_sentence)
        else:
            _quiet(places.text("Money chart", one.money_sentence), 0)
        if one.traces:
            trend_chart(slide, one.traces, places.take("Trend chart"), "Trend chart", one.trend_sentence)
        else:
            _quiet(places.text("Trend chart", one.trend_sentence), 0)
        short = clipped(one, _NARRATIVE)
        places.text("Narrative", f"{one.report}. {short}".replace("\n", " "))
        if short != one.narrative:
            slide.notes_slide.notes_text_frame.text = f"{one.report}.\n{one.narrative}"

    def _grid(self, places: _Places, name: str, table: Table) -> None:
        put_table(places.slide, table, places.take(name), _SMALL, name)


class _Places:
    """A slide and its named placeholders."""

    def __init__(self, slide: Slide, layout: SlideLayout) -> None:
        self.slide, self._layout = slide, layout
        self._by_number = {one.placeholder_format.idx: one for one in slide.placeholders}

    def text(self, name: str, text: str) -> TextFrame:
        """Write into a placeholder; it keeps the look that the template gives it."""
        place = self.shape(name)
        frame: TextFrame = place.text_frame
        frame.text = text
        return frame

    def take(self, name: str) -> Box:
        """Where a placeholder stands; it makes room for a table or a chart."""
        place = self.shape(name)
        box = int(place.left), int(place.top), int(place.width), int(place.height)
        place._element.getparent().remove(place._element)  # noqa: SLF001 - the library cannot remove a shape
        return box

    def shape(self, name: str) -> SlidePlaceholder:
        """The placeholder itself."""
        number = number_of(self._layout, name)
        found = self._by_number.get(number)
        if found is not None:
            found.name = name
            return found
        # footers and the like are not copied to a slide: a box of the same size stands for them
        given = next(one for one in self._layout.placeholders if one.placeholder_format.idx == number)
        box = self.slide.shapes.add_textbox(given.left, given.top, given.width, given.height)
        box.name = name
        box.text_frame.word_wrap = True
        return box


def _facts(one: OnePage) -> Table:
    """Five figures side by side: names above, values with their reasons below."""
    return Table(
        name="Figures", columns=tuple(Column(fact.name) for fact in one.figures),
        rows=(Row(cells=tuple(Cell(fact.value, sub=fact.sub, tone="late" if fact.tone == "late" else STRONG) for fact in one.figures)),),
    )  # fmt: skip


def _colours(one: OnePage) -> Table:
    return Table(
        name="Colours by dimension", columns=tuple(Column(part.name) for part in one.dimensions),
        rows=(Row(cells=tuple(Cell(light=part.light, sub=part.why) for part in one.dimensions)),),
    )  # fmt: skip


def _colour(shape: SlidePlaceholder, light: Light) -> None:
    """White words with their shape on the colour they name."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = TONES.get(light.css, INK)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for run in shape.text_frame.paragraphs[0].runs:
        run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)


def _quiet(frame: TextFrame, number: int) -> None:
    for run in frame.paragraphs[number].runs:
        run.font.color.rgb = QUIET
        run.font.size = Pt(10)
