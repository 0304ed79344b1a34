"""How fresh a plan is: its newest report, the day it speaks of, and whether the next one is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.compute.workdays import WorkDays
from handrail.model.policy import Policy
from handrail.model.project import Plan
from handrail.model.records import Report

_YEAR = 260
_DUE = 5
_OWING = frozenset({"execution", "closure"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Status:
    """The newest reports of a plan and their age on a day."""

    date: date | None
    report: Report | None
    previous: Report | None
    age: int | None
    overdue: bool


def status_of(plan: Plan, as_of: date, needed: date) -> Status:
    """Reports that speak of a later day than `as_of` do not count yet. `needed` is what `first_needed` gives for it.

    Only active projects owe reports, from execution until they are closed, and none for the time before their plan was
    approved.
    """
    reports = sorted((one for one in plan.reports if one.as_of <= as_of), key=lambda one: one.as_of, reverse=True)
    newest = reports[0] if reports else None
    owes = owes_reports(plan, needed)
    return Status(
        date=newest.as_of if newest else plan.status_date,
        report=newest,
        previous=reports[1] if len(reports) > 1 else None,
        age=(as_of - newest.as_of).days if newest else None,
        overdue=owes and (newest is None or newest.as_of < needed),
    )


def owes_reports(plan: Plan, needed: date) -> bool:
    """Whether a plan owes a report of a month; `needed` is a day in the middle of it."""
    began = min((one.made_on for one in plan.baselines), default=date.min)
    return plan.state == "active" and plan.phase in _OWING and began <= needed


def report_due(policy: Policy) -> int:
    """The working day of the next month until which a month's report may be handed in."""
    return policy.thresholds.report_due_working_day if policy.thresholds else _DUE


def first_needed(as_of: date, due_working_day: int, days: WorkDays) -> date:
    """The first day that the newest report may speak of: the 15th of the last month whose report is overdue if missing.

    A month's report may be handed in until the end of the given working day of the next month; more than a year of them
    is no deadline, and counts as a year.
    """
    due_working_day = min(due_working_day, _YEAR)
    month_end = as_of.replace(day=1) - timedelta(days=1)
    while as_of <= days.after(month_end, due_working_day):
        month_end = month_end.replace(day=1) - timedelta(days=1)
    return month_end.replace(day=15)
