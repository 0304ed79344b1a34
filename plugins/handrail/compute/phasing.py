"""Planned value over time: the budget by month, as the plan spreads it.

The first that is there counts: the lines' months, the months of the whole, or its phases between the planned days of
their gates. Within a month, and within a phase, money is planned to be used evenly by working days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from handrail.compute.months import first_day, index_of, month_of, passed
from handrail.compute.shares import shared_out
from handrail.compute.workdays import WorkDays
from handrail.model.cost import Budget
from handrail.model.money import EXACT, Money
from handrail.model.policy import Lifecycle
from handrail.model.project import Plan
from handrail.model.words import PHASES, Phase

_NOT_SPREAD = "The budget is not spread over months or phases."
_LONGEST, _TOO_LONG = 1200, "The budget is spread over more than a century."
_CURRENCIES = "The budget is spread in several currencies."


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Planned value added up: 0 at the start of the month numbered `first`, then at the end of each month from it on.

    source: the field of the budget that it comes from.
    """

    first: int
    totals: tuple[Decimal, ...]
    source: str

    def value(self, day: date, days: WorkDays) -> Decimal:
        """PV in the evening of a day, in the budget's currency."""
        month = month_of(day) - self.first
        if month < 0:
            return Decimal(0)
        if month + 1 >= len(self.totals):
            return self.totals[-1]
        grown = EXACT.subtract(self.totals[month + 1], self.totals[month])
        return EXACT.add(self.totals[month], EXACT.multiply(grown, passed(day, days)))

    def elapsed(self, day: date, days: WorkDays) -> Decimal:
        """AT: months since the start of the first one, the running one by its working days."""
        month = month_of(day) - self.first
        return EXACT.add(Decimal(month), passed(day, days)) if month >= 0 else Decimal(0)


def curve_of(plan: Plan, bac: Money, lifecycle: Lifecycle, days: WorkDays) -> Curve | str:
    """How the performance baseline is spread over months; the reason as text when it is not.

    What is spread may be the approved budget with its contingency; the shape is taken from it, the height from `bac`.
    """
    budget = plan.budget or Budget()
    if budget.lines and all(one.phasing for one in budget.lines):
        amounts = [(index_of(month), value) for one in budget.lines for month, value in one.phasing.items()]
        return _curve(amounts, bac, "lines")
    if budget.by_month:
        return _curve([(index_of(month), value) for month, value in budget.by_month.items()], bac, "by_month")
    if budget.by_phase:
        spread = _by_phase(plan, budget.by_phase, lifecycle, days)
        return spread if isinstance(spread, str) else _curve(spread, bac, "by_phase")
    return _NOT_SPREAD


def _curve(amounts: Iterable[tuple[int, Money]], bac: Money, source: str) -> Curve | str:
    by_month: dict[int, Decimal] = {}
    for month, value in amounts:
        if value.currency != bac.currency:
            return _CURRENCIES
        by_month[month] = EXACT.add(by_month.get(month, Decimal(0)), value.amount)
    if not by_month or any(value < 0 for value in by_month.values()) or not any(by_month.values()):
        return "The spread of the budget is empty, or has a month below zero."
    months = range(min(by_month), max(by_month) + 1)
    if len(months) > _LONGEST:
        return _TOO_LONG
    parts = shared_out(bac, [by_month.get(month, Decimal(0)) for month in months])
    return Curve(
        first=months[0],
        totals=tuple(accumulate((one.amount for one in parts), EXACT.add, initial=Decimal(0))),
        source=source,
    )


def _by_phase(
    plan: Plan, amounts: Mapping[Phase, Money], lifecycle: Lifecycle, days: WorkDays
) -> list[tuple[int, Money]] | str:
    """Each phase between the planned days of the gates around it; phases without a gate between them share their time."""
    opens = {one.id: one.opens for one in lifecycle.gates}
    starts: dict[str, date] = {}
    for one in plan.milestones:
        phase = opens.get(one.gate or "")
        if phase and one.planned:
            starts[phase] = min(one.planned, starts.get(phase, date.max))
    known = [one.planned for one in plan.milestones if one.planned]
    begin, end = plan.start or min(known, default=None), starts.get("closed") or max(known, default=None)
    if begin is None or end is None or end <= begin:
        return "The budget is spread by phase, but milestones do not say when the project starts and ends."
    if month_of(end) - month_of(begin) > _LONGEST:
        return _TOO_LONG
    spread: list[tuple[int, Money]] = []
    group: list[Money] = []
    since = begin
    phases = [name for name in PHASES if name in amounts]
    for number, name in enumerate(phases):
        group.append(amounts[name])
        until = starts.get(phases[number + 1]) if number + 1 < len(phases) else end
        if until is not None:
            if until < since:
                return f"By its gates, {name} is planned to end before it begins."
            spread += _evenly(group, since, until, days)
            group, since = [], until
    return spread


def _evenly(amounts: list[Money], since: date, until: date, days: WorkDays) -> list[tuple[int, Money]]:
    """Amounts by month in proportion to the working days from one day up to the day before another."""
    months = range(month_of(since), month_of(until) + 1)
    worked = [
        Decimal(days.between(max(since, first_day(month)), max(since, min(until, first_day(month + 1)))))
        for month in months
    ]
    return [pair for one in amounts for pair in zip(months, shared_out(one, worked), strict=True)]
