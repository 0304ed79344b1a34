"""Roles against those who hold them: months in which projects need more of a role than all its holders have left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from handrail.compute.demand import Demand
from handrail.compute.resources import capacity_of, gives_way, holders_of
from handrail.compute.workdays import WorkDays
from handrail.model.money import EXACT
from handrail.model.repository import Repository

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What one project asks of a role in a month: unnamed, or of those who hold it. share: of a full month."""

    project: str
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A role that is short in a month.

    demand: what is asked of the role without a name, and what all projects ask of its holders by name, together.
    capacity: what the holders can give. Both are shares of a full month of one person. holders: by handle.
    projects: those that ask, the lowest priority first: it gives way first.
    """

    role: str
    month: int
    demand: Decimal
    capacity: Decimal
    holders: tuple[str, ...]
    projects: tuple[Asking, ...]

    @property
    def over(self) -> Decimal:
        """How much there is too little."""
        return EXACT.subtract(self.demand, self.capacity)


def shortages(
    demands: Iterable[Demand], repository: Repository, days: WorkDays, limit: Decimal = Decimal(1)
) -> tuple[Shortage, ...]:
    """Every role and month in which more than `limit` times its capacity is asked, by month and role.

    Only roles that somebody is asked for without a name are looked at: where all are named, it is a matter of persons.
    A role that nobody in the directory holds is bought in, and has no capacity that could be exceeded.
    """
    asked = tuple(demands)
    roles: dict[tuple[str, int], str] = {}
    for one in asked:
        if one.kind == "role":
            roles.setdefault((one.name.casefold(), one.month), one.name)
    plans = {one.id: one for one in repository.plans}
    found = []
    for (folded, month), role in sorted(roles.items(), key=lambda one: (one[0][1], one[0][0])):
        holders = holders_of(role, month, repository)
        if not holders:
            continue
        names = {one.id for one in holders}
        shares: dict[str, Decimal] = {}
        for one in asked:
            of_it = one.kind == "role" and one.name.casefold() == folded
            if one.month == month and (of_it or (one.kind == "person" and one.name in names)):
                shares[one.project] = EXACT.add(shares.get(one.project, _NONE), one.share)
        capacity = sum((capacity_of(one, month, days) for one in holders), _NONE)
        demand = sum(shares.values(), _NONE)
        if demand > EXACT.multiply(capacity, limit):
            order = sorted(shares, key=lambda name: gives_way(plans.get(name)), reverse=True)
            found.append(
                Shortage(
                    role=role, month=month, demand=demand, capacity=capacity, holders=tuple(sorted(names)),
                    projects=tuple(Asking(project=name, share=shares[name]) for name in order),
                )
            )  # fmt: skip
    return tuple(found)
