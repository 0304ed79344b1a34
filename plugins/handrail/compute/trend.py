"""How projects looked on earlier days: the few facts that curves, arrows and strips are drawn from.

Where the points come from is not known here: they are read from the history of the repository (`handrail.history`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from handrail.compute.facts import Project
from handrail.compute.heterogeneity import Fit, Framework
from handrail.compute.risk import open_threats, score
from handrail.compute.tolerance import Limits
from handrail.model.money import Money
from handrail.model.policy import Thresholds
from handrail.model.words import DIMENSIONS, Colour, Phase, ProjectState

Direction = Literal["better", "same", "worse"]

_RANK: Mapping[Colour | None, int] = {"green": 0, "amber": 1, "red": 2}


class Promise(NamedTuple):
    """A milestone as it stood on a day. expected: the actual day, or the forecast, or the planned one.

    A tuple, because a history of years holds hundreds of thousands of them.
    """

    id: str
    name: str
    gate: str | None
    planned: date | None
    forecast: date | None
    actual: date | None
    expected: date | None


class PointFacts(NamedTuple):
    """One project as it stood on a day: a tuple like `Promise`, because years of a thousand projects hold ten thousands.

    colour: the one that counted; computed, reported: the two it follows from; colours: the computed ones by dimension,
    None where nothing could be said. reported_on: the day of the newest report. end: the last milestone's name, planned
    and expected day. approved, forecast and spent are in the project's currency. risks, high_risks: open threats, and
    those that the policy calls high. applied: lessons of others that the plan says were applied, as `desk/L-001`. fit: how
    a running plan followed the framework of its day. earned: what the work done was worth by the plan of that day.
    """

    id: str
    name: str
    phase: Phase
    state: ProjectState
    colour: Colour | None
    computed: Colour | None
    reported: Colour | None
    colours: Mapping[str, Colour | None]
    reported_on: date | None
    end_planned: date | None
    end: date | None
    approved: Money | None
    forecast: Money | None
    spent: Money | None
    risks: int
    high_risks: int
    rebaselined: int
    milestones: tuple[Promise, ...]
    applied: tuple[str, ...] = ()
    fit: Fit | None = None
    earned: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """All projects on one day. commit: the state of the main branch at the end of that day."""

    on: date
    commit: str
    projects: Mapping[str, PointFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Days in their order, the oldest first; the day that is looked at from is not among them.

    why: the reason, as a sentence, where there are no points.
    """

    points: tuple[Point, ...] = ()
    why: str = ""
    known: Mapping[str, tuple[tuple[date, PointFacts], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Turn the points around, once: most questions are about one project."""
        found: dict[str, list[tuple[date, PointFacts]]] = {}
        for point in self.points:
            for name, one in point.projects.items():
                found.setdefault(name, []).append((point.on, one))
        object.__setattr__(self, "known", {name: tuple(ones) for name, ones in found.items()})

    def of(self, project: str) -> tuple[tuple[date, PointFacts], ...]:
        """One project's days, the oldest first; empty for an unknown one."""
        return self.known.get(project, ())

    def before(self, day: date) -> Point | None:
        """The newest point on or before a day."""
        return next((one for one in reversed(self.points) if one.on <= day), None)


NO_HISTORY = History(why="This build was made without a history.")


def facts_of(
    project: Project, thresholds: Thresholds | None, framework: Framework | None = None, earned: Money | None = None
) -> PointFacts:
    """What is kept of a project for later; the thresholds say from which score on a risk is high."""
    plan, health, cost = project.plan, project.health, project.cost
    limits = Limits.of(plan, thresholds)
    threats = open_threats(plan.risks)
    colours: dict[str, Colour | None] = {name: health.dimensions[name].colour for name in DIMENSIONS}
    return PointFacts(
        id=project.id, name=plan.name, phase=plan.phase, state=plan.state, colour=health.counts,
        computed=health.overall.colour, reported=health.reported, colours=colours,
        reported_on=project.report.as_of if project.report else None,
        end_planned=project.end.planned if project.end else None, end=project.end.expected if project.end else None,
        approved=cost.approved, forecast=cost.forecast, spent=cost.spent, risks=len(threats),
        high_risks=sum(1 for one in threats if limits and (score(one) or 0) >= limits.risk), rebaselined=project.rebaselined,
        milestones=tuple(
            Promise(
                id=one.id, name=one.name, gate=one.gate, planned=one.planned, forecast=one.forecast, actual=one.actual,
                expected=one.expected,
            )
            for one in project.milestones
        ),
        applied=tuple(one.lesson for one in plan.lessons_considered if one.disposition == "applied"),
        fit=framework.fit(plan, project.derived_tier, project.as_of) if framework else None, earned=earned,
    )  # fmt: skip


def direction(then: Colour | None, now: Colour | None) -> Direction | None:
    """Whether a colour got better or worse; None where one of them says nothing."""
    if then is None or now is None:
        return None
    return "same" if then == now else "better" if _RANK[now] < _RANK[then] else "worse"


def moved(project: Project, history: History, since: date) -> Direction | None:
    """How the colour that counts moved since a day; None where it was not known then."""
    point = history.before(since)
    then = point.projects.get(project.id) if point else None
    return direction(then.colour, project.health.counts) if then else None
