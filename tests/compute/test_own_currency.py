"""Amounts in other currencies are added by the rate of their day, or not at all, and then with the reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.compute import figures
from handrail.model.cost import Actual, Budget, Commitment, Drawdown
from handrail.model.money import Money
from handrail.model.policy import Policy, Rate, Rates

from tests.compute.world import THRESHOLDS, eur, plan, portfolio

RATES = Rates(
    rates=(
        Rate(currency="GBP", on=date(2026, 1, 1), rate=Decimal("1.20")),
        Rate(currency="GBP", on=date(2026, 10, 15), rate=Decimal("1.10")),
    )
)
ON = date(2026, 12, 4)


def gbp(amount: str) -> Money:
    return Money(Decimal(amount), "GBP")


def project(budget: Budget, rates: Rates = RATES):
    one = plan(budget=budget)
    return portfolio(ON, one, policy=Policy(thresholds=THRESHOLDS, rates=rates)).projects[0]


def test_each_posting_by_the_rate_at_the_end_of_its_month() -> None:
    found = project(Budget(
        currency="EUR", approved=eur(1000), contingency=eur(100), spent={"2026-09": gbp("10"), "2026-11": eur(5)},
        actuals=(Actual(month="2026-10", amount=gbp("10"), accrued=gbp("1")),),
        commitments=(Commitment(what="Signs", amount=gbp("100")),),
        drawdowns=(Drawdown(on=date(2026, 3, 1), amount=gbp("20")),), forecast=gbp("950"),
    ))  # fmt: skip
    cost = found.cost
    assert cost.spent == eur("28.00")  # 10 x 1.20 + 5 + 10 x 1.10
    assert cost.accrued == eur("1.10")
    assert cost.committed == eur("110.00")
    assert cost.forecast == eur("1045.00")
    assert cost.variance == eur("45.00")
    assert cost.unconverted == ""
    held = figures.funding(found)
    assert held.actual == eur("29.10")
    assert held.drawn == eur("24.00")
    assert held.contingency_left == eur("76.00")
    assert found.health.cost.colour == "green"


def test_without_a_rate_nothing_is_added_and_the_reason_is_said() -> None:
    cost = project(
        Budget(currency="EUR", approved=eur(1000), spent={"2026-09": gbp("10"), "2026-10": eur(5)}), Rates()
    ).cost
    assert cost.spent is None
    assert cost.unconverted == "The policy has no rate for GBP on or before 2026-09-30."


def test_one_currency_needs_no_rate() -> None:
    budget = Budget(currency="EUR", approved=eur(1000), spent={"2026-09": eur(10)})
    cost = project(budget, Rates()).cost
    assert cost.budget is budget
    assert cost.spent == eur(10)
