"""Working days between dates, by the organisation's week, its holidays and its exceptions."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from handrail.compute.calendar import STANDARD
from handrail.compute.working_time import hours_of
from handrail.model.project import Plan
from handrail.model.schedule import WorkingTime

_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WorkDays:
    """A working week (0 is Monday), the days on which nobody works, and the free days on which people do."""

    week: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    _table: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    _off: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _on: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare what `between` looks up: it is asked for every day of every plan."""
        table = tuple(
            tuple(sum((first + step) % _WEEK in self.week for step in range(rest)) for rest in range(_WEEK))
            for first in range(_WEEK)
        )
        off = tuple(sorted(day for day in self.holidays - self.worked if day.weekday() in self.week))
        on = tuple(sorted(day for day in self.worked if day.weekday() not in self.week))
        for name, value in (("_table", table), ("_off", off), ("_on", on)):
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, calendar: WorkingTime | None, base: WorkingTime | None = None) -> WorkDays:
        """The days of a calendar, what it leaves out taken from `base`; Monday to Friday where nobody ever works by it.

        They are the days on which work begins by the calendar to the minute: an exception with hours makes a free day a
        working day, one without hours takes a working day away.
        """
        return _of(calendar, base)

    def works(self, day: date) -> bool:
        """Whether anybody works on a day."""
        return day in self.worked or (day.weekday() in self.week and day not in self.holidays)

    def between(self, start: date, end: date) -> int:
        """Working days from `start` up to but without `end`; negative when `end` comes first."""
        if start == end:
            return 0
        if end < start:
            return -self.between(end, start)
        weeks, rest = divmod((end - start).days, _WEEK)
        count = weeks * len(self.week) + self._table[start.weekday()][rest]
        if self._off:
            count -= bisect_left(self._off, end) - bisect_left(self._off, start)
        if self._on:
            count += bisect_left(self._on, end) - bisect_left(self._on, start)
        return count

    def after(self, day: date, working_days: int) -> date:
        """The working day that is so many working days later; 0 gives the day itself, and time ends with the calendar."""
        try:
            while working_days > 0:
                day += timedelta(days=1)
                working_days -= self.works(day)
        except OverflowError:
            return date.max
        return day


def days_of(plan: Plan, organisation: WorkingTime | None) -> WorkDays:
    """The working days of a plan: by the calendar that its `scheduling` names, else by the organisation's."""
    name = plan.scheduling.calendar if plan.scheduling else None
    own = next((one for one in plan.calendars if one.id == name), None) if name else None
    return WorkDays.of(organisation) if own is None else WorkDays.of(own, organisation)


@lru_cache(maxsize=64)
def _of(calendar: WorkingTime | None, base: WorkingTime | None) -> WorkDays:
    """Asked for again for every figure of every plan, and most plans work by the same calendar."""
    hours = STANDARD if calendar is None else hours_of(calendar, "", base).calendar or STANDARD
    single = hours.single_days
    return WorkDays(
        week=hours.weekdays,
        holidays=frozenset(day for day, works in single.items() if not works),
        worked=frozenset(day for day, works in single.items() if works),
    )
