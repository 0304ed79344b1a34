"""Whom a change touches besides its own project: projects that wait for something, and people who get something to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from handrail.change.meaning import Change
from handrail.change.words import day, quoted
from handrail.compute.dependencies import Need, needs
from handrail.compute.facts import Portfolio
from handrail.english import count

_GIVEN = ("owner", "accepted_by", "checker", "assurance", "sponsor", "manager")
_NAMED = 3
_DATES = frozenset({"planned", "forecast", "actual"})


def touched(changes: Iterable[Change], before: Portfolio | None, after: Portfolio) -> tuple[str, ...]:
    """One sentence each, projects first."""
    seen = tuple(changes)
    return (*_projects(seen, before, after), *_people(seen, after))


def _projects(changes: tuple[Change, ...], before: Portfolio | None, after: Portfolio) -> Iterator[str]:
    moved = {
        (one.project, one.id) for one in changes
        if one.kind in {"milestone", "deliverable"} and (one.what != "changed" or one.field in _DATES)
    }  # fmt: skip
    if not moved:
        return
    names = {one.id: one.plan.name for one in after.projects}
    year = after.as_of.year
    for need in needs([one.plan for one in after.projects]):
        if (need.giver, need.what) not in moved or need.taker not in names:
            continue
        yield _waits(need, names, _expected(after, need), _expected(before, need) if before else None, year)


def _waits(need: Need, names: dict[str, str], now: date | None, was: date | None, year: int) -> str:
    by = f" by {day(need.by, year)}" if need.by else ""
    start = f"{quoted(names[need.taker])} needs {need.what} of {quoted(names.get(need.giver, need.giver))}{by}"
    if now is None:
        return f"{start}; no day is named for it any more"
    if need.by is not None and now > need.by:
        return f"{start}; now {day(now, year)}, {count((now - need.by).days, 'day')} too late"
    return f"{start}; now {day(now, year)}" + (f" (was {day(was, year)})" if was and was != now else "")


def _expected(portfolio: Portfolio, need: Need) -> date | None:
    project = portfolio.project(need.giver)
    if project is None:
        return None
    ones = (*project.milestones, *project.deliverables)
    return next((one.expected for one in ones if one.id == need.what), None)


def _people(changes: tuple[Change, ...], after: Portfolio) -> Iterator[str]:
    """People who are newly named, with what they got; the manager of the project knows already."""
    managers = {one.id: one.plan.manager for one in after.projects}
    got: dict[str, list[str]] = {}
    for one in changes:
        if one.project is None or one.computed or one.kind in {"report", "approval", "lesson", "feedback"}:
            continue
        for field, person in _named(one):
            if person != managers.get(one.project) or field == "manager":
                name = one.id if one.kind != "project" else quoted(one.name)
                got.setdefault(person, []).append(f"{field.replace('accepted_by', 'accepter')} of {name}")
    for person, what in got.items():
        more = f" and {len(what) - _NAMED} more" if len(what) > _NAMED else ""
        yield f"{person} is now {', '.join(what[:_NAMED])}{more}"


def _named(one: Change) -> Iterator[tuple[str, str]]:
    if one.what == "changed":
        key = (one.field or "").split(".")[-1]
        if key in _GIVEN and isinstance(one.new, str):
            yield key, one.new
    elif one.what == "added":
        for key in _GIVEN:
            person = getattr(one.new, key, None)
            if isinstance(person, str):
                yield key, person
