"""The schedules of a portfolio: computed for a project when somebody asks, and then only once."""

from __future__ import annotations

from functools import lru_cache

from handrail.compute.facts import Project
from handrail.compute.schedule import Frame, schedule_of
from handrail.compute.timed import Schedule
from handrail.compute.workdays import WorkDays
from handrail.compute.working_time import Hours, hours_of
from handrail.model.repository import Repository
from handrail.model.schedule import WorkingTime


def schedule(project: Project, repository: Repository) -> Schedule | None:
    """The schedule of a project; None where milestones are all it has."""
    if not project.plan.tasks:
        return None

    def make() -> Schedule:
        frame = Frame(
            repository=repository,
            hours=organisation_hours(repository),
            days=WorkDays.of(repository.organisation.calendar),
            as_of=project.as_of,
        )
        return schedule_of(project.plan, frame, project.status_date, project.end)

    return project.memo.once("schedule", make)


def organisation_hours(repository: Repository) -> Hours:
    """The organisation's calendar, with what is wrong with it."""
    return _hours(repository.organisation.calendar)


@lru_cache(maxsize=4)
def _hours(calendar: WorkingTime | None) -> Hours:
    """Tables of a week take a thousandth of a second, which a thousand plans need not spend anew."""
    return hours_of(calendar, "the organisation's calendar")
