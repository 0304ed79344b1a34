"""What programmes and objectives return: the cash flows of their projects, summed upwards.

A return cannot be averaged: costs and benefits are added, and the ratio is taken of the sums. A project counts for each of its
objectives by its weight; where it names none, for those of its programme in equal parts. So no euro is counted twice, and what
the objectives at the top return is what the projects return.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handrail.compute.exchange import converted
from handrail.compute.strategy import Name
from handrail.model.money import EXACT, Money
from handrail.model.project import Plan
from handrail.model.repository import Repository

_NONE, _WHOLE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What stands below one programme or objective. costs, benefits: undiscounted, over the whole life, in the organisation's
    currency. projects: those that count; without: those whose business case has no cash flows, or in a currency without a rate.
    """

    costs: Decimal
    benefits: Decimal
    projects: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def roi(self) -> Decimal | None:
        """(benefits - costs) / costs; None without costs."""
        return EXACT.divide(EXACT.subtract(self.benefits, self.costs), self.costs) if self.costs > 0 else None


@dataclass(slots=True)
class _Sum:
    costs: Decimal = _NONE
    benefits: Decimal = _NONE
    projects: dict[str, None] | None = None
    without: dict[str, None] | None = None

    def add(self, plan: Plan, flows: tuple[Decimal, Decimal] | None, weight: Decimal) -> None:
        self.projects, self.without = self.projects or {}, self.without or {}
        if flows is None:
            self.without[plan.id] = None
            return
        self.projects[plan.id] = None
        self.costs = EXACT.add(self.costs, EXACT.multiply(flows[0], weight))
        self.benefits = EXACT.add(self.benefits, EXACT.multiply(flows[1], weight))

    def finished(self) -> Return:
        return Return(
            costs=self.costs, benefits=self.benefits, projects=tuple(sorted(self.projects or ())),
            without=tuple(sorted(self.without or ())),
        )  # fmt: skip


def returns(repository: Repository, on: date) -> Mapping[Name, Return]:
    """The return of every programme and objective on a day, its rates and its exchange; cancelled projects return nothing."""
    found: dict[Name, _Sum] = {("programme", one): _Sum() for one in repository.programmes}
    found |= {("objective", one): _Sum() for one in repository.objectives}
    for plan in repository.plans:
        if plan.state == "cancelled":
            continue
        flows = _flows(plan, repository, on)
        for name in _programmes(plan.programme, repository):
            found["programme", name].add(plan, flows, _WHOLE)
        shares: dict[str, Decimal] = {}
        for objective, weight in weights(plan, repository).items():
            for name in _objectives(objective, repository):
                shares[name] = EXACT.add(shares.get(name, _NONE), weight)
        for name, share in shares.items():
            found["objective", name].add(plan, flows, share)
    return {name: one.finished() for name, one in found.items()}


def weights(plan: Plan, repository: Repository) -> Mapping[str, Decimal]:
    """How much of a project counts for which objective; what is left of 100 % is shared by those without a weight."""
    programme = repository.programmes.get(plan.programme or "")
    links: dict[str, Decimal | None] = {one.objective: one.weight for one in plan.objectives}
    if plan.why and plan.why.objective:
        links.setdefault(plan.why.objective, None)
    if not links and programme is not None:
        links = dict.fromkeys(programme.objectives)
    known = {name: weight for name, weight in links.items() if name in repository.objectives}
    left = max(EXACT.subtract(_WHOLE, _sum(one for one in known.values() if one is not None)), _NONE)
    blank = sum(one is None for one in known.values())
    return {
        name: weight if weight is not None else EXACT.divide(left, Decimal(blank)) for name, weight in known.items()
    }


def _flows(plan: Plan, repository: Repository, on: date) -> tuple[Decimal, Decimal] | None:
    """Costs and benefits of a business case over all years; None where there are none, or no rate."""
    flows = plan.business_case.cash_flows if plan.business_case else ()
    if not flows:
        return None
    costs = _total((one.cost for one in flows), repository, on)
    benefits = _total((one.benefit for one in flows), repository, on)
    return None if costs is None or benefits is None else (costs, benefits)


def _total(amounts: Iterable[Money | None], repository: Repository, on: date) -> Decimal | None:
    found = _NONE
    for one in amounts:
        if one is not None:
            home = converted(one, repository.currency, on, repository.policy.rates)
            if home is None:
                return None
            found = EXACT.add(found, home.amount)
    return found


def _programmes(name: str | None, repository: Repository) -> tuple[str, ...]:
    """A programme and those that it is a part of; a circle is walked once."""
    found: dict[str, None] = {}
    while name in repository.programmes and name is not None and name not in found:
        found[name] = None
        name = repository.programmes[name].part_of
    return tuple(found)


def _objectives(name: str, repository: Repository) -> tuple[str, ...]:
    """An objective and those that it serves, up to the mission."""
    found: dict[str, None] = {}
    step: str | None = name
    while step is not None and step in repository.objectives and step not in found:
        found[step] = None
        step = repository.objectives[step].parent
    return tuple(found)


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, _NONE)
