"""How fresh a plan is: its newest report, the day it speaks of, and whether the next one is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.compute.workdays import WorkDays
from handrail.model.project import Plan
from handrail.model.records import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The newest reports of a plan and their age on a day."""

    date: date | None
    report: Report | None
    previous: Report | None
    age: int | None
    overdue: bool


def status_of(plan: Plan, as_of: date, due_working_day: int, days: WorkDays) -> Status:
    """Reports that speak of a later day than `as_of` do not count yet.

    A report for a month is due by the given working day of the next month; only active projects in execution owe one,
    and none for the time before their plan was approved.
    """
    reports = sorted((one for one in plan.reports if one.as_of <= as_of), key=lambda one: one.as_of, reverse=True)
    newest = reports[0] if reports else None
    needed = _needed(as_of, due_working_day, days)
    began = min((one.made_on for one in plan.baselines), default=date.min)
    owes = plan.state == "active" and plan.phase == "execution" and began <= needed
    return Status(
        date=newest.as_of if newest else plan.status_date,
        report=newest,
        previous=reports[1] if len(reports) > 1 else None,
        age=(as_of - newest.as_of).days if newest else None,
        overdue=owes and (newest is None or newest.as_of < needed),
    )


def _needed(as_of: date, due_working_day: int, days: WorkDays) -> date:
    """The first day that the newest report may speak of: the month whose report is due already, from its 15th on."""
    month_start = as_of.replace(day=1)
    due = days.after(month_start - timedelta(days=1), due_working_day)
    owed = month_start - timedelta(days=1)
    if as_of <= due:
        owed = owed.replace(day=1) - timedelta(days=1)
    return owed.replace(day=15)
