"""Figures that most commands do without: computed for a project when somebody asks, and then only once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handrail.compute.benefits import BenefitState, State, benefits_of
from handrail.compute.business_case import Worth, npv_expected, worth
from handrail.compute.earned_value import EarnedValue, Setting, earned_value_of, value_earned
from handrail.compute.facts import Project
from handrail.compute.forecast import Forecast, forecast_of, ranges_of
from handrail.compute.funding import Funding, funding_of
from handrail.compute.quality_limits import limits_of
from handrail.compute.quality_of_network import around_of, schedule_from
from handrail.compute.quality_of_schedule import Check, checks_of
from handrail.compute.schedules import schedule
from handrail.compute.simulation import NumPyMissing, simulate_cost
from handrail.compute.throughput import Throughput, throughput_of
from handrail.compute.workdays import WorkDays, days_of
from handrail.model.money import Money, minor_digits
from handrail.model.repository import Repository


def status_day(project: Project) -> date:
    """The day in whose evening the figures hold: the status date, or the day of the look where there is none."""
    return project.status_date or project.as_of


def funding(project: Project) -> Funding:
    """Where the project's money stands."""
    return project.memo.once(
        "funding",
        lambda: funding_of(project.cost.budget, project.cost, status_day(project), project.as_of),
    )


def earned_value(project: Project, repository: Repository) -> EarnedValue:
    """The project's earned value."""
    return project.memo.once(
        "earned value", lambda: earned_value_of(project.plan, project.cost, _setting(project, repository))
    )  # fmt: skip


def worth_of(project: Project, repository: Repository) -> Money | None:
    """What the work done is worth on the status date; None where earned value is not asked or not known.

    The history asks for this of each plan on each day, and for nothing else of earned value.
    """
    found = value_earned(project.plan, project.cost, _setting(project, repository))
    return Money(found.value, project.cost.currency) if found.value is not None else None


def _setting(project: Project, repository: Repository) -> Setting:
    return Setting(
        on=status_day(project), as_of=project.as_of, lifecycle=repository.policy.lifecycle,
        days=_days(project, repository),
    )  # fmt: skip


def case_worth(project: Project, repository: Repository) -> Worth | None:
    """What the business case is worth; None without one."""
    case = project.plan.business_case
    if case is None:
        return None
    return project.memo.once("worth", lambda: worth(case, repository.policy.rates, status_day(project)))


def case_expected(project: Project, repository: Repository) -> Money | None:
    """What the business case is worth with the cost and the end that are expected today; None where that is not known.

    The expected cost is the higher of the manager's forecast and, once a fifth is done, the one by efficiency; it is held
    against the approved budget, contingency included, which is what the cash flows were made with.
    """
    case, cost = project.plan.business_case, project.cost
    if case is None or cost.approved is None:
        return None

    def make() -> Money | None:
        known = [cost.forecast] if cost.forecast is not None else []
        earned = earned_value(project, repository)
        if earned.eac_by == "cpi" and (by_index := earned.money(earned.eac)) is not None:
            known.append(by_index)
        approved = cost.approved
        if not known or approved is None or any(one.currency != approved.currency for one in known):
            return None
        extra = max(known, key=lambda one: one.amount) - approved
        end = project.end
        late = (end.expected - end.planned).days if end and end.expected and end.planned else 0
        return npv_expected(case, extra, late, status_day(project))

    return project.memo.once("worth expected", make)


def pace(project: Project, repository: Repository) -> Throughput | None:
    """When an adaptive project will be through; None without increments."""
    return project.memo.once(
        "pace", lambda: throughput_of(project.plan, status_day(project), _days(project, repository))
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRange:
    """What the budget lines cost together if they vary: half, four fifths of the runs cost no more. chance: the share of
    runs that keep to the lines as they are. why: the reason where there is nothing to say.
    """

    p50: Money | None = None
    p80: Money | None = None
    chance: Decimal | None = None
    why: str = ""


def cost_range(project: Project) -> CostRange | None:
    """The range of the cost lines; None where no line says how far it may vary."""
    lines = project.plan.budget.lines if project.plan.budget else ()
    if not any(one.low or one.high for one in lines):
        return None

    def make() -> CostRange:
        try:
            found = simulate_cost([(one.amount, one.low, one.high) for one in lines])
        except NumPyMissing as missing:
            return CostRange(why=str(missing))
        if isinstance(found, str):
            return CostRange(why=found)
        unit = lines[0].amount.currency
        p50, p80 = (Money(Decimal(value).scaleb(-minor_digits(unit)), unit) for value in (found.p50, found.p80))
        return CostRange(p50=p50, p80=p80, chance=found.chance)

    return project.memo.once("cost range", make)


def schedule_checks(project: Project, repository: Repository) -> tuple[Check, ...]:
    """The DCMA-style checks of a project's network; none where it has no network that could be computed."""
    found = schedule(project, repository)
    if found is None or found.network is None or found.settings is None:
        return ()
    jobs, settings, network = found.jobs, found.settings, found.network

    def make() -> tuple[Check, ...]:
        around = around_of(project.plan, jobs, project.end.planned if project.end else None)
        limits = limits_of(repository, project.plan.tier)
        return checks_of(schedule_from(jobs, settings, network, around), limits)

    return project.memo.once("schedule checks", make)


def end_range(project: Project, repository: Repository) -> Forecast | str | None:
    """When the network ends if its durations vary; the reason where that cannot be said, None where no task has a range."""
    found = schedule(project, repository)
    if found is None or found.network is None or found.settings is None:
        return None
    jobs, settings, network = found.jobs, found.settings, found.network
    ranges = ranges_of(project.plan.tasks, jobs)
    if not ranges:
        return None

    def make() -> Forecast | str:
        try:
            return forecast_of(jobs, settings, network, ranges)
        except NumPyMissing as missing:
            return str(missing)

    return project.memo.once("end range", make)


def benefits(project: Project) -> tuple[BenefitState, ...]:
    """Every benefit with its state on the day of the look: benefits go on when reports have ended."""
    return project.memo.once("benefits", lambda: benefits_of(project.plan, project.as_of))


_BENEFITS: dict[State, int] = {"due": 0, "missed": 1, "on the way": 2, "waiting": 3, "no day": 4, "reached": 5}


def promised(projects: Iterable[Project]) -> tuple[tuple[BenefitState, Project], ...]:
    """Every benefit that projects promise, each with its project: what must be measured now first, the longest due on top.

    Those of closed projects go on; a cancelled project promises nothing any more.
    """
    found = [(one, project) for project in projects if project.plan.state != "cancelled" for one in benefits(project)]
    return tuple(sorted(found, key=_urgency))


def _urgency(pair: tuple[BenefitState, Project]) -> tuple[int, date, str, str]:
    one, project = pair
    return _BENEFITS[one.state], one.due or date.max, project.id, one.benefit.id or ""


def _days(project: Project, repository: Repository) -> WorkDays:
    return days_of(project.plan, repository.organisation.calendar)
