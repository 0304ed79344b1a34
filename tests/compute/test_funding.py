"""Baseline, contingency, released and bound money, and sums to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.compute.cost import cost_of
from handrail.compute.funding import funding_of
from handrail.model.approval_parts import Subject
from handrail.model.cost import Actual, Budget, BudgetLine, Commitment, Drawdown
from handrail.model.money import Money
from handrail.model.project import Plan
from handrail.model.records import Approval

ON, AS_OF = date(2026, 11, 30), date(2026, 12, 4)


def eur(amount) -> Money:
    return Money(Decimal(amount), "EUR")


def funding(approvals=(), **given):
    budget = Budget(currency="EUR", **given)
    plan = Plan(id="one", name="One", tier="large", phase="execution", budget=budget, approvals=approvals)
    return funding_of(budget, cost_of(plan, "EUR", AS_OF), ON, AS_OF)


def test_the_baseline_is_what_is_approved_without_contingency() -> None:
    found = funding(approved=eur(1000), contingency=eur(100), management_reserve=eur(50))
    assert (found.bac, found.contingency_left, found.reserve) == (eur(900), eur(100), eur(50))
    assert funding(approved=eur(1000)).bac == eur(1000)
    assert funding().bac is None


def test_drawdowns_take_from_contingency_until_the_day() -> None:
    drawn = (Drawdown(on=ON, amount=eur(30)), Drawdown(on=date(2026, 12, 1), amount=eur(60)))
    found = funding(approved=eur(1000), contingency=eur(100), drawdowns=drawn)
    assert (found.drawn, found.contingency_left, found.bac) == (eur(30), eur(70), eur(900))
    overdrawn = funding(approved=eur(1000), contingency=eur(10), drawdowns=drawn)
    assert overdrawn.contingency_left == eur(-20)


def test_what_is_bound_against_what_is_released() -> None:
    release = Approval(
        id="A-1",
        decision="approve",
        subject=Subject(kind="gate", id="G1"),
        by="x",
        role="sponsor",
        on=ON,
        releases=eur(500),
    )
    found = funding(
        approvals=(release,), approved=eur(1000),
        spent={"2026-10": eur(100), "2026-11": eur(999), "2026-12": eur(7)},
        actuals=(Actual(month="2026-11", amount=eur(50), accrued=eur(25), posted_on=date(2026, 12, 3)),),
        commitments=(Commitment(what="Order", amount=eur(400)),),
    )  # fmt: skip
    # November stands line by line, so its sum is not counted again; December has not begun
    assert (found.actual, found.bound, found.released, found.released_left) == (eur(175), eur(575), eur(500), eur(-75))


def test_sums_are_checked_to_the_cent() -> None:
    line = BudgetLine(id="BL-1", name="A", kind="capex", amount=eur(900), phasing={"2026-01": eur("899.99")})
    found = funding(approved=eur(1000), contingency=eur(100), lines=(line,), by_phase={"planning": eur("1000.01")})
    assert [(one.what, one.gap) for one in found.gaps] == [("phases", eur("-0.01")), ("months of BL-1", eur("0.01"))]


def test_other_currencies_are_never_added() -> None:
    pound = Money(Decimal(1), "GBP")
    found = funding(approved=eur(10), spent={"2026-10": eur(1), "2026-11": pound}, contingency=pound)
    assert (found.actual, found.bac, found.gaps) == (None, None, ())
