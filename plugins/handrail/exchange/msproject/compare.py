"""The dates that a file has beside those that its tasks, links and constraints give here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from handrail.compute import network
from handrail.compute.calendar import WorkCalendar, instant, moment
from handrail.compute.network import Times
from handrail.compute.portfolio import compute
from handrail.compute.schedule import Frame, schedule_of
from handrail.compute.schedules import organisation_hours, schedule
from handrail.compute.workdays import days_of
from handrail.exchange.msproject.hours import words
from handrail.exchange.msproject.noted import Found, Item, Note
from handrail.model.project import Plan
from handrail.model.repository import Repository

_REASON = "its date in the file and, behind it, the one that links and constraints give here"


def compare(found: Found, plan: Plan, repository: Repository, as_of: date) -> tuple[list[Note], list[str]]:
    """What differs, in working time, and sentences about it.

    Microsoft Project leaves work that is not done where it is, and lets a link lead to before the project's start; here,
    work goes on from the status date, and nothing begins before the start. A file can follow either way, so that the
    nearer one counts; that the other gives other dates is said, not listed.
    """
    dated = [one for one in found.tasks if one.start and one.finish]
    if not dated or not plan.tasks:
        return [], []
    frame = Frame(
        repository=repository, hours=organisation_hours(repository), days=days_of(plan, repository.organisation.calendar),
        as_of=as_of,
    )  # fmt: skip
    still = schedule_of(plan, frame, None, None)
    if still.why or still.settings is None or still.network is None:
        return [], [f"The dates of the file could not be compared: {still.why}"]
    calendars = {job.id: job.calendar for job in still.jobs}
    theirs = network.compute(still.jobs, replace(still.settings, floor=False)).times
    project = compute(repository, as_of).project(plan.id)
    ours = schedule(project, repository) if project else None
    today = ours.network.times if ours is not None and ours.network is not None else still.network.times
    every = [_apart(dated, times, calendars) for times in (theirs, still.network.times, today)]
    nearest = min(every, key=len)
    apart = {one.item for one in nearest}
    compared = sum(one.key in theirs for one in dated)
    told = [f"Dates: {compared - len(apart):,} of {compared:,} tasks have the dates here that the file says."]
    moved = len({one.item for one in every[-1]} - apart)
    if moved:
        told.append(
            f"Today's schedule has other dates for {moved:,} more: here, work that is not done cannot lie before the status"
            " date, nor any before the project's start."
        )
    return nearest, told


def _apart(dated: list[Item], times: Mapping[str, Times], calendars: Mapping[str, WorkCalendar]) -> list[Note]:
    return [note for one in dated if one.key in times for note in _differences(one, times[one.key], calendars[one.key])]


def _differences(one: Item, times: Times, calendar: WorkCalendar) -> Iterator[Note]:
    for element, theirs, ours in (("Start", one.start, times.start), ("Finish", one.finish, times.finish)):
        if theirs is None or calendar.position(instant(theirs)) == calendar.position(ours):
            continue
        try:
            here = words(moment(ours))
        except OverflowError:
            here = "after the year 9999"
        yield Note(
            about=str(one.fields["name"]), line=one.line, element=element, value=f"{words(theirs)}, {here}", fate="changed",
            reason=_REASON, item=one.key,
        )  # fmt: skip
