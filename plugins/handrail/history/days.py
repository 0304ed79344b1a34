"""The days at which a history is looked at."""

from __future__ import annotations

from datetime import date, timedelta


def month_ends(as_of: date, months: int) -> tuple[date, ...]:
    """The last days of the months before a day, the oldest first."""
    found = []
    first = as_of.replace(day=1)
    for _ in range(months):
        end = first - timedelta(days=1)
        found.append(end)
        first = end.replace(day=1)
    return tuple(reversed(found))
