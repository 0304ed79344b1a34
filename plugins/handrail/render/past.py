"""How a project looked on earlier days: from the history of the repository, else from its own reports and approved plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.compute.agreed_plan import counts
from handrail.compute.dates import in_order
from handrail.compute.facts import Project
from handrail.compute.trend import Direction, PointFacts, direction
from handrail.compute.written import as_day
from handrail.model.words import Colour
from handrail.render import words
from handrail.render.charts.mta import Trace
from handrail.render.view import Site

ARROWS = {"better": "better ↗", "same": "same →", "worse": "worse ↘"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """A project on an earlier day. colour: the one that counted, or what was reported where there is no history."""

    on: date
    colour: Colour | None
    end: date | None
    facts: PointFacts | None


def then(site: Site, project: Project, day: date) -> Then | None:
    """A project as it stood in the evening of a day; None where nothing tells."""
    known = [(on, one) for on, one in site.history.of(project.id) if on <= day]
    if known:
        on, one = known[-1]
        return Then(on=on, colour=one.colour, end=one.end, facts=one)
    reports = [one for one in project.plan.reports if one.as_of <= day]
    if not reports:
        return None
    newest = max(reports, key=lambda one: one.as_of)
    return Then(on=newest.as_of, colour=newest.status, end=None, facts=None)


def trend_of(site: Site, project: Project) -> Direction | None:
    """How the colour that counts moved in a month; without a history, how the newest report compares with the one before."""
    if site.history.of(project.id):
        before = then(site, project, month_ago(site.as_of))
        return direction(before.colour, project.health.counts) if before else None
    if project.report is None or project.previous is None:
        return None
    return direction(project.previous.status, project.report.status)


def month_ago(day: date) -> date:
    """Thirty days before."""
    return day - timedelta(days=30)


def month_end(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def traces(site: Site, projects: Iterable[Project], *, named: bool = True) -> list[Trace]:
    """What was expected of each milestone at each look; `named` adds the project's name."""
    found: list[Trace] = []
    for project in projects:
        seen = _seen(site, project)
        for one in project.milestones:
            looks = [
                (on, due)
                for on, due in seen.get(one.id, [])
                if on < project.as_of and (one.actual is None or on < one.actual)
            ]
            if one.expected:
                looks.append((min(one.actual, project.as_of) if one.actual else project.as_of, one.expected))
            if not looks:
                continue
            found.append(
                Trace(
                    name=one.name, seen=tuple(_one_a_day(looks)), actual=one.actual, href=f"projects/{project.id}/#schedule",
                    sub=project.plan.name if named else "",
                )
            )  # fmt: skip
    return found


def _seen(site: Site, project: Project) -> dict[str, list[tuple[date, date]]]:
    """By milestone: the day of each look and the day expected then. Before the history begins: what each approved plan promised."""
    found: dict[str, list[tuple[date, date]]] = {}
    points = site.history.of(project.id)
    for on, facts in points:
        for one in facts.milestones:
            if one.expected:
                found.setdefault(one.id, []).append((on, one.expected))
    begins = points[0][0] if points else date.max
    for baseline in in_order(project.plan.baselines):
        if baseline.made_on < begins and counts(project.plan, baseline, project.as_of):
            for name, values in baseline.values.items():
                day = as_day(values.get("planned"))
                if day:
                    found.setdefault(name, []).append((baseline.made_on, day))
    return found


def _one_a_day(looks: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """The last word of each day, by day."""
    return sorted(dict(looks).items())


PROMISED = ", and from approved plans before"
"""What `basis` adds for milestones, of which approved plans tell, too."""


def basis(site: Site, *, before: str = "") -> str:
    """What pages about the past rest on, in a sentence; `before` adds what the days before the history rest on."""
    points = site.history.points
    if points:
        return f"Taken from the history of the repository: {words.count(len(points), 'look')} since {words.day(points[0].on)}{before}."
    return (
        "The repository's history tells nothing of earlier days, so the past is taken from reports and approved plans."
    )
