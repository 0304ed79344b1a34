"""The schedules of a portfolio: computed for a project when somebody asks, and then only once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from handrail.compute.facts import Project
from handrail.compute.schedule import Frame, schedule_of
from handrail.compute.timed import Schedule, Timed
from handrail.compute.workdays import days_of
from handrail.compute.working_time import Hours, hours_of
from handrail.model.repository import Repository
from handrail.model.schedule import WorkingTime


def schedule(project: Project, repository: Repository) -> Schedule | None:
    """The schedule of a project; None where milestones are all it has."""
    if not keeps_tasks(project) and not project.plan.calendars:
        return None

    def make() -> Schedule | None:
        frame = Frame(
            repository=repository,
            hours=organisation_hours(repository),
            days=days_of(project.plan, repository.organisation.calendar),
            as_of=project.as_of,
        )
        found = schedule_of(project.plan, frame, project.status_date, project.end)
        return found if keeps_tasks(project) or found.problems else None

    return project.memo.once("schedule", make)


def timed(project: Project, repository: Repository) -> Mapping[str, Timed]:
    """The computed tasks of a project by id; none where there is no network, or none can be computed."""

    def make() -> Mapping[str, Timed]:
        found = schedule(project, repository)
        return {one.id: one for one in found.tasks} if found else {}

    return project.memo.once("timed", make)


def keeps_tasks(project: Project) -> bool:
    """Whether its plan has a list of tasks, also one of which nothing could be read."""
    return bool(project.plan.tasks) or "tasks" in project.plan.home


def organisation_hours(repository: Repository) -> Hours:
    """The organisation's calendar, with what is wrong with it."""
    return _hours(repository.organisation.calendar)


@lru_cache(maxsize=4)
def _hours(calendar: WorkingTime | None) -> Hours:
    """Tables of a week take a thousandth of a second, which a thousand plans need not spend anew."""
    return hours_of(calendar, "the organisation's calendar")
