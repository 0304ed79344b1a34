"""The dates that a file has beside those that its tasks, links and constraints give here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from handrail.compute.calendar import WorkCalendar, instant
from handrail.compute.portfolio import compute
from handrail.compute.schedule import Frame, schedule_of
from handrail.compute.schedules import organisation_hours, schedule
from handrail.compute.timed import Schedule, Timed
from handrail.compute.workdays import WorkDays
from handrail.exchange.msproject.hours import words
from handrail.exchange.msproject.noted import Found, Item, Note
from handrail.model.project import Plan
from handrail.model.repository import Repository

_REASON = "its date in the file and, behind it, the one that links and constraints give here"


def compare(found: Found, plan: Plan, repository: Repository, as_of: date) -> tuple[list[Note], list[str]]:
    """What differs, in working time, and sentences about it.

    Microsoft Project leaves work that is not done where it is; here it goes on from the status date. A file can follow
    either way, so that the nearer one counts; that the other gives other dates is said, not listed.
    """
    dated = [one for one in found.tasks if one.start and one.finish]
    if not dated or not plan.tasks:
        return [], []
    frame = Frame(
        repository=repository, hours=organisation_hours(repository), days=WorkDays.of(repository.organisation.calendar),
        as_of=as_of,
    )  # fmt: skip
    project = compute(repository, as_of).project(plan.id)
    today = schedule(project, repository) if project else None
    still = schedule_of(plan, frame, None, None)
    if still.why:
        return [], [f"The dates of the file could not be compared: {still.why}"]
    compared = sum(still.task(one.key) is not None for one in dated)
    every = [_apart(dated, one) for one in (still, today) if one is not None and not one.why]
    nearest = min(every, key=len)
    apart = len({one.item for one in nearest})
    told = [f"Dates: {compared - apart:,} of {compared:,} tasks have the dates here that the file says."]
    moved = len({one.item for one in every[-1]} - {one.item for one in nearest})
    if moved and today is not None and today.status:
        told.append(
            f"From the status date {today.status.isoformat()} on, {moved:,} more have others: "
            "here, work that is not done cannot lie in the past."
        )
    return nearest, told


def _apart(dated: list[Item], schedule: Schedule) -> list[Note]:
    times, calendars = {one.id: one for one in schedule.tasks}, {job.id: job.calendar for job in schedule.jobs}
    return [note for one in dated if one.key in times for note in _differences(one, times[one.key], calendars[one.key])]


def _differences(one: Item, timed: Timed, calendar: WorkCalendar) -> Iterator[Note]:
    for element, theirs, ours in (("Start", one.start, timed.start), ("Finish", one.finish, timed.finish)):
        if theirs is not None and _position(calendar, theirs) != _position(calendar, ours):
            yield Note(
                about=str(one.fields["name"]), line=one.line, element=element, value=f"{words(theirs)}, {words(ours)}",
                fate="changed", reason=_REASON, item=one.key,
            )  # fmt: skip


def _position(calendar: WorkCalendar, when: datetime) -> int:
    return calendar.position(instant(when))
