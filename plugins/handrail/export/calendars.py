"""Calendars of gates and milestones, of all projects and of each: days that a calendar program can follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from handrail.compute.agreed_plan import promised
from handrail.compute.audience import Seen
from handrail.compute.facts import Dated, Portfolio, Project
from handrail.compute.learning import sessions
from handrail.export.calendar_file import Event, calendar
from handrail.export.sessions import sessions_calendar


def calendars(portfolio: Portfolio, seen: Seen, address: str = "") -> Iterator[tuple[str, bytes]]:
    """Path below `data/` and bytes of each calendar over all projects. address: where the site is published; without, entries have no link.

    An entry keeps its id when its day moves, so that a program that follows the file moves it too. What is done stays
    on the day on which it was done; what has no day is left out.
    """
    stamp = _stamp(portfolio)
    gates: list[Event] = []
    every: list[Event] = []
    for project in seen.projects:
        own = _events(project, portfolio, address)
        every += own
        gates += [one for one in own if "gate" in one.kinds]
    yield "gates.ics", calendar("Gates of all projects", gates, stamp).encode()
    yield "milestones.ics", calendar("Gates and milestones of all projects", every, stamp).encode()
    organisation, as_of = portfolio.repository.organisation.organisation, portfolio.as_of
    yield "sessions.ics", sessions_calendar(sessions(portfolio.repository, as_of), organisation, as_of).encode()


def calendar_of(project: Project, portfolio: Portfolio, address: str = "") -> str:
    """The calendar of one project."""
    return calendar(project.plan.name, _events(project, portfolio, address), _stamp(portfolio))


def _stamp(portfolio: Portfolio) -> datetime:
    as_of = portfolio.as_of
    return datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)


def _events(project: Project, portfolio: Portfolio, address: str) -> list[Event]:
    return [_event(project, one, portfolio, address) for one in project.milestones if _day(one)]


def _day(one: Dated) -> date | None:
    return one.actual or one.expected


def _event(project: Project, one: Dated, portfolio: Portfolio, address: str) -> Event:
    names = {each.id: each.name for each in portfolio.repository.policy.lifecycle.gates}
    kind = "gate" if one.gate else "milestone"
    title = one.name if not one.gate or names.get(one.gate) in {None, one.name} else f"{names[one.gate]}: {one.name}"
    said = [f"{kind.capitalize()} {one.id} of {project.plan.name}"]
    if one.planned and one.planned != _day(one):
        said.append(f"{promised(project)} for {one.planned.isoformat()}")
    said.append("done" if one.done else "expected")
    return Event(
        uid=f"{project.id}.{kind}.{one.id}@handrail", day=_day(one) or portfolio.as_of, title=f"{title} ({project.plan.name})",
        text=", ".join(said), link=f"{address.rstrip('/')}/projects/{project.id}/" if address else None, kinds=(kind,),
    )  # fmt: skip
