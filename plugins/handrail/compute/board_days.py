"""When boards meet: the rhythm that the policy states in words, as days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from handrail.compute.months import first_day, month_of

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WHICH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_MONTHLY = re.compile(rf"^(?:every )?({'|'.join(_WHICH)}) ({'|'.join(_DAYS)}) (?:of|in) (?:the|each|every) month$")
_WEEKLY = re.compile(rf"^(?:every|each) ({'|'.join(_DAYS)})$|^({'|'.join(_DAYS)})s$|^weekly on ({'|'.join(_DAYS)})s?$")


def meetings(meets: str | None, since: date, until: date) -> Iterator[date]:
    """The days between two days, both included, on which a board meets; none where its rhythm is not understood.

    Understood are "first Thursday of the month" (second, third, fourth, last) and "every Monday".
    """
    text = " ".join((meets or "").casefold().split()).rstrip(".")
    monthly, weekly = _MONTHLY.match(text), _WEEKLY.match(text)
    if monthly:
        for month in range(month_of(since), month_of(until) + 1):
            day = _in_month(month, _WHICH[monthly[1]], _DAYS.index(monthly[2]))
            if since <= day <= until:
                yield day
    elif weekly:
        weekday = _DAYS.index(next(one for one in weekly.groups() if one))
        day = since + timedelta(days=(weekday - since.weekday()) % 7)
        while day <= until:
            yield day
            day += timedelta(days=7)


def understood(meets: str | None) -> bool:
    """Whether a rhythm can be turned into days."""
    text = " ".join((meets or "").casefold().split()).rstrip(".")
    return bool(_MONTHLY.match(text) or _WEEKLY.match(text))


def _in_month(month: int, which: int, weekday: int) -> date:
    if which < 0:
        last = first_day(month + 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = first_day(month)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * which)
