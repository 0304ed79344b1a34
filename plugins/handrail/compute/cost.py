"""Money in one project: approved, spent, expected and released."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from handrail.compute.dates import original_values
from handrail.compute.facts import Cost
from handrail.compute.own_currency import Exchange, in_own_currency
from handrail.compute.written import as_money
from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.model.project import Plan
from handrail.model.records import Approval

_AGREED = frozenset({"approve", "go", "go with conditions", "accept"})


def cost_of(plan: Plan, currency: str, as_of: date, exchange: Exchange | None = None) -> Cost:
    """The cost facts of a plan on a day; `currency` is taken where the budget names none."""
    unit = (plan.budget.currency if plan.budget else None) or currency
    converted = in_own_currency(plan.budget or Budget(), unit, exchange or Exchange(home=currency, as_of=as_of))
    budget = converted.budget
    approved, forecast = budget.approved, budget.forecast
    variance = forecast - approved if approved and forecast and approved.currency == forecast.currency else None
    return Cost(
        currency=unit,
        original=as_money(original_values(plan).get("budget", {}).get("approved"), unit) or approved,
        approved=approved,
        contingency=budget.contingency,
        spent=_sum(_posted(budget), unit),
        accrued=_sum([one.accrued for one in budget.actuals if one.accrued], unit),
        committed=_sum([one.amount for one in budget.commitments], unit),
        released=released(plan.approvals, as_of),
        forecast=forecast,
        variance=variance,
        budget=budget if plan.budget else None,
        unconverted=converted.why,
        variance_share=variance.ratio(approved) if variance and approved and approved.amount > 0 else None,
    )


def total(amounts: Iterable[Money], currency: str) -> Money | None:
    """The sum of amounts of one currency; None when another currency is among them."""
    result = Money(Decimal(0), currency)
    for one in amounts:
        if one.currency != currency:
            return None
        result = result + one
    return result


def released(approvals: tuple[Approval, ...], as_of: date) -> Money | None:
    """All money that decisions have set free until a day; None when no decision names money."""
    sums = [
        one.releases
        for one in approvals
        if one.releases and one.stale is None and one.decision in _AGREED and one.on <= as_of
    ]
    return _sum(sums, sums[0].currency) if sums else None


def _posted(budget: Budget) -> list[Money]:
    """What was spent. A month that is given line by line is not counted again by its sum."""
    by_line = {one.month for one in budget.actuals}
    months = [amount for month, amount in budget.spent.items() if month not in by_line]
    return [*months, *(one.amount for one in budget.actuals)]


def _sum(amounts: list[Money], currency: str) -> Money | None:
    return total(amounts, currency) if amounts else None
