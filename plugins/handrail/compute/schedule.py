"""The schedule of one plan: its tasks through the network, from the status date on, beside what the manager expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from handrail import english
from handrail.compute import duration
from handrail.compute.calendar import WorkCalendar, moment
from handrail.compute.facts import Dated
from handrail.compute.jobs import Job, Settings
from handrail.compute.network import Network, Times, compute
from handrail.compute.plan_jobs import Reading, first_instant, read_jobs
from handrail.compute.timed import Schedule, State, Timed, day_of_finish
from handrail.compute.workdays import WorkDays
from handrail.compute.working_time import Hours, Problem
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.model.schedule import Task
from handrail.remark import Loc

_ENDED = frozenset({"cancelled", "closed"})
_READ = frozenset({"tasks", "calendars", "scheduling", "resources"})
_DATES = frozenset({
    "active", "actual_finish", "actual_start", "assignees", "calendar", "constraint", "deadline", "duration", "finish", "forecast",
    "ignore_resource_calendar", "links", "manual", "parent", "percent", "planned_finish", "planned_start", "remaining", "start",
})  # fmt: skip
"""The fields of a task that its dates depend on."""
_FIELDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {"tasks": _DATES, "resources": frozenset({"calendar", "id", "person"})}
)
"""Of lists of which not every field moves a date, those that do."""
SETTINGS = "standards/handrail.yaml"
_MUST = {"SNLT": "must start by", "FNLT": "must be finished by", "MSO": "must start on", "MFO": "must be finished on"}
_WHOLE = Decimal("0.0001")
_FIELD = 3
"""How long the path of a task's field is: `tasks`, its place in the list, the field."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Frame:
    """What the schedules of all plans on one day have in common."""

    repository: Repository
    hours: Hours
    days: WorkDays
    as_of: date


def schedule_of(plan: Plan, frame: Frame, status: date | None, end: Dated | None) -> Schedule:
    """The schedule of a plan that keeps tasks. `status`: the day up to which it is kept; `end`: its last dated milestone."""
    unread = _unread(plan, frame.repository)
    reading = read_jobs(plan, frame.hours, frame.repository.organisation.calendar)
    if isinstance(reading, str):
        return Schedule(why=unread or reading)
    used = status if plan.state not in _ENDED else None
    settings = _settings(plan, reading, used, frame.as_of)
    network = compute(reading.jobs, settings)
    reading.problems += (_circle(plan, one) for one in network.cycles)
    # a calendar that could not be read is not missing
    problems = tuple(one for one in reading.problems if unread is None or one.kind != "unknown calendar")
    if unread or problems:
        return Schedule(why=unread or problems[0].message, problems=problems, warnings=tuple(reading.warnings))
    if not reading.jobs:
        return Schedule(why="The list of tasks is empty.")
    if network.loose:
        task, missing = network.loose[0]
        return Schedule(why=f"{task} names the task {missing}, which is not there.", warnings=tuple(reading.warnings))
    try:
        return replace(
            _Maker(plan, frame, reading, network).schedule(used, end),
            jobs=tuple(reading.jobs), settings=settings, network=network,
        )  # fmt: skip
    except OverflowError:
        place = Loc(plan.home.get("tasks", plan.loc.file), ("tasks",))
        message = "A task would lie outside the years 1 to 9999, so no dates can be computed."
        problem = Problem(
            loc=place, message=message, fix="Look for durations and lags with a wrong unit.", name="horizon"
        )
        return Schedule(why=message, problems=(problem,))


def _unread(plan: Plan, repository: Repository) -> str | None:
    """Why the network would be another one than the one that was meant."""
    seen: set[str] = set()
    if any(path[:1] == ("calendar",) for path in repository.faulty.get(SETTINGS, ())):
        return "The organisation's calendar cannot be read; its own remark says why."
    for task in plan.tasks:
        if task.id in seen:
            return f"Two tasks have the id {task.id}."
        seen.add(task.id)
    for file in {plan.home.get(key) for key in _READ} - {None}:
        for path in repository.faulty.get(str(file), ()):
            if path and _moves_dates(path, plan):
                return "Some of its tasks or calendars cannot be read; their own remarks say why."
    return None


