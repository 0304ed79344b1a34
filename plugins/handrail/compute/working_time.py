"""Working hours as they are written, `08:00-12:00 13:00-17:00`, become a calendar; what makes no sense is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from handrail.compute.calendar import DAY, OFFICE, STANDARD, Shift, WorkCalendar
from handrail.fields import EMPTY
from handrail.model.schedule import Calendar, WorkingTime
from handrail.remark import Loc

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = re.compile(r"([01]?\d|2[0-4]):([0-5]\d) ?- ?([01]?\d|2[0-4]):([0-5]\d)")
_EXAMPLE = "`monday: 08:00-12:00 13:00-17:00`"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Problem:
    """Something that keeps a schedule from being computed: where it stands, what it is and how to mend it.

    others: further places that belong to it, each with a few words. name: what tells this problem from others of the
    same plan, however its lines move. kind: for those who must tell some problems from others.
    """

    loc: Loc
    message: str
    fix: str
    name: str
    others: tuple[tuple[Loc, str], ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Hours:
    """A calendar as far as it can be read; None when nobody ever works."""

    calendar: WorkCalendar | None
    problems: tuple[Problem, ...] = ()


def hours_of(written: WorkingTime | None, name: str, base: WorkingTime | None = None) -> Hours:
    """The calendar that is written; what it leaves out is that of `base`, the organisation.

    A week that nobody gives is Monday to Friday, eight hours; a week that is given means just that.
    """
    alone = isinstance(written, Calendar) and written.alone
    written, base = written or base, written if alone else base or written
    if written is None or base is None:
        return Hours(calendar=STANDARD)
    problems: list[Problem] = []
    # `week: {}` is another object than one left out, and says that nobody works
    own = base if written.week is EMPTY else written
    week = [OFFICE] * 5 + [()] * 2 if own.week is EMPTY else _week(own, name, problems)
    days: dict[date, tuple[Shift, ...]] = dict.fromkeys(written.holidays or base.holidays, ())
    days |= _exceptions(written if written.exceptions else base, name, problems)
    try:
        return Hours(calendar=WorkCalendar(week, days), problems=tuple(problems))
    except ValueError:
        if not problems:  # hours that cannot be read have been told, and are the reason
            message = f"Nobody ever works by {name}: its week has no working hours."
            fix = f"Give at least one day of the week its hours, for example {_EXAMPLE}."
            problems.append(Problem(loc=own.loc.at("week"), message=message, fix=fix, name=f"{name} empty"))
        return Hours(calendar=None, problems=tuple(problems))


def shifts(text: str) -> tuple[Shift, ...] | None:
    """Working hours in minutes since midnight; None when they cannot be read. `22:00-06:00` runs into the next day."""
    found: list[Shift] = []
    for part in re.split(r"[ ,;]+(?=\d+:\d\d ?-)", text.strip()) if text.strip() else ():
        match = _HOURS.fullmatch(part)
        if match is None:
            return None
        start, end = (int(match[i]) * 60 + int(match[i + 1]) for i in (1, 3))
        if start >= DAY or end > DAY or start == end:
            return None
        found.append((start, end if end > start else end + DAY))
    if any(second[0] < first[1] for first, second in pairwise(sorted(found))):
        return None
    return tuple(found)


def _read(text: str, place: Loc, name: str, problems: list[Problem]) -> tuple[Shift, ...]:
    found = shifts(text)
    if found is None:
        message = f"The working hours `{text}` in {name} cannot be read."
        fix = f"Write from and to with a hyphen, breaks left out: {_EXAMPLE}. A night shift is `22:00-06:00`."
        problems.append(Problem(loc=place, message=message, fix=fix, name=f"{name} {place.path[-1]}"))
    return found or ()


def _week(written: WorkingTime, name: str, problems: list[Problem]) -> list[tuple[Shift, ...]]:
    week: list[tuple[Shift, ...]] = [()] * 7
    for key, text in written.week.items():
        place = written.loc.at("week", key)
        if key in WEEKDAYS:
            week[WEEKDAYS.index(key)] = _read(text, place, name, problems)
            continue
        fix = f"Write the English name in small letters: {_EXAMPLE}."
        problems.append(Problem(loc=place, message=f"`{key}` in {name} is no weekday.", fix=fix, name=f"{name} {key}"))
    return week


def _exceptions(written: WorkingTime, name: str, problems: list[Problem]) -> dict[date, tuple[Shift, ...]]:
    days = {}
    for key, text in written.exceptions.items():
        place = written.loc.at("exceptions", key)
        try:
            days[date.fromisoformat(key)] = _read(text, place, name, problems)
        except ValueError:
            fix = "Write the day first: `2026-12-24: 08:00-12:00`."
            problems.append(Problem(loc=place, message=f"`{key}` in {name} is no day.", fix=fix, name=f"{name} {key}"))
    return days
