"""Who is needed where: the demand of projects for people and roles by month, as shares of a full month.

For one project, person and month the most precise statement counts, and no two are added: the allocation of a resource,
else the share in the team, else the hours of the tasks that the person works on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from handrail.compute.earned import leaves
from handrail.compute.facts import Portfolio, Project
from handrail.compute.months import days_in, first_day, index_of, month_of
from handrail.compute.schedules import timed
from handrail.compute.timed import Timed
from handrail.compute.workdays import WorkDays
from handrail.model.money import EXACT
from handrail.model.repository import Repository
from handrail.model.schedule import Task

HOURS = Decimal(8)
"""Hours of a full working day, where effort is turned into a share of a month."""
Needed = Literal["person", "role", "equipment", "material"]
Source = Literal["allocation", "team", "tasks"]
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Demand:
    """What one project needs of one person, role, equipment or material in one month. share: 1 is a full month of one."""

    kind: Needed
    name: str
    month: int
    project: str
    share: Decimal
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Everything that running projects need."""

    demands: tuple[Demand, ...]

    def total(self) -> Decimal:
        """All shares together, in months of one person or thing."""
        return sum((one.share for one in self.demands), _NONE)

    def without(self, project: str) -> Load:
        """What is left when one project is left out; nothing else moves."""
        return Load(demands=tuple(one for one in self.demands if one.project != project))

    def of(self, project: str) -> Load:
        """What one project needs."""
        return Load(demands=tuple(one for one in self.demands if one.project == project))

    def by_name(self) -> Mapping[tuple[str, str, int], tuple[Demand, ...]]:
        """The demands by kind, name and month."""
        found: dict[tuple[str, str, int], list[Demand]] = {}
        for one in self.demands:
            found.setdefault((one.kind, one.name, one.month), []).append(one)
        return {key: tuple(ones) for key, ones in found.items()}


def load_of(portfolio: Portfolio, days: WorkDays, first: int, last: int) -> Load:
    """The demand of all active projects in the months from one to another, both included."""
    found: list[Demand] = []
    for project in portfolio.projects:
        if project.plan.state == "active":
            found += demands_of(project, days, first, last, portfolio.repository)
    return Load(demands=tuple(sorted(found)))


def demands_of(
    project: Project, days: WorkDays, first: int, last: int, repository: Repository | None = None
) -> Iterable[Demand]:
    """The demand of one project by month. With a repository, tasks lie where the network has them today."""
    shares: dict[tuple[Needed, str, int], tuple[Decimal, Source]] = {}
    for hours in _by_tasks(project, days, range(first, last + 1), repository):
        before = shares.get(("person", hours.person, hours.month), (_NONE, "tasks"))[0]
        shares["person", hours.person, hours.month] = (EXACT.add(before, hours.share), "tasks")
    start, end = _span(project)
    if start and end:
        for person, share in project.plan.team.items():
            for month in range(max(first, month_of(start)), min(last, month_of(end)) + 1):
                shares["person", person, month] = (share, "team")
    allocated: dict[tuple[Needed, str, int], Decimal] = {}
    for one in project.plan.resources:
        # a person who has no name yet is a role to be filled
        kind: Needed = "role" if one.kind == "person" and not one.person else one.kind
        name = one.person if one.kind == "person" and one.person else one.name
        for text, share in one.allocations.items():
            month = index_of(text)
            allocated[kind, name, month] = EXACT.add(allocated.get((kind, name, month), _NONE), share)
    for key, share in allocated.items():
        shares[key] = (share, "allocation")
    for (what, who, month), (share, source) in shares.items():
        if first <= month <= last and share > 0:
            yield Demand(kind=what, name=who, month=month, project=project.id, share=share, source=source)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hours:
    person: str
    month: int
    share: Decimal


def _by_tasks(project: Project, days: WorkDays, months: range, repository: Repository | None) -> Iterable[_Hours]:
    """The effort of open and done tasks, spread evenly over their working days and over those who do them.

    A task without hours asks for nothing that could be counted.
    """
    people = {one.id: one.person for one in project.plan.resources if one.person}
    for task in leaves(project.plan.tasks):
        if not task.effort_hours or not task.assignees:
            continue
        start, finish = _task_span(task, timed(project, repository).get(task.id) if repository else None)
        whole = days.between(start, finish) + days.works(finish) if start and finish and start <= finish else 0
        if start is None or finish is None or whole == 0:
            continue
        each = EXACT.divide(task.effort_hours, HOURS * len(task.assignees) * whole)
        for month in range(max(months.start, month_of(start)), min(months.stop, month_of(finish) + 1)):
            inside = min(finish, _last(month))
            count = days.between(max(start, first_day(month)), inside) + days.works(inside)
            in_month = days_in(month, days)
            if count and in_month:
                share = EXACT.divide(EXACT.multiply(each, Decimal(count)), Decimal(in_month))
                for name in task.assignees:
                    yield _Hours(person=people.get(name, name), month=month, share=share)


def _last(month: int) -> date:
    return date.fromordinal(first_day(month + 1).toordinal() - 1)


def _span(project: Project) -> tuple[date | None, date | None]:
    """From the plan's start to its expected end."""
    known = [one.expected for one in project.milestones if one.expected]
    start = project.plan.start or min(known, default=None)
    return start, max(known, default=project.end.expected if project.end else None)


def _task_span(task: Task, timed_: Timed | None) -> tuple[date | None, date | None]:
    """From when to when it is worked on: as the network has it, until the finish that the manager states."""
    if timed_ is not None:
        start_day = timed_.start.date()
        return start_day, max(timed_.expected, start_day)
    start = task.actual_start or task.start or task.planned_start
    finish = task.actual_finish or task.forecast or task.finish or task.planned_finish
    return _day(start), _day(finish)


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