def _moves_dates(path: tuple[str | int, ...], plan: Plan) -> bool:
    """Whether the dates depend on what stands at a path. Where there are no calendars, nobody can have one."""
    if path[0] not in _READ or (path[0] == "resources" and not plan.calendars):
        return False
    return len(path) < _FIELD or path[2] in _FIELDS.get(str(path[0]), path[2:3])


def _settings(plan: Plan, reading: Reading, status: date | None, as_of: date) -> Settings:
    options = plan.scheduling
    limit: int = 0
    if options and options.critical_up_to:
        place = options.loc.at("critical_up_to")
        parsed = duration.duration(options.critical_up_to, reading.calendar)
        if isinstance(parsed, str):
            message = f"The limit of critical tasks cannot be used: {parsed}."
            problem = Problem(loc=place, message=message, fix="Write `critical_up_to: 1d`.", name="critical_up_to")
            reading.problems.append(problem)
        else:
            limit = parsed.minutes
    return Settings(
        start=_beginning(plan, reading, status or as_of), status=None if status is None else reading.calendar.ends(status),
        honour=options is None or options.honour_constraints, critical_up_to=limit,
    )  # fmt: skip


def _beginning(plan: Plan, reading: Reading, otherwise: date) -> int:
    """The project's start: as stated, else the first day of any task, else the gate that starts it, else the first day."""
    stated = plan.scheduling.start if plan.scheduling and plan.scheduling.start else plan.start
    if stated is not None:
        return first_instant(reading.calendar, stated)
    typed = [at for job in reading.jobs for at in (job.actual_start, job.start) if at is not None]
    typed += [reading.calendar.starts(task.planned_start) for task in plan.tasks if task.planned_start]
    if typed:
        return min(typed)
    gates = [one.actual or one.planned for one in plan.milestones if one.gate == "start"]
    known = [day for day in gates if day] or [day for one in plan.milestones if (day := one.actual or one.planned)]
    return reading.calendar.starts(min(known, default=otherwise))


def _circle(plan: Plan, names: tuple[str, ...]) -> Problem:
    """A circle names every task on it, each with the link that closes it."""
    tasks = {one.id: one for one in plan.tasks}
    waits = list(zip(names, (names[-1], *names[:-1]), strict=True))
    places = [_link_place(tasks[task], before) for task, before in waits]
    told = ", ".join(f'"{tasks[name].name}"' for name in names)
    links = ", ".join(f"{task} after {before}" for task, before in waits)
    if len(names) == 1:
        message = f"{told} is its own summary, or waits for what belongs to it."
    else:
        message = f"{len(names)} tasks wait for each other, so none of them can ever begin: {told}. In ids: {links}."
    fix = "Delete the link that is not meant. A summary waits for its own tasks, so no link may lead from it to them or back."
    others = tuple((place, "this one is on the circle too") for place in places[1:])
    return Problem(loc=places[0], message=message, fix=fix, name=" ".join(sorted(names)), others=others)


def _link_place(task: Task, before: str) -> Loc:
    for link in task.links:
        if link.task == before:
            return link.loc.at("task")
    return task.loc.at("parent") if task.parent == before else task.loc.at("id")


