"""A drawing as values: lines, boxes, spots and words on one sheet, with the sentence and the figures that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from handrail.render.page import render
from handrail.render.table import Table

LEAST_GAP = 13.0
_LETTER, _AROUND = 7.0, 14.0
"""The width of a letter of a name in the widest usual font, and of the gaps around a name."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line; `points` as SVG writes them. css: what it means: grid, base, earned, spent, forecast, late ..."""

    css: str
    points: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A bent line with an arrow at its end; `path` as SVG writes it."""

    css: str
    path: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark; its shape says as much as its colour."""

    css: str
    x: str
    y: str
    r: float = 3.5
    shape: Literal["dot", "diamond", "square", "triangle"] = "dot"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Many marks of one kind that have one meaning and one title: a line's own. They weigh a tenth of as many spots."""

    css: str
    places: tuple[tuple[float, float], ...]
    title: str

    @property
    def path(self) -> str:
        """The marks as SVG writes them: strokes without a length, which round caps make dots."""
        return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in self.places)


@dataclass(frozen=True, slots=True)
class Box:
    """A box with a name that a pointer shows."""

    css: str
    x: str
    y: str
    width: str
    height: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a place."""

    x: str
    y: str
    text: str
    anchor: Literal["start", "middle", "end"] = "middle"
    css: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One chart. width 0: there is nothing to draw, and only the sentence is shown. key: what the lines mean, by css.

    from_end: the newest and the names stand at the right, so a screen too narrow for all of it opens there.
    """

    name: str
    sentence: str
    width: int = 0
    height: int = 0
    strokes: tuple[Stroke, ...] = ()
    curves: tuple[Curve, ...] = ()
    boxes: tuple[Box, ...] = ()
    dots: tuple[Dots, ...] = ()
    spots: tuple[Spot, ...] = ()
    texts: tuple[Words, ...] = ()
    key: tuple[tuple[str, str], ...] = ()
    note: str = ""
    table: Table | None = None
    from_end: bool = False


def svg(drawing: Drawing, root: str = "") -> Markup:
    """The drawing as HTML. `root` is the way from its page to the first one, for links in its table."""
    return render("charts/drawing.html.jinja", chart=drawing, root=root)


def points(spots: Sequence[tuple[float, float]]) -> str:
    """Places as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)


def pushed_apart(places: Sequence[float], top: float, bottom: float, gap: float = LEAST_GAP) -> list[float]:
    """The same places in the same order, moved as little as needed so that words do not touch, all between top and bottom."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    room = min(gap, (bottom - top) / max(len(places) - 1, 1))
    found = [0.0] * len(places)
    last = top - room
    for i in order:
        last = max(places[i], last + room, top)
        found[i] = last
    limit = bottom
    for i in reversed(order):
        found[i] = min(found[i], limit)
        limit = found[i] - room
    return found


def beside(labels: Sequence[str]) -> float:
    """The width that names at the end of lines take, with a gap before and after them."""
    return _LETTER * max(map(len, labels), default=0) + _AROUND


def cut(text: str, length: int) -> str:
    """Text that fits; what is left out is seen."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
