"""The agreement with a template: which layouts it has, and which named placeholders stand in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pptx.presentation import Presentation
from pptx.slide import SlideLayout

COVER, TABLE, PROJECT = "Handrail cover", "Handrail table", "Handrail project"
NAMED: Mapping[str, tuple[str, ...]] = MappingProxyType({
    COVER: ("Title", "Subtitle", "Details", "Source"),
    TABLE: ("Title", "Lead", "Table", "Source"),
    PROJECT: (
        "Title", "Colour", "Lead", "Facts", "Colours", "Milestones", "Risks", "Money chart", "Trend chart", "Narrative", "Source",
    ),
})  # fmt: skip


class TemplateError(Exception):
    """A template cannot be used; the text says everything that is the matter with it."""


def layouts(deck: Presentation) -> dict[str, SlideLayout]:
    """The layouts by the names of the agreement; capitals and outer spaces do not matter."""
    known = {_plain(one.name): one for one in deck.slide_layouts}
    return {name: known[_plain(name)] for name in NAMED if _plain(name) in known}


def placeholders(layout: SlideLayout) -> dict[str, int]:
    """The placeholders of a layout by name: the number that a slide knows each by."""
    return {_plain(one.name): one.placeholder_format.idx for one in layout.placeholders}


def lacking(deck: Presentation) -> Iterator[str]:
    """A sentence for everything that the agreement asks for and the template does not have."""
    known = layouts(deck)
    for name, wanted in NAMED.items():
        if name not in known:
            yield f'it has no layout "{name}", with the placeholders {_listed(wanted)}.'
            continue
        there = placeholders(known[name])
        gone = [one for one in wanted if _plain(one) not in there]
        if gone:
            yield f'its layout "{name}" has no placeholder {_listed(gone)}.'


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f'"{one}"' for one in names)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def number_of(layout: SlideLayout, name: str) -> int:
    """The number of a named placeholder; the template was looked at before."""
    return placeholders(layout)[_plain(name)]
