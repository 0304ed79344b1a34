"""All projects of a repository on one day."""

from __future__ import annotations

from datetime import date

from handrail.compute.cost import cost_of
from handrail.compute.dates import deliverables, delivered, end_of, milestones, next_gate
from handrail.compute.facts import Portfolio, Project
from handrail.compute.health import health_of
from handrail.compute.risk import exposure
from handrail.compute.status import status_of
from handrail.compute.tier import derived
from handrail.compute.workdays import WorkDays
from handrail.model.project import Plan
from handrail.model.repository import Repository

_REPORT_DUE = 5


def compute(repository: Repository, as_of: date) -> Portfolio:
    """Everything that follows from what is written, on a day. Reads no clock."""
    days = WorkDays.of(repository.organisation.calendar)
    return Portfolio(
        as_of=as_of,
        repository=repository,
        projects=tuple(project_of(plan, repository, as_of, days) for plan in repository.plans),
        broken=repository.broken,
    )


def project_of(plan: Plan, repository: Repository, as_of: date, days: WorkDays) -> Project:
    """Everything that follows from one plan."""
    thresholds = repository.policy.thresholds
    due = thresholds.report_due_working_day if thresholds else _REPORT_DUE
    status = status_of(plan, as_of, due, days)
    dates = milestones(plan, days)
    handed = deliverables(plan, days)
    cost = cost_of(plan, repository.currency)
    numbers = sorted(one.id for one in plan.baselines)
    return Project(
        plan=plan,
        as_of=as_of,
        status_date=status.date,
        report=status.report,
        previous=status.previous,
        report_age=status.age,
        report_overdue=status.overdue,
        derived_tier=derived(plan, repository.policy.tiers),
        milestones=dates,
        deliverables=handed,
        delivered=delivered(plan, handed),
        end=end_of(dates or handed),
        next_gate=next_gate(dates),
        cost=cost,
        exposure=exposure(plan.risks, cost.currency),
        health=health_of(plan, status.report, dates, cost, thresholds, status.date or as_of),
        baseline=numbers[-1] if numbers else None,
        rebaselined=max(len(numbers) - 1, 0),
    )
