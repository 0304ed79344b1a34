"""Money over time, added up month by month: planned, earned and actual, and the way from there to the expected end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from handrail.compute import figures
from handrail.compute.currency import convert
from handrail.compute.earned import earned_of
from handrail.compute.facts import Project
from handrail.compute.funding import actual_cost
from handrail.compute.months import first_day, index_of, month_of
from handrail.compute.phasing import Curve, curve_of
from handrail.compute.trend import NO_HISTORY, History, PointFacts
from handrail.compute.workdays import WorkDays
from handrail.model.money import EXACT, Money
from handrail.model.repository import Repository

_LONGEST = 600
_NONE = Decimal(0)
_Values = tuple[Decimal | None, ...]
Looks = Sequence[tuple[date, PointFacts]]
"""A project on earlier days, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyCurve:
    """Amounts of one currency added up to the end of each month, from the month numbered `first` on; None: not known.

    ev: in the past from what carries days (milestones, increments, finished tasks); a percentage as the plan said it at the
    end of the month, where the history of the repository knows. forecast: from the last posting, evenly, to the expected amount at the expected end. counted, left_out:
    how many projects are in it, and how many are not, because they lack a budget by month or earned value.
    """

    first: int
    currency: str
    pv: _Values
    ev: _Values
    ac: _Values
    forecast: _Values
    counted: int = 1
    left_out: int = 0

    @property
    def months(self) -> int:
        """How many months it spans."""
        return len(self.pv)


def curve_of_project(project: Project, repository: Repository, looks: Looks = ()) -> MoneyCurve | None:
    """The curve of one project in its own currency; None without money by month. looks: how it was on earlier days."""
    days = WorkDays.of(repository.organisation.calendar)
    spread = _spread(project, repository, days)
    budget, end = project.plan.budget, project.end
    posted = sorted({*budget.spent, *(one.month for one in budget.actuals)}) if budget else []
    months = [index_of(one) for one in posted]
    months += [spread.first, spread.first + len(spread.totals) - 2] if spread else []
    last_known = figures.status_day(project)
    posted_until = max((index_of(one) for one in posted if index_of(one) <= month_of(last_known)), default=None)
    if not months or budget is None:
        return None
    first, last = min(months), max(months)
    if posted_until is not None and end and end.expected:
        last = max(last, month_of(end.expected))
    if last - first > _LONGEST:
        return None
    span = range(first, last + 1)
    unit = project.cost.currency
    actual = [
        _actual(project, month, unit) if posted_until is not None and month <= posted_until else None for month in span
    ]
    earned = figures.earned_value(project, repository)
    final = (
        earned.eac.value
        if earned.eac.value is not None
        else project.cost.forecast.amount
        if project.cost.forecast
        else None
    )
    finish = month_of(end.expected) if end and end.expected else last
    return MoneyCurve(
        first=first, currency=unit, ac=tuple(actual),
        pv=tuple(spread.totals[min(max(month - spread.first + 1, 0), len(spread.totals) - 1)] if spread else None for month in span),
        ev=_earned_by_month(project, repository, span, looks),
        forecast=_way(span, posted_until, actual, final, finish),
    )  # fmt: skip


def curve_of_all(
    projects: Iterable[Project], repository: Repository, on: date, history: History = NO_HISTORY
) -> MoneyCurve | None:
    """The curves of all projects that have a phased budget and earned value, in the organisation's currency by the rate of the day."""
    every = list(projects)
    found: list[tuple[MoneyCurve, Callable[[Decimal], Decimal]]] = []
    for project in every:
        earned = figures.earned_value(project, repository)
        curve = (
            curve_of_project(project, repository, history.of(project.id))
            if earned.ev.value is not None and earned.pv.value is not None
            else None
        )
        rate = _rate(curve.currency, repository, on) if curve else None
        if curve is not None and rate is not None:
            found.append((curve, rate))
    if not found:
        return None
    first = min(one.first for one, _ in found)
    last = max(one.first + one.months for one, _ in found)
    if last - first > _LONGEST:
        return None
    span = range(first, last)

    def summed(read: Callable[[MoneyCurve], _Values], *, carried: bool) -> _Values:
        return tuple(_sum_at(month, found, read, carried=carried) for month in span)

    ac = summed(lambda one: one.ac, carried=True)
    ev = summed(lambda one: one.ev, carried=True)
    earned_until = max(
        (one.first + i for one, _ in found for i, value in enumerate(one.ev) if value is not None), default=first - 1
    )
    latest = max(
        (one.first + i for one, _ in found for i, value in enumerate(one.ac) if value is not None), default=None
    )
    return MoneyCurve(
        first=first, currency=repository.currency, pv=summed(lambda one: one.pv, carried=True),
        ac=tuple(value if latest is not None and month <= latest else None for month, value in zip(span, ac, strict=True)),
        ev=tuple(value if month <= earned_until else None for month, value in zip(span, ev, strict=True)),
        forecast=tuple(
            _sum_at(month, found, _expected, carried=True) if latest is not None and month >= latest else None for month in span
        ),
        counted=len(found), left_out=len(every) - len(found),
    )  # fmt: skip


