"""The order in which a network is computed, and the circles that leave none.

A summary is two events: its begin, which everything in it waits for, and its end, which waits for everything in it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from handrail.compute.calendar import WorkCalendar
from handrail.compute.duration import Lag
from handrail.compute.jobs import Job, Tie

_WHOLE = 10_000
"""Lags in percent are kept in hundredths of a percent."""


@dataclass(slots=True)
class Link:
    """One link, seen from one of its ends: `target` is the index of the other one."""

    target: int
    tie: Tie
    from_start: bool = field(init=False)
    to_finish: bool = field(init=False)
    lag: Lag | None = field(init=False)

    def __post_init__(self) -> None:
        """Look once at what is asked for a hundred thousand times."""
        self.from_start = self.tie.type in {"SS", "SF"}
        self.to_finish = self.tie.type in {"FF", "SF"}
        self.lag = self.tie.lag if self.tie.lag.amount else None

    def ahead(self, at: int, calendar: WorkCalendar, length: int) -> int:
        """An instant of the predecessor with the lag added; `length` is the predecessor's, in minutes."""
        if self.lag is None:
            return at
        if self.lag.unit == "elapsed":
            return at + self.lag.amount
        minutes = self._minutes(self.lag, length)
        return calendar.add(at, minutes) if minutes else at

    def back(self, at: int, calendar: WorkCalendar, length: int) -> int:
        """The latest instant of the predecessor that allows one of the successor."""
        if self.lag is None:
            return at
        if self.lag.unit == "elapsed":
            return at - self.lag.amount
        return calendar.start(calendar.position(at) - self._minutes(self.lag, length))

    @staticmethod
    def _minutes(lag: Lag, length: int) -> int:
        if lag.unit == "working":
            return lag.amount
        sign = 1 if lag.amount >= 0 else -1
        return sign * ((2 * abs(lag.amount) * length + _WHOLE) // (2 * _WHOLE))


@dataclass(slots=True, kw_only=True)
class Graph:
    """Jobs by index, with what comes before, after, above and below each.

    order: events; below the number of jobs a leaf or the begin of a summary, from it on the end of one.
    """

    jobs: Sequence[Job]
    index: dict[str, int]
    parent: list[int]
    children: list[list[int]]
    before: list[list[Link]]
    after: list[list[Link]]
    leaves: list[int] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    cycles: tuple[tuple[str, ...], ...] = ()
    loose: tuple[tuple[str, str], ...] = ()

    def below(self, i: int) -> list[int]:
        """All leaves under a summary."""
        found, open_ = [], list(self.children[i])
        while open_:
            k = open_.pop()
            if self.children[k]:
                open_ += self.children[k]
            else:
                found.append(k)
        return found


def arrange(jobs: Sequence[Job]) -> Graph:
    """Find every job's place. Links with oneself are circles of one; ids are taken to be unique."""
    index = {job.id: i for i, job in enumerate(jobs)}
    count = len(jobs)
    graph = Graph(
        jobs=jobs, index=index, parent=[index.get(job.parent, -1) if job.parent else -1 for job in jobs],
        children=[[] for _ in range(count)], before=[[] for _ in range(count)], after=[[] for _ in range(count)],
    )  # fmt: skip
    loose = [(job.id, job.parent) for job in jobs if job.parent and job.parent not in index]
    for i, above in enumerate(graph.parent):
        if above >= 0:
            graph.children[above].append(i)
    for i, job in enumerate(jobs):
        for tie in job.ties:
            k = index.get(tie.task, -1)
            if k < 0:
                loose.append((job.id, tie.task))
                continue
            graph.before[i].append(Link(k, tie))
            graph.after[k].append(Link(i, tie))
    graph.leaves = [i for i in range(count) if not graph.children[i]]
    graph.loose = tuple(loose)
    _sort(graph)
    return graph


def _events(graph: Graph) -> tuple[list[list[int]], list[int]]:
    """For every event those that wait for it, and for how many it waits itself."""
    count = len(graph.jobs)
    following: list[list[int]] = [[] for _ in range(2 * count)]
    waits = [0] * (2 * count)
    for i, links in enumerate(graph.before):
        for link in links:
            following[link.target + count if graph.children[link.target] else link.target].append(i)
        waits[i] += len(links)
    for i, above in enumerate(graph.parent):
        if above >= 0:
            following[above].append(i)
            waits[i] += 1
            following[i + count if graph.children[i] else i].append(above + count)
            waits[above + count] += 1
    for i, parts in enumerate(graph.children):
        if parts:
            following[i].append(i + count)
            waits[i + count] += 1
    return following, waits


def _sort(graph: Graph) -> None:
    """Put the events in order; what cannot be ordered stands on a circle, or waits for one."""
    count = len(graph.jobs)
    following, waits = _events(graph)
    ready = deque(i for i in range(count) if not waits[i])
    order = graph.order
    while ready:
        event = ready.popleft()
        order.append(event)
        for other in following[event]:
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    left = {event for event in range(2 * count) if waits[event]}
    if left:
        found = circles(left, following)
        named = (tuple(dict.fromkeys(graph.jobs[event % count].id for event in circle)) for circle in found)
        graph.cycles = tuple(dict.fromkeys(named))


def circles(events: set[int], following: Sequence[Sequence[int]]) -> list[list[int]]:
    """Circles that together go through every event that stands on one: the shortest for each that none has named yet."""
    found: list[list[int]] = []
    for group in _knots(events, following):
        named: set[int] = set()
        for event in group:
            if event not in named:
                circle = _shortest(event, set(group), following)
                named.update(circle)
                found.append(circle)
    return found


def _shortest(event: int, group: set[int], following: Sequence[Sequence[int]]) -> list[int]:
    came = {event: event}
    open_ = deque([event])
    while open_:
        here = open_.popleft()
        for other in following[here]:
            if other == event:
                path = [here]
                while path[-1] != event:
                    path.append(came[path[-1]])
                return path[::-1]
            if other in group and other not in came:
                came[other] = here
                open_.append(other)
    raise AssertionError(event)  # every event of a knot comes back to itself


def _knots(events: set[int], following: Sequence[Sequence[int]]) -> Iterable[list[int]]:
    """The groups of events that all wait for each other (Tarjan's components, without recursion)."""
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    for root in sorted(events):
        if root in number:
            continue
        work = [(root, iter(following[root]))]
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while work:
            event, rest = work[-1]
            other = next((one for one in rest if one in events), None)
            if other is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[event])
                if low[event] == number[event]:
                    cut = stack.index(event)
                    group = stack[cut:]
                    del stack[cut:]
                    on_stack.difference_update(group)
                    if len(group) > 1 or event in following[event]:
                        yield sorted(group)
            elif other not in number:
                number[other] = low[other] = len(number)
                stack.append(other)
                on_stack.add(other)
                work.append((other, iter(following[other])))
            elif other in on_stack:
                low[event] = min(low[event], number[other])
