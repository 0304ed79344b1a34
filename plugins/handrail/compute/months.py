"""Calendar months as numbers, and how far a day is into its month, counted in working days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.compute.workdays import WorkDays
from handrail.model.money import EXACT

_YEAR = 12


def index_of(month: str) -> int:
    """The number of a month such as 2026-10; later months have larger ones, without gaps."""
    year, _, number = month.partition("-")
    return int(year) * _YEAR + int(number) - 1


def month_of(day: date) -> int:
    """The number of the month that a day lies in."""
    return day.year * _YEAR + day.month - 1


def name_of(index: int) -> str:
    """The month of a number, such as 2026-10."""
    return f"{index // _YEAR:04}-{index % _YEAR + 1:02}"


def first_day(index: int) -> date:
    """The first day of a month; after the last month of all, the last day of all."""
    if index >= (date.max.year + 1) * _YEAR:
        return date.max
    return date(index // _YEAR, index % _YEAR + 1, 1)


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has no such day."""
    index = month_of(day) + months
    last = (first_day(index + 1) - first_day(index)).days
    return first_day(index).replace(day=min(day.day, last))


def days_in(index: int, days: WorkDays) -> int:
    """The working days of a month."""
    return days.between(first_day(index), first_day(index + 1))


def passed(day: date, days: WorkDays) -> Decimal:
    """The share of a day's month that is over in the evening of that day, in working days; a month without any is over."""
    month = month_of(day)
    whole = days_in(month, days)
    if whole == 0:
        return Decimal(1)
    # the day itself counts when it was worked
    done = days.between(first_day(month), day) + days.works(day)
    return EXACT.divide(Decimal(done), Decimal(whole))
