"""The reference class of the own portfolio, and the pace of increments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.compute.reference_class import class_for, classes, growth_of, outside_view, slip_of
from handrail.compute.throughput import throughput_of
from handrail.compute.workdays import WorkDays
from handrail.model.cost import Budget
from handrail.model.records import Baseline
from handrail.model.schedule import Increment, Milestone

from tests.compute.world import eur, plan, portfolio

AS_OF = date(2027, 1, 1)


def slipping(number, days, cost, **given):
    """A plan of 100 days that was first approved for 1,000 EUR."""
    milestones = (
        Milestone(id="M1", name="Start", planned=date(2026, 1, 1), actual=date(2026, 1, 1)),
        Milestone(
            id="M2",
            name="End",
            planned=date(2026, 5, 1),
            forecast=date.fromordinal(date(2026, 4, 11).toordinal() + days),
        ),
    )
    first = Baseline(
        id="BL-001", made_on=date(2026, 1, 1),
        values={"M1": {"planned": "2026-01-01"}, "M2": {"planned": "2026-04-11"}, "budget": {"approved": 1000}},
    )  # fmt: skip
    budget = Budget(currency="EUR", approved=eur(1050), forecast=eur(cost))
    return plan(**{"id": f"p-{number}", "milestones": milestones, "baselines": (first,), "budget": budget, **given})


def test_slip_and_growth_are_counted_from_the_first_approval() -> None:
    one = portfolio(AS_OF, slipping(1, 25, 1200)).projects[0]
    assert (slip_of(one), growth_of(one)) == (Decimal("0.25"), Decimal("0.2"))
    spent = Budget(currency="EUR", approved=eur(1050), forecast=eur(1200), spent={"2026-03": eur(1300)})
    assert growth_of(portfolio(AS_OF, slipping(1, 0, 0, state="closed", budget=spent)).projects[0]) == Decimal("0.3")


def test_the_class_of_a_tier() -> None:
    plans = [slipping(n, n * 10, 1000 + n * 50) for n in range(10)]
    plans += [slipping(99, 500, 9000, state="cancelled"), slipping(98, 500, 9000, tier="large"), plan(id="new")]
    found = classes(portfolio(AS_OF, *plans))
    medium = next(one for one in found if one.tier == "medium")
    assert medium.slip.count == 10
    assert [medium.slip.p10, medium.slip.median, medium.slip.p80, medium.slip.p90] == [
        Decimal(0), Decimal("0.4"), Decimal("0.7"), Decimal("0.8"),
    ]  # fmt: skip
    assert medium.growth.median == Decimal("0.2")
    large = next(one for one in found if one.tier == "large")
    assert large.slip.median is None
    assert large.slip.why == "Only 1 approved project to learn from; it takes 5."
    everybody = class_for("large", found)
    assert everybody is not None
    assert (everybody.tier, everybody.slip.count) == (None, 11)


def test_what_the_class_says_of_one_plan() -> None:
    seen = portfolio(AS_OF, *(slipping(n, n * 10, 1000 + n * 50) for n in range(10)))
    reference = class_for("medium", classes(seen))
    assert reference is not None
    view = outside_view(seen.projects[0], reference)
    assert (view.p50_end, view.p80_end) == (date(2026, 5, 21), date(2026, 6, 20))
    assert (view.p50_cost, view.p80_cost) == (eur(1200), eur(1350))


def increment(number, start, actual=None, size=10, done=None) -> Increment:
    return Increment(id=f"N{number}", name=str(number), start=start, actual=actual, size=Decimal(size), done=done)


SEEN = (
    increment(1, date(2026, 9, 7), date(2026, 9, 21)),  # 10 in 10 working days
    increment(2, date(2026, 9, 21), date(2026, 10, 5)),  # 10 in 10
    increment(3, date(2026, 10, 5), date(2026, 11, 2)),  # 10 in 20
)


def test_a_pace_and_a_range() -> None:
    one = plan(increments=(*SEEN, increment(4, date(2026, 11, 2)), increment(5, date(2026, 12, 1))))
    found = throughput_of(one, date(2026, 11, 2), WorkDays())
    assert found is not None
    assert (found.accepted, found.left, found.pace) == (Decimal(30), Decimal(20), Decimal("0.75"))
    # each of the two takes ten days twice out of three times, else twenty: 20 (4/9), 30 (4/9) or 40 (1/9) days
    assert (found.p50, found.p80) == (date(2026, 12, 14), date(2026, 12, 14))
    assert found == throughput_of(one, date(2026, 11, 2), WorkDays())


def test_too_little_to_see_a_pace() -> None:
    one = plan(increments=(*SEEN[:2], increment(4, date(2026, 11, 2))))
    found = throughput_of(one, date(2026, 11, 2), WorkDays())
    assert found is not None
    assert found.p50 is None
    assert "from 3 accepted increments on" in found.why
    assert throughput_of(plan(), date(2026, 11, 2), WorkDays()) is None
    through = throughput_of(plan(increments=SEEN), date(2026, 11, 2), WorkDays())
    assert through is not None
    assert through.why == "Every increment is accepted."
