"""All projects of a repository on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handrail.compute.agreed_plan import agreed_baselines
from handrail.compute.approvals import bound
from handrail.compute.colours import Basis
from handrail.compute.cost import cost_of
from handrail.compute.dates import (
    by_network,
    deliverables,
    delivered,
    end_of,
    gates_passed,
    milestones,
    next_gate,
)
from handrail.compute.facts import Dated, Portfolio, Project
from handrail.compute.health import ENDED, health_of
from handrail.compute.own_currency import Exchange
from handrail.compute.risk import exposure
from handrail.compute.status import first_needed, report_due, status_of
from handrail.compute.tier import derived
from handrail.compute.tolerance import Limits
from handrail.compute.workdays import WorkDays, days_of
from handrail.model.project import Plan
from handrail.model.repository import Repository

if TYPE_CHECKING:
    from handrail.compute.timed import Schedule


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class _Day:
    """What all projects share on one day."""

    repository: Repository
    as_of: date
    needed: date


def compute(repository: Repository, as_of: date) -> Portfolio:
    """Everything that follows from what is written, on a day. Reads no clock."""
    days = WorkDays.of(repository.organisation.calendar)
    due = report_due(repository.policy)
    day = _Day(repository=repository, as_of=as_of, needed=first_needed(as_of, due, days))
    return Portfolio(
        as_of=as_of,
        repository=repository,
        projects=tuple(_project_of(plan, day) for plan in repository.plans),
        broken=repository.broken,
    )


def _project_of(plan: Plan, day: _Day) -> Project:
    """Everything that follows from one plan."""
    plan = bound(plan, day.repository)
    policy, as_of = day.repository.policy, day.as_of
    status = status_of(plan, as_of, day.needed)
    days = days_of(plan, day.repository.organisation.calendar)
    dates, handed = milestones(plan, days), deliverables(plan, days)
    schedule = None
    if plan.tasks and any(one.task for one in plan.milestones):
        schedule = _network_of(plan, day, status.date, end_of(dates))
        dates = by_network(plan, dates, _finishes(schedule), days)
    exchange = Exchange(rates=policy.rates, home=day.repository.currency, as_of=as_of)
    cost = cost_of(plan, day.repository.currency, as_of, exchange)
    limits = Limits.of(plan, policy.thresholds)
    agreed, basis = agreed_baselines(plan, as_of), None
    if limits is not None:
        basis = Basis(
            plan=plan, dates=dates, cost=cost, limits=limits, days=days, today=status.date or as_of, agreed=bool(agreed)
        )  # fmt: skip
    project = Project(
        plan=plan,
        as_of=as_of,
        status_date=status.date,
        report=status.report,
        previous=status.previous,
        report_age=status.age,
        report_overdue=status.overdue,
        derived_tier=derived(plan, policy.tiers),
        milestones=dates,
        deliverables=handed,
        delivered=delivered(plan, handed),
        end=end_of(dates) or end_of(handed),
        next_gate=None if plan.state in ENDED else next_gate(dates, gates_passed(plan, as_of)),
        cost=cost,
        exposure=exposure(plan.risks, cost.currency),
        health=health_of(plan, status.report, basis, as_of),
        baseline=agreed[-1] if agreed else None,
        rebaselined=max(len(agreed) - 1, 0),
    )
    if schedule is not None:
        project.memo.once("schedule", lambda: schedule)
    return project


def _network_of(plan: Plan, day: _Day, status: date | None, end: Dated | None) -> Schedule:
    """The schedule of a plan whose milestones hang on tasks; most plans have none, so it is imported here."""
    from handrail.compute.schedule import Frame, schedule_of  # noqa: PLC0415 - see above
    from handrail.compute.schedules import organisation_hours  # noqa: PLC0415 - see above

    repository = day.repository
    days = days_of(plan, repository.organisation.calendar)
    frame = Frame(repository=repository, hours=organisation_hours(repository), days=days, as_of=day.as_of)
    return schedule_of(plan, frame, status, end)


def _finishes(schedule: Schedule) -> dict[str, tuple[date, date]]:
    """When the network has each task done, and when it is expected: as the manager states, where one does."""
    from handrail.compute.timed import day_of_finish  # noqa: PLC0415 - as above

    return {one.id: (day_of_finish(one.finish), one.expected) for one in schedule.tasks}
