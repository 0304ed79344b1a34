"""What a project has paid and ordered in other currencies, in its own: each amount by the rate of its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from handrail.compute.months import first_day, index_of
from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.model.policy import Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """How amounts are converted: by the rates of the policy, through the organisation's currency, as known on a day."""

    rates: Rates = field(default_factory=Rates)
    home: str = "EUR"
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A budget whose postings, orders, drawdowns and forecast are in one currency.

    What cannot be converted stays as it is; `why` then says what is missing, and sums with it are not known.
    """

    budget: Budget
    why: str = ""


def in_own_currency(budget: Budget, unit: str, exchange: Exchange) -> Converted:
    """The budget in the project's currency: postings by the rate at the end of their month, the rest by that of today."""
    if all(one.currency == unit for one in _amounts(budget)):
        return Converted(budget=budget)
    from handrail.compute.currency import convert  # noqa: PLC0415 - most projects have one currency

    reasons: list[str] = []

    def to(amount: Money, on: date) -> Money:
        found = convert(amount, unit, min(on, exchange.as_of), exchange.rates, exchange.home)
        if found.money is None:
            reasons.append(found.why)
        return found.money or amount

    def at_end(amount: Money, month: str) -> Money:
        return to(amount, first_day(index_of(month) + 1) - timedelta(days=1))

    made = replace(
        budget,
        spent={month: at_end(one, month) for month, one in budget.spent.items()},
        actuals=tuple(
            replace(
                one,
                amount=at_end(one.amount, one.month),
                accrued=at_end(one.accrued, one.month) if one.accrued else None,
            )
            for one in budget.actuals
        ),
        commitments=tuple(replace(one, amount=to(one.amount, exchange.as_of)) for one in budget.commitments),
        drawdowns=tuple(replace(one, amount=to(one.amount, one.on)) for one in budget.drawdowns),
        forecast=to(budget.forecast, exchange.as_of) if budget.forecast else None,
    )
    return Converted(budget=made, why=reasons[0] if reasons else "")


def _amounts(budget: Budget) -> Iterator[Money]:
    yield from budget.spent.values()
    for one in budget.actuals:
        yield one.amount
        if one.accrued:
            yield one.accrued
    yield from (one.amount for one in budget.commitments)
    yield from (one.amount for one in budget.drawdowns)
    if budget.forecast:
        yield budget.forecast
