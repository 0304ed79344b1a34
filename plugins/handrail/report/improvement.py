"""Are we getting better? in words: each figure with its unit, one sentence for all, and the table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from handrail import english
from handrail.compute.getting_better import MEASURED, Improvement, Measured, Standing, course, values

HEADS = {
    "lessons": "The loop", "deliverables_answered": "What was promised", "turned_red": "Signs before a colour turns",
    "pull_requests": "How the gate weighs",
    "heterogeneity": "How alike projects are run",
}  # fmt: skip
"""The figure with which each group begins."""
_UNITS = {"days": "day", "working days": "working day", "minutes": "minute"}
_STEP = 3
_TENTH = Decimal("0.1")
_HUNDRED = 100


def said(value: Decimal | int | None, measured: Measured, *, unit: bool = True) -> str:
    """A figure in words: 20.5 days, 33%, 1.6; `not known` for None. `unit`: with its unit, where that has a word."""
    if value is None:
        return "not known" if unit else ""
    if measured.unit == "share":
        return f"{_short(Decimal(value) * _HUNDRED)}%"
    text = _short(Decimal(value))
    word = _UNITS.get(measured.unit) if unit else None
    return f"{text} {word if text == '1' else f'{word}s'}" if word else text


def headline(found: Improvement) -> str:
    """One sentence: how many figures went which way, and since when."""
    courses = [
        one for one in (course(found, each) for each in MEASURED) if one is not None and one.direction is not None
    ]
    if not courses:
        return "Nothing can be compared yet: the figures begin with the first lesson, log or milestone of an approved plan."
    better, worse = (sum(one.direction == way for one in courses) for way in ("better", "worse"))
    since = min(one.since for one in courses)
    return (
        f"Of {len(courses)} figures that have a better side, {better} went that way since {english.day(since)}, {worse} the other way"
        f" and {len(courses) - better - worse} stayed."
    )


def table(found: Improvement) -> Iterator[str]:
    """The figures of each third month and of today, line by line."""
    shown = thinned(found)
    width = max(len(one.title) for one in MEASURED) + 2
    yield " " * width + "".join(f"{_head(one.on):>9}" for one in shown) + "   since then"
    for measured in MEASURED:
        if measured.name in HEADS:
            yield f"\n{HEADS[measured.name]}"
        cells = "".join(f"{said(values(one)[measured.name], measured, unit=False) or '-':>9}" for one in shown)
        went = course(found, measured)
        way = f"   {went.direction}" if went and went.direction else ""
        title = measured.title + (f", {measured.unit}" if measured.unit in _UNITS else "")
        yield f"  {title:<{width - 2}}{cells}{way}".rstrip()
    if found.now.loop.recurrence:
        yield "\nCauses that changes should end"
    for one in found.now.loop.recurrence:
        days = f"in {english.count(one.days, 'day')} before and after"
        yield f"  {one.proposal}, {one.cause}: {_times(one.before)} before, {_times(one.after)} after ({days})"


def notes(found: Improvement) -> Iterator[str]:
    """What is not known, and why."""
    if found.unknown:
        yield f"Up to {english.day(found.unknown)} it is not known how lessons were reused and how alike projects were run. {found.why}"
    if found.why_no_balance:
        yield f"How the gate weighs is not known. {found.why_no_balance}"
    for name, targets in sorted(found.now.loop.unlanded.items()):
        waiting = ", ".join(f"{one.kind} {one.id}" for one in targets)
        yield f"{name} is accepted and not done: {waiting} {'has' if len(targets) == 1 else 'have'} not changed yet."


def thinned(found: Improvement) -> tuple[Standing, ...]:
    """Today, and each third month before, the oldest first."""
    past = found.standings[:-1]
    return (*reversed(past[::-1][_STEP - 1 :: _STEP]), found.now)


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _short(value: Decimal) -> str:
    """At most one digit after the point."""
    rounded = value.quantize(_TENTH, ROUND_HALF_UP)
    return f"{rounded:f}".removesuffix(".0")


def _head(value: date) -> str:
    return english.short_day(value)
