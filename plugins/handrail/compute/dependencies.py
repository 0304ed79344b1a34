"""What projects wait for from each other, and the circles in which none of them can give what the others need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handrail.compute.facts import Portfolio, Project
from handrail.compute.workdays import days_of
from handrail.model.project import Deliverable, Plan
from handrail.model.schedule import Dependency, Milestone, Provision
from handrail.remark import Loc

_Given = tuple[str, str]
"""A project and what it gives: a deliverable or a milestone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One project needs what another gives, by a day. loc: where that is written, by the taker or else by the giver."""

    taker: str
    giver: str
    what: str
    by: date | None
    loc: Loc


def needs(plans: Sequence[Plan]) -> tuple[Need, ...]:
    """Every open need, whether the taker or only the giver has written it down."""
    found: dict[tuple[str, str, str], Need] = {}
    for plan in plans:
        for one in plan.depends_on:
            if one.status == "open":
                key = (plan.id, one.project, one.what)
                found[key] = Need(
                    taker=plan.id, giver=one.project, what=one.what, by=one.needed_by, loc=one.loc.at("what")
                )  # fmt: skip
    for plan in plans:
        for given in plan.provides:
            key = (given.project, plan.id, given.what)
            if key not in found:
                found[key] = Need(
                    taker=given.project, giver=plan.id, what=given.what, by=given.by, loc=given.loc.at("what")
                )  # fmt: skip
    return tuple(found.values())


def counterpart_of_need(one: Dependency, taker: Plan, giver: Plan) -> Provision | None:
    """The same thing under the giver's `provides`; None where the giver has not written it down."""
    return next((given for given in giver.provides if given.project == taker.id and given.what == one.what), None)


def counterpart_of_gift(one: Provision, giver: Plan, taker: Plan) -> Dependency | None:
    """The same thing under the taker's `depends_on`; None where the taker has not written it down."""
    return next((need for need in taker.depends_on if need.project == giver.id and need.what == one.what), None)


def given_thing(giver: Plan, what: str) -> Deliverable | Milestone | None:
    """The deliverable or milestone that is given."""
    things: tuple[Deliverable | Milestone, ...] = (*giver.deliverables, *giver.milestones)
    return next((one for one in things if one.id == what), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One thing between two projects, seen from one of them.

    promised: the giver's day for it; expected: when the giver's plan has it today. days_late: working days from the day it
    is needed to that day, 0 when it comes in time. agree: whether both plans say the same day, with the giver's yes.
    """

    side: Literal["needs", "gives"]
    other: str
    what: str
    name: str
    needed_by: date | None
    promised: date | None
    expected: date | None
    agreed: bool
    there: bool
    days_late: int | None
    agree: bool


def interfaces_of(project: Project, portfolio: Portfolio) -> tuple[Interface, ...]:
    """Everything that a project needs of others and is still open, then what it gives to them."""
    own = project.plan
    found = []
    for need in own.depends_on:
        giver = _plan(need.project, portfolio)
        if need.status == "open" and giver is not None:
            found.append(_between("needs", need, counterpart_of_need(need, own, giver), own, giver, portfolio))
    for gift in own.provides:
        taker = _plan(gift.project, portfolio)
        if taker is not None:
            wanted = counterpart_of_gift(gift, own, taker)
            if wanted is None or wanted.status == "open":
                found.append(_between("gives", wanted, gift, taker, own, portfolio))
    return tuple(found)


def _plan(project: str, portfolio: Portfolio) -> Plan | None:
    """The plan of one other project: no more is looked at than what something is needed of."""
    known = portfolio.project(project)
    return known.plan if known is not None else None


def _between(  # noqa: PLR0913, PLR0917 - both sides, and where they stand
    side: Literal["needs", "gives"], need: Dependency | None, gift: Provision | None, taker: Plan, giver: Plan,
    portfolio: Portfolio,
) -> Interface:  # fmt: skip
    what = need.what if need is not None else gift.what if gift is not None else ""
    thing = given_thing(giver, what)
    expected = None if thing is None else thing.actual or thing.forecast or thing.planned
    needed, promised = need.needed_by if need else None, gift.by if gift else None
    days = days_of(taker, portfolio.repository.organisation.calendar)
    late = None if needed is None or expected is None else max(days.between(needed, expected), 0)
    agreed = gift is not None and gift.agreed
    return Interface(
        side=side, other=giver.id if side == "needs" else taker.id, what=what, name=thing.name if thing else what,
        needed_by=needed, promised=promised, expected=expected, agreed=agreed,
        there=thing is not None and thing.actual is not None, days_late=late,
        agree=agreed and needed is not None and needed == promised,
    )  # fmt: skip


def circles_of(plans: Sequence[Plan]) -> Iterator[tuple[Need, ...]]:
    """Circles of needs: the giver of each cannot give it before it gets the next.

    What a project gives on a day waits for everything that it needs by that day; without days, for everything that it
    needs. Two projects that give each other one thing after another are therefore no circle.
    """
    from handrail.compute.topology import circles  # noqa: PLC0415 - most look at what projects owe, not at circles

    days = {plan.id: _days(plan) for plan in plans}
    every = [
        one for one in needs(plans)
        if one.giver in days and one.taker in days and not days[one.giver].get(one.what, (None, False))[1]
    ]  # fmt: skip
    by_taker: dict[str, list[int]] = {}
    for number, one in enumerate(every):
        by_taker.setdefault(one.taker, []).append(number)
    following = [
        [k for k in by_taker.get(one.giver, ()) if _waits(days[one.giver].get(one.what, (None, False))[0], every[k].by)]
        for one in every
    ]
    for circle in circles(set(range(len(every))), following):
        yield tuple(every[number] for number in circle)


def _waits(given_on: date | None, needed_by: date | None) -> bool:
    return given_on is None or needed_by is None or needed_by <= given_on


def _days(plan: Plan) -> dict[str, tuple[date | None, bool]]:
    """When each deliverable and milestone is expected, and whether it is there already."""
    return {
        one.id: (one.actual or one.forecast or one.planned, one.actual is not None)
        for ones in (plan.deliverables, plan.milestones)
        for one in ones
    }
