"""Durations, lags and instants as both sides write them: `3d` here, PT24H0M0S with a format number there.

Microsoft Project counts in tenths of a minute, so every figure is kept to that and no finer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

FORMATS: Mapping[int, str] = {
    3: "m", 4: "em", 5: "h", 6: "eh", 7: "d", 8: "ed", 9: "w", 10: "ew", 11: "mo", 12: "emo", 19: "%", 20: "e%",
}  # fmt: skip
"""The unit that each format number stands for."""
NUMBERS: Mapping[str, int] = {unit: number for number, unit in FORMATS.items()}
ESTIMATED = 32
"""What a format number is more, when the duration is only an estimate."""
MAX_MINUTES = Decimal(165 * 366 * 24 * 60)
"""Longer than from the first to the last day that Microsoft Project knows."""
LinkType = Literal["FF", "FS", "SF", "SS"]
LINKS: tuple[LinkType, ...] = ("FF", "FS", "SF", "SS")
CONSTRAINTS: tuple[str, ...] = ("ASAP", "ALAP", "MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT")
STARTS = frozenset({"MSO", "SNET", "SNLT"})
"""Constraints on the start; the others bind the finish."""

_XSD = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,9})?)S)?)?"
)
_PART = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(e?)(mo|[dhmw])")
_INSTANT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?")
_TENTH = Decimal("0.1")
_FINE = Decimal("0.0001")
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What a day, a week and a month are worth in working minutes."""

    day: Decimal = Decimal(480)
    week: Decimal = Decimal(2400)
    month: Decimal = Decimal(9600)

    def minutes(self, unit: str) -> Decimal:
        """One of a unit."""
        plain = unit.removeprefix("e")
        if unit.startswith("e"):
            return {"m": Decimal(1), "h": Decimal(60), "d": Decimal(1440), "w": Decimal(10080), "mo": Decimal(43200)}[
                plain
            ]
        return {
            "m": Decimal(1), "h": Decimal(60), "d": self.day, "w": self.week, "mo": self.month,
        }[plain]  # fmt: skip


def read_span(text: str) -> Decimal | None:
    """Minutes of PT24H0M0S, None when it is no such text or longer than any calendar."""
    match = _XSD.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        return None
    days, hours, minutes, seconds = (
        Decimal(match.group(name) or 0) for name in ("days", "hours", "minutes", "seconds")
    )
    total = days * 1440 + hours * 60 + minutes + seconds / 60
    return None if total > MAX_MINUTES else tenths(-total if match.group("sign") else total)


def write_span(minutes: Decimal) -> str:
    """Minutes as PT24H0M0S."""
    total = int((minutes * 60).to_integral_value(ROUND_HALF_EVEN))
    hours, rest = divmod(total, 3600)
    return f"PT{hours}H{rest // 60}M{rest % 60}S"


def tenths(minutes: Decimal) -> Decimal:
    """Rounded as Microsoft Project counts."""
    return minutes.quantize(_TENTH, ROUND_HALF_EVEN)


def words(minutes: Decimal, unit: str, measures: Measures) -> str:
    """Minutes as `3d`, in this unit if that is exact, else in hours or minutes."""
    mark = "e" if unit.startswith("e") else ""
    for one in (unit, f"{mark}h"):
        worth = measures.minutes(one)
        amount = (minutes / worth).quantize(_FINE, ROUND_HALF_EVEN) if worth else Decimal(0)
        if worth and amount * worth == minutes:
            return f"{plain(amount)}{one}"
    return f"{plain(minutes)}{mark}m"


def plain(number: Decimal) -> str:
    """A number without idle zeros."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"", "-0"} else text


def parse_words(text: str, measures: Measures) -> tuple[Decimal, str] | None:
    """Minutes of `3d` or `1w 2d`, and the unit to show them in; None when working and elapsed time are mixed."""
    parts = [_PART.fullmatch(part) for part in text.split()]
    units = [f"{part.group(2)}{part.group(3)}" for part in parts if part]
    if not units or len(units) != len(parts) or len({unit.startswith("e") for unit in units}) > 1:
        return None
    total = sum((Decimal(part.group(1)) * measures.minutes(unit) for part, unit in zip(parts, units, strict=True) if part),
                Decimal(0))  # fmt: skip
    unit = units[0] if len(units) == 1 else min(units, key=measures.minutes)
    return (tenths(total), unit) if total <= MAX_MINUTES else None


def lag_words(amount: int, number: int, measures: Measures) -> str | None:
    """A lag as `+2d`, None for none: tenths of minutes in a format, or whole percent."""
    unit = FORMATS.get(number - ESTIMATED if number > ESTIMATED else number, "d")
    sign = "-" if amount < 0 else "+"
    if amount == 0:
        return None
    if unit.endswith("%"):
        return f"{sign}{abs(amount)}%"
    return sign + words(Decimal(abs(amount)) / 10, unit, measures)


def parse_lag(text: str, measures: Measures) -> tuple[Decimal, str] | None:
    """The figure of `+2d` or `-50%` as it is written there: tenths of minutes or percent, and the unit."""
    sign, rest = (-1 if text.startswith("-") else 1), text.lstrip("+-")
    if rest.endswith("%"):
        return sign * Decimal(rest[:-1]), "%"
    found = parse_words(rest, measures)
    return None if found is None else (sign * found[0] * 10, found[1])


def read_instant(text: str) -> datetime | None:
    """An instant to the minute, None when it is none or outside of any plan."""
    match = _INSTANT.fullmatch(text)
    if match is None:
        return None
    try:
        found = datetime(*(int(part or 0) for part in match.groups()[:5]))  # type: ignore[arg-type]  # noqa: DTZ001 - a plan's own clock
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def write_instant(when: datetime) -> str:
    """An instant as Microsoft Project writes it."""
    return when.isoformat(timespec="seconds")
