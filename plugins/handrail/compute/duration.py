"""Durations and lags as they are written, `3d 4h` or `+2d` or `-50%`, become minutes of a calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from handrail.compute.calendar import DAY, WorkCalendar

MAX_DAYS = 36_500
"""Nothing takes more than so many working days of its calendar: it is a slip in the unit, not a plan."""
LagUnit = Literal["working", "elapsed", "percent"]
_PART = re.compile(r"(\d+(?:\.\d+)?)(e?mo|e?[dhmw])")
_ELAPSED = {"m": 1, "h": 60, "d": DAY, "w": 7 * DAY, "mo": 30 * DAY}
_LAG = re.compile(r"([+-])(\d+(?:\.\d+)?)(%|e?mo|e?[dhmw])")
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Length:
    """A duration in minutes: of work, or by the clock on the wall."""

    minutes: int
    elapsed: bool = False


@dataclass(frozen=True, slots=True)
class Lag:
    """How long a successor waits, in minutes, or in hundredths of a percent of its predecessor's duration."""

    amount: int = 0
    unit: LagUnit = "working"


def duration(text: str, calendar: WorkCalendar) -> Length | str:
    """The length that a text means by a calendar; a text that says what is wrong with it."""
    parts = text.split()
    matches = [_PART.fullmatch(part) for part in parts]
    if not parts or not all(matches):
        return f"`{text}` is no duration"
    given = [(Decimal(match[1]), match[2]) for match in matches if match]
    elapsed = {unit.startswith("e") for _, unit in given}
    if len(elapsed) > 1:
        return f"`{text}` mixes working time with elapsed time"
    minutes = sum(amount * _minutes(unit, calendar) for amount, unit in given)
    limit = MAX_DAYS * (DAY if elapsed == {True} else calendar.day)
    if minutes > limit:
        return f"`{text}` is longer than {MAX_DAYS:,} days"
    return Length(_whole(Decimal(minutes)), elapsed == {True})


def lag(text: str | None, calendar: WorkCalendar) -> Lag | str:
    """The lag that a text means by the successor's calendar; a text that says what is wrong with it."""
    if text is None:
        return Lag()
    match = _LAG.fullmatch(text)
    if match is None:
        return f"`{text}` is no lag"
    sign, unit = (-1 if match[1] == "-" else 1), match[3]
    amount = Decimal(match[2])
    if unit == "%":
        if amount > MAX_DAYS:
            return f"`{text}` is more than {MAX_DAYS:,} %"
        return Lag(sign * _whole(amount * _PERCENT), "percent")
    minutes = amount * _minutes(unit, calendar)
    elapsed = unit.startswith("e")
    if minutes > MAX_DAYS * (DAY if elapsed else calendar.day):
        return f"`{text}` is longer than {MAX_DAYS:,} days"
    return Lag(sign * _whole(minutes), "elapsed" if elapsed else "working")


def _minutes(unit: str, calendar: WorkCalendar) -> int:
    if unit.startswith("e"):
        return _ELAPSED[unit[1:]]
    return {"m": 1, "h": 60, "d": calendar.day, "w": calendar.week, "mo": calendar.month}[unit]


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_EVEN))
