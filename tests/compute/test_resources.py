"""Demand by person and month, overloads across projects, who is free, and what leaving a project out changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.compute.demand import load_of
from handrail.compute.months import index_of
from handrail.compute.resources import capacity_of, overloads
from handrail.compute.workdays import WorkDays
from handrail.model.money import EXACT
from handrail.model.organisation import PersonRecord, Role
from handrail.model.registers import Resource
from handrail.model.schedule import Milestone, Task
from hypothesis import given
from hypothesis import strategies as st

from tests.compute.world import plan, portfolio

DAYS, AS_OF = WorkDays(), date(2026, 12, 4)
FIRST, LAST = index_of("2026-11"), index_of("2027-03")
MILESTONES = (
    Milestone(id="M1", name="Start", planned=date(2026, 11, 2)),
    Milestone(id="M2", name="End", planned=date(2027, 1, 15), forecast=date(2027, 2, 15)),
)


def person(name, *roles, **given) -> PersonRecord:
    return PersonRecord(id=name, roles=tuple(Role(role=one) for one in roles), **given)


def share(value) -> Decimal:
    return Decimal(value)


def loaded(*plans, people=()):
    return load_of(portfolio(AS_OF, *plans, people=people), DAYS, FIRST, LAST)


def test_a_team_is_needed_until_the_expected_end() -> None:
    found = loaded(plan(team={"ann": share("0.4")}, milestones=MILESTONES))
    assert [(one.month - FIRST, one.share, one.source) for one in found.demands] == [
        (month, share("0.4"), "team") for month in range(4)
    ]


def test_an_allocation_takes_the_place_of_the_team() -> None:
    resource = Resource(id="RS-1", name="Engineer", kind="person", person="ann", allocations={"2026-12": share("0.9")})
    found = loaded(plan(team={"ann": share("0.4")}, milestones=MILESTONES, resources=(resource,)))
    assert [one.share for one in found.demands] == [share("0.4"), share("0.9"), share("0.4"), share("0.4")]


def test_tasks_count_where_nothing_else_is_said() -> None:
    # 184 hours over the 23 working days of December are one person, shared by two
    task = Task(
        id="T1", name="T", effort_hours=Decimal(184), assignees=("ann", "RS-1"), planned_start=date(2026, 12, 1),
        planned_finish=date(2026, 12, 31),
    )  # fmt: skip
    resource = Resource(id="RS-1", name="Engineer", kind="person", person="bob")
    found = loaded(plan(tasks=(task,), resources=(resource,)))
    assert [(one.name, one.share, one.source) for one in found.demands] == [
        ("ann", share("0.5"), "tasks"), ("bob", share("0.5"), "tasks"),
    ]  # fmt: skip


def test_only_active_projects_need_anybody() -> None:
    for state in ("suspended", "cancelled", "closed"):
        assert loaded(plan(state=state, team={"ann": share(1)}, milestones=MILESTONES)).demands == ()


def test_roles_and_things_are_needed_under_their_names() -> None:
    resources = (
        Resource(id="RS-1", name="Electrician", kind="role", allocations={"2026-12": share(2)}),
        Resource(id="RS-2", name="Site manager", kind="person", allocations={"2026-12": share(1)}),
        Resource(id="RS-3", name="Crane", kind="equipment", allocations={"2026-12": share("0.1")}),
    )
    found = loaded(plan(resources=resources))
    assert [(one.kind, one.name) for one in found.demands] == [
        ("equipment", "Crane"), ("role", "Electrician"), ("role", "Site manager"),
    ]  # fmt: skip


def test_capacity_is_part_of_a_week_and_of_a_month() -> None:
    month = index_of("2026-12")
    assert capacity_of(person("ann"), month, DAYS) == 1
    assert capacity_of(person("ann", capacity=share("0.8")), month, DAYS) == share("0.8")
    assert capacity_of(person("ann", to=date(2026, 11, 30)), month, DAYS) == 0
    assert capacity_of(person("ann", from_=date(2027, 1, 1)), month, DAYS) == 0
    # 23 working days, of which ten up to the 14th
    assert capacity_of(person("ann", to=date(2026, 12, 14)), month, DAYS) == EXACT.divide(share(10), share(23))


def two(first, second):
    return (
        plan(id="first", priority=1, team={"ann": share(first)}, milestones=MILESTONES),
        plan(id="second", priority=5, team={"ann": share(second)}, milestones=MILESTONES),
    )


def test_an_overload_names_both_projects_and_who_is_free() -> None:
    people = (
        person("ann", "engineer", unit="Sites"),
        person("bob", "engineer", unit="Fleet"),
        person("cid", "engineer", unit="Sites"),
        person("dan", "engineer", unit="Sites", capacity=share("0.2")),
        person("eve", "buyer", unit="Sites"),
    )
    plans = two("0.7", "0.6")
    found = overloads(loaded(*plans, people=people), portfolio(AS_OF, *plans, people=people).repository, DAYS)
    assert [one.month - FIRST for one in found] == [0, 1, 2, 3]
    assert [one.project for one in found[0].parts] == ["second", "first"]
    assert (found[0].demand, found[0].capacity, found[0].over) == (share("1.3"), share(1), share("0.3"))
    assert [one.person for one in found[0].free] == ["cid", "bob"]


def test_a_tenth_more_than_a_month_is_no_overload() -> None:
    people = (person("ann", "engineer"),)
    for second, count in (("0.4", 0), ("0.41", 4)):
        plans = two("0.7", second)
        repository = portfolio(AS_OF, *plans, people=people).repository
        assert len(overloads(loaded(*plans, people=people), repository, DAYS)) == count


def test_a_role_is_as_large_as_those_who_hold_it() -> None:
    people = (person("ann", "Electrician"), person("bob", "electrician", capacity=share("0.5")))
    resource = Resource(id="RS-1", name="Electrician", kind="role", allocations={"2026-12": share(2)})
    unknown = Resource(id="RS-2", name="Diver", kind="role", allocations={"2026-12": share(2)})
    one = plan(resources=(resource, unknown))
    found = overloads(loaded(one, people=people), portfolio(AS_OF, one, people=people).repository, DAYS)
    assert [(each.name, each.demand, each.capacity) for each in found] == [("Electrician", share(2), share("1.5"))]


shares = st.decimals(min_value=0, max_value=2, places=2)


@given(st.lists(st.dictionaries(st.sampled_from(["ann", "bob", "cid"]), shares, max_size=3), min_size=1, max_size=5))
def test_leaving_a_project_out_takes_its_own_and_nothing_else(teams) -> None:
    found = loaded(*(plan(id=f"p-{n}", team=team, milestones=MILESTONES) for n, team in enumerate(teams)))
    for number in range(len(teams)):
        name = f"p-{number}"
        assert found.without(name).total() + found.of(name).total() == found.total()
        assert set(found.without(name).demands) | set(found.of(name).demands) == set(found.demands)
    assert found.without("nobody") == found
