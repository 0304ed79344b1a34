"""Findings and what became of them: who must do what by when, what is late, and what only its owner calls done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from handrail.model.assurance import Audit, Finding
from handrail.model.repository import Repository

State = Literal["no answer yet", "open", "late", "risk accepted", "done, not verified", "verified"]
CONTAIN_DAYS = 14
"""Days in which the action on a critical finding is agreed and its harm contained (GOVERNANCE, audit)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One finding today. due: the last day that was agreed. first_due: the day of the closing meeting. days_left: below
    zero when late; None where nothing is due any more.

    not_contained: a critical one whose harm nobody has stopped in time.
    """

    audit: str
    id: str
    title: str
    project: str | None
    requirement: str | None
    severity: str
    state: State
    response: str | None
    action: str | None
    owner: str | None
    raised_on: date | None
    first_due: date | None
    due: date | None
    extended: int
    days_left: int | None
    not_contained: bool
    accepted_by: str | None
    verified_by: str | None
    file: str


def follow_up(repository: Repository, today: date) -> tuple[Followed, ...]:
    """Every finding, what is late first, then by day and severity."""
    known = {one.loc.file.split("/")[2]: one.id for one in repository.every(Audit)}
    found = [_followed(one, known.get(one.loc.file.split("/")[2], one.loc.file.split("/")[2]), today)
             for one in repository.every(Finding)]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.severity, one.audit, one.id)))


def _followed(one: Finding, audit: str, today: date) -> Followed:
    due = one.extensions[-1].to if one.extensions else one.due
    state = _state(one, due, today)
    running = state in {"open", "late", "no answer yet"}
    late = one.raised_on is not None and today > one.raised_on + timedelta(days=CONTAIN_DAYS)
    return Followed(
        audit=audit, id=one.id, title=one.title, project=one.project, requirement=one.requirement, severity=one.severity,
        state=state, response=one.management_response, action=one.action, owner=one.owner, raised_on=one.raised_on,
        first_due=one.extensions[0].from_ if one.extensions else one.due, due=due, extended=len(one.extensions),
        days_left=(due - today).days if running and due else None,
        not_contained=running and one.severity == "critical" and late and one.contained_on is None,
        accepted_by=one.risk_accepted_by, verified_by=one.verified_by, file=one.loc.file,
    )  # fmt: skip


def _state(one: Finding, due: date | None, today: date) -> State:
    if one.verified_on is not None and one.verified_by is not None and one.closed_on is not None:
        return "verified"
    if one.closed_on is not None:
        return "done, not verified"
    if one.risk_accepted_by is not None:
        return "risk accepted"
    if due is not None and due < today:
        return "late"
    return "open" if one.management_response is not None else "no answer yet"
