"""A network of tasks: when each can begin and end at the earliest, when it must at the latest, and what decides that.

The rules are those by which Microsoft Project schedules, told from dates that it stored in real plans; total float and
the critical path as GAO-16-89G (best practice 6) and the DCMA assessment use the words. Not settled by such files, and so
not done: levelling, split and recurring tasks, scheduling from the finish, tasks that work by several calendars at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handrail.compute.backward import Backward
from handrail.compute.calendar import STANDARD, WorkCalendar
from handrail.compute.duration import Lag
from handrail.compute.forward import Forward
from handrail.compute.jobs import Driver, Job, Settings, Tie
from handrail.compute.topology import Graph, arrange

__all__ = ["STANDARD", "Driver", "Job", "Lag", "Network", "Settings", "Tie", "Times", "WorkCalendar", "compute"]

Kind = Literal["leaf", "summary"]


@dataclass(frozen=True, slots=True)
class Times:
    """What follows for one task. Dates are instants; slack and conflict are minutes of the task's calendar.

    start, finish: as scheduled now: the early dates, or the late ones for "as late as possible". start_slack and
    finish_slack: from early to late; total: the smaller one, and finish_slack once the task has begun. free: how far it
    can slip before it moves a task that is linked with it. conflict: by how much a hard constraint cannot be kept.
    """

    id: str
    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    start: int
    finish: int
    start_slack: int
    finish_slack: int
    total: int
    free: int
    critical: bool
    driver: Driver
    summary: bool = False
    conflict: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All times by task, in the order of the tasks. With `cycles` or `loose` links (task and unknown name) there are none.

    cycles: every one names its tasks, each waiting for the one before it and the first for the last.
    """

    times: Mapping[str, Times]
    start: int
    finish: int
    cycles: tuple[tuple[str, ...], ...] = ()
    loose: tuple[tuple[str, str], ...] = ()

    def chain(self, name: str) -> tuple[Times, ...]:
        """The tasks that drive one, from it back to what nothing but a date drives."""
        found: list[Times] = []
        seen: set[str] = set()
        here: str | None = name
        while here is not None and here in self.times and here not in seen:
            seen.add(here)
            found.append(self.times[here])
            here = self.times[here].driver.source
        return tuple(found)


def compute(jobs: Sequence[Job], settings: Settings) -> Network:
    """Both passes over a network. Costs time in proportion to tasks and links."""
    graph = arrange(jobs)
    if graph.cycles or graph.loose or not jobs:
        return Network(times={}, start=settings.start, finish=settings.start, cycles=graph.cycles, loose=graph.loose)
    forward = Forward(graph, settings)
    forward.run()
    backward = Backward(graph, settings, forward)
    backward.run()
    scheduled = forward
    late = {i: (backward.start[i], backward.finish[i]) for i in graph.leaves if _as_late_as_possible(jobs[i])}
    if late:
        scheduled = Forward(graph, settings, late)
        scheduled.run()
    times = _Floats(graph, settings, (forward, scheduled, backward)).times()
    leaves = [times[jobs[i].id] for i in graph.leaves]
    return Network(times=times, start=min(one.start for one in leaves), finish=max(one.finish for one in leaves))


def _as_late_as_possible(job: Job) -> bool:
    return job.constraint == "ALAP" and job.actual_start is None and job.actual_finish is None and not job.typed


class _Floats:
    """Puts the passes together, task by task."""

    __slots__ = ("_backward", "_forward", "_graph", "_limit", "_scheduled")

    def __init__(self, graph: Graph, settings: Settings, passes: tuple[Forward, Forward, Backward]) -> None:
        self._graph = graph
        self._limit = settings.critical_up_to
        self._forward, self._scheduled, self._backward = passes

    def times(self) -> dict[str, Times]:
        """The times of every task, summaries too."""
        jobs = self._graph.jobs
        return {jobs[i].id: self._summary(i) if self._graph.children[i] else self._leaf(i) for i in range(len(jobs))}

    def _leaf(self, i: int) -> Times:
        job, backward, scheduled = self._graph.jobs[i], self._backward, self._scheduled
        late_as_possible = _as_late_as_possible(job)
        first = self._forward if late_as_possible else scheduled
        early_start, early_finish = first.start[i], first.finish[i]
        late_start, late_finish = backward.start[i], backward.finish[i]
        position = job.calendar.position
        done = job.actual_finish is not None
        if done or late_as_possible:
            start_slack = finish_slack = 0
        else:
            start_slack = position(late_start) - position(early_start)
            finish_slack = position(late_finish) - position(early_finish)
        begun = job.actual_start is not None
        total = finish_slack if begun else min(start_slack, finish_slack)
        return Times(
            job.id, early_start, early_finish, late_start, late_finish, scheduled.start[i], scheduled.finish[i],
            start_slack, finish_slack, total, 0 if done else self._free(i, total), not done and total <= self._limit,
            scheduled.driver[i], False, self._forward.conflict.get(i, 0),  # noqa: FBT003 - by place, a hundred thousand times
        )  # fmt: skip

    def _summary(self, i: int) -> Times:
        """From the earliest of its tasks to the latest; typed dates of a manual summary are its own."""
        graph, job, scheduled = self._graph, self._graph.jobs[i], self._scheduled
        leaves = graph.below(i)
        start, finish = scheduled.start[i], scheduled.finish[i]
        if job.manual:
            start, finish = job.start or start, job.finish or finish
        late = [
            (scheduled.start[k], scheduled.finish[k]) if graph.jobs[k].typed
            else (self._backward.start[k], self._backward.finish[k])
            for k in leaves
        ]  # fmt: skip
        late_start, late_finish = min(one for one, _ in late), max(one for _, one in late)
        begun = any(graph.jobs[k].begun for k in leaves)
        done = all(graph.jobs[k].actual_finish is not None for k in leaves)
        position = job.calendar.position
        start_slack = 0 if begun else position(late_start) - position(start)
        finish_slack = 0 if done else position(late_finish) - position(finish)
        total = finish_slack if begun else min(start_slack, finish_slack)
        source = graph.jobs[scheduled.latest[i]].id
        return Times(
            job.id, start, finish, late_start, late_finish, start, finish, start_slack, finish_slack, total,
            0 if done else self._free(i, total), not done and total <= self._limit, Driver("part", source, source), True,  # noqa: FBT003
        )  # fmt: skip

    def _free(self, i: int, total: int) -> int:
        """To the nearest task that is linked with it, and never further than the whole project lets it."""
        graph, scheduled, position = self._graph, self._scheduled, self._graph.jobs[i].calendar.position
        begun = graph.jobs[i].begun
        best: int | None = None
        for link in graph.after[i]:
            if graph.jobs[link.target].actual_finish is not None or (begun and link.from_start):
                continue
            other = graph.jobs[link.target]
            there = scheduled.finish[link.target] if link.to_finish else scheduled.start[link.target]
            if link.to_finish and other.minutes:
                there = other.calendar.next(there)
            here = scheduled.start[i] if link.from_start else scheduled.finish[i]
            free = position(link.back(there, other.calendar, scheduled.length(i))) - position(here)
            best = free if best is None or free < best else best
        return max(total if best is None else min(best, total), 0)
