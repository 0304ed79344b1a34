"""Tables that speak by their squares: a heat map of load by month, bars beside their amounts, and colours month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from handrail.render import words
from handrail.render.page import render
from handrail.render.words import Light

_SHOWN = 40
_BARS = 20
_TIGHT, _OVER = Decimal("0.9"), Decimal("1.1")


@dataclass(frozen=True, slots=True)
class Square:
    """One square of a heat map. share: demand by capacity, None where nothing is asked or nobody has the role."""

    share: Decimal | None
    text: str = ""
    title: str = ""

    @property
    def band(self) -> str:
        """free, fits, tight or over: said by a word and a shape besides the colour."""
        if self.share is None:
            return "none"
        return (
            "over" if self.share > _OVER else "tight" if self.share > _TIGHT else "fits" if self.share > 0 else "none"
        )

    @property
    def shape(self) -> str:
        """The shape of the band."""
        return {"over": "■", "tight": "▲"}.get(self.band, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """A heat map: columns in words, rows by name."""

    name: str
    sentence: str
    what: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Square, ...]], ...]
    more: int = 0


def heat(heat: Heat) -> Markup:
    """The heat map as HTML; at most forty rows, the fullest first as they come."""
    shown = heat.rows[:_SHOWN]
    return render(
        "charts/heat.html.jinja", chart=heat, rows=shown, more=len(heat.rows) - len(shown) + heat.more
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: name, amount, the amount in words, where it leads."""

    name: str
    amount: Decimal
    text: str
    href: str | None = None
    css: str = "base"


def bars(ones: Sequence[Bar], name: str, sentence: str, root: str = "") -> Markup:
    """Bars on one scale, longest first; what is beyond twenty is summed up in words."""
    ordered = sorted(ones, key=lambda one: (-one.amount, one.name))
    top = max((one.amount for one in ordered), default=Decimal(0))
    shown = [(one, f"{max(Decimal(0), one.amount) / top * 100:.1f}%" if top > 0 else "0%") for one in ordered[:_BARS]]
    return render(
        "charts/bars.html.jinja", name=name, sentence=sentence, bars=shown, more=max(len(ordered) - _BARS, 0), root=root
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The colours of one project on some days; None where it did not exist or nothing is known."""

    name: str
    href: str | None
    colours: tuple[Light | None, ...]


def strips(  # noqa: PLR0913, PLR0917 - what a strip can be told
    days: Sequence[date], ones: Sequence[Strip], name: str, sentence: str, root: str = "", first: str = "Project"
) -> Markup:
    """One line per project (or per `first`), one square per day: shape and word beside the colour.

    Days before the first of which anything is known are left out.
    """
    begins = next((i for i in range(len(days)) if any(one.colours[i] for one in ones)), 0)
    return render(
        "charts/strips.html.jinja", name=name, sentence=sentence, days=[(words.short_day(one), words.day(one)) for one in days[begins:]],
        rows=[replace(one, colours=one.colours[begins:]) for one in ones[:_SHOWN]], more=max(len(ones) - _SHOWN, 0), root=root, lights=words.LIGHTS, first=first,
    )  # fmt: skip
