"""A plan's tasks become the jobs of a network; whatever keeps them from it is told at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from typing import TypeVar

from handrail.compute import duration
from handrail.compute.calendar import ELAPSED, WorkCalendar, instant
from handrail.compute.duration import Length
from handrail.compute.jobs import HARD, Job, Tie
from handrail.compute.working_time import Hours, Problem, hours_of
from handrail.model.project import Plan
from handrail.model.schedule import Moment, Scheduling, Task, WorkingTime
from handrail.remark import Loc

Parsed = TypeVar("Parsed")
_DATED = HARD | {"SNET", "FNET"}
_AT_START = frozenset({"SNET", "SNLT", "MSO"})
_ON_SUMMARY = frozenset({"ASAP", "SNET", "FNLT"})


@dataclass(slots=True, kw_only=True)
class Reading:
    """What reading a plan's tasks gathers. jobs: in the order of the plan; assumed: tasks that name no duration.

    hers: the calendar of each assignee that has one; shared: when several calendars work at once, None where never.
    """

    calendar: WorkCalendar
    calendars: Mapping[str, WorkCalendar]
    hers: Mapping[str, str] = field(default_factory=dict)
    shared: dict[tuple[str, ...], WorkCalendar | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    assumed: set[str] = field(default_factory=set)

    def ask(self, task: Task, loc: Loc, parsed: Parsed | str, fix: str, instead: Parsed) -> Parsed:
        """What was understood; what was not becomes a problem."""
        if not isinstance(parsed, str):
            return parsed
        name = f"{task.id} {'/'.join(map(str, loc.path[2:]))}"
        message = f'"{task.name}": {parsed}, so its dates cannot be computed.'
        self.problems.append(Problem(loc=loc, message=message, fix=fix, name=name))
        return instead


def read_jobs(plan: Plan, organisation: Hours, written: WorkingTime | None) -> Reading | str:
    """All tasks of a plan as jobs, or why there can be none although the plan's own files are in order."""
    if organisation.calendar is None or organisation.problems:
        return "The organisation's calendar cannot be used; its own remark says why."
    options = plan.scheduling
    calendars: dict[str, WorkCalendar] = {}
    problems: list[Problem] = []
    for one in plan.calendars:
        hours = hours_of(one, f"the calendar {one.id}", written)
        problems += hours.problems
        calendars[one.id] = _units(options, hours.calendar or ELAPSED)
    base = _units(options, organisation.calendar)
    if options and options.calendar:
        if options.calendar in calendars:
            base = calendars[options.calendar]
        else:
            problems.append(_unknown(options.loc.at("calendar"), options.calendar, "The project", calendars))
    reading = Reading(calendar=base, calendars=calendars, problems=problems)
    reading.hers = resource_calendars(plan, reading)
    active = [task for task in plan.tasks if task.active]
    parents = {task.parent for task in active}
    gone = frozenset(task.id for task in plan.tasks if not task.active)
    for task in active:
        job = _job(reading, task, summary=task.id in parents)
        if gone:
            ties = tuple(tie for tie in job.ties if tie.task not in gone)
            job = replace(job, ties=ties, parent=None if job.parent in gone else job.parent)
        reading.jobs.append(job)
    return reading


def resource_calendars(plan: Plan, reading: Reading) -> dict[str, str]:
    """The calendars of those who may be assigned, by id and by handle; one that the plan does not have is a problem."""
    found: dict[str, str] = {}
    for one in plan.resources:
        if one.calendar is None:
            continue
        if one.calendar not in reading.calendars:
            place = one.loc.at("calendar")
            reading.problems.append(_unknown(place, one.calendar, f'"{one.name}"', reading.calendars))
            continue
        for name in (one.id, one.person):
            if name is not None:
                found[name] = one.calendar
    return found


def _units(options: Scheduling | None, calendar: WorkCalendar) -> WorkCalendar:
    """The calendar with what the plan means by a day, a week and a month."""
    if options is None or not (options.hours_per_day or options.hours_per_week or options.days_per_month):
        return calendar
    day = int(options.hours_per_day * 60) if options.hours_per_day else None
    week = int(options.hours_per_week * 60) if options.hours_per_week else None
    month = int(options.days_per_month * (day or calendar.day)) if options.days_per_month else None
    return calendar.counting(day, week, month)


def _job(reading: Reading, task: Task, *, summary: bool) -> Job:
    own = reading.calendar
    if task.calendar is not None:
        if task.calendar in reading.calendars:
            own = reading.calendars[task.calendar]
        else:
            place = task.loc.at("calendar")
            reading.problems.append(_unknown(place, task.calendar, f'"{task.name}"', reading.calendars))
    worked = own if summary else _worked_by(reading, task, own)
    length = _length(reading, task, worked, summary=summary)
    calendar = ELAPSED if length.elapsed else worked
    at = _constraint(reading, task, own, summary=summary)
    start, finish = _start(own, task.start), _finish(own, task.finish)
    if start is not None and finish is not None and finish < start:
        message = f'"{task.name}" would end before it begins.'
        fix = "Correct one of the two: `start: 2027-01-11`, `finish: 2027-01-13`."
        reading.problems.append(Problem(loc=task.loc.at("start"), message=message, fix=fix, name=f"{task.id} order"))
    return Job(
        id=task.id,
        minutes=length.minutes,
        calendar=calendar,
        ties=tuple(_ties(reading, task, worked)),
        parent=task.parent,
        constraint=task.constraint.type if task.constraint else None,
        at=at,
        deadline=_finish(own, task.deadline),
        manual=task.manual,
        start=start,
        finish=finish,
        actual_start=_start(own, task.actual_start),
        actual_finish=_finish(own, task.actual_finish),
        remaining=_remaining(reading, task, worked, length),
    )


