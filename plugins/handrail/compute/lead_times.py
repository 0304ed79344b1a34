"""What must be ordered when: equipment and material with a lead time, counted back from the day they are needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.compute.facts import Project
from handrail.compute.months import first_day, index_of, month_of
from handrail.compute.schedules import timed
from handrail.compute.workdays import WorkDays
from handrail.model.registers import Resource
from handrail.model.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One thing to be ordered. needed: the first day it is used and has not been yet; by: the last day to order it.

    late: working days since that day, 0 while there is time. why: the task, or the month, that needs it.
    """

    resource: Resource
    needed: date
    by: date
    late: int
    why: str


def orders_of(project: Project, repository: Repository, days: WorkDays) -> tuple[Order, ...]:
    """Everything with a lead time that is still to be used, the most urgent first."""
    found = []
    for one in project.plan.resources:
        if not one.lead_time_days:
            continue
        needed = _needed(project, repository, one, days)
        if needed is None:
            continue
        day, why = needed
        by = _before(day, one.lead_time_days, days)
        found.append(Order(resource=one, needed=day, by=by, late=max(days.between(by, project.as_of), 0), why=why))
    return tuple(sorted(found, key=lambda one: (one.by, one.resource.id)))


def _needed(project: Project, repository: Repository, one: Resource, days: WorkDays) -> tuple[date, str] | None:
    """The first day of use that has not begun: of the tasks that name it, else of its months."""
    tasks = timed(project, repository)
    open_ = [
        (found.start.date(), task.id)
        for task in project.plan.tasks
        if one.id in task.assignees and (found := tasks.get(task.id)) is not None and found.state == "open"
    ]
    if open_:
        return min(open_)
    months = sorted(month for month, share in one.allocations.items() if share > 0)
    if not months or index_of(months[0]) < month_of(project.as_of):
        return None  # it is there already
    begin = first_day(index_of(months[0]))
    return begin if days.works(begin) else days.after(begin, 1), months[0]


def _before(day: date, working_days: int, days: WorkDays) -> date:
    try:
        while working_days > 0:
            day -= timedelta(days=1)
            working_days -= days.works(day)
    except OverflowError:
        return date.min
    return day
