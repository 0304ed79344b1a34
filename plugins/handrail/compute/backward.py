"""The backward pass: when each task must begin and end at the latest, so that the project ends when it can."""

from __future__ import annotations

from handrail.compute.forward import Forward
from handrail.compute.jobs import Job, Settings
from handrail.compute.topology import Graph, Link


class Backward:
    """One backward pass. start, finish: by index, the late dates of tasks; summaries are rolled up by whoever asks.

    A task that has begun keeps its actual start as late start; `needed` is the instant from which its remaining work
    must go on, and that is what its predecessors are held to. `ended` is the last instant that is no later than its
    late finish by its own calendar: half past ten at night is, for a task that works until five.
    """

    __slots__ = ("_bounds", "_end", "_forward", "_graph", "_settings", "_starts", "ended", "finish", "needed", "start")

    def __init__(self, graph: Graph, settings: Settings, forward: Forward) -> None:
        """Make ready; open ends may last until the last task of the project ends."""
        count = len(graph.jobs)
        self._graph, self._settings, self._forward = graph, settings, forward
        self._end = max(forward.finish[i] for i in graph.leaves)
        self._bounds: dict[int, int] = {}
        self._starts: dict[int, int] = {}
        self.start = [0] * count
        self.finish = [0] * count
        self.ended = [0] * count
        self.needed: list[int | None] = [None] * count

    def run(self) -> None:
        """Go through all events against their order."""
        count = len(self._graph.jobs)
        children = self._graph.children
        for event in reversed(self._graph.order):
            if event >= count:
                self._after_summary(event - count)
            elif children[event]:
                self._before_summary(event)
            else:
                self._leaf(event)

    def _leaf(self, i: int) -> None:
        job, forward = self._graph.jobs[i], self._forward
        if job.actual_finish is not None:
            self.start[i], self.finish[i] = forward.start[i], forward.finish[i]
            return  # what is done holds nobody to anything
        calendar = job.calendar
        finish = self._limited(i, job, self._linked(i, job))
        left = job.minutes if job.actual_start is None or job.remaining is None else job.remaining
        if job.typed and job.actual_start is None:
            left = calendar.between(forward.start[i], forward.finish[i])
        if left:
            position = calendar.position(finish)
            self.finish[i] = calendar.finish(position)
            self.ended[i] = calendar.start(position)
            needed = calendar.start(position - left)
        else:
            needed = self.finish[i] = self.ended[i] = finish
        self.needed[i] = needed
        self.start[i] = needed if job.actual_start is None else job.actual_start

    def _linked(self, i: int, job: Job) -> int:
        """The earliest instant by which any successor, or one of a summary above, needs the task to be finished."""
        best = self._end
        for link in self._graph.after[i]:
            bound = self._bound(i, job, link)
            if bound is not None and bound < best:
                best = bound
        above = self._graph.parent[i]
        if above >= 0:
            best = min(best, self._bounds.get(above, best))
        if i in self._starts and not job.begun:
            best = min(best, _finish_from(job, self._starts[i]))
        return best

    def _bound(self, i: int, job: Job, link: Link) -> int | None:
        """What one successor asks for; a start that has happened, or that somebody has typed, cannot be held to anything."""
        at = self._at(link)
        if at is None:
            return None
        if link.from_start:
            successor = self._graph.jobs[link.target]
            if job.begun or (link.tie.type == "SS" and (job.typed or successor.begun)):
                return None
        if link.lag is not None:
            at = link.back(at, self._graph.jobs[link.target].calendar, self._forward.length(i))
        return _finish_from(job, at) if link.from_start else at

    def _at(self, link: Link) -> int | None:
        """The late date of a successor that a link is about; None when the successor is done."""
        needed = self.needed[link.target]
        return needed if needed is None or not link.to_finish else self.ended[link.target]

    def _limited(self, i: int, job: Job, finish: int) -> int:
        """Constraints and deadlines only ever lower a late finish."""
        if job.at is not None:
            limit = _latest_finish(job)
            if limit is not None:
                if (
                    not self._settings.honour
                ):  # the links win: the constraint takes float away, but never more than there is
                    limit = max(limit, self._forward.finish[i])
                finish = min(finish, limit)
        return finish if job.deadline is None else min(finish, job.deadline)

    def _after_summary(self, i: int) -> None:
        """What the successors of a summary, its deadline, and the summaries above it ask of everything in it."""
        job = self._graph.jobs[i]
        best = self._bounds.get(self._graph.parent[i])
        for link in self._graph.after[i]:
            at = self._at(link)
            if at is None:
                continue
            at = link.back(at, self._graph.jobs[link.target].calendar, self._forward.length(i))
            if link.from_start:
                first = self._forward.earliest[i]
                self._starts[first] = min(at, self._starts.get(first, at))
            else:
                best = at if best is None else min(best, at)
        forced = job.at if job.constraint == "FNLT" and self._settings.honour else None
        limits = [one for one in (job.deadline, forced, best) if one is not None]
        if limits:
            self._bounds[i] = min(limits)

    def _before_summary(self, i: int) -> None:
        """Whoever comes before a summary is held to the most urgent of its tasks that are not done."""
        open_ = [k for k in self._graph.children[i] if self.needed[k] is not None]
        if open_:
            self.needed[i] = min(needed for k in open_ if (needed := self.needed[k]) is not None)
            self.ended[i] = min(self.ended[k] for k in open_)


def _finish_from(job: Job, start: int) -> int:
    """When a task ends that begins at an instant."""
    return job.calendar.add(start, job.minutes) if job.minutes else start


def _latest_finish(job: Job) -> int | None:
    """The finish that a hard constraint allows at the latest."""
    match job.constraint:
        case "SNLT" | "MSO":
            return _finish_from(job, job.at or 0)
        case "FNLT" | "MFO":
            return job.at
    return None