class _Maker:
    """Puts a plan and its network together."""

    def __init__(self, plan: Plan, frame: Frame, reading: Reading, network: Network) -> None:
        self._days, self._reading, self._network = frame.days, reading, network
        self._jobs = {job.id: job for job in reading.jobs}
        self._tasks = tuple(task for task in plan.tasks if task.active)
        self._parts: dict[str, list[str]] = {}
        for task in self._tasks:
            above = self._jobs[task.id].parent
            if above:
                self._parts.setdefault(above, []).append(task.id)

    def schedule(self, status: date | None, end: Dated | None) -> Schedule:
        """All facts. Raises OverflowError where a date has no name."""
        network = self._network
        tasks = tuple(self._timed(task) for task in self._tasks)
        finish = moment(network.finish)
        stated = end.expected if end and not end.done else None
        last = min(
            (one for one in network.times.values() if not one.summary and one.finish == network.finish),
            key=lambda one: (one.total, one.early_finish - one.early_start),
        )
        return Schedule(
            tasks=tasks, start=moment(network.start), finish=finish, status=status, stated=stated,
            difference=self._days.between(day_of_finish(finish), stated) if stated else None,
            driving=tuple(one.id for one in network.chain(last.id))[::-1],
            percent=self._done(task.id for task in self._tasks if task.id not in self._parts),
            warnings=(*self._reading.warnings, *self._impossible()),
        )  # fmt: skip

    def _timed(self, task: Task) -> Timed:
        times, job = self._network.times[task.id], self._jobs[task.id]
        finish = moment(times.finish)
        computed = day_of_finish(finish)
        actual = None if task.actual_finish is None else day_of_finish(moment(job.actual_finish or 0))
        expected = actual or task.forecast or computed
        between = self._days.between
        length = job.calendar.between(times.start, times.finish) if times.summary else job.minutes
        state = self._state(task)
        return Timed(
            task=task, level=self._level(task), summary=times.summary, state=state,
            start=moment(times.start), finish=finish,
            early_start=moment(times.early_start), early_finish=moment(times.early_finish),
            late_start=moment(times.late_start), late_finish=moment(times.late_finish),
            duration=length, remaining=self._left(job, state), day=job.calendar.day,
            total_float=times.total, free_float=times.free, critical=times.critical, driver=times.driver,
            percent=self._done(self._leaves(task.id)), stated=task.forecast, expected=expected,
            difference=between(computed, task.forecast) if task.forecast and not actual else None,
            slip=between(task.planned_finish, expected) if task.planned_finish else None,
            conflict=times.conflict, assumed=task.id in self._reading.assumed,
        )  # fmt: skip

    def _state(self, task: Task) -> State:
        jobs = [self._jobs[name] for name in self._leaves(task.id)]
        if all(job.actual_finish is not None for job in jobs):
            return "done"
        return "begun" if any(job.begun for job in jobs) else "open"

    @staticmethod
    def _left(job: Job, state: State) -> int:
        if state == "done":
            return 0
        return job.minutes if job.remaining is None else job.remaining

    def _level(self, task: Task) -> int:
        level, above = 0, self._jobs[task.id].parent
        while above is not None:
            level, above = level + 1, self._jobs[above].parent
        return level

    def _leaves(self, name: str) -> Iterator[str]:
        open_ = [name]
        while open_:
            one = open_.pop()
            parts = self._parts.get(one)
            if parts is None:
                yield one
            else:
                open_ += parts

    def _done(self, names: Iterable[str]) -> Decimal | None:
        """How much of some tasks is done, each as heavy as it is long; None when nobody says how far one has come."""
        parts: list[tuple[Decimal, Decimal]] = []
        for name in names:
            job = self._jobs[name]
            part = _part(job)
            if part is None:
                return None
            parts.append((Decimal(job.minutes) / job.calendar.day, part))
        whole = sum((weight for weight, _ in parts), Decimal(0))
        if not whole:  # milestones only, each as heavy as the others
            parts, whole = [(Decimal(1), part) for _, part in parts], Decimal(len(parts))
        return (sum((weight * part for weight, part in parts), Decimal(0)) / whole).quantize(_WHOLE)

    def _impossible(self) -> Iterator[Problem]:
        """Hard constraints that links and status date leave no room for."""
        for task in self._tasks:
            times = self._network.times[task.id]
            given = task.constraint
            if times.conflict and given is not None and given.date is not None:
                yield _missed(task, times, self._jobs[task.id].calendar)


def _part(job: Job) -> Decimal | None:
    """How much of one task is done."""
    if job.actual_finish is not None:
        return Decimal(1)
    if job.remaining is not None and job.minutes:
        return max(1 - Decimal(job.remaining) / job.minutes, Decimal(0))
    return None if job.actual_start is not None else Decimal(0)


def _missed(task: Task, times: Times, calendar: WorkCalendar) -> Problem:
    given = task.constraint
    assert given is not None and given.date is not None  # noqa: S101, PT018 - the caller has looked
    days = (Decimal(times.conflict) / calendar.day).quantize(Decimal("0.1")).normalize()
    must = f'"{task.name}" {_MUST[given.type]} {english.day(given.date)}'
    message = f"{must}, but what comes before it allows that only {days:f} working day{'' if days == 1 else 's'} later."
    fix = "Agree on a later date, shorten what comes before, or write `honour_constraints: no` under `scheduling`."
    return Problem(loc=given.loc.at("date"), message=message, fix=fix, name=f"{task.id} {given.type}")
