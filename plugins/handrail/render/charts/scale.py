"""Days on a line: where a day stands between two others, and the marks to write below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.render.words import short_day

_FULL = 100.0
_MARKS = 7
_LAST_MARK = 90.0
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 24000)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the axis: its place in percent and its words."""

    left: str
    text: str


@dataclass(frozen=True, slots=True)
class DayScale:
    """A stretch of days."""

    start: date
    end: date

    @classmethod
    def around(cls, days: Iterable[date]) -> DayScale | None:
        """A stretch that holds all days, from the first of a month to the last of one; None without days."""
        given = sorted(days)
        if not given:
            return None
        first, last = given[0].replace(day=1), given[-1]
        try:
            end = _next_month(last, 1)
        except (ValueError, OverflowError):  # the year 9999 has no month after it
            end = last
        return cls(first, end if end > first else first + timedelta(days=1))

    def at(self, value: date) -> float:
        """The place of a day, 0 to 100."""
        whole = (self.end - self.start).days
        return min(max((value - self.start).days / whole * _FULL, 0.0), _FULL)

    def left(self, value: date) -> str:
        """The place of a day as CSS writes it."""
        return f"{self.at(value):.2f}%"

    def width(self, start: date, end: date) -> str:
        """The length between two days as CSS writes it."""
        return f"{abs(self.at(end) - self.at(start)):.2f}%"

    def _fits(self, value: date) -> bool:
        """Whether words that begin here still stand inside."""
        return self.at(value) <= _LAST_MARK

    def marks(self) -> tuple[Mark, ...]:
        """At most seven firsts of a month, evenly spaced; January carries the year."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        step = next((one for one in _STEPS if months / one <= _MARKS), _STEPS[-1])
        found: list[Mark] = []
        day = self.start
        while day < self.end:
            first = not found or day.month <= step
            text = short_day(day).split(" ")[1]
            if self._fits(day):
                found.append(Mark(self.left(day), f"{text} {day.year}" if first or step >= 12 else text))  # noqa: PLR2004
            try:
                day = _next_month(day, step)
            except (ValueError, OverflowError):
                break
        return tuple(found)


def _next_month(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