def _expected(one: MoneyCurve) -> _Values:
    """What is spent as far as it is known, then the way to the end; what was planned where nothing is posted yet."""
    if any(value is not None for value in one.forecast):
        return tuple(way if way is not None else spent for way, spent in zip(one.forecast, one.ac, strict=True))
    return one.ac if any(value is not None for value in one.ac) else one.pv


def _sum_at(
    month: int, found: Sequence[tuple[MoneyCurve, Callable[[Decimal], Decimal]]], read: Callable[[MoneyCurve], _Values], *, carried: bool
) -> Decimal | None:  # fmt: skip
    """The sum over projects in a month. Before a project begins it counts nothing; after it, its last value."""
    total = _NONE
    for one, rate in found:
        values, place = read(one), month - one.first
        if place < 0 or not values:
            continue
        value = values[min(place, len(values) - 1)]
        if value is None:
            known = [each for each in values[: place + 1] if each is not None] if carried else []
            if not known and any(each is not None for each in values):
                return None
            value = known[-1] if known else _NONE
        total = EXACT.add(total, rate(value))
    return total


def _rate(currency: str, repository: Repository, on: date) -> Callable[[Decimal], Decimal] | None:
    if currency == repository.currency:
        return lambda value: value
    if (
        convert(
            Money(Decimal(1), currency), repository.currency, on, repository.policy.rates, repository.currency
        ).money
        is None
    ):
        return None

    def change(value: Decimal) -> Decimal:
        found = convert(Money(value, currency), repository.currency, on, repository.policy.rates, repository.currency)
        return found.money.amount if found.money else _NONE

    return change


def _spread(project: Project, repository: Repository, days: WorkDays) -> Curve | None:
    bac = figures.funding(project).bac
    if bac is None or bac.amount <= 0:
        return None
    found = curve_of(project.plan, bac, repository.policy.lifecycle, days)
    return found if isinstance(found, Curve) else None


def _actual(project: Project, month: int, unit: str) -> Decimal | None:
    budget = project.cost.budget
    found = actual_cost(budget, unit, _end_of(month), project.as_of) if budget else None
    return found.amount if found else None


def _earned_by_month(project: Project, repository: Repository, span: range, looks: Looks) -> _Values:
    """EV at the end of each month: as it can be worked out today, else as the last look of that month has it."""
    days = WorkDays.of(repository.organisation.calendar)
    unit, until = project.cost.currency, month_of(figures.status_day(project))
    seen = {month_of(on): one.earned.amount for on, one in looks if one.earned and one.earned.currency == unit}
    found = []
    for month in span:
        value = _earned(project, repository, month, days)
        found.append(seen.get(month) if value is None and month < until else value)
    return tuple(found)


def _earned(project: Project, repository: Repository, month: int, days: WorkDays) -> Decimal | None:
    """EV at the end of a month; on the status date's month the figure of the status date."""
    on = figures.status_day(project)
    if month > month_of(on):
        return None
    now = figures.earned_value(project, repository)
    if month == month_of(on) or now.ev.value is None:
        return now.ev.value
    bac = figures.funding(project).bac
    if bac is None or (
        any(one.percent not in {None, Decimal(0), Decimal(1)} for one in project.plan.tasks)
        and now.counted_by == "tasks"
    ):
        return None
    return earned_of(project.plan, bac, _end_of(month), days).value.value


def _way(
    span: range, since: int | None, actual: Sequence[Decimal | None], final: Decimal | None, finish: int
) -> _Values:
    """Evenly from what was spent to what is expected; the expected amount afterwards."""
    if since is None or final is None:
        return tuple(None for _ in span)
    spent = actual[since - span.start] or _NONE
    steps = max(finish - since, 1)
    return tuple(
        None if month < since
        else EXACT.add(spent, EXACT.divide(EXACT.multiply(EXACT.subtract(final, spent), Decimal(min(month - since, steps))), Decimal(steps)))
        for month in span
    )  # fmt: skip


def _end_of(month: int) -> date:
    return first_day(month + 1) - timedelta(days=1)
