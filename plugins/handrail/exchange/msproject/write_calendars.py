"""Calendars as Microsoft Project reads them: the week, and single days both in its present and in its older way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from handrail.exchange.msproject.hours import DAY, Hours, Times, clock
from handrail.exchange.msproject.layout import Layout
from handrail.exchange.msproject.markup import Markup


def write_calendars(out: Markup, layout: Layout) -> None:
    """Every calendar of the plan, and the organisation's where the plan has none."""
    with out.group("Calendars"):
        for name, (uid, times) in layout.calendars.items():
            with out.group("Calendar"):
                out.puts(UID=uid, Name=name, IsBaseCalendar=1, IsBaselineCalendar=0, BaseCalendarUID=-1)
                _calendar(out, times)
        for name, (uid, base) in layout.resource_calendars.items():
            with out.group("Calendar"):
                out.puts(UID=uid, Name=name, IsBaseCalendar=0, IsBaselineCalendar=0, BaseCalendarUID=base)


def _calendar(out: Markup, times: Times) -> None:
    spans = list(_spans(times))
    with out.group("WeekDays"):
        for kind in range(1, 8):
            with out.group("WeekDay"):
                out.put("DayType", kind)
                _hours(out, times.week[(kind + 5) % 7])
        for first, last, hours in spans:
            with out.group("WeekDay"):
                out.puts(DayType=0, DayWorking=int(bool(hours)))
                _period(out, first, last)
                _times(out, hours)
    if not spans:
        return
    with out.group("Exceptions"):
        for first, last, hours in spans:
            with out.group("Exception"):
                out.put("EnteredByOccurrences", 0)
                _period(out, first, last)
                name = "Other hours" if hours else "No work"
                out.puts(Occurrences=(last - first).days + 1, Name=name, Type=1)
                _hours(out, hours)


def _hours(out: Markup, hours: Hours) -> None:
    out.put("DayWorking", int(bool(hours)))
    _times(out, hours)


def _times(out: Markup, hours: Hours) -> None:
    if not hours:
        return
    with out.group("WorkingTimes"):
        for start, end in hours:
            with out.group("WorkingTime"):
                out.puts(FromTime=f"{clock(start)}:00", ToTime=f"{clock(end % DAY)}:00")


def _period(out: Markup, first: date, last: date) -> None:
    with out.group("TimePeriod"):
        out.puts(FromDate=f"{first.isoformat()}T00:00:00", ToDate=f"{last.isoformat()}T23:59:00")


def _spans(times: Times) -> Iterator[tuple[date, date, Hours]]:
    """Single days that differ from the week, those that follow each other with the same hours as one."""
    days = sorted(times.days)
    if not days:
        return
    first = days[0]
    for day, following in pairwise([*days, date.max]):
        if following != day + timedelta(days=1) or times.days[following] != times.days[day]:
            yield first, day, times.days[day]
            first = following
