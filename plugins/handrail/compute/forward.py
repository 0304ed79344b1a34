"""The forward pass: when each task begins and ends at the earliest, and what decides that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handrail.compute.calendar import WorkCalendar
from handrail.compute.jobs import HARD, Driver, Job, Settings
from handrail.compute.topology import Graph, Link

_START = Driver("start")
_STATUS = Driver("status")
_CONSTRAINT = Driver("constraint")
_ACTUAL = Driver("actual")
_MANUAL = Driver("manual")


@dataclass(slots=True)
class _Bound:
    """What a summary's own links ask of everything in it: not to start, and not to finish, before an instant."""

    start: int | None = None
    start_driver: Driver = _START
    finish: int | None = None
    finish_driver: Driver = _START
    floored: bool = False


class Forward:
    """One forward pass. start, finish, driver: by index; for a summary from its earliest to its latest task.

    latest, earliest: the leaf that decides a summary's finish and start. conflict: minutes by which a hard constraint
    cannot be kept, where that is so.
    """

    __slots__ = (
        "_bounds",
        "_graph",
        "_held",
        "_settings",
        "conflict",
        "driver",
        "earliest",
        "finish",
        "latest",
        "start",
    )

    def __init__(self, graph: Graph, settings: Settings, held: Mapping[int, tuple[int, int]] | None = None) -> None:
        """Make ready. `held`: tasks that are as late as possible keep these dates, and others follow them."""
        count = len(graph.jobs)
        self._graph = graph
        self._settings = settings
        self._held = held or {}
        self._bounds: dict[int, _Bound] = {}
        self.start = [0] * count
        self.finish = [0] * count
        self.driver = [_START] * count
        self.earliest: dict[int, int] = {}
        self.latest: dict[int, int] = {}
        self.conflict: dict[int, int] = {}

    def run(self) -> None:
        """Go through all events in their order."""
        count = len(self._graph.jobs)
        children = self._graph.children
        for event in self._graph.order:
            if event >= count:
                self._end(event - count)
            elif children[event]:
                self._begin(event)
            else:
                self._leaf(event)

    def length(self, i: int) -> int:
        """A task's duration in minutes; a summary's is the working time from its start to its finish."""
        job = self._graph.jobs[i]
        return job.calendar.between(self.start[i], self.finish[i]) if self._graph.children[i] else job.minutes

    def _leaf(self, i: int) -> None:
        job = self._graph.jobs[i]
        if job.begun:
            self.driver[i] = _ACTUAL
            self.start[i], self.finish[i] = self._begun(job)
        elif i in self._held:
            self.driver[i] = _CONSTRAINT
            self.start[i], self.finish[i] = self._held[i]
        elif job.typed:
            self.start[i], self.finish[i], self.driver[i] = self._typed(job)
        else:
            at, self.driver[i] = self._planned(i, job)
            if job.minutes:
                position = job.calendar.position(at)
                self.start[i] = job.calendar.start(position)
                self.finish[i] = job.calendar.finish(position + job.minutes)
            else:  # it stays at its predecessor's finish and does not jump to the next morning
                self.start[i] = self.finish[i] = at

    def _begun(self, job: Job) -> tuple[int, int]:
        """Actual dates count; what remains of work in progress is done from the status date on."""
        calendar, status = job.calendar, self._settings.status
        if job.actual_finish is not None:
            start = job.actual_start
            return calendar.add(job.actual_finish, -job.minutes) if start is None else start, job.actual_finish
        start = job.actual_start or 0
        if job.manual and job.finish is not None and job.finish >= max(start, status or start):
            finish = job.finish  # a typed finish holds until it is past
        elif status is None:
            finish = calendar.add(start, job.minutes) if job.minutes else start
        else:
            left = job.minutes if job.remaining is None else job.remaining
            finish = calendar.add(max(start, status), left) if left else max(start, status)
        if job.constraint == "FNET" and job.at is not None:
            finish = max(finish, job.at)
        return start, finish

    def _typed(self, job: Job) -> tuple[int, int, Driver]:
        """A manual task keeps its dates, unless its work is not done and would lie in the past."""
        calendar = job.calendar
        start, finish = job.start, job.finish
        if start is None:
            start = calendar.add(finish or 0, -job.minutes) if job.minutes else finish or 0
        if finish is None:
            finish = calendar.add(start, job.minutes) if job.minutes else start
        status = self._settings.status
        if status is None or start >= status:
            return start, finish, _MANUAL
        length = calendar.between(start, finish)
        start = calendar.next(status) if length else status
        return start, calendar.add(start, length) if length else start, _STATUS

    def _planned(self, i: int, job: Job) -> tuple[int, Driver]:
        """Where a task that has not begun can start: links, then its constraint, then the status date."""
        linked, driver = self._linked(i, job)
        at = self._settings.start if linked is None else linked
        if job.constraint is not None and job.at is not None:
            soft, hard = _limits(job, honour=self._settings.honour)
            if soft is not None and (linked is None or soft > at):
                at, driver = soft, _CONSTRAINT
            if job.constraint in HARD:
                self._note(i, job, at)
                if hard is not None and (job.constraint in {"MSO", "MFO"} or hard < at):
                    at, driver = hard, _CONSTRAINT
        status = self._settings.status
        if status is not None and at < status:
            return status, _STATUS
        return at, driver

    def _note(self, i: int, job: Job, at: int) -> None:
        """Keep by how much links or the status date ask for more than a hard constraint allows."""
        limit = _latest_start(job)
        if limit is not None:
            over = job.calendar.between(limit, max(at, self._settings.status or at))
            if over > 0:
                self.conflict[i] = over

    def _linked(self, i: int, job: Job) -> tuple[int | None, Driver]:
        """The latest start that any link asks for, and that link; None without links."""
        best: int | None = None
        found: Link | None = None
        driver = _START
        calendar, floor = job.calendar, self._settings.start
        for link in self._graph.before[i]:
            at = self.start[link.target] if link.from_start else self.finish[link.target]
            if link.lag is not None:
                at = link.ahead(at, calendar, self.length(link.target))
            if link.to_finish:
                at = _start_for(calendar, at, job.minutes)
            if at < floor and (self._settings.floor or link.tie.type == "FF"):
                at = floor
            if best is None or at > best:
                best, found = at, link
        if found is not None:
            driver = self._driver(found, None)
        above = self._graph.parent[i]
        if above >= 0 and (bound := self._bounds.get(above)) is not None:
            best, driver = self._inherited(bound, job, best, driver)
        return best, driver

    def _inherited(self, bound: _Bound, job: Job, best: int | None, driver: Driver) -> tuple[int | None, Driver]:
        """What the links of the summaries above ask for as well."""
        if bound.start is not None and (best is None or bound.start > best):
            best, driver = bound.start, bound.start_driver
        if bound.finish is not None:
            at = _start_for(job.calendar, bound.finish, job.minutes)
            at = max(at, self._settings.start) if bound.floored or self._settings.floor else at
            if best is None or at > best:
                best, driver = at, bound.finish_driver
        return best, driver

    def _begin(self, i: int) -> None:
        """What is asked of everything in a summary: by its own links and date, and by those of the summaries above."""
        job = self._graph.jobs[i]
        above = self._bounds.get(self._graph.parent[i])
        bound = (
            _Bound(above.start, above.start_driver, above.finish, above.finish_driver, above.floored)
            if above
            else _Bound()
        )
        for link in self._graph.before[i]:
            at = self.start[link.target] if link.from_start else self.finish[link.target]
            at = link.ahead(at, job.calendar, self.length(link.target))
            if link.to_finish:
                if bound.finish is None or at > bound.finish:
                    bound.finish, bound.finish_driver = at, self._driver(link, job.id)
                    bound.floored = link.tie.type == "FF"
                continue
            at = max(at, self._settings.start) if self._settings.floor else at
            if bound.start is None or at > bound.start:
                bound.start, bound.start_driver = at, self._driver(link, job.id)
        if job.constraint == "SNET" and job.at is not None and (bound.start is None or job.at > bound.start):
            bound.start, bound.start_driver = job.at, Driver("constraint", via=job.id)
        if bound.start is not None or bound.finish is not None:
            self._bounds[i] = bound

    def _end(self, i: int) -> None:
        first = last = self._graph.children[i][0]
        for k in self._graph.children[i]:
            if self.start[k] < self.start[first]:
                first = k
            if self.finish[k] > self.finish[last]:
                last = k
        self.start[i], self.finish[i] = self.start[first], self.finish[last]
        self.earliest[i], self.latest[i] = self.earliest.get(first, first), self.latest.get(last, last)

    def _driver(self, link: Link, via: str | None) -> Driver:
        leaf = (self.earliest if link.from_start else self.latest).get(link.target, link.target)
        return Driver("link", link.tie.task, self._graph.jobs[leaf].id, link.tie.type, link.tie.lag, via)


def _start_for(calendar: WorkCalendar, finish: int, minutes: int) -> int:
    """The latest start that still ends by an instant."""
    return calendar.start(calendar.position(finish) - minutes) if minutes else finish


def _latest_start(job: Job) -> int | None:
    """The start that a hard constraint allows at the latest."""
    if job.at is None:
        return None
    return job.at if job.constraint in {"SNLT", "MSO"} else _start_for(job.calendar, job.at, job.minutes)


def _limits(job: Job, *, honour: bool) -> tuple[int | None, int | None]:
    """The start that a constraint asks for at the earliest, and the one that it forces upon the links."""
    at = job.at or 0
    match job.constraint:
        case "SNET":
            return at, None
        case "FNET":
            return _start_for(job.calendar, at, job.minutes), None
        case "MSO" | "MFO" if not honour:
            return _latest_start(job), None
        case "SNLT" | "FNLT" | "MSO" | "MFO" if honour:
            return None, _latest_start(job)
    return None, None
