"""The outside view: how far projects of this organisation have slipped and grown, by tier, for plans that give no ranges.

Slip is the whole time from start to end against the time first approved; growth is the cost against the budget first
approved; both as fractions above what was promised (0.2: a fifth more), closed projects by what came, running ones by
what is expected. Reference-class forecasting after Kahneman, Tversky and Flyvbjerg.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from math import ceil

from handrail import english
from handrail.compute.facts import Portfolio, Project
from handrail.model.money import EXACT, Money, minor_digits
from handrail.model.words import TIERS, Tier

FEWEST = 5
"""Fewer projects say nothing about others."""
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a figure is spread over projects: one in ten had at most `p10`, half `median`, four fifths `p80`, nine in ten
    `p90`. Fractions of what was promised; None, with the reason, where there are too few projects.
    """

    count: int
    p10: Decimal | None
    median: Decimal | None
    p80: Decimal | None
    p90: Decimal | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceClass:
    """Slip and growth of one tier; of all tiers together where `tier` is None."""

    tier: Tier | None
    slip: Spread
    growth: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideView:
    """What the class says of one plan: its approved end and budget, moved by the class's median and fourth fifth."""

    p50_end: date | None
    p80_end: date | None
    p50_cost: Money | None
    p80_cost: Money | None
    why: str


def classes(portfolio: Portfolio) -> tuple[ReferenceClass, ...]:
    """One class for each tier, and the last one for all."""
    return tuple(_class(portfolio.projects, tier) for tier in (*TIERS, None))


def class_for(tier: Tier, known: Sequence[ReferenceClass]) -> ReferenceClass | None:
    """The class of a tier; where it has too few projects, that of all tiers."""
    ordered = [one for one in known if one.tier == tier] + [one for one in known if one.tier is None]
    return next((one for one in ordered if one.slip.median is not None), ordered[-1] if ordered else None)


def outside_view(project: Project, reference: ReferenceClass) -> OutsideView:
    """When a plan ends and what it costs if it goes as the class went, counted from what was first approved."""
    begin, end = _begin(project), project.end.original if project.end else None
    ends = [
        _moved(begin, end, share) if begin and end and share is not None else None
        for share in (reference.slip.median, reference.slip.p80)
    ]
    first = project.cost.original
    costs = [
        Money(
            EXACT.multiply(first.amount, _ONE + share).quantize(
                _ONE.scaleb(-minor_digits(first.currency)), ROUND_HALF_EVEN
            ),
            first.currency,
        )
        if first and share is not None
        else None
        for share in (reference.growth.median, reference.growth.p80)
    ]
    return OutsideView(p50_end=ends[0], p80_end=ends[1], p50_cost=costs[0], p80_cost=costs[1], why=reference.slip.why)


def slip_of(project: Project) -> Decimal | None:
    """(expected end - start) / (original end - start) - 1; None where a day is missing or nothing was approved."""
    begin, end = _begin(project), project.end
    if begin is None or end is None or end.original is None or end.expected is None or end.original <= begin:
        return None
    took, promised = (end.expected - begin).days, (end.original - begin).days
    return EXACT.subtract(EXACT.divide(Decimal(took), Decimal(promised)), _ONE)


def growth_of(project: Project) -> Decimal | None:
    """Expected cost / original budget - 1; the cost of a closed project is what was spent."""
    first, now = project.cost.original, project.cost.forecast
    if project.plan.state == "closed" and project.cost.spent is not None:
        now = project.cost.spent
    if first is None or now is None or first.currency != now.currency or first.amount <= 0:
        return None
    return EXACT.subtract(now.ratio(first), _ONE)


def quantile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """The smallest value that the given share of all does not exceed (nearest rank)."""
    return ordered[max(ceil(share * len(ordered)), 1) - 1]


def _class(projects: Sequence[Project], tier: Tier | None) -> ReferenceClass:
    """Cancelled projects never came to an end, and those not yet approved have promised nothing."""
    own = [
        one
        for one in projects
        if one.plan.state != "cancelled" and one.plan.baselines and tier in {None, one.plan.tier}
    ]
    slips = [value for one in own if (value := slip_of(one)) is not None]
    growths = [value for one in own if (value := growth_of(one)) is not None]
    return ReferenceClass(tier=tier, slip=_spread(slips), growth=_spread(growths))


def _few(number: int) -> str:
    return f"Only {english.count(number, 'approved project')}" if number else "There is no approved project"


def _spread(values: list[Decimal]) -> Spread:
    if len(values) < FEWEST:
        why = f"{_few(len(values))} to learn from; it takes {FEWEST}."
        return Spread(count=len(values), p10=None, median=None, p80=None, p90=None, why=why)
    ordered = sorted(values)
    p10, median, p80, p90 = (quantile(ordered, Decimal(share)) for share in ("0.1", "0.5", "0.8", "0.9"))
    return Spread(count=len(values), p10=p10, median=median, p80=p80, p90=p90)


def _moved(begin: date, end: date, share: Decimal) -> date | None:
    try:
        return end + timedelta(days=round((end - begin).days * share))
    except OverflowError:
        return None


def _begin(project: Project) -> date | None:
    known = [one.original for one in project.milestones if one.original]
    return project.plan.start or min(known, default=None)
