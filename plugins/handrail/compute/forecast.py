"""From a computed network and its ranges to the simulation, and from its minutes back to days.

The simulation counts in working minutes of one calendar. Durations are what the network makes of them in that calendar, so
with every task as likely it ends where the network ends; where a task works by another calendar, a longer draw is longer in
proportion. Work that is done keeps its dates, work that has begun draws only what is left of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handrail.compute import duration
from handrail.compute.calendar import WorkCalendar, moment
from handrail.compute.jobs import Job, Settings, Tie
from handrail.compute.network import Network, Times
from handrail.compute.simulation import ITERATIONS, SEED, Link, Outcome, Spread, Work, simulate
from handrail.model.schedule import Task

NO_RANGES = "No task gives an optimistic or a pessimistic duration."
_HUNDRED = 10_000  # a lag in percent is kept in hundredths of one
_LATE = frozenset({"SNET", "MSO"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When a network ends if its durations vary. plan: the end with every task as likely. p50, p80: ends that half, four
    fifths of the runs keep to. chance: the share that keeps to `plan`. criticality: by task, the share of runs in which
    it lay on the longest path. outcome: the same in working minutes after the network's start, with its whole curve.
    """

    plan: date
    p50: date
    p80: date
    chance: Decimal
    criticality: Mapping[str, Decimal]
    outcome: Outcome


Ranges = Mapping[str, tuple[int | None, int | None]]
"""Optimistic and pessimistic durations by task, in minutes of the task's calendar."""


def ranges_of(tasks: Sequence[Task], jobs: Sequence[Job]) -> Ranges:
    """The ranges that tasks state and that can be read."""
    calendars = {one.id: one.calendar for one in jobs}
    found: dict[str, tuple[int | None, int | None]] = {}
    for task in tasks:
        if task.id in calendars and (task.optimistic or task.pessimistic):
            low, high = (_minutes(text, calendars[task.id]) for text in (task.optimistic, task.pessimistic))
            found[task.id] = low, high
    return found


def forecast_of(  # noqa: PLR0913 - the network in its parts, and how to draw
    jobs: Sequence[Job], settings: Settings, network: Network, ranges: Ranges, *, iterations: int = ITERATIONS,
    seed: int = SEED,
) -> Forecast | str:  # fmt: skip
    """The forecast of a network; the reason as text where there is none. Raises NumPyMissing."""
    if not network.times:
        return "The network cannot be computed."
    if not ranges:
        return NO_RANGES
    scene = _Scene(jobs, settings, network)
    leaves = [one for one in jobs if one.id in network.times and not network.times[one.id].summary]
    places = {one.id: number for number, one in enumerate(leaves)}
    works = [scene.work(one, *ranges.get(one.id, (None, None))) for one in leaves]
    outcome = simulate(works, list(scene.links(leaves, places)), iterations=iterations, seed=seed)
    if isinstance(outcome, str):
        return outcome
    try:
        days = [
            moment(scene.base.add(network.start, value)).date() for value in (outcome.plan, outcome.p50, outcome.p80)
        ]
    except OverflowError:
        return "It would end after the year 9999."
    return Forecast(
        plan=days[0], p50=days[1], p80=days[2], chance=outcome.chance, outcome=outcome,
        criticality={one.id: share for one, share in zip(leaves, outcome.criticality, strict=True)},
    )  # fmt: skip


class _Scene:
    """A network as the simulation sees it."""

    def __init__(self, jobs: Sequence[Job], settings: Settings, network: Network) -> None:
        self._jobs = {one.id: one for one in jobs}
        self._settings, self._network, self._start = settings, network, network.start
        self._parts: dict[str, list[str]] = {}
        for one in jobs:
            if one.parent:
                self._parts.setdefault(one.parent, []).append(one.id)
        last = max(jobs, key=lambda one: network.times[one.id].finish if one.id in network.times else -1)
        self.base: WorkCalendar = last.calendar

    def work(self, job: Job, low: int | None, high: int | None) -> Work:
        times = self._network.times[job.id]
        whole = self.base.between(times.start, times.finish)
        after = self.base.between(self._start, times.start)
        if job.actual_finish is not None or job.typed:
            return Work(duration=Spread.of(whole), earliest=after)
        left, gone = whole, 0
        if job.begun and job.remaining is not None:
            left = min(job.remaining, whole)
            gone = whole - left
        share = Decimal(left) / max(job.minutes, 1)
        ends = [None if one is None else int((one * share).to_integral_value()) for one in (low, high)]
        return Work(
            duration=Spread.of(left, ends[0], ends[1]), earliest=after + gone if job.begun else self._floor(job, left)
        )

    def _floor(self, job: Job, likely: int) -> int:
        """Before what no link can pull it: the start of the plan, the status date, or a date that it must respect."""
        bounds = [0]
        if self._settings.status is not None:
            bounds.append(self.base.between(self._start, self._settings.status))
        if job.at is not None and job.constraint in _LATE:
            bounds.append(self.base.between(self._start, job.at))
        if job.at is not None and job.constraint in {"FNET", "MFO"}:
            bounds.append(self.base.between(self._start, job.at) - likely)
        return max(bounds)

    def links(self, leaves: Sequence[Job], places: Mapping[str, int]) -> Iterator[Link]:
        """The links between leaves; those of summaries stand for their leaves. What has begun waits for nothing."""
        for job in leaves:
            if job.begun or job.typed:
                continue
            for tie in self._ties(job):
                for before in self._ends(tie):
                    if before == job.id or (tie.type in {"SS", "SF"} and self._jobs[before].begun):
                        continue
                    yield Link(
                        before=places[before], after=places[job.id], type=tie.type, lag=self._lag(tie, job, before)
                    )

    def _ties(self, job: Job) -> Iterator[Tie]:
        """Its own links, and those of the summaries above it."""
        above: str | None = job.id
        while above is not None and above in self._jobs:
            yield from self._jobs[above].ties
            above = self._jobs[above].parent

    def _ends(self, tie: Tie) -> list[str]:
        """The leaves that a predecessor stands for: all of a summary, whose last one counts; at its start the first."""
        below = [tie.task]
        found: list[str] = []
        while below:
            one = below.pop()
            parts = self._parts.get(one)
            if parts:
                below += parts
            elif one in self._network.times:
                found.append(one)
        if tie.type in {"SS", "SF"} and len(found) > 1:
            return [min(found, key=lambda one: self._network.times[one].start)]
        return found

    def _lag(self, tie: Tie, job: Job, before: str) -> int:
        times: Times = self._network.times[before]
        from_ = times.start if tie.type in {"SS", "SF"} else times.finish
        if tie.lag.unit == "percent":
            return int((Decimal(tie.lag.amount * self._jobs[before].minutes) / _HUNDRED).to_integral_value())
        if tie.lag.unit == "elapsed":
            return self.base.between(from_, from_ + tie.lag.amount)
        if job.calendar is self.base:
            return tie.lag.amount
        return self.base.between(from_, job.calendar.add(from_, tie.lag.amount))


def _minutes(text: str | None, calendar: WorkCalendar) -> int | None:
    if text is None:
        return None
    found = duration.duration(text, calendar)
    return None if isinstance(found, str) else found.minutes
