"""Money in another currency, by a dated rate of the policy and never by guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.model.money import EXACT, Money, minor_digits
from handrail.model.policy import Rate, Rates


def dated_rate(currency: str, on: date, rates: Rates) -> Rate | None:
    """The newest rate of a currency until a day; None without one."""
    known = [one for one in rates.rates if one.currency == currency and one.on <= on]
    return max(known, key=lambda one: one.on) if known else None


def rate_of(currency: str, home: str, on: date, rates: Rates) -> Decimal | None:
    """What one unit was worth in the home currency on a day: the newest rate until then; None without one."""
    if currency == home:
        return Decimal(1)
    found = dated_rate(currency, on, rates)
    return found.rate if found else None


def converted(money: Money, home: str, on: date, rates: Rates) -> Money | None:
    """An amount in the home currency, in whole cents; None without a rate that gives an amount."""
    if money.currency == home:
        return money
    rate = rate_of(money.currency, home, on, rates)
    if rate is None:
        return None
    try:
        amount = EXACT.multiply(money.amount, rate)
        return Money(EXACT.quantize(amount, Decimal(1).scaleb(-minor_digits(home))), home)
    except ArithmeticError:
        return None
