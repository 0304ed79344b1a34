"""Capacity against demand: who is overbooked by which projects, which of them gives way, and who is free instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from handrail.compute.demand import Demand, Load
from handrail.compute.months import days_in, first_day
from handrail.compute.workdays import WorkDays
from handrail.model.money import EXACT
from handrail.model.organisation import PersonRecord
from handrail.model.project import Plan
from handrail.model.repository import Repository

LIMIT = Decimal("1.10")
"""A person may be asked for a tenth more than a month holds before it is an overload: months are not that exact."""
_NONE, _FULL = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """Somebody of the same role, and the share of the month that is still free."""

    person: str
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Overload:
    """Somebody, or a role, that is asked for more than there is in a month.

    demand, capacity: shares of a full month. over: demand less capacity. parts: what each project asks for, the lowest
    priority first: it gives way first. free: who of the same role could take all of `over`, those of the same unit first.
    """

    kind: str
    name: str
    month: int
    demand: Decimal
    capacity: Decimal
    parts: tuple[Demand, ...]
    free: tuple[Free, ...]

    @property
    def over(self) -> Decimal:
        """How much too much it is."""
        return EXACT.subtract(self.demand, self.capacity)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """Who is there, and what is asked of them."""

    repository: Repository
    days: WorkDays
    asked: Mapping[tuple[str, str, int], tuple[Demand, ...]]

    def wanted(self, kind: str, name: str, month: int) -> Decimal:
        return sum((one.share for one in self.asked.get((kind, name, month), ())), _NONE)


def overloads(load: Load, repository: Repository, days: WorkDays, limit: Decimal = LIMIT) -> tuple[Overload, ...]:
    """Every person and role that is asked for more than `limit` times its capacity in a month, by month and name.

    A role that nobody in the directory holds has no capacity that could be exceeded; equipment and material have none.
    """
    plans = {one.id: one for one in repository.plans}
    scene = _Scene(repository=repository, days=days, asked=load.by_name())
    found = []
    for (kind, name, month), parts in scene.asked.items():
        capacity, demand = _capacity_of(kind, name, month, scene), scene.wanted(kind, name, month)
        if capacity is None or demand <= EXACT.multiply(capacity, limit):
            continue
        free = _free(name, month, EXACT.subtract(demand, capacity), scene) if kind == "person" else ()
        ordered = tuple(sorted(parts, key=lambda one: gives_way(plans.get(one.project)), reverse=True))
        found.append(
            Overload(kind=kind, name=name, month=month, demand=demand, capacity=capacity, parts=ordered, free=free)
        )
    return tuple(sorted(found, key=lambda one: (one.month, one.kind, one.name)))


def capacity_of(person: PersonRecord, month: int, days: WorkDays) -> Decimal:
    """What a person can give in a month: the share of a full week, for the working days between first and last day here."""
    whole = days_in(month, days)
    if whole == 0:
        return _NONE
    begin, end = first_day(month), first_day(month + 1)
    since = max(begin, person.from_ or begin)
    until = min(end, person.to + timedelta(days=1) if person.to and person.to < end else end)
    here = days.between(since, until) if since < until else 0
    share = _FULL if person.capacity is None else person.capacity
    return EXACT.multiply(share, EXACT.divide(Decimal(here), Decimal(whole)))


def holders_of(role: str, month: int, repository: Repository) -> tuple[PersonRecord, ...]:
    """Everybody in the directory who holds a role at some time of a month."""
    return tuple(one for one in repository.people.values() if role.casefold() in _roles(one, month))


def gives_way(plan: Plan | None) -> tuple[int, str]:
    """What a project is sorted by: the larger, the sooner it gives way. One without a priority gives way to all."""
    priority = plan.priority if plan is not None and plan.priority is not None else 1_000_000
    return priority, plan.id if plan else ""


def _capacity_of(kind: str, name: str, month: int, scene: _Scene) -> Decimal | None:
    people, days = scene.repository.people, scene.days
    if kind == "person":
        record = people.get(name)
        return capacity_of(record, month, days) if record is not None else _FULL
    if kind != "role":
        return None
    holders = holders_of(name, month, scene.repository)
    return sum((capacity_of(one, month, days) for one in holders), _NONE) if holders else None


def _free(name: str, month: int, over: Decimal, scene: _Scene) -> tuple[Free, ...]:
    """Who holds a role that the person holds and has as much time left, the same unit first, then the freest."""
    person = scene.repository.people.get(name)
    if person is None:
        return ()
    roles = _roles(person, month)
    found = []
    for other in scene.repository.people.values():
        if other.id == name or not roles & _roles(other, month):
            continue
        left = EXACT.subtract(capacity_of(other, month, scene.days), scene.wanted("person", other.id, month))
        if left >= over:
            found.append((other.unit != person.unit, -left, other.id, left))
    return tuple(Free(person=one, share=left) for *_, one, left in sorted(found))


def _roles(person: PersonRecord, month: int) -> frozenset[str]:
    """The roles that somebody holds at some time of a month."""
    begin, end = first_day(month), first_day(month + 1)
    return frozenset(
        one.role.casefold()
        for one in person.roles
        if (one.from_ is None or one.from_ < end) and (one.to is None or one.to >= begin)
    )
