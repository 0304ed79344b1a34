"""Money in one project: approved, spent, expected and released."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from handrail.compute.dates import original_values
from handrail.compute.facts import Cost
from handrail.model.money import Money
from handrail.model.project import Plan
from handrail.model.records import Approval

_AGREED = frozenset({"approve", "go", "go with conditions", "accept"})


def cost_of(plan: Plan, currency: str) -> Cost:
    """The cost facts of a plan; `currency` is taken where the budget names none."""
    budget = plan.budget
    unit = (budget.currency if budget else None) or currency
    if budget is None:
        return Cost(
            currency=unit, original=None, approved=None, contingency=None, spent=None, accrued=None, committed=None,
            released=released(plan.approvals), forecast=None, variance=None, variance_share=None,
        )  # fmt: skip
    posted = (*budget.spent.values(), *(one.amount for one in budget.actuals))
    spent = total(posted, unit) if posted else None
    accrued = total((one.accrued for one in budget.actuals if one.accrued), unit)
    first = _amount(original_values(plan).get("budget", {}).get("approved"), unit)
    approved, forecast = budget.approved, budget.forecast
    variance = forecast - approved if approved and forecast and approved.currency == forecast.currency else None
    share = variance.amount / approved.amount if variance and approved and approved.amount else None
    return Cost(
        currency=unit, original=first or approved, approved=approved, contingency=budget.contingency, spent=spent,
        accrued=accrued, committed=total((one.amount for one in budget.commitments), unit) if budget.commitments else None,
        released=released(plan.approvals), forecast=forecast, variance=variance, variance_share=share,
    )  # fmt: skip


def total(amounts: Iterable[Money], currency: str) -> Money | None:
    """The sum of amounts of one currency; None when another currency is among them."""
    result = Money(Decimal(0), currency)
    for one in amounts:
        if one.currency != currency:
            return None
        result = result + one
    return result


def released(approvals: tuple[Approval, ...]) -> Money | None:
    """All money that decisions have set free so far; None when no decision names money."""
    sums = [one.releases for one in approvals if one.releases and one.decision in _AGREED]
    return total(sums, sums[0].currency) if sums else None


def _amount(value: Any, currency: str) -> Money | None:
    if isinstance(value, dict) and "amount" in value and "currency" in value:
        return Money(Decimal(value["amount"]), str(value["currency"]))
    return Money(Decimal(value), currency) if isinstance(value, (int, Decimal)) else None
