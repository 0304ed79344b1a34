"""From a computed network to what the schedule checks read, with the second run that the critical path test asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from handrail.compute.calendar import WorkCalendar
from handrail.compute.duration import Lag
from handrail.compute.jobs import Job, Settings
from handrail.compute.network import Network, compute
from handrail.compute.quality_of_schedule import TEST_DAYS, Activity, Relation, Schedule
from handrail.model.money import EXACT
from handrail.model.project import Plan

_HUNDRED = 10_000  # a lag in percent is kept in hundredths of one


@dataclass(frozen=True, slots=True)
class Approved:
    """The approved dates of a task, as instants, and its approved length in minutes of its calendar."""

    start: int | None = None
    finish: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the checks read besides the network. loaded: tasks with hours, people or cost. end: the approved end.

    milestones: tasks that are called so; those that take no time are milestones anyhow.
    """

    loaded: Collection[str] = ()
    milestones: Collection[str] = ()
    approved: Mapping[str, Approved] = field(default_factory=lambda: MappingProxyType({}))
    end: int | None = None


def around_of(plan: Plan, jobs: Sequence[Job], end: date | None) -> Around:
    """What a plan says besides its network: who and what is assigned, and the approved dates. `end`: the approved end."""
    calendars = {one.id: one.calendar for one in jobs}
    approved: dict[str, Approved] = {}
    for task in plan.tasks:
        calendar = calendars.get(task.id)
        if calendar is None or (task.planned_start is None and task.planned_finish is None):
            continue
        start = None if task.planned_start is None else calendar.starts(task.planned_start)
        finish = None if task.planned_finish is None else calendar.ends(task.planned_finish)
        length = calendar.between(start, finish) if start is not None and finish is not None else None
        approved[task.id] = Approved(start, finish, length)
    last = None
    if end is not None and jobs:
        last = jobs[-1].calendar.ends(end)
    return Around(
        loaded=frozenset(one.id for one in plan.tasks if one.assignees or one.effort_hours or one.budget is not None),
        approved=approved,
        end=last,
    )


def schedule_from(jobs: Sequence[Job], settings: Settings, network: Network, around: Around) -> Schedule:
    """The schedule as the checks see it. `network` is what `jobs` and `settings` give."""
    by_id = {one.id: one for one in jobs}
    calendar = _of_the_end(jobs, network)
    since = settings.status if settings.status is not None else network.start
    return Schedule(
        activities=tuple(_activity(one, network, around) for one in jobs if one.id in network.times),
        relations=tuple(
            Relation(before=tie.task, after=one.id, type=tie.type, lag=_lag(tie.lag, one.calendar, by_id.get(tie.task)))
            for one in jobs
            for tie in one.ties
        ),
        status=settings.status,
        slip=_slip(jobs, settings, network),
        path_days=_days(calendar.between(since, network.finish), calendar),
        float_to_baseline=None if around.end is None else _days(calendar.between(network.finish, around.end), calendar),
    )


def _activity(job: Job, network: Network, around: Around) -> Activity:
    times, approved = network.times[job.id], around.approved.get(job.id, Approved())
    return Activity(
        id=job.id, summary=times.summary, milestone=job.minutes == 0 or job.id in around.milestones,
        done=job.actual_finish is not None, days=_days(job.minutes, job.calendar),
        baseline_days=None if approved.minutes is None else _days(approved.minutes, job.calendar),
        total_float=_days(times.total, job.calendar), constraint=job.constraint, loaded=job.id in around.loaded,
        start=times.start, finish=times.finish, actual_start=job.actual_start, actual_finish=job.actual_finish,
        baseline_start=approved.start, baseline_finish=approved.finish,
    )  # fmt: skip


def _slip(jobs: Sequence[Job], settings: Settings, network: Network) -> Decimal | None:
    """Working days by which the end moves when an open critical task is made 600 working days longer; None without one."""
    chosen = next(
        (
            one
            for one in jobs
            if one.id in network.times and network.times[one.id].critical and not network.times[one.id].summary
            and one.minutes > 0 and one.actual_finish is None and not one.typed
        ),
        None,
    )  # fmt: skip
    if chosen is None:
        return None
    more = TEST_DAYS * chosen.calendar.day
    longer = replace(
        chosen, minutes=chosen.minutes + more, remaining=None if chosen.remaining is None else chosen.remaining + more
    )
    again = compute([longer if one.id == chosen.id else one for one in jobs], settings)
    return _days(chosen.calendar.between(network.finish, again.finish), chosen.calendar)


def _of_the_end(jobs: Sequence[Job], network: Network) -> WorkCalendar:
    """The calendar of the task that ends last."""
    return max(jobs, key=lambda one: network.times[one.id].finish if one.id in network.times else -1).calendar


def _lag(lag: Lag, calendar: WorkCalendar, before: Job | None) -> Decimal:
    """A lag in working days; its sign is what the checks ask for."""
    if lag.unit == "percent":
        minutes = EXACT.divide(Decimal(lag.amount * (before.minutes if before else 0)), Decimal(_HUNDRED))
        return EXACT.divide(minutes, Decimal(calendar.day))
    return _days(lag.amount, calendar)


def _days(minutes: int, calendar: WorkCalendar) -> Decimal:
    return EXACT.divide(Decimal(minutes), Decimal(calendar.day))
