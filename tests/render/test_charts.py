"""Charts as values: right places, right words, with nothing, one and a thousand items."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from handrail.compute.facts import Cost, Dated
from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.model.registers import Risk
from handrail.render.charts.gantt import gantt
from handrail.render.charts.matrix import matrix
from handrail.render.charts.money import bars, s_curve
from handrail.render.charts.scale import DayScale

TODAY = date(2026, 12, 4)


def scale_of(*days):
    scale = DayScale.around(days)
    assert scale is not None
    return scale


def dated(number=1, planned=date(2027, 2, 1), forecast=None, actual=None, gate=None):
    expected = actual or forecast or planned
    slip = (expected - planned).days if planned and expected else None
    return Dated(
        id=f"M{number}", name=f"Step {number}", what="milestone", gate=gate, original=planned, planned=planned, forecast=forecast,
        actual=actual, expected=expected, slip=slip, slip_original=slip,
    )  # fmt: skip


def risk(number, probability, impact, **more):
    return Risk(id=f"R-{number:03d}", title=f"Risk {number}", probability=probability, impact=impact, **more)


def test_a_scale_runs_from_month_to_month():
    scale = scale_of(date(2026, 1, 15), date(2026, 12, 15))
    assert (scale.start, scale.end) == (date(2026, 1, 1), date(2027, 1, 1))
    assert scale.left(date(2026, 1, 1)) == "0.00%"
    assert scale.left(date(2027, 1, 1)) == "100.00%"
    assert len(scale.marks()) <= 7
    assert scale.marks()[0].text == "Jan 2026"


@pytest.mark.parametrize("days", [[date(1, 1, 1), date(9999, 12, 31)], [date(9999, 12, 31)], [date(2026, 2, 28)]])
def test_a_scale_stands_every_day(days):
    scale = scale_of(*days)
    assert all(0 <= scale.at(one) <= 100 for one in days)
    assert len(scale.marks()) <= 8


def test_no_milestone_is_said():
    chart = gantt((), TODAY, "Milestones", "milestone")
    assert (chart.sentence, chart.lines, chart.marks) == ("No milestone is planned yet.", (), ())


def test_a_late_milestone_has_a_span_from_approved_to_expected():
    chart = gantt((dated(forecast=date(2027, 3, 1)),), TODAY, "Milestones", "milestone")
    (line,) = chart.lines
    assert line.bar is not None
    assert (line.tone, line.slip, line.bar.late) == ("late", "28 working days late", True)
    assert (
        chart.sentence
        == '0 milestones of 1 are reached; 1 open one is expected late, at most "Step 1" by 28 working days.'
    )
    assert line.bar.planned < line.bar.expected


def test_a_milestone_without_days_is_still_a_line():
    (line,) = gantt((dated(planned=None),), TODAY, "Milestones", "milestone").lines
    assert (line.approved, line.expected, line.bar) == ("no day", "no day", None)


def test_a_passed_day_is_overdue():
    (line,) = gantt((dated(planned=date(2026, 12, 1)),), TODAY, "Milestones", "milestone").lines
    assert line.slip == "overdue"


def test_a_thousand_milestones_get_a_box_of_their_own():
    many = tuple(dated(i, planned=TODAY + timedelta(days=i)) for i in range(1000))
    chart = gantt(many, TODAY, "Milestones", "milestone")
    assert chart.long
    assert len(chart.lines) == 1000
    assert len(chart.marks) <= 7


def test_the_matrix_places_threats_and_counts_what_is_not_assessed():
    chart = matrix((risk(1, 5, 5), risk(2, 1, 1), risk(3, None, None), risk(4, 5, 5, status="closed")), 15)
    assert chart.sentence == "3 open threats, 1 of them high (15 or more); 1 is not yet assessed."
    number, squares = chart.rows[0]
    assert number == 5
    assert squares[4].risks == (("R-001", "Risk 1"),)
    assert squares[4].band == "high"


def test_a_full_square_says_how_many_more():
    chart = matrix(tuple(risk(i, 3, 3) for i in range(1000)), 15)
    square = chart.rows[2][1][2]
    assert (len(square.risks), square.more) == (4, 996)


def cost(**given: Any) -> Cost:
    names = ("original", "approved", "contingency", "spent", "accrued", "committed", "released", "forecast", "variance")
    values: dict[str, Any] = {name: Money(Decimal(given[name]), "EUR") if name in given else None for name in names}
    share = given.get("share")
    return Cost(currency="EUR", variance_share=Decimal(share) if share else None, **values)


def test_bars_share_one_scale():
    chart = bars(cost(approved=1000, forecast=1250, spent=500, contingency=100, share="0.25"))
    assert [(one.name, one.width) for one in chart.bars] == [
        ("Approved", "80.00%"),
        ("Forecast", "100.00%"),
        ("Spent", "40.00%"),
    ]
    assert chart.bars[0].part == "10.00%"
    assert chart.sentence == "1,000 EUR approved, 1,250 EUR expected (+25%), 500 EUR spent (50% of what is approved)."


def test_no_budget_is_said():
    assert bars(cost()).sentence == "No budget is approved yet."


def test_the_curve_ends_where_nothing_is_posted_yet():
    def money(value):
        return Money(Decimal(value), "EUR")

    budget = Budget(
        by_month={"2026-10": money(100), "2026-11": money(100), "2027-01": money(100)},
        spent={"2026-10": money(50), "2026-11": money(70)},
    )
    chart = s_curve(budget, "EUR")
    assert chart is not None
    assert chart.table[-1] == ("Jan 2027", "300 EUR", "")
    assert chart.sentence == "Up to Nov 2026: 120 EUR spent, 200 EUR planned."
    assert [len(one.dots) for one in chart.curves] == [4, 2]


@pytest.mark.parametrize("budget", [None, Budget(), Budget(spent={"2026-10": Money(Decimal(1), "EUR")})])
def test_no_curve_without_two_months(budget):
    assert s_curve(budget, "EUR") is None
