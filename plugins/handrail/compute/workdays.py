"""Working days between dates, by the organisation's week, its holidays and its exceptions."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta

from handrail.compute.written import as_day
from handrail.model.schedule import WorkingTime

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
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
    def of(cls, calendar: WorkingTime | None) -> WorkDays:
        """The days of a calendar; where it names no working day of the week, Monday to Friday.

        An exception with hours makes a free day a working day, one without hours takes a working day away.
        """
        if calendar is None:
            return cls()
        week = frozenset(_DAYS.index(day) for day, hours in calendar.week.items() if day in _DAYS and hours.strip())
        single = {day: bool(hours.strip()) for text, hours in calendar.exceptions.items() if (day := as_day(text))}
        return cls(
            week=week or frozenset(range(5)),
            holidays=frozenset([*calendar.holidays, *(day for day, works in single.items() if not works)]),
            worked=frozenset(day for day, works in single.items() if works),
        )

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