def _worked_by(reading: Reading, task: Task, own: WorkCalendar) -> WorkCalendar:
    """When a task is worked on: when those who do it are there, and only then when its own calendar, if it has one, says so.

    Several work on it when all of them are there. "1d" stays a day of the task: who is there for half of each takes two.
    """
    names = tuple(dict.fromkeys(reading.hers[one] for one in task.assignees if one in reading.hers))
    if not names or task.ignore_resource_calendar:
        return own
    key = (task.calendar or "", *names)
    if key not in reading.shared:
        try:
            first, *others = [reading.calendars[one] for one in names]
            found = own.common(first) if task.calendar else first.counting(own.day, own.week, own.month)
            for one in others:
                found = found.common(one)
            reading.shared[key] = found
        except ValueError:
            reading.shared[key] = None
    shared = reading.shared[key]
    if shared is None:
        message = f'Those who work on "{task.name}" are never there at the same time: {", ".join(filter(None, key))}.'
        fix = "Correct a calendar, name others, or write `ignore_resource_calendar: yes` if they come anyhow."
        place = task.loc.at("assignees")
        reading.problems.append(Problem(loc=place, message=message, fix=fix, name=f"{task.id} never"))
        return own
    return shared


def _length(reading: Reading, task: Task, calendar: WorkCalendar, *, summary: bool) -> Length:
    """How long a task takes. Without a duration, its approved or typed days say it; else it counts as a milestone."""
    if task.duration is not None:
        parsed = duration.duration(task.duration, calendar)
        return reading.ask(task, task.loc.at("duration"), parsed, _FIX, Length(0))
    for first, last in (
        (task.planned_start, task.planned_finish),
        (task.start, task.finish),
        (task.actual_start, task.actual_finish),
    ):
        start, finish = _start(calendar, first), _finish(calendar, last)
        if start is not None and finish is not None:
            return Length(max(calendar.between(start, finish), 0))
    if not summary:
        reading.assumed.add(task.id)
    return Length(0)


_FIX = "Write hours, days or weeks that can be: `duration: 3d` or `2w` or `4h`; elapsed days are `3ed`."


def _remaining(reading: Reading, task: Task, calendar: WorkCalendar, length: Length) -> int | None:
    """What is left of a task: as stated, else what the percentage leaves, rounded up to a minute."""
    if task.remaining is not None:
        place = task.loc.at("remaining")
        parsed = reading.ask(task, place, duration.duration(task.remaining, calendar), _FIX, Length(0, length.elapsed))
        if parsed.elapsed != length.elapsed:
            mixed = "what remains is in another sort of time than the duration"
            reading.ask(task, place, mixed, "Write both in working time (`3d`) or both elapsed (`3ed`).", parsed)
        return parsed.minutes
    if task.percent is None:
        return None
    left = length.minutes * (1 - min(max(task.percent, Decimal(0)), Decimal(1)))
    return int(left.to_integral_value(ROUND_CEILING))


def _ties(reading: Reading, task: Task, calendar: WorkCalendar) -> Iterator[Tie]:
    for link in task.links:
        fix = "Write how long to wait: `lag: +2d`, `lag: -1d` for a lead, `lag: +50%` of the predecessor."
        parsed = reading.ask(task, link.loc.at("lag"), duration.lag(link.lag, calendar), fix, duration.Lag())
        if link.task == task.id:
            message = f'"{task.name}" waits for itself.'
            name = f"{task.id} itself"
            fix = "Name the task that must come before, or delete the link."
            reading.problems.append(Problem(loc=link.loc.at("task"), message=message, fix=fix, name=name))
            continue
        yield Tie(link.task, link.type, parsed)


def _constraint(reading: Reading, task: Task, calendar: WorkCalendar, *, summary: bool) -> int | None:
    given = task.constraint
    if given is None:
        return None
    if summary and given.type not in _ON_SUMMARY:
        message = f'The constraint {given.type} of "{task.name}" has no effect: it is a summary of other tasks.'
        fix = f"Put it on the task that it is about; a summary can have only {' or '.join(sorted(_ON_SUMMARY - {'ASAP'}))}."
        reading.warnings.append(Problem(loc=given.loc.at("type"), message=message, fix=fix, name=f"{task.id} summary"))
    if given.type not in _DATED:
        return None
    if given.date is None:
        message = f'The constraint {given.type} of "{task.name}" has no date.'
        fix = "Add it: `constraint: {type: " + given.type + ", date: 2027-01-11}`."
        reading.problems.append(
            Problem(loc=given.loc.at("type"), message=message, fix=fix, name=f"{task.id} constraint")
        )
        return None
    return _start(calendar, given.date) if given.type in _AT_START else _finish(calendar, given.date)


def first_instant(calendar: WorkCalendar, when: Moment) -> int:
    """A bare day is the start of its work."""
    return instant(when) if isinstance(when, datetime) else calendar.starts(when)


def _start(calendar: WorkCalendar, when: Moment | None) -> int | None:
    return None if when is None else first_instant(calendar, when)


def _finish(calendar: WorkCalendar, when: date | datetime | None) -> int | None:
    """A bare day is the end of its work."""
    if when is None:
        return None
    return instant(when) if isinstance(when, datetime) else calendar.ends(when)


def _unknown(place: Loc, name: str, who: str, known: Mapping[str, WorkCalendar]) -> Problem:
    message = f"{who} works by the calendar `{name}`, which this project does not have."
    fix = f"Name one of {', '.join(known)}, or add it under `calendars`." if known else "Add it under `calendars`."
    return Problem(loc=place, message=message, fix=fix, name=f"calendar {place.path}", kind="unknown calendar")
