"""Calendars as both sides have them: working times of weekdays, free days, and other times on single days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from handrail.exchange.msproject.units import Measures
from handrail.fields import EMPTY
from handrail.model.schedule import WorkingTime

Hours = tuple[tuple[int, int], ...]
"""Working times of one day in minutes from midnight; 1440 is the midnight at its end."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
USUAL: Hours = ((480, 720), (780, 1020))
DAY = 1440
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """A calendar: the week from Monday, and single days that differ from it."""

    week: tuple[Hours, ...] = (USUAL,) * 5 + ((), ())
    days: Mapping[date, Hours] = field(default_factory=dict)

    def hours(self, day: date) -> Hours:
        """When work is done on a day."""
        return self.days.get(day, self.week[day.weekday()])

    def edges(self, day: date) -> tuple[int, int]:
        """When a day's work begins and ends; for a free day, when work begins and ends in the week at large."""
        hours = self.hours(day)
        every = hours or tuple(span for one in self.week for span in one) or USUAL
        return min(start for start, _ in every), max(end for _, end in every)

    def start(self, day: date) -> datetime:
        """The instant that a bare day means for a start."""
        return _at(day, self.edges(day)[0])

    def finish(self, day: date) -> datetime:
        """The instant that a bare day means for a finish."""
        return _at(day, self.edges(day)[1])

    def start_words(self, when: datetime) -> str:
        """An instant as a plan says it for a start: the bare day where that means the same."""
        return when.date().isoformat() if self.start(when.date()) == when else words(when)

    def finish_words(self, when: datetime) -> str:
        """An instant as a plan says it for a finish; midnight may belong to the day before."""
        for day in (when.date(), when.date() - timedelta(days=1)):
            if self.finish(day) == when:
                return day.isoformat()
        return words(when)

    def finish_day(self, when: datetime) -> date:
        """The day on which something that ends then is done."""
        return date.fromisoformat(self.finish_words(when)[:10])

    @property
    def measures(self) -> Measures:
        """What a day, a week and a month mean by this calendar, where nobody says otherwise."""
        lengths = sorted(length for hours in self.week if (length := sum(end - start for start, end in hours)))
        if not lengths:
            return Measures()
        day = max(lengths, key=lambda length: (lengths.count(length), length))
        return Measures(day=Decimal(day), week=Decimal(sum(lengths)), month=Decimal(4 * sum(lengths)))

    @property
    def working(self) -> bool:
        """Whether there is any working time at all."""
        return any(self.week) or any(self.days.values())


def words(when: datetime) -> str:
    """An instant as a plan writes it."""
    return when.isoformat(timespec="minutes")


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def clock(minute: int) -> str:
    """A minute of the day as 08:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def hours_words(hours: Hours) -> str:
    """Working times as a plan writes them."""
    return " ".join(f"{clock(start)}-{clock(end)}" for start, end in hours)


def parse_hours(text: str) -> Hours | None:
    """Working times of `08:00-12:00 13:00-17:00`, None when they are no such text. A night shift ends past 1440."""
    spans: list[tuple[int, int]] = []
    for part in text.replace(",", " ").replace(";", " ").split():
        match = _SPAN.fullmatch(part)
        if match is None:
            return None
        first, second, third, fourth = (int(one) for one in match.groups())
        start, end = first * 60 + second, third * 60 + fourth
        if start >= DAY or end > DAY or start == end:
            return None
        spans.append((start, end if end > start else end + DAY))
    return tuple(sorted(spans))


def times_of(given: WorkingTime | None, base: WorkingTime | None = None) -> tuple[Times, list[str]]:
    """A calendar of the model and what of it could not be read. What it leaves out is that of `base`."""
    given, base = given or base, base or given
    if given is None or base is None:
        return Times(), []
    wrong: list[str] = []

    def read(text: str) -> Hours:
        found = parse_hours(text)
        if found is None:
            wrong.append(text)
        return found or ()

    written = base.week if given.week is EMPTY else given.week
    week = Times().week if written is EMPTY else tuple(read(dict(written).get(day, "")) for day in WEEKDAYS)  # type: ignore[call-overload]
    days: dict[date, Hours] = dict.fromkeys(given.holidays or base.holidays, ())
    for day, text in (given.exceptions or base.exceptions).items():
        try:
            days[date.fromisoformat(day)] = read(text)
        except ValueError:
            wrong.append(day)
    return _by_day(week, days), wrong


def _by_day(week: tuple[Hours, ...], days: Mapping[date, Hours]) -> Times:
    """Night shifts cut at midnight, so that every day has its own hours."""
    one = timedelta(days=1)

    def shifts(day: date) -> Hours:
        return days.get(day, week[day.weekday()])

    cut = tuple(_cut(week[number], week[number - 1]) for number in range(7))
    touched = {*days, *(day + one for day in days)}
    return Times(week=cut, days={
        day: hours for day in touched
        if (hours := _cut(shifts(day), shifts(day - one))) != cut[day.weekday()] or day in days
    })  # fmt: skip


def _cut(own: Hours, before: Hours) -> Hours:
    spans = [(start, min(end, DAY)) for start, end in own]
    spans += [(max(start - DAY, 0), end - DAY) for start, end in before if end > DAY]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def calendar_fields(times: Times) -> dict[str, Any]:
    """A calendar as the fields of a plan."""
    days = dict(sorted(times.days.items()))
    found: dict[str, Any] = {
        "alone": True,
        "week": {day: hours_words(hours) for day, hours in zip(WEEKDAYS, times.week, strict=True) if hours},
        "holidays": [day.isoformat() for day, hours in days.items() if not hours],
        "exceptions": {day.isoformat(): hours_words(hours) for day, hours in days.items() if hours},
    }
    return {name: value for name, value in found.items() if value}


def same(one: Times, other: Times) -> bool:
    """Whether two calendars mean the same working time."""
    return _meaning(one) == _meaning(other)


def _meaning(times: Times) -> tuple[tuple[Hours, ...], dict[date, Hours]]:
    """A day that says what the week says anyway means nothing."""
    return times.week, {day: hours for day, hours in times.days.items() if hours != times.week[day.weekday()]}
