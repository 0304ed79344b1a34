"""The days at which a history is looked at."""

from __future__ import annotations

from datetime import UTC, date, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def month_ends(as_of: date, months: int) -> tuple[date, ...]:
    """The last days of the months before a day, the oldest first."""
    found = []
    first = as_of.replace(day=1)
    for _ in range(months):
        end = first - timedelta(days=1)
        found.append(end)
        first = end.replace(day=1)
    return tuple(reversed(found))


def zone_of(name: str) -> tzinfo:
    """A time zone by its name; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
