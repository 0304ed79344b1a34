"""The days of a calendar exception that comes again: every second Friday, the last Monday of May."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from handrail.exchange.msproject.noted import whole
from handrail.exchange.msproject.tree import Node

MAX_DAYS = 4000
_DAILY, _YEARLY, _YEARLY_PLACE, _MONTHLY, _MONTHLY_PLACE, _WEEKLY = range(1, 7)
_LAST = 4
_WEEKEND = 5
_MONTHS = 12


def days_of(node: Node, first: date, last: date) -> list[date] | None:
    """Every day of an exception between two days, None when there are too many or its kind is not known."""
    kind = whole(node.get("Type")) or _DAILY
    period = max(whole(node.get("Period")) or 1, 1)
    count = whole(node.get("Occurrences")) or 0
    by_count = node.flag("EnteredByOccurrences") and count > 0
    days = _days(node, kind, period, first, last)
    if days is None:
        return None
    found: list[date] = []
    for day in days:
        if by_count and len(found) >= count:
            break
        found.append(day)
        if len(found) > MAX_DAYS:
            return None
    return found


def _days(node: Node, kind: int, period: int, first: date, last: date) -> Iterator[date] | None:
    if kind in {_DAILY, 7}:
        return (first + timedelta(days=step) for step in range(0, (last - first).days + 1, period))
    if kind == _WEEKLY:
        mask = whole(node.get("DaysOfWeek")) or 0
        return _weekly(mask, period, first, last)
    if kind in {_MONTHLY, _YEARLY}:
        number = whole(node.get("MonthDay")) or first.day
        months = _months(node, kind == _YEARLY, period, first, last)
        return _within((_on(year, month, number) for year, month in months), first, last)
    if kind in {_MONTHLY_PLACE, _YEARLY_PLACE}:
        item, place = whole(node.get("MonthItem")) or 0, whole(node.get("MonthPosition")) or 0
        months = _months(node, kind == _YEARLY_PLACE, period, first, last)
        return _within((_placed(year, month, item, place) for year, month in months), first, last)
    return None


def _weekly(mask: int, period: int, first: date, last: date) -> Iterator[date]:
    sunday = first - timedelta(days=(first.weekday() + 1) % 7)
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        if mask >> ((day.weekday() + 1) % 7) & 1 and (day - sunday).days // 7 % period == 0:
            yield day


def _months(node: Node, yearly: bool, period: int, first: date, last: date) -> Iterator[tuple[int, int]]:  # noqa: FBT001 - one of two
    if yearly:
        month = (whole(node.get("Month")) or 0) + 1  # the file counts months from 0
        yield from ((year, month) for year in range(first.year, last.year + 1) if 1 <= month <= _MONTHS)
        return
    number = first.year * _MONTHS + first.month - 1
    while number <= last.year * _MONTHS + last.month - 1:
        yield number // _MONTHS, number % _MONTHS + 1
        number += period


def _on(year: int, month: int, number: int) -> date | None:
    return date(year, month, number) if 1 <= number <= calendar.monthrange(year, month)[1] else None


def _placed(year: int, month: int, item: int, place: int) -> date | None:
    """The first, second, third, fourth or last day of a kind: any day, weekday, weekend day, or Sunday to Saturday."""
    length = calendar.monthrange(year, month)[1]
    days = [date(year, month, number) for number in range(1, length + 1)]
    if item == 1:
        days = [day for day in days if day.weekday() < _WEEKEND]
    elif item == 2:  # noqa: PLR2004 - the file's number for weekend days
        days = [day for day in days if day.weekday() >= _WEEKEND]
    elif item:
        days = [day for day in days if (day.weekday() + 1) % 7 == item - 3]
    return days[-1] if place == _LAST else days[place] if 0 <= place < len(days) else None


def _within(days: Iterator[date | None], first: date, last: date) -> Iterator[date]:
    return (day for day in days if day is not None and first <= day <= last)
