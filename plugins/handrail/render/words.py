"""How values are written for readers: days, money, shares, colours and counts. Every page and chart says them this way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from handrail import english
from handrail.model.money import Money
from handrail.model.words import Colour
from handrail.remark import EnforceAt

count, day, listed, month, short_day, verb = (
    english.count, english.day, english.listed, english.month, english.short_day, english.verb,
)  # fmt: skip
"""What pages have in common with all else that speaks to people."""
NOT_KNOWN = "not known"
_NEAR = 180


@dataclass(frozen=True, slots=True)
class Light:
    """A colour as it is shown: always a word and a shape beside it, so that it can be read without seeing colours."""

    css: str
    word: str
    shape: str
    order: int


GREEN = Light("green", "Green", "●", 1)
AMBER = Light("amber", "Amber", "▲", 2)
RED = Light("red", "Red", "■", 3)
UNKNOWN = Light("none", "Not known", "○", 0)
_LIGHTS = {"green": GREEN, "amber": AMBER, "red": RED}
LIGHTS = (RED, AMBER, GREEN, UNKNOWN)
_ENDED = {"closed": Light("none", "Closed", "○", -1), "cancelled": Light("none", "Cancelled", "○", -1)}

BITES: dict[EnforceAt, str] = {
    "merge": "Blocks a change",
    "gate": "Needed for the next gate",
    "watch": "Noted only",
}
BITES_LONG: dict[EnforceAt, str] = {
    "merge": "It blocks a change that brings it in, until it is mended.",
    "gate": "It is listed at once and blocks only the next gate.",
    "watch": "It never blocks; it goes to whoever looks after it.",
}


OFF = "Switched off"


def bites(at: EnforceAt | None) -> str:
    """When a rule bites, in a few words."""
    return BITES[at] if at else OFF


def light(colour: Colour | str | None) -> Light:
    """The shown form of a colour; an unknown one is said, never guessed."""
    return _LIGHTS.get(colour or "", UNKNOWN)


def state_light(colour: Colour | None, state: str) -> Light:
    """The colour that counts, or how the project has ended."""
    return _ENDED.get(state) or light(colour)


def near_day(value: date, today: date) -> str:
    """Without the year where it is plain which one is meant."""
    return short_day(value) if abs((value - today).days) < _NEAR else day(value)


def as_day(value: date | datetime | None) -> date | None:
    """The day of a day or an instant."""
    return value.date() if isinstance(value, datetime) else value


def money(value: Money | None, otherwise: str = "") -> str:
    """48,000 EUR."""
    return value.format() if value is not None else otherwise


def percent(share: Decimal | None, otherwise: str = "") -> str:
    """+5%; shares are fractions."""
    if share is None:
        return otherwise
    rounded = round(share * 100, 1).normalize()
    return f"{rounded:+f}%" if rounded else "0%"


def share(value: Decimal | None, otherwise: str = "") -> str:
    """40%."""
    return f"{round(value * 100, 1).normalize():f}%" if value is not None else otherwise


_READABLE = 30


def number(value: Decimal | int | None, otherwise: str = "") -> str:
    """A plain number with separated thousands; powers of ten are written out as far as anybody could read them."""
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= _READABLE:
        return f"{value:,f}"
    return f"{value:,}" if value is not None else otherwise


def slip(days: int | None, otherwise: str = "") -> str:
    """Working days late or early, in words that need no sign."""
    if days is None:
        return otherwise
    if days == 0:
        return "on time"
    return f"{count(abs(days), 'working day')} {'late' if days > 0 else 'early'}"


def age(days: int | None, otherwise: str = "") -> str:
    """4 days old."""
    if days is None:
        return otherwise
    return "today" if days == 0 else f"{count(days, 'day')} old"


def coded(text: str) -> tuple[tuple[str, bool], ...]:
    """Text in parts: what stood between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # an odd one out is only a sign
        return ((text, False),)
    return tuple((one, i % 2 == 1) for i, one in enumerate(parts) if one)


def first_of(ones: Sequence[str], most: int = 8) -> str:
    """The first few of a list, and how many more there are: a cell that names a thousand is read by nobody."""
    more = len(ones) - most
    # one more is named, not counted
    return "; ".join(ones) if more <= 1 else f"{'; '.join(ones[:most])}; and {more:,} more"


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
