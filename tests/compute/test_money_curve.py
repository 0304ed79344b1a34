"""Money added up month by month: hand-made plans whose sums can be checked by head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from handrail.compute.money_curve import curve_of_all, curve_of_project
from handrail.compute.trend import facts_of
from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.model.policy import Policy, Rate, Rates
from handrail.model.records import Report
from handrail.model.schedule import Milestone, Task

from tests.compute.world import THRESHOLDS, plan, portfolio

ON = date(2026, 11, 30)


def money(amount, unit="EUR"):
    return Money(Decimal(amount), unit)


def project(name="one", unit="EUR", *, spent=(("2026-10", 120), ("2026-11", 100)), forecast=480, tier="medium"):
    """Four months of 100 each; half of the work reached at the end of November; ends in January."""
    return plan(
        id=name, tier=tier, reports=(Report(as_of=ON, status="green"),),
        budget=Budget(
            currency=unit, approved=money(400, unit), forecast=money(forecast, unit), spent={month: money(value, unit) for month, value in spent},
            by_month={month: money(100, unit) for month in ("2026-10", "2026-11", "2026-12", "2027-01")},
        ),
        milestones=(
            Milestone(id="M1", name="First", planned=date(2026, 10, 30), actual=date(2026, 10, 30), weight=Decimal("0.25")),
            Milestone(id="M2", name="Second", planned=date(2026, 11, 27), actual=date(2026, 11, 27), weight=Decimal("0.25")),
            Milestone(id="M3", name="End", planned=date(2027, 1, 29), weight=Decimal("0.5")),
        ),
    )  # fmt: skip


def earned_of(curve):
    """What was earned by month; there is a curve."""
    assert curve is not None
    return curve.ev


def one(given, **more):
    world = portfolio(ON, given, **more)
    return curve_of_project(world.projects[0], world.repository)


def test_planned_earned_spent_and_the_way_to_the_end():
    found = one(project())
    assert found is not None
    assert (found.first, found.months) == (2026 * 12 + 9, 4)
    assert list(found.pv) == [100, 200, 300, 400]
    assert found.ev == (100, 200, None, None)
    assert found.ac == (120, 220, None, None)
    # no fifth is missing any more, so EAC = BAC / CPI = 400 / (200 / 220) = 440, in two even steps of 110
    assert found.forecast == (None, 220, 330, 440)


def test_a_percentage_of_the_past_comes_from_history_and_only_there():
    dig = Task(
        id="T1",
        name="Dig",
        budget=money(400),
        percent=Decimal("0.5"),
        planned_start=date(2026, 10, 1),
        planned_finish=date(2027, 1, 29),
    )
    given = replace(project(), milestones=project().milestones[2:], tasks=(dig,))
    world = portfolio(ON, given)
    now = world.projects[0]
    then = (date(2026, 10, 31), facts_of(now, None, earned=money(60)))
    foreign = (date(2026, 10, 31), facts_of(now, None, earned=money(60, "CHF")))
    assert earned_of(curve_of_project(now, world.repository)) == (None, 200, None, None)
    assert earned_of(curve_of_project(now, world.repository, (then,))) == (60, 200, None, None)
    assert earned_of(curve_of_project(now, world.repository, (foreign,))) == (None, 200, None, None)
    late = (date(2026, 11, 30), facts_of(now, None, earned=money(90)))
    assert earned_of(curve_of_project(now, world.repository, (then, late))) == (60, 200, None, None)


def test_nothing_spent_is_not_zero():
    found = one(project(spent=()))
    assert found is not None
    assert found.ac == (None,) * 4
    assert found.forecast == (None,) * 4


def test_without_money_there_is_no_curve():
    assert one(plan()) is None
    assert one(plan(budget=Budget(currency="EUR", approved=money(400)))) is None


def test_all_projects_are_added_in_the_first_currency_by_the_rate_of_the_day():
    rates = Rates(rates=(Rate(currency="CHF", on=date(2026, 1, 1), rate=Decimal("1.5")),))
    world = portfolio(ON, project(), project("two", "CHF"), policy=Policy(thresholds=THRESHOLDS, rates=rates))
    found = curve_of_all(world.projects, world.repository, ON)
    assert found is not None
    assert found.currency == "EUR"
    assert list(found.pv) == [250, 500, 750, 1000]
    assert list(found.ac) == [300, 550, None, None]
    assert list(found.ev) == [250, 500, None, None]
    assert list(found.forecast) == [None, 550, 825, 1100]
    assert (found.counted, found.left_out) == (2, 0)


def test_what_cannot_be_compared_is_left_out_and_counted():
    world = portfolio(ON, project(), project("two", "CHF"), project("three", tier="small"), plan(id="four"))
    found = curve_of_all(world.projects, world.repository, ON)
    assert found is not None
    assert (found.counted, found.left_out) == (1, 3)
    assert list(found.pv) == [100, 200, 300, 400]


def test_no_project_no_curve():
    world = portfolio(ON)
    assert curve_of_all(world.projects, world.repository, ON) is None
