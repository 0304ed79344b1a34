"""What is due from whom: everything dated or asked in the plans, gathered per person. The mail, the issue and the calendar say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from handrail.compute.facts import Portfolio, Project
from handrail.compute.reminders.asked import asked
from handrail.compute.reminders.dated import dated, outliving
from handrail.compute.reminders.framework import EARLY, framework
from handrail.compute.reminders.reminder import Draft, Reminder

__all__ = ("Reminder", "by_person", "reminders")

WITHIN = timedelta(days=14)
_HIDDEN = "a restricted project"
_LEAVE = "deviation"


def reminders(portfolio: Portfolio, within: timedelta = WITHIN) -> tuple[Reminder, ...]:
    """What is open and late, or due within that time, and what waits for somebody's word; the latest first.

    Running projects remind of everything, suspended ones of decisions, ended ones only of what outlives them: benefits.
    Of a restricted project nothing is told but that something is due, where it stands, and when. Of the framework itself
    come certificates, training, reviews of standards and findings; these, and deviations that end, are told thirty days ahead.
    """
    today = portfolio.as_of
    until = today + within if today <= date.max - within else date.max
    found = [one for project in portfolio.projects for one in _of_project(project, portfolio, until)]
    found += framework(portfolio.repository, today, until)
    return tuple(sorted(found, key=_order))


def by_person(found: Iterable[Reminder]) -> Mapping[str, tuple[Reminder, ...]]:
    """Reminders by handle, in the order of handles."""
    grouped: dict[str, list[Reminder]] = {}
    for one in found:
        grouped.setdefault(one.person, []).append(one)
    return {person: tuple(grouped[person]) for person in sorted(grouped)}


def _of_project(project: Project, portfolio: Portfolio, until: date) -> Iterator[Reminder]:
    repository, state = portfolio.repository, project.plan.state
    drafts: list[Draft] = []
    if state in {"active", "suspended"}:
        drafts += asked(project, repository)
    if state == "active":
        drafts += dated(project, repository, until)
    early = max(until, project.as_of + EARLY) if project.as_of <= date.max - EARLY else date.max
    drafts += outliving(project)
    known = repository.people
    for draft in drafts:
        if draft.due is not None and draft.due > (early if draft.kind == _LEAVE else until):
            continue
        for person in dict.fromkeys(draft.people):
            record = known.get(person)
            if record is not None and (record.to is None or project.as_of <= record.to):
                yield _reminder(draft, project, person)


def _reminder(draft: Draft, project: Project, person: str) -> Reminder:
    plan = project.plan
    hidden = plan.sensitivity == "restricted"
    return Reminder(
        kind=draft.kind,
        project=plan.id,
        name=_HIDDEN if hidden else plan.name,
        id=draft.id,
        what=f"{draft.kind} {draft.id}".strip() if hidden else draft.what,
        person=person,
        due=draft.due,
        since=draft.since,
        late=draft.due is not None and draft.due < project.as_of,
        page=f"projects/{plan.id}/#{draft.anchor}",
        file=f"projects/{plan.id}/{draft.file}".rstrip("/"),
    )


def _order(one: Reminder) -> tuple[object, ...]:
    return (one.due or one.since or date.max, one.project, one.kind, one.id, one.what, one.person)
