"""The library of lessons: what each says, from which phase, what the PMO made of it, and who used it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handrail.compute.improvement import implemented, versions
from handrail.model.improvement import Proposal, Triage
from handrail.model.policy import Lifecycle
from handrail.model.project import Plan
from handrail.model.records import Lesson
from handrail.model.repository import Repository

Disposition = Literal["waiting", "in work", "changed something", "published", "merged", "rejected"]
DISPOSITIONS: tuple[Disposition, ...] = ("waiting", "in work", "changed something", "published", "merged", "rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One lesson. phase: of its project on the day it was captured. proposals: the changes that it led to.

    applied, not_applicable: other projects that said so of it. waits: days without an answer, while it waits.
    """

    name: str
    lesson: Lesson
    plan: Plan
    phase: str
    disposition: Disposition
    triage: Triage | None
    proposals: tuple[str, ...]
    applied: tuple[str, ...]
    not_applicable: tuple[str, ...]
    waits: int | None


def library(repository: Repository, plans: Iterable[Plan], as_of: date) -> tuple[Shelved, ...]:
    """Every lesson of some projects, the newest first; uses by other projects among them."""
    shown = tuple(plans)
    known = versions(repository)
    proposals = {one.id: one for one in repository.every(Proposal)}
    done = {name for name, one in proposals.items() if implemented(one, known)}
    triaged: dict[str, Triage] = {}
    for one in repository.every(Triage):
        if one.on <= as_of and (one.lesson not in triaged or one.on < triaged[one.lesson].on):
            triaged[one.lesson] = one
    uses: dict[tuple[str, str], list[str]] = {}
    for plan in shown:
        for use in plan.lessons_considered:
            uses.setdefault((use.lesson, use.disposition), []).append(plan.id)
    found = []
    for plan in shown:
        for lesson in plan.lessons:
            name = f"{plan.id}/{lesson.id}"
            triage = triaged.get(name)
            behind = [one.id for one in proposals.values() if name in one.sources]
            if triage and triage.proposal and triage.proposal not in behind:
                behind.append(triage.proposal)
            found.append(
                Shelved(
                    name=name, lesson=lesson, plan=plan, phase=phase_on(plan, repository.policy.lifecycle, lesson.raised_on),
                    disposition=_disposition(triage, done & set(behind)), triage=triage, proposals=tuple(behind),
                    applied=tuple(uses.get((name, "applied"), ())),
                    not_applicable=tuple(uses.get((name, "not applicable"), ())),
                    waits=(as_of - lesson.raised_on).days if triage is None and lesson.raised_on else None,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-(one.lesson.raised_on or date.min).toordinal(), one.name)))


def phase_on(plan: Plan, lifecycle: Lifecycle, day: date | None) -> str:
    """The phase that the last gate reached until a day has opened; the present one where the plan's gates do not say."""
    opens = {one.id: one.opens for one in lifecycle.gates}
    reached = [
        (one.actual, phase)
        for one in plan.milestones
        if one.actual and (phase := opens.get(one.gate or "")) is not None
    ]
    if day is None or not reached:
        return plan.phase
    before = [(on, phase) for on, phase in reached if on <= day]
    if not before:
        return "initiation"
    phase = max(before)[1]
    return "closure" if phase == "closed" else phase


def _disposition(triage: Triage | None, done: set[str]) -> Disposition:
    if done:
        return "changed something"
    if triage is None:
        return "waiting"
    words: dict[str, Disposition] = {
        "adopt": "in work",
        "merge": "merged",
        "publish": "published",
        "reject": "rejected",
    }
    return words[triage.decision]
