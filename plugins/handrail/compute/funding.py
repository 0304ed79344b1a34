"""Where the money of a project stands: what is its baseline, what is held back, set free, bound, and whether it adds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handrail.compute.cost import total
from handrail.compute.facts import Cost
from handrail.compute.months import index_of, month_of
from handrail.model.cost import Budget
from handrail.model.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SumCheck:
    """Two figures of a budget that should be equal, to the last digit. gap: what is stated less the sum."""

    what: str
    stated: Money
    summed: Money

    @property
    def gap(self) -> Money:
        """What is stated less the sum; both are of one currency."""
        return self.stated - self.summed


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """The parts of a project's money on a day, in its own currency; None where the plan does not say.

    approved = bac + contingency; reserve stands outside. bac: the performance baseline, which earned value measures
    against; a drawdown pays for what has happened and leaves it as it is until a change request moves it into the lines.
    drawn, contingency_left: recorded uses of contingency until the day, and what they leave; below zero is overdrawn.
    actual: spent and received until the day, invoiced or not (AC). bound: actual and ordered.
    released: set free by decisions; released_left: released less bound.
    """

    currency: str
    approved: Money | None
    bac: Money | None
    contingency: Money | None
    drawn: Money | None
    contingency_left: Money | None
    reserve: Money | None
    actual: Money | None
    committed: Money | None
    bound: Money | None
    released: Money | None
    released_left: Money | None
    gaps: tuple[SumCheck, ...]


def funding_of(budget: Budget | None, cost: Cost, on: date, as_of: date) -> Funding:
    """The funding of one project at its status date `on`, as it is known on `as_of`."""
    unit, mine = cost.currency, budget or Budget()
    held = mine.contingency or (Money(cost.approved.amount * 0, unit) if cost.approved else None)
    drawn = _sum([one.amount for one in mine.drawdowns if one.on <= on], unit)
    actual = actual_cost(mine, unit, on, as_of)
    bound = _sum([one for one in (actual, cost.committed) if one is not None], unit)
    return Funding(
        currency=unit,
        approved=cost.approved,
        bac=_less(cost.approved, held),
        contingency=mine.contingency,
        drawn=drawn,
        contingency_left=_less(mine.contingency, drawn) if drawn else mine.contingency,
        reserve=mine.management_reserve,
        actual=actual,
        committed=cost.committed,
        bound=bound,
        released=cost.released,
        released_left=_less(cost.released, bound) if bound else cost.released,
        gaps=tuple(one for one in _sums(mine, cost, unit) if one.gap.amount != 0),
    )


def actual_cost(budget: Budget, currency: str, on: date, as_of: date) -> Money | None:
    """AC: what months up to that of `on` cost by postings known on `as_of`, with what is received and not yet invoiced.

    A month that is given line by line is not counted again by its sum. None without any posting.
    """
    last = month_of(on)
    by_line = {one.month for one in budget.actuals}
    parts = [
        amount for month, amount in budget.spent.items() if month not in by_line and index_of(month) <= last
    ]  # fmt: skip
    for one in budget.actuals:
        if index_of(one.month) <= last and (one.posted_on is None or one.posted_on <= as_of):
            parts += [one.amount, *([one.accrued] if one.accrued else [])]
    return _sum(parts, currency)


def _sums(budget: Budget, cost: Cost, unit: str) -> Iterable[SumCheck]:
    """Every pair of figures that the plan states and that should agree."""
    held = budget.contingency
    lines = [one.amount for one in budget.lines]
    pairs: list[tuple[str, Money | None, list[Money]]] = [
        ("lines and contingency", cost.approved, [*lines, *([held] if held else [])] if lines else []),
        ("phases", cost.approved, list(budget.by_phase.values())),
        ("months", cost.approved, list(budget.by_month.values())),
        *((f"months of {one.id}", one.amount, list(one.phasing.values())) for one in budget.lines),
    ]
    for what, stated, parts in pairs:
        summed = _sum(parts, unit)
        if stated is not None and summed is not None and stated.currency == unit:
            yield SumCheck(what=what, stated=stated, summed=summed)


def _less(left: Money | None, right: Money | None) -> Money | None:
    return left - right if left is not None and right is not None and left.currency == right.currency else None


def _sum(amounts: list[Money], currency: str) -> Money | None:
    return total(amounts, currency) if amounts else None
