"""Sums and comparisons across currencies: every step by a dated rate of the policy, or a reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handrail.compute.exchange import dated_rate
from handrail.model.money import EXACT, Money, minor_digits
from handrail.model.policy import Rate, Rates

OLD = 100
"""Days after which a rate is called old: the policy's rates come by the quarter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """An amount in another currency, or the reason why it cannot be given.

    on: the day it was asked for. rated_on: the day of the oldest rate it rests on, never after `on`; None where no rate
    was needed. age: days between the two; 0 where no rate was needed.
    """

    money: Money | None
    on: date
    rated_on: date | None = None
    why: str = ""

    @property
    def age(self) -> int:
        """How many days old the oldest rate was."""
        return (self.on - self.rated_on).days if self.rated_on else 0

    @property
    def old(self) -> bool:
        """Whether a rate was so old that it should be said."""
        return self.age > OLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The sum of amounts in one currency. missing: how many could not be converted; the sum is then None."""

    money: Money | None
    counted: int
    missing: int
    rated_on: date | None
    why: str = ""


def convert(amount: Money, to: str, on: date, rates: Rates, home: str) -> Converted:
    """An amount in another currency on a day, by the newest rates until then, rounded once to that currency's digits.

    Rates say what a foreign unit is worth in the organisation's currency `home`; between two foreign ones the way leads
    through it, and through no other.
    """
    if amount.currency == to:
        return Converted(money=amount, on=on)
    used: list[Rate] = []
    value = amount.amount
    for currency, multiply in ((amount.currency, True), (to, False)):
        if currency == home:
            continue
        rate = dated_rate(currency, on, rates)
        if rate is None or rate.rate <= 0:
            return Converted(
                money=None, on=on, why=f"The policy has no rate for {currency} on or before {on.isoformat()}."
            )
        used.append(rate)
        try:
            value = EXACT.multiply(value, rate.rate) if multiply else EXACT.divide(value, rate.rate)
        except ArithmeticError:
            return Converted(money=None, on=on, why="The amount is beyond any money.")
    step = Decimal(1).scaleb(-minor_digits(to))
    return Converted(money=Money(value.quantize(step, context=EXACT), to), on=on, rated_on=min(one.on for one in used))


def total(amounts: Iterable[Money], to: str, on: date, rates: Rates, home: str) -> Total:
    """The sum of amounts of any currencies; None, with the reason, as soon as one of them has no rate."""
    parts = [convert(one, to, on, rates, home) for one in amounts]
    known = [one.money.amount for one in parts if one.money is not None]
    lacking = [one.why for one in parts if one.money is None]
    value = Money(sum(known, Decimal(0)), to) if not lacking else None
    return Total(
        money=value, counted=len(known), missing=len(lacking), why=lacking[0] if lacking else "",
        rated_on=min((one.rated_on for one in parts if one.rated_on), default=None),
    )  # fmt: skip
