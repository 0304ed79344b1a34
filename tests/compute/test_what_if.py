"""Leaving projects out: sums are conserved, whatever the currencies, and who is relieved and who waits in vain is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from handrail.compute.lead_times import orders_of
from handrail.compute.what_if import left_out, sums_of, what_if
from handrail.compute.workdays import WorkDays
from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.model.policy import Policy, Rate, Rates
from handrail.model.registers import Resource
from handrail.model.schedule import Dependency, Milestone, Task
from hypothesis import given
from hypothesis import strategies as st

from tests.command import ROOT, handrail
from tests.compute.test_resources import person
from tests.compute.world import THRESHOLDS, eur, plan, portfolio

ON = date(2026, 12, 4)
RATES = Rates(
    rates=(
        Rate(currency="GBP", on=date(2026, 1, 1), rate=Decimal("1.17")),
        Rate(currency="CHF", on=date(2026, 1, 1), rate=Decimal("1.063")),
    )
)
LAW = Policy(thresholds=THRESHOLDS, rates=RATES)
MONTHS = (
    Milestone(id="M1", name="Start", planned=date(2026, 12, 1)),
    Milestone(id="M2", name="End", planned=date(2027, 3, 31)),
)

amounts = st.decimals(0, 10**9, places=2)


@st.composite
def projects(draw):
    count = draw(st.integers(1, 6))
    return tuple(
        plan(
            id=f"p{number}", milestones=MONTHS, state=draw(st.sampled_from(("active", "suspended", "closed"))),
            team={who: draw(st.decimals(0, 1, places=2)) for who in ("ann", "bob")},
            budget=Budget(
                currency=(unit := draw(st.sampled_from(("EUR", "GBP", "CHF")))), approved=Money(draw(amounts), unit),
                forecast=Money(draw(amounts), unit),
            ),
        )
        for number in range(count)
    )  # fmt: skip


@given(projects(), st.data())
def test_what_is_left_and_what_is_left_out_add_up_to_the_whole(plans, data) -> None:
    names = {one.id for one in plans}
    gone = data.draw(st.sets(st.sampled_from(sorted(names))))
    whole = portfolio(ON, *plans, people=(person("ann", "dev"), person("bob", "dev")), policy=LAW)
    rest, out = sums_of(left_out(whole, gone)), sums_of(left_out(whole, names - gone))
    every = sums_of(whole)
    assert every.projects == rest.projects + out.projects
    assert every.load.total() == rest.load.total() + out.load.total()
    for name in ("approved", "forecast"):
        parts = [getattr(one, name).money for one in (every, rest, out)]
        assert all(one is not None for one in parts)
        assert parts[0] == parts[1] + parts[2], name


def test_a_sum_without_a_rate_is_not_known_and_says_why() -> None:
    one = plan(id="a", budget=Budget(currency="GBP", approved=Money(Decimal(5), "GBP")))
    found = sums_of(portfolio(ON, one, policy=Policy(thresholds=THRESHOLDS)))
    assert found.approved.money is None
    assert "GBP" in found.approved.why


def test_who_is_relieved_and_who_waits_in_vain() -> None:
    giver = plan(id="giver", priority=9, milestones=MONTHS, team={"ann": Decimal("0.7")})
    taker = plan(
        id="taker", priority=1, milestones=MONTHS, team={"ann": Decimal("0.6")}, budget=Budget(approved=eur(10)),
        depends_on=(Dependency(project="giver", what="M2"),),
    )  # fmt: skip
    found = what_if(portfolio(ON, giver, taker, people=(person("ann", "dev"),), policy=LAW), {"giver"})
    assert {one.name for one in found.relieved} == {"ann"}
    assert [one.project for one in found.with_all.overloads[0].parts] == ["giver", "taker"], "the lower priority first"
    assert found.without.overloads == ()
    assert [(one.taker, one.what) for one in found.missed] == [("taker", "M2")]


def test_when_things_must_be_ordered() -> None:
    things = (
        Resource(id="RS-1", name="Crane", kind="equipment", lead_time_days=5, allocations={"2027-02": Decimal("0.1")}),
        Resource(id="RS-2", name="Steel", kind="material", lead_time_days=15),
        Resource(id="RS-3", name="Paint", kind="material", lead_time_days=15, allocations={"2026-10": Decimal(1)}),
        Resource(id="RS-4", name="Sand", kind="material", allocations={"2027-02": Decimal(1)}),
    )
    task = Task(id="T1", name="Weld", duration="5d", assignees=("RS-2",))
    whole = portfolio(ON, plan(start=date(2026, 12, 14), resources=things, tasks=(task,)), policy=LAW)
    found = orders_of(whole.projects[0], whole.repository, WorkDays())
    assert [(one.resource.id, one.needed, one.by, one.late, one.why) for one in found] == [
        ("RS-2", date(2026, 12, 14), date(2026, 11, 23), 9, "T1"),
        ("RS-1", date(2027, 2, 1), date(2027, 1, 25), 0, "2027-02"),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("status",), "the first gives way); free instead: "),
        (("status", "--without", "depot-grid"), "depot-charging would still wait for D1 of depot-grid"),
        (("status", "--without", "depot-grid"), "relieved: p.blanc"),
        (("status", "depot-charging"), "End by the network: "),
        (("status", "depot-charging"), "because T28"),
        (
            ("status", "depot-charging"),
            'Needs "20 kV connection live" of depot-grid: needed 29 Jan 2027, promised 29 Jan 2027',
        ),
        (("status", "depot-charging"), "Order Mobile crane by "),
        (("status", "depot-charging"), "If it goes as "),
    ],
)
def test_the_command_says_it(words, told: str) -> None:
    done = handrail(*words, "--root", ROOT, cwd=ROOT)
    assert done.status == 0, done.err
    assert told in done.out


@pytest.mark.parametrize(
    "words", [("status", "--without", "depot-gird"), ("status", "depot-grid", "--without", "depot-grid")]
)
def test_what_cannot_be_left_out_is_told(words) -> None:
    done = handrail(*words, "--root", ROOT, cwd=ROOT)
    assert done.status == 2
    assert "depot-grid" in done.err or "--without" in done.err
