"""Earned value of plans: how money is spread, how work is earned, and what is left undefined."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from handrail.compute.earned import earned_of, task_budgets
from handrail.compute.earned_value import EarnedValue, Setting, earned_value_of
from handrail.compute.facts import Cost
from handrail.compute.phasing import Curve, curve_of
from handrail.compute.shares import shared_out
from handrail.compute.workdays import WorkDays
from handrail.model.cost import Actual, Budget, BudgetLine
from handrail.model.money import Money
from handrail.model.policy import GateRecord, Lifecycle
from handrail.model.project import Deliverable, Plan
from handrail.model.schedule import Increment, Milestone, Task, WbsNode
from hypothesis import given
from hypothesis import strategies as st

DAYS = WorkDays()
GATES = Lifecycle(
    gates=(
        GateRecord(id="start", name="Start", opens="planning"),
        GateRecord(id="execute", name="Execute", opens="execution"),
        GateRecord(id="close", name="Close", opens="closed"),
    )
)


def eur(amount) -> Money:
    return Money(Decimal(amount), "EUR")


def plan(**given) -> Plan:
    return Plan(**{"id": "one", "name": "One", "tier": "medium", "phase": "execution", **given})


def cost(approved=None, forecast=None, contingency=None) -> Cost:
    return Cost(
        currency="EUR", original=approved, approved=approved, contingency=contingency, spent=None, accrued=None,
        committed=None, released=None, forecast=forecast, variance=None, variance_share=None,
    )  # fmt: skip


def value_of(one: Plan, on: date, as_of: date | None = None) -> EarnedValue:
    budget = one.budget or Budget()
    facts = cost(budget.approved, budget.forecast, budget.contingency)
    return earned_value_of(one, facts, Setting(on=on, as_of=as_of or on, lifecycle=GATES, days=DAYS))


def plain(value):
    """The same, typed as anything: equal to plain numbers."""
    return value


# What is planned


def test_lines_are_spread_by_their_months() -> None:
    lines = (
        BudgetLine(
            id="BL-1", name="A", kind="capex", amount=eur(300), phasing={"2026-01": eur(100), "2026-03": eur(200)}
        ),
        BudgetLine(id="BL-2", name="B", kind="opex", amount=eur(100), phasing={"2026-02": eur(100)}),
    )
    curve = curve_of(plan(budget=Budget(lines=lines)), eur(400), GATES, DAYS)
    assert isinstance(curve, Curve)
    assert plain(curve.totals) == (0, 100, 200, 400)
    assert curve.source == "lines"
    assert curve.value(date(2025, 12, 31), DAYS) == 0
    assert curve.value(date(2026, 1, 31), DAYS) == 100
    assert curve.value(date(2030, 1, 1), DAYS) == 400


def test_within_a_month_working_days_count() -> None:
    curve = Curve(first=2026 * 12 + 1, totals=(Decimal(0), Decimal(200)), source="by_month")
    # February 2026 has 20 working days; on Friday the 13th ten of them are over, on Sunday the 15th still ten
    assert curve.value(date(2026, 2, 13), DAYS) == 100
    assert curve.value(date(2026, 2, 15), DAYS) == 100
    assert curve.elapsed(date(2026, 2, 13), DAYS) == Decimal("0.5")
    assert curve.elapsed(date(2026, 1, 31), DAYS) == 0


def test_the_shape_is_taken_from_what_is_approved_and_the_height_from_the_baseline() -> None:
    one = plan(budget=Budget(by_month={"2026-01": eur(50), "2026-02": eur(50)}))
    curve = curve_of(one, eur(90), GATES, DAYS)
    assert isinstance(curve, Curve)
    assert plain(curve.totals) == (0, 45, 90)


def test_phases_lie_between_their_gates() -> None:
    milestones = (
        Milestone(id="M1", name="Start", gate="start", planned=date(2026, 1, 1)),
        Milestone(id="M2", name="Execute", gate="execute", planned=date(2026, 2, 1)),
        Milestone(id="M3", name="Close", gate="close", planned=date(2026, 4, 1)),
    )
    budget = Budget(by_phase={"planning": eur(22), "execution": eur(40), "closure": eur(2)})
    curve = curve_of(plan(milestones=milestones, budget=budget), eur(64), GATES, DAYS)
    assert isinstance(curve, Curve)
    # execution and closure share February (20 days) and March (22): no gate stands between them
    assert plain(curve.totals) == (0, 22, 22 + Decimal("19.05") + Decimal("0.95"), 64, 64)


@pytest.mark.parametrize(
    ("budget", "why"),
    [
        (Budget(), "not spread"),
        (Budget(by_phase={"execution": eur(5)}), "milestones do not say"),
        (Budget(by_month={"2026-01": Money(Decimal(5), "GBP")}), "several currencies"),
        (Budget(by_month={"2026-01": eur(-5)}), "below zero"),
        (Budget(by_month={"2026-01": eur(0)}), "empty"),
    ],
)
def test_what_is_not_spread_says_why(budget, why) -> None:
    curve = curve_of(plan(budget=budget), eur(100), GATES, DAYS)
    assert isinstance(curve, str)
    assert why in curve


# What is earned

ON = date(2026, 3, 31)
DONE = {"actual_start": date(2026, 1, 5), "actual_finish": date(2026, 2, 2)}


def task(number: int = 1, **given) -> Task:
    return Task(**{"id": f"T{number}", "name": f"Task {number}", **given})


@pytest.mark.parametrize(
    ("given_", "share"),
    [
        ({"ev_method": "0/100", "actual_start": date(2026, 1, 5), "percent": Decimal("0.9")}, "0"),
        ({"ev_method": "0/100", **DONE}, "1"),
        ({"ev_method": "0/100", "actual_finish": date(2026, 4, 1)}, "0"),
        ({"ev_method": "50/50"}, "0"),
        ({"ev_method": "50/50", "actual_start": date(2026, 1, 5)}, "0.5"),
        ({"ev_method": "50/50", **DONE}, "1"),
        ({"ev_method": "percent", "percent": Decimal("0.4")}, "0.4"),
        ({"percent": Decimal("0.4")}, "0.4"),
        ({"percent": Decimal("1.4")}, "1"),
        ({"percent": Decimal("0.4"), **DONE}, "1"),
        ({"actual_start": date(2026, 1, 5)}, "0"),
        ({"ev_method": "milestones", "milestones": ("M1", "M2")}, "0.75"),
        ({"ev_method": "milestones", "milestones": ("M3", "M4")}, "0.5"),
        ({"ev_method": "deliverables", "deliverables": ("D1", "D2")}, "0.5"),
        ({"ev_method": "deliverables", "wbs": "W1"}, "1"),
    ],
)
def test_methods(given_, share) -> None:
    reached = date(2026, 3, 31)
    one = plan(
        tasks=(task(budget=eur(100), **given_),),
        milestones=(
            Milestone(id="M1", name="1", weight=Decimal("0.6"), actual=reached),
            Milestone(id="M2", name="2", weight=Decimal("0.2"), actual=date(2026, 4, 1)),
            Milestone(id="M3", name="3", actual=reached),
            Milestone(id="M4", name="4"),
        ),
        deliverables=(Deliverable(id="D1", name="1", actual=reached), Deliverable(id="D2", name="2")),
        wbs=(WbsNode(id="W1", name="W", deliverable="D1"),),
    )
    found = earned_of(one, eur(100), ON, DAYS)
    assert found.counted_by == "tasks"
    assert found.value.value == Decimal(share) * 100


def test_a_method_without_what_it_counts_is_undefined() -> None:
    for method in ("milestones", "deliverables"):
        one = plan(tasks=(task(ev_method=method),))
        found = earned_of(one, eur(100), ON, DAYS).value
        assert found.value is None
        assert "names none" in found.why


def test_tasks_share_the_lines_of_their_work_packages() -> None:
    lines = (
        BudgetLine(id="BL-1", name="A", kind="capex", amount=eur(100), wbs="W1"),
        BudgetLine(id="BL-2", name="B", kind="capex", amount=eur(50)),
    )
    tasks = (
        task(1, wbs="W1.1", effort_hours=Decimal(10)),
        task(2, wbs="W1", effort_hours=Decimal(30)),
        task(3, wbs="W2", budget=eur(20)),
        task(4, parent="T5"), task(5, wbs="W1"),
    )  # fmt: skip
    wbs = (WbsNode(id="W1", name="W"), WbsNode(id="W1.1", name="W", parent="W1"), WbsNode(id="W2", name="W"))
    found = task_budgets(plan(budget=Budget(lines=lines), tasks=tasks, wbs=wbs), eur(150), DAYS)
    assert found == {"T1": eur(25), "T2": eur(75), "T3": eur(20), "T4": eur(30)}


def test_inactive_tasks_are_no_work() -> None:
    tasks = (task(1, percent=Decimal(1)), task(2, percent=Decimal(0), active=False), task(3, parent="T1", active=False))
    assert earned_of(plan(tasks=tasks), eur(100), ON, DAYS).value.value == 100


def test_more_in_tasks_than_in_the_budget_is_said() -> None:
    found = earned_of(plan(tasks=(task(budget=eur(101), percent=Decimal(0)),)), eur(100), ON, DAYS).value
    assert "more than the performance baseline" in found.why


def test_milestones_count_where_tasks_say_nothing() -> None:
    milestones = (
        Milestone(id="M1", name="1", weight=Decimal("0.3"), actual=ON),
        Milestone(id="M2", name="2", weight=Decimal("0.7")),
    )
    found = earned_of(plan(tasks=(task(),), milestones=milestones), eur(1000), ON, DAYS)
    assert plain((found.value.value, found.counted_by)) == (300, "milestones")


def test_accepted_increments_count_by_size() -> None:
    increments = (
        Increment(id="N1", name="1", size=Decimal(20), done=Decimal(16), actual=ON),
        Increment(id="N2", name="2", size=Decimal(24)),
    )
    found = earned_of(plan(approach="adaptive", increments=increments), eur(1000), ON, DAYS)
    assert plain((found.value.value, found.counted_by)) == (400, "increments")
    assert "has a size" in earned_of(plan(increments=(Increment(id="N1", name="1"),)), eur(1), ON, DAYS).value.why


# All of it

BUDGET = Budget(
    approved=eur(1100), contingency=eur(100), forecast=eur(1150),
    by_month={"2026-01": eur(550), "2026-02": eur(275), "2026-03": eur(275)},
    actuals=(
        Actual(month="2026-01", amount=eur(400), accrued=eur(20), posted_on=date(2026, 2, 3)),
        Actual(month="2026-02", amount=eur(80), posted_on=date(2026, 3, 3)),
    ),
)  # fmt: skip


def test_figures_of_a_late_and_dear_project() -> None:
    one = plan(budget=BUDGET, tasks=(task(1, percent=Decimal("0.4")),))
    found = value_of(one, date(2026, 2, 28), date(2026, 3, 4))
    assert [getattr(found, name).value for name in ("bac", "pv", "ev", "ac")] == [1000, 750, 400, 500]
    assert plain((found.cv.value, found.sv.value, found.cpi.value)) == (-100, -350, Decimal("0.8"))
    assert plain((found.es.value, found.at.value, found.spi_t.value)) == (Decimal("0.8"), 2, Decimal("0.4"))
    assert plain((found.eac.value, found.eac_by)) == (1250, "cpi")
    assert plain((found.etc.value, found.vac.value, found.months_needed.value)) == (750, -250, Decimal("7.5"))
    assert found.money(found.eac) == eur(1250)


def test_postings_that_nobody_knew_of_do_not_count() -> None:
    one = plan(budget=BUDGET, tasks=(task(1, percent=Decimal("0.4")),))
    assert value_of(one, date(2026, 2, 28), date(2026, 2, 28)).ac.value == 420
    assert value_of(one, date(2026, 1, 31), date(2026, 3, 4)).ac.value == 420


def test_before_a_fifth_is_done_the_managers_forecast_counts() -> None:
    early = plan(budget=BUDGET, tasks=(task(1, percent=Decimal("0.19")),))
    found = value_of(early, date(2026, 2, 28), date(2026, 3, 4))
    assert plain((found.eac.value, found.eac_by)) == (1150, "forecast")
    assert found.eac_cpi.value is not None


def test_small_projects_and_unbooked_effort_are_not_asked() -> None:
    assert not value_of(plan(tier="small", budget=BUDGET), ON).applies
    lines = (BudgetLine(id="BL-1", name="Own", kind="effort", amount=eur(5)),)
    budget = Budget(approved=eur(5), lines=lines, actuals=(Actual(month="2026-01", amount=eur(1), line="BL-2"),))
    found = value_of(plan(budget=budget), ON)
    assert "not booked" in found.why
    assert found.cpi.why == found.eac.why == found.why


def test_every_figure_has_a_value_or_a_reason() -> None:
    for one in (plan(), plan(budget=Budget(approved=eur(10))), plan(budget=BUDGET), plan(tier="small")):
        found = value_of(one, date(2026, 2, 28))
        for name in EarnedValue.__dataclass_fields__:
            figure = getattr(found, name)
            if hasattr(figure, "why"):
                assert figure.known != bool(figure.why), name


# Properties

amounts = st.decimals(min_value=0, max_value=10**9, places=2)
finishes = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(amount=amounts, weights=st.lists(st.decimals(min_value=0, max_value=10**6, places=3), min_size=1, max_size=40))
def test_parts_add_up_to_the_whole(amount, weights) -> None:
    parts = shared_out(eur(amount), weights)
    assert sum(one.amount for one in parts) == amount
    assert all(one.amount >= 0 and one.amount == round(one.amount, 2) for one in parts)


@st.composite
def finished_plans(draw) -> Plan:
    packages = [f"W{number}" for number in range(draw(st.integers(1, 4)))]
    reached = draw(finishes)
    tasks = tuple(
        task(
            number, wbs=draw(st.sampled_from([None, *packages])), ev_method=draw(st.sampled_from(
                [None, "0/100", "50/50", "milestones", "percent", "deliverables"])),
            actual_start=date(2026, 1, 1), actual_finish=draw(finishes), milestones=("M1", "M2"), deliverables=("D1",),
            effort_hours=draw(st.sampled_from([None, Decimal(7), Decimal("0.5")])),
            budget=draw(st.sampled_from([None, None, eur("1.01")])),
        )
        for number in range(1, draw(st.integers(2, 12)))
    )  # fmt: skip
    lines = tuple(
        BudgetLine(
            id=f"BL-{number}",
            name="L",
            kind="capex",
            amount=eur(draw(amounts)),
            wbs=draw(st.sampled_from([None, *packages])),
        )
        for number in range(draw(st.integers(0, 4)))
    )
    approved = sum((one.amount.amount for one in lines), Decimal(100))
    return plan(
        tasks=tasks, wbs=tuple(WbsNode(id=name, name=name) for name in packages),
        milestones=(Milestone(id="M1", name="1", actual=reached), Milestone(id="M2", name="2", actual=reached)),
        deliverables=(Deliverable(id="D1", name="1", actual=reached),),
        budget=Budget(approved=eur(approved), lines=lines),
    )  # fmt: skip


@given(finished_plans())
def test_a_finished_plan_has_earned_its_budget(one) -> None:
    found = value_of(one, date(2026, 12, 31))
    assert found.ev.value == found.bac.value
    assert found.complete.value == 1


@given(
    st.lists(st.integers(0, 1000), min_size=1, max_size=24).filter(any),
    st.integers(0, 800),
    st.integers(0, 800),
)
def test_planned_value_never_falls_and_ends_at_the_budget(months, first, later) -> None:
    one = plan(
        budget=Budget(by_month={f"{2026 + n // 12}-{n % 12 + 1:02}": eur(value) for n, value in enumerate(months)})
    )
    curve = curve_of(one, eur(1000), GATES, DAYS)
    assert isinstance(curve, Curve)
    start = date(2025, 12, 31) + timedelta(days=first)
    assert curve.value(start, DAYS) <= curve.value(start + timedelta(days=later), DAYS) <= curve.totals[-1] == 1000


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=24), st.integers(0, 700))
def test_what_is_done_as_planned_is_neither_early_nor_late(months, passed) -> None:
    """Where the month is even, earned schedule inverts planned value: SPI(t) is 1 on every day."""
    from handrail.compute import evm

    one = plan(
        budget=Budget(by_month={f"{2026 + n // 12}-{n % 12 + 1:02}": eur(value) for n, value in enumerate(months)})
    )
    curve = curve_of(one, eur(100_000), GATES, DAYS)
    assert isinstance(curve, Curve)
    day = date(2026, 1, 5) + timedelta(days=passed)
    at = min(curve.elapsed(day, DAYS), Decimal(len(months)))
    es = evm.earned_schedule(curve.totals, curve.value(day, DAYS))
    assert es.value is not None
    assert abs(es.value - at) < Decimal("1e-25")
