"""The pack as pages of paper: HTML of its own with the site's charts, printed by Chromium."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from handrail.pack.content import OnePage, Pack
from handrail.render import words
from handrail.render.charts.curve import s_curve
from handrail.render.charts.drawing import Drawing, pushed_apart, svg
from handrail.render.charts.mta import mta
from handrail.render.page import render

NARRATIVE = 400
_GAP, _BOTTOM = 18.0, 28


def html(pack: Pack) -> str:
    """The whole pack as one page without script and without any address."""
    drawn = {one.id: _charts(one) for one in pack.projects}
    return str(
        render(
            "pack.html.jinja",
            pack=pack,
            day=words.day,
            charts=drawn,
            style=_style(),
            source=Markup(_quoted(pack.source)),  # noqa: S704 - quoted
            narrative=lambda one: clipped(one, NARRATIVE),
        )
    )


def clipped(one: OnePage, length: int) -> str:
    """The manager's words as far as the page has room; what is left out is said."""
    text = one.narrative
    if len(text) <= length:
        return text
    cut = text[:length]
    end = max(cut.rfind(". "), cut.rfind("\n"))
    kept = cut[: end + 1].rstrip() if end > length // 2 else cut.rsplit(" ", 1)[0]
    return f"{kept} … (the rest stands in the report)"


def _charts(one: OnePage) -> tuple[Markup, Markup]:
    return (
        svg(_larger(s_curve(one.money, "Money: planned, earned, spent"))) if one.money else Markup(""),
        svg(_larger(mta(one.traces, "Milestones: what was expected, and when"))) if one.traces else Markup(""),
    )


def _larger(drawing: Drawing) -> Drawing:
    """The names at the ends of lines further apart: on paper they are set larger against the lines than on a screen."""
    names = [one for one in drawing.texts if one.css.startswith("name")]
    heights = iter(pushed_apart([float(one.y) for one in names], _GAP, drawing.height - _BOTTOM, _GAP)) if names else iter(())  # fmt: skip
    texts = tuple(replace(one, y=f"{next(heights):.1f}") if one in names else one for one in drawing.texts)
    return replace(drawing, texts=texts, note="")


@cache
def _style() -> Markup:
    # written here, in paper.css
    return Markup(files("handrail.pack").joinpath("paper.css").read_text(encoding="utf-8"))  # noqa: S704


def _quoted(text: str) -> str:
    """Text as a string of a style sheet: whatever could end it is written as a number."""
    return "".join(one if one.isalnum() or one in " .,:-" else f"\\{ord(one):06x} " for one in text)
