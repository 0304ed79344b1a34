"""The portfolio in sums, and what it would be without some of its projects."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from handrail.compute.currency import Total, total
from handrail.compute.demand import Load, load_of
from handrail.compute.dependencies import Need, needs
from handrail.compute.facts import Portfolio
from handrail.compute.health import ENDED
from handrail.compute.months import month_of
from handrail.compute.resources import Overload, overloads
from handrail.compute.workdays import WorkDays

AHEAD = 12
"""Months to come that are looked at, besides the running one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What running projects cost and ask for together, in the organisation's currency and in shares of full months.

    Amounts are converted by the rates of the day of the look; one without a rate makes its sum unknown, with the reason.
    """

    projects: int
    approved: Total
    spent: Total
    forecast: Total
    load: Load
    overloads: tuple[Overload, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The sums with and without some projects, and what others still need of those that are left out."""

    with_all: Sums
    without: Sums
    missed: tuple[Need, ...]

    @property
    def relieved(self) -> tuple[Overload, ...]:
        """Who would not be overbooked any more."""
        still = {(one.kind, one.name, one.month) for one in self.without.overloads}
        return tuple(one for one in self.with_all.overloads if (one.kind, one.name, one.month) not in still)


def sums_of(portfolio: Portfolio) -> Sums:
    """The sums over all projects that have not ended."""
    repository = portfolio.repository
    running = [one for one in portfolio.projects if one.plan.state not in ENDED]
    days = WorkDays.of(repository.organisation.calendar)
    first = month_of(portfolio.as_of)
    load = load_of(portfolio, days, first, first + AHEAD)

    def sum_of(name: str) -> Total:
        amounts = [amount for one in running if (amount := getattr(one.cost, name)) is not None]
        return total(amounts, repository.currency, portfolio.as_of, repository.policy.rates, repository.currency)

    return Sums(
        projects=len(running), approved=sum_of("approved"), spent=sum_of("spent"), forecast=sum_of("forecast"), load=load,
        overloads=overloads(load, repository, days),
    )  # fmt: skip


def left_out(portfolio: Portfolio, names: Collection[str]) -> Portfolio:
    """The portfolio without some of its projects; nothing else changes, also not their dates."""
    repository = replace(
        portfolio.repository, plans=tuple(one for one in portfolio.repository.plans if one.id not in names)
    )
    projects = tuple(one for one in portfolio.projects if one.id not in names)
    return replace(portfolio, projects=projects, repository=repository)


def what_if(portfolio: Portfolio, names: Collection[str]) -> WhatIf:
    """What leaving projects out would change."""
    plans = portfolio.repository.plans
    missed = tuple(one for one in needs(plans) if one.giver in names and one.taker not in names)
    return WhatIf(with_all=sums_of(portfolio), without=sums_of(left_out(portfolio, names)), missed=missed)
