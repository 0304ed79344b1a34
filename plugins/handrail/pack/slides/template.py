"""Our own template, made in code: three layouts with the named placeholders, in a plain look that a house replaces by its own."""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import UTC, datetime

import pptx
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.util import Inches

from handrail.pack.slides.layouts import COVER, PROJECT, TABLE
from handrail.packed_file import settled

INK, QUIET, BRAND, RULE = "1C2733", "5A6470", "17406D", "D5DAE0"
WIDTH, HEIGHT = 13.333, 7.5
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)

# name, left, top, width, height in inches, size in points, bold, colour, anchored at
_Place = tuple[str, float, float, float, float, float, bool, str, str]
_SOURCE: _Place = ("Source", 0.5, 7.1, 12.33, 0.28, 9, False, QUIET, "ctr")
_PLACES: tuple[tuple[str, tuple[_Place, ...]], ...] = (
    (COVER, (
        ("Title", 0.7, 2.0, 11.9, 1.1, 44, True, BRAND, "b"), ("Subtitle", 0.7, 3.2, 11.9, 1.0, 20, False, INK, "t"),
        ("Details", 0.7, 4.6, 11.9, 2.2, 13, False, QUIET, "b"), _SOURCE,
    )),
    (TABLE, (
        ("Title", 0.5, 0.35, 12.33, 0.6, 26, True, BRAND, "b"), ("Lead", 0.5, 0.97, 12.33, 0.5, 13, False, INK, "t"),
        ("Table", 0.5, 1.6, 12.33, 5.4, 11, False, INK, "t"), _SOURCE,
    )),
    (PROJECT, (
        ("Title", 0.5, 0.25, 9.8, 0.5, 24, True, BRAND, "b"), ("Colour", 10.6, 0.28, 2.23, 0.5, 18, True, INK, "ctr"),
        ("Lead", 0.5, 0.78, 12.33, 0.66, 11, False, INK, "t"), ("Facts", 0.5, 1.48, 12.33, 0.62, 10, False, INK, "t"),
        ("Colours", 0.5, 2.2, 12.33, 0.86, 9, False, INK, "t"), ("Milestones", 0.5, 3.16, 6.1, 1.56, 9, False, INK, "t"),
        ("Risks", 6.75, 3.16, 6.08, 1.56, 9, False, INK, "t"), ("Money chart", 0.5, 4.78, 6.1, 1.66, 9, False, INK, "t"),
        ("Trend chart", 6.75, 4.78, 6.08, 1.66, 9, False, INK, "t"), ("Narrative", 0.5, 6.46, 12.33, 0.62, 10, False, INK, "t"), _SOURCE,
    )),
)  # fmt: skip


def default_template() -> bytes:
    """The template as a file; the same bytes every time."""
    deck: Presentation = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _clear(deck)
    kept = list(deck.slide_layouts)[: len(_PLACES)]
    for extra in list(deck.slide_layouts)[len(_PLACES) :]:
        deck.slide_layouts.remove(extra)
    for layout, (name, places) in zip(kept, _PLACES, strict=True):
        _lay_out(layout, name, places)
    core = deck.core_properties
    core.title, core.author, core.last_modified_by, core.revision = "Steering pack", "Handrail", "Handrail", 1
    made = io.BytesIO()
    deck.save(made)
    return settled(made.getvalue(), _FIRST)


def _clear(deck: Presentation) -> None:
    """The master keeps its styles of text and loses its own boxes, which are made for another size of slide."""
    tree = deck.slide_master.shapes._spTree  # noqa: SLF001 - the library has no way to remove a shape
    for shape in list(deck.slide_master.placeholders):
        tree.remove(shape._element)  # noqa: SLF001


def _lay_out(layout: SlideLayout, name: str, places: tuple[_Place, ...]) -> None:
    layout._element.cSld.set("name", name)  # noqa: SLF001 - a layout's name can only be read
    tree = layout.shapes._spTree  # noqa: SLF001
    for shape in list(layout.shapes):
        tree.remove(shape._element)  # noqa: SLF001
    tree.append(_bar(len(places) + 2))
    for number, place in enumerate(places):
        tree.append(deepcopy(_placeholder(number, place)))


def _bar(number: int) -> object:
    """The strip of colour along the upper edge."""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number + 1}" name="Bar" descr=""/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Inches(WIDTH)}" cy="{Inches(0.14)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{BRAND}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
    )


def _placeholder(number: int, place: _Place) -> object:
    name, left, top, width, height, size, bold, colour, anchor = place
    kind = 'type="title"' if name == "Title" else f'type="body" sz="quarter" idx="{number + 10}"'
    align = "ctr" if name == "Colour" else "l"
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number + 2}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{Inches(left)}" y="{Inches(top)}"/><a:ext cx="{Inches(width)}" cy="{Inches(height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}">'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="{round(size * 100)}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
        f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{name}</a:t></a:r></a:p></p:txBody></p:sp>'
    )
