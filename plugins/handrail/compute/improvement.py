"""What the PMO owes: answers to support requests, triage of lessons, and proposals that have changed all they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handrail import __version__
from handrail.compute.workdays import WorkDays
from handrail.model.advice import Playbook, SupportAnswer
from handrail.model.improvement import Proposal, Target, TemplateVersion, Triage
from handrail.model.project import Plan
from handrail.model.records import Lesson, SupportRequest
from handrail.model.repository import Repository
from handrail.model.training import ModuleRecord

_TOP = 10


def version_key(version: str) -> tuple[int, ...]:
    """A version as numbers, to be compared."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def answer_of(request: SupportRequest, plan: Plan, repository: Repository) -> SupportAnswer | None:
    """The PMO's answer to a support request."""
    name = f"{plan.id}/{request.id}"
    return next((one for one in repository.every(SupportAnswer) if one.request == name), None)


def workdays_open(request: SupportRequest, answer: SupportAnswer | None, as_of: date, days: WorkDays) -> int | None:
    """Working days from the day it was opened to the day somebody took it, or to today. None without a first day."""
    if request.opened is None:
        return None
    until = answer.acknowledged_on if answer and answer.acknowledged_on else as_of
    return days.between(request.opened, until)


def triage_of(lesson: Lesson, plan: Plan, repository: Repository, as_of: date) -> Triage | None:
    """The first triage of a lesson up to a day."""
    name = f"{plan.id}/{lesson.id}"
    own = (one for one in repository.every(Triage) if one.lesson == name and one.on <= as_of)
    return min(own, key=lambda one: one.on, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A lesson of another project that shares tags with a plan: `name` is project and lesson, `shared` the tags."""

    name: str
    title: str
    recommendation: str
    shared: tuple[str, ...]
    disposition: str | None


def matches(plan: Plan, repository: Repository, most: int = _TOP) -> tuple[Match, ...]:
    """The lessons of other projects that fit a plan, with what it says of each."""
    said = {one.lesson: one.disposition for one in plan.lessons_considered}
    return matching(plan.tags, repository, own=plan.id, said=said, most=most)


def matching(
    tags: Iterable[str],
    repository: Repository,
    *,
    own: str = "",
    said: Mapping[str, str] | None = None,
    most: int = _TOP,
) -> tuple[Match, ...]:
    """The lessons with most tags in common, newest first among equals; those rejected or merged are left out.

    own: the project that asks, whose own lessons are no news. said: by lesson, what its plan says of it.
    """
    out = {one.lesson for one in repository.every(Triage) if one.decision in {"reject", "merge"}}
    wanted, told = set(tags), said or {}
    found: list[tuple[tuple[int, int, str], Match]] = []
    for other in repository.plans:
        for lesson in other.lessons if wanted and other.id != own else ():
            name = f"{other.id}/{lesson.id}"
            shared = tuple(tag for tag in lesson.tags if tag in wanted)
            if shared and name not in out:
                newest = -(lesson.raised_on or date.min).toordinal()
                match = Match(name=name, title=lesson.title, recommendation=lesson.recommendation or "", shared=shared,
                              disposition=told.get(name))  # fmt: skip
                found.append(((-len(shared), newest, name), match))
    return tuple(match for _, match in sorted(found, key=lambda one: one[0])[:most])


def versions(repository: Repository) -> Mapping[tuple[str, str], str]:
    """The version of everything that a proposal can name. A rule has the version of the standard that it verifies."""
    found: dict[tuple[str, str], str] = {("tool", "handrail"): __version__}
    found |= {("standard", one.id): one.version for one in repository.standards.values()}
    found |= {
        ("rule", one.id): standard.version
        for one in repository.rules.values()
        if (standard := repository.standards.get(one.requirement.split(".", 1)[0])) is not None
    }
    found |= {("template", one.id): one.version for one in repository.every(TemplateVersion)}
    found |= {("module", one.id): one.version for one in repository.every(ModuleRecord)}
    found |= {("playbook", one.id): one.version for one in repository.every(Playbook)}
    return found


def landed(target: Target, known: Mapping[tuple[str, str], str]) -> bool:
    """Whether a target carries the change: it has reached the version that was named, or left the one before."""
    now = known.get((target.kind, target.id))
    if now is None:
        return False
    if target.to is not None:
        return version_key(now) >= version_key(target.to)
    return version_key(now) > version_key(target.from_)


def implemented(proposal: Proposal, known: Mapping[tuple[str, str], str]) -> bool:
    """Only when it was accepted, names a target, and every target has changed its version."""
    return (
        proposal.state == "accepted" and bool(proposal.targets) and all(landed(one, known) for one in proposal.targets)
    )


def age(day: date | None, as_of: date) -> int | None:
    """Days since a day."""
    return (as_of - day) // timedelta(days=1) if day else None
