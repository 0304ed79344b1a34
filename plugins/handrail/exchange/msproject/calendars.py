"""Calendars of a file: those that the project and its tasks use become calendars of the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from handrail.exchange.msproject.hours import DAY, USUAL, Hours, Times
from handrail.exchange.msproject.noted import Found, whole
from handrail.exchange.msproject.recurrence import MAX_DAYS, days_of
from handrail.exchange.msproject.tree import Node
from handrail.exchange.msproject.units import read_instant

_EXCEPTION = 0
_DEEPEST = 50


@dataclass(slots=True, kw_only=True)
class Calendars:
    """All calendars by their number: names made unique, times with what they inherit."""

    names: dict[int, str] = field(default_factory=dict)
    times: dict[int, Times] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    base: dict[int, int] = field(default_factory=dict)
    for_resource: set[int] = field(default_factory=set)


def read_calendars(root: Node, found: Found) -> Calendars:
    """Read every calendar; notes say what of them no plan can hold."""
    calendars = Calendars()
    nodes: dict[int, Node] = {}
    taken: set[str] = set()
    for node in root.inside("Calendars", "Calendar"):
        uid = whole(node.get("UID"))
        if uid is None or uid in nodes:
            found.note(
                node.get("Name") or "a calendar", node, "unreadable", "it has no number of its own", node.get("UID")
            )
            continue
        nodes[uid] = node
        calendars.names[uid] = _unique(" ".join(node.get("Name").split()) or f"Calendar {uid}", taken)
        base = whole(node.get("BaseCalendarUID"))
        if not node.flag("IsBaseCalendar", otherwise=True):
            calendars.for_resource.add(uid)
        if base is not None and base > 0 and base != uid:
            calendars.base[uid] = base
    for uid in nodes:
        _times(uid, nodes, calendars, found, 0)
    return calendars


def _unique(name: str, taken: set[str]) -> str:
    wanted, number = name, 1
    while wanted in taken:
        number += 1
        wanted = f"{name} ({number})"
    taken.add(wanted)
    return wanted


def _times(uid: int, nodes: dict[int, Node], calendars: Calendars, found: Found, depth: int) -> Times:
    if uid in calendars.times:
        return calendars.times[uid]
    node, base = nodes[uid], calendars.base.get(uid)
    calendars.times[uid] = Times()  # what a calendar that is its own ancestor gets
    under = Times()
    if base in nodes and depth < _DEEPEST and base is not None:
        under = _times(base, nodes, calendars, found, depth + 1)
    elif base is not None:
        found.note(calendars.names[uid], node, "changed", "the calendar that it builds on is missing", str(base))
    times = _own_times(node, under, base is not None, calendars.names[uid], found)
    if times != under:
        calendars.own.add(uid)
    calendars.times[uid] = times
    return times


def _own_times(node: Node, under: Times, derived: bool, name: str, found: Found) -> Times:  # noqa: FBT001 - as it is read
    days = list(node.inside("WeekDays", "WeekDay"))
    week = list(under.week)
    if not derived and any(_kind(one) for one in days):
        week = [()] * 7  # a weekday that a whole calendar does not name is free
    for one in days:
        kind = _kind(one)
        if kind:
            week[(kind + 5) % 7] = _hours(one, name, found)
    single = dict(under.days)
    exceptions = node.find("Exceptions")
    if exceptions is None:
        for one in days:
            if _kind(one) == _EXCEPTION:
                _exception(one, single, name, found)
    for weeks in node.inside("WorkWeeks", "WorkWeek"):
        _work_week(weeks, single, week, name, found)
    for one in exceptions.all("Exception") if exceptions else ():
        _exception(one, single, name, found)
    return Times(week=tuple(week), days=single)


def _kind(node: Node) -> int | None:
    kind = whole(node.get("DayType"))
    return kind if kind is not None and kind in range(8) else None


def _hours(node: Node, name: str, found: Found) -> Hours:
    working = node.flag("DayWorking")
    spans: list[tuple[int, int]] = []
    for one in node.inside("WorkingTimes", "WorkingTime"):
        start, end = _minute(one.get("FromTime")), _minute(one.get("ToTime"))
        if start is None and end is None and not one.get("FromTime") and not one.get("ToTime"):
            continue
        end = DAY if end == 0 else end
        if start is None or end is None or start >= end:
            value = f"{one.get('FromTime')} - {one.get('ToTime')}"
            found.note(name, one, "unreadable", "these are no working times", value)
            continue
        spans.append((start, end))
    spans.sort()
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        found.note(name, node, "changed", "working times that overlap were joined", str(spans))
        spans = _joined(spans)
    if working and not spans:
        found.note(name, node, "changed", "a working day without times got 08:00-12:00 13:00-17:00", "")
        return USUAL
    return tuple(spans) if working else ()


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined = [spans[0]]
    for start, end in spans[1:]:
        if start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _minute(text: str) -> int | None:
    when = read_instant(f"2000-01-01T{text}") if text else None
    return None if when is None else when.hour * 60 + when.minute


def _period(node: Node) -> tuple[date, date] | None:
    period = node.find("TimePeriod")
    first = read_instant(period.get("FromDate")) if period else None
    last = read_instant(period.get("ToDate")) if period else None
    if first is None or last is None or last < first:
        return None
    end = last.date()
    if last > first and (last.hour, last.minute) == (0, 0) and end > first.date():
        end -= timedelta(days=1)  # up to midnight is without the next day
    return first.date(), end


def _exception(node: Node, single: dict[date, Hours], name: str, found: Found) -> None:
    period = _period(node)
    if period is None:
        found.note(name, node, "unreadable", "an exception without days that can be read", node.get("Name"))
        return
    days = days_of(node, *period)
    if days is None:
        reason = f"it comes on more than {MAX_DAYS} days, or in a way that is not known"
        found.note(name, node, "dropped", reason, node.get("Name"))
        return
    hours = _hours(node, name, found)
    single.update(dict.fromkeys(days, hours))
    if len(days) > 1 and (whole(node.get("Type")) or 1) > 1:
        found.note(
            name, node, "changed", f"an exception that comes again became {len(days)} single days", node.get("Name")
        )


def _work_week(node: Node, single: dict[date, Hours], week: list[Hours], name: str, found: Found) -> None:
    """Other working weeks for some time become single days that differ."""
    period = _period(node)
    if period is None or (period[1] - period[0]).days > MAX_DAYS:
        found.note(
            name, node, "dropped", "a working week without days that can be read, or for too long", node.get("Name")
        )
        return
    other = list(week)
    for one in node.inside("WeekDays", "WeekDay"):
        kind = _kind(one)
        if kind:
            other[(kind + 5) % 7] = _hours(one, name, found)
    count = 0
    for step in range((period[1] - period[0]).days + 1):
        day = period[0] + timedelta(days=step)
        if other[day.weekday()] != week[day.weekday()]:
            single[day] = other[day.weekday()]
            count += 1
    found.note(name, node, "changed", f"a working week for some time became {count} single days", node.get("Name"))
