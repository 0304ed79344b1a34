"""Values of baselines and change requests are as written: what a day and an amount look like there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.model.money import Money

_DAY = len("2027-02-15")


def as_day(value: Any) -> date | None:
    """A day, or the day of an instant; None for anything else."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    # the dashes are looked at because Python would also read 20270215 and 2027-W07-1
    if not isinstance(value, str) or value[4:8:3] != "--" or value[_DAY : _DAY + 1] not in {"", "T"}:
        return None
    try:
        return date.fromisoformat(value[:_DAY])
    except ValueError:
        return None


def as_number(value: Any) -> Decimal | None:
    """A plain number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    return Decimal(value)


def as_money(value: Any, currency: str | None) -> Money | None:
    """An amount with its currency, or a plain number in the given one; None for anything else."""
    if isinstance(value, Mapping):
        value, currency = value.get("amount"), value.get("currency")
    number = as_number(value)
    return Money(number, currency) if number is not None and isinstance(currency, str) else None
