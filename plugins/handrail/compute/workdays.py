"""Working days between dates, by the organisation's week and holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.model.schedule import WorkingTime

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDays:
    """A working week (0 is Monday) and the days on which nobody works."""

    week: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()

    @classmethod
    def of(cls, calendar: WorkingTime | None) -> WorkDays:
        """The days of a calendar; without one, Monday to Friday. A calendar without any working day counts as none."""
        if calendar is None:
            return cls()
        week = frozenset(_DAYS.index(day) for day, hours in calendar.week.items() if day in _DAYS and hours.strip())
        return cls(week=week or frozenset(range(5)), holidays=frozenset(calendar.holidays))

    def works(self, day: date) -> bool:
        """Whether anybody works on a day."""
        return day.weekday() in self.week and day not in self.holidays

    def between(self, start: date, end: date) -> int:
        """Working days from `start` up to but without `end`; negative when `end` comes first."""
        if end < start:
            return -self.between(end, start)
        weeks, rest = divmod((end - start).days, _WEEK)
        count = weeks * len(self.week)
        first = start.weekday()
        count += sum((first + step) % _WEEK in self.week for step in range(rest))
        if self.holidays:
            count -= sum(start <= day < end and day.weekday() in self.week for day in self.holidays)
        return count

    def after(self, day: date, working_days: int) -> date:
        """The working day that is so many working days later; 0 gives the day itself."""
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.works(day)
        return day
