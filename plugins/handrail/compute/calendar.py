"""Working time to the minute: which minutes of a week are worked, and on which days it is otherwise.

An instant is a whole number of minutes since Monday 0001-01-01 00:00, in the organisation's own time. A position counts
only the minutes that are worked. One table per week and one entry per exceptional day lead from either to the other, so
that nothing depends on how far away a date is: no horizon has to be built, and an absurd duration costs nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

DAY = 1440
WEEK = 7 * DAY
LATEST = date.max.toordinal() * DAY
"""The first instant that no calendar of people can name."""
Shift = tuple[int, int]
"""From and to in minutes of the day on which it begins; past 1440 it runs into the next day."""


def instant(when: date | datetime) -> int:
    """The instant of a moment; that of a bare day is its midnight."""
    minutes = (when.toordinal() - 1) * DAY
    return minutes + when.hour * 60 + when.minute if isinstance(when, datetime) else minutes


def moment(at: int) -> datetime:
    """The moment of an instant. Raises OverflowError outside the years 1 to 9999."""
    day, minute = divmod(at, DAY)
    try:
        return datetime.combine(date.fromordinal(day + 1), time(minute // 60, minute % 60))
    except ValueError:
        raise OverflowError(at) from None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class _Exception:
    """A day that is not like its weekday: its instant and position, the position after it, and its worked minutes."""

    at: int
    position: int
    after: int
    shift: int
    worked: tuple[Shift, ...]


class WorkCalendar:
    """When work is done. It never changes; `day` and `week` are the minutes that "1d" and "1w" mean, `month` "1mo"."""

    __slots__ = (
        "_begins", "_days", "_exceptions", "_given", "_instants", "_own", "_per_week", "_positions", "_worked", "day",
        "month", "week",
    )  # fmt: skip

    def __init__(
        self, week: Sequence[Iterable[Shift]], exceptions: Mapping[date, Iterable[Shift]] | None = None, *,
        day: int | None = None, per_week: int | None = None, month: int | None = None,
    ) -> None:  # fmt: skip
        """Take the shifts of the seven weekdays, Monday first, and of single days. Raises ValueError without any."""
        self._own = own = tuple(_tidy(shifts) for shifts in week)
        self._given = {key.toordinal() - 1: _tidy(one) for key, one in (exceptions or {}).items()}
        self._days = tuple(_tidy([*_inside(own[i]), *_spilt(own[i - 1])]) for i in range(7))
        self._worked, self._begins = _tables(self._days)
        self._per_week = len(self._begins)
        if not self._per_week:
            raise ValueError("a week without any working time")
        self._exceptions = self._others()
        self._instants = [one.at for one in self._exceptions]
        self._positions = [one.position for one in self._exceptions]
        lengths = sorted(length for shifts in own if (length := sum(end - start for start, end in shifts)))
        self.day = day or max(lengths, key=lambda length: (lengths.count(length), length))
        self.week = per_week or self._per_week
        self.month = month or 4 * self.week

    def counting(self, day: int | None, week: int | None, month: int | None) -> WorkCalendar:
        """The same hours, with other meanings of "1d", "1w" and "1mo" where they are given, in minutes."""
        other = WorkCalendar.__new__(WorkCalendar)
        for name in WorkCalendar.__slots__:
            setattr(other, name, getattr(self, name))
        other.day = day or self.day
        other.week = week or self.week
        other.month = month or (4 * other.week if week else self.month)
        return other

    def common(self, other: WorkCalendar) -> WorkCalendar:
        """When both work; "1d" and the like mean what they mean here. Raises ValueError where no week has such time."""
        week = [_both(mine, theirs) for mine, theirs in zip(self._days, other._days, strict=True)]
        days = {date.fromordinal(one.at // DAY + 1) for one in (*self._exceptions, *other._exceptions)}
        single = {day: _both(self.shifts(day), other.shifts(day)) for day in days}
        return WorkCalendar(week, single, day=self.day, per_week=self.week, month=self.month)

    @property
    def weekdays(self) -> frozenset[int]:
        """The days of the week on which work begins; 0 is Monday."""
        return frozenset(number for number, shifts in enumerate(self._own) if shifts)

    @property
    def single_days(self) -> Mapping[date, bool]:
        """The days that are not like their weekday, and whether work begins on each."""
        return {date.fromordinal(number + 1): bool(shifts) for number, shifts in self._given.items()}

    def position(self, at: int) -> int:
        """How many minutes are worked before an instant, counted from instant 0."""
        weeks, minute = divmod(at, WEEK)
        found = weeks * self._per_week + self._worked[minute]
        if not self._instants:
            return found
        last = bisect_right(self._instants, at) - 1
        if last < 0:
            return found
        one = self._exceptions[last]
        if at >= one.at + DAY:
            return found + one.shift
        minute = at - one.at
        return one.position + sum(min(end, minute) - start for start, end in one.worked if start < minute)

    def start(self, position: int) -> int:
        """Where the next minute of work begins once so many are done: the latest instant of a position."""
        if self._positions:
            last = bisect_right(self._positions, position) - 1
            if last >= 0:
                one = self._exceptions[last]
                if position < one.after:
                    return one.at + _minute(one.worked, position - one.position)
                position -= one.shift
        weeks, rest = divmod(position, self._per_week)
        return weeks * WEEK + self._begins[rest]

    def finish(self, position: int) -> int:
        """Where the last of so many minutes ends: the earliest instant of a position."""
        return self.start(position - 1) + 1

    def add(self, at: int, minutes: int) -> int:
        """The instant when so much work that begins at `at` is done; with 0 or less, when it has to begin."""
        position = self.position(at) + minutes
        return self.finish(position) if minutes > 0 else self.start(position)

    def next(self, at: int) -> int:
        """The instant itself when it is worked, else the next that is."""
        return self.start(self.position(at))

    def last(self, at: int) -> int:
        """The instant itself when work is done right before it, else the end of the work before."""
        return self.finish(self.position(at))

    def between(self, start: int, end: int) -> int:
        """Worked minutes from one instant to another; negative when `end` comes first."""
        return self.position(end) - self.position(start)

    def shifts(self, day: date) -> tuple[Shift, ...]:
        """What is worked on a day, in minutes since its midnight."""
        at = instant(day)
        last = bisect_right(self._instants, at) - 1
        if last >= 0 and self._instants[last] == at:
            return self._exceptions[last].worked
        return self._days[day.weekday()]

    def starts(self, day: date) -> int:
        """The start of work on a day, not counting a night shift of the day before; where none begins, the usual hour."""
        usual = min(shifts[0][0] for shifts in self._own if shifts)
        found = self._given.get(day.toordinal() - 1, self._own[day.weekday()])
        return instant(day) + (found[0][0] if found else usual)

    def ends(self, day: date) -> int:
        """The end of work on a day, at midnight at the latest; where none is done, the usual hour."""
        usual = max(shifts[-1][1] for shifts in self._days if shifts)
        found = self.shifts(day)
        return instant(day) + (found[-1][1] if found else usual)

    def _others(self) -> tuple[_Exception, ...]:
        """The exceptional days in order. A night shift belongs to the day on which it begins, also when that is one."""

        def shifts(day: int) -> tuple[Shift, ...]:
            return by_day.get(day, own[day % 7])

        by_day, own = self._given, self._own
        after = {day + 1 for day in by_day if _spilt(by_day[day]) != _spilt(own[day % 7])}
        found, moved = [], 0
        for day in sorted({*by_day, *after}):
            worked = _tidy([*_inside(shifts(day)), *_spilt(shifts(day - 1))])
            at = day * DAY
            weeks, minute = divmod(at, WEEK)
            position = weeks * self._per_week + self._worked[minute] + moved
            length, usual = (sum(end - start for start, end in one) for one in (worked, self._days[day % 7]))
            moved += length - usual
            found.append(_Exception(at, position, position + length, moved, worked))
        return tuple(found)


def _tidy(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """Shifts in order, those that touch or overlap joined."""
    found: list[Shift] = []
    for start, end in sorted(shifts):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _inside(shifts: tuple[Shift, ...]) -> list[Shift]:
    return [(start, min(end, DAY)) for start, end in shifts if start < DAY]


def _both(mine: Iterable[Shift], theirs: Iterable[Shift]) -> list[Shift]:
    """What two days share."""
    return [
        (start, end)
        for one in mine
        for other in theirs
        if (start := max(one[0], other[0])) < (end := min(one[1], other[1]))
    ]


def _spilt(shifts: tuple[Shift, ...]) -> list[Shift]:
    """What runs over midnight, in minutes of the next day."""
    return [(max(start - DAY, 0), end - DAY) for start, end in shifts if end > DAY]


def _tables(days: tuple[tuple[Shift, ...], ...]) -> tuple[list[int], list[int]]:
    """For every minute of the week how many were worked before it, and where each worked minute begins."""
    worked: list[int] = []
    begins: list[int] = []
    for day, shifts in enumerate(days):
        for start, end in shifts:
            start, end = start + day * DAY, end + day * DAY  # noqa: PLW2901 - the same shift, counted from Monday
            worked += [len(begins)] * (start - len(worked))
            worked += range(len(begins), len(begins) + end - start)
            begins += range(start, end)
    worked += [len(begins)] * (WEEK - len(worked))
    return worked, begins


def _minute(shifts: tuple[Shift, ...], position: int) -> int:
    """The minute of a day at which its work of that number begins."""
    for start, end in shifts:
        if position < end - start:
            return start + position
        position -= end - start
    raise AssertionError(position)  # the caller has looked: it is less than the day's work


OFFICE: tuple[Shift, ...] = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
"""The hours of a working day where nobody says otherwise."""
STANDARD = WorkCalendar((*([OFFICE] * 5), (), ()))
"""Monday to Friday, eight hours: the working time where nobody says otherwise."""
ELAPSED = WorkCalendar([((0, DAY),)] * 7)
"""Every minute counts: elapsed durations go by the clock on the wall."""
