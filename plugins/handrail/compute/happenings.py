"""What happened in a project between two days, as far as its records carry days: in sentences, each with its weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handrail import english
from handrail.compute.agreed_plan import counts
from handrail.compute.dates import in_order
from handrail.compute.facts import Project
from handrail.compute.risk import high_from, score
from handrail.model.policy import Boards, Policy
from handrail.model.records import Report

_WORST, _BAD, _NEWS, _GOOD = 4, 3, 2, 1
_SERIOUS = 4
_ORDER = {"green": 0, "amber": 1, "red": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened. weight: 4 is worst, 1 good news. anchor: the part of the project's page that tells more."""

    on: date
    weight: int
    text: str
    anchor: str


def happenings(project: Project, after: date, until: date, policy: Policy) -> tuple[Happening, ...]:
    """Everything after one day, up to and with another: the worst first, then the newest."""
    every = project.memo.once(
        "happenings", lambda: tuple(_all(project, high_from(policy), policy.boards))
    )  # one page asks for four spans of time
    found = [one for one in every if after < one.on <= until]
    return tuple(sorted(found, key=lambda one: (-one.weight, -one.on.toordinal(), one.text)))


def _all(project: Project, high: int, boards: Boards) -> Iterator[Happening]:
    yield from _reports(project)
    yield from _dates(project)
    yield from _registers(project, high)
    yield from _outcomes(project, boards)
    yield from _records(project)
    yield from _approvals(project)


def _reports(project: Project) -> Iterator[Happening]:
    before: Report | None = None
    for one in sorted(project.plan.reports, key=lambda each: each.as_of):
        if before is not None and before.status != one.status:
            worse = _ORDER[one.status] > _ORDER[before.status]
            text = f"The manager reports {one.status}, before {before.status}" + (
                f": {one.because}" if one.because and worse else ""
            )
            yield Happening(on=one.as_of, weight=(_WORST if one.status == "red" else _BAD) if worse else _GOOD, text=text, anchor="reports")  # fmt: skip
        before = one


def _dates(project: Project) -> Iterator[Happening]:
    for one in (*project.milestones, *project.deliverables):
        if one.actual:
            late = f", {english.count(one.slip or 0, 'working day')} late" if (one.slip or 0) > 0 else ""
            said = "was accepted" if one.what == "deliverable" else "was reached"
            anchor = "deliverables" if one.what == "deliverable" else "schedule"
            yield Happening(
                on=one.actual, weight=_NEWS if late else _GOOD, text=f'"{one.name}" {said}{late}', anchor=anchor
            )


def _registers(project: Project, high: int) -> Iterator[Happening]:
    plan = project.plan
    for risk in plan.risks:
        points = score(risk)
        word = "An opportunity" if risk.kind == "opportunity" else "A risk"
        if risk.raised_on:
            weight = _BAD if risk.kind == "threat" and (points or 0) >= high else _NEWS
            yield Happening(on=risk.raised_on, weight=weight, text=f'{word} was written down: "{risk.title}"' + (f" ({points} of 25)" if points else ""), anchor="risks")  # fmt: skip
        if risk.closed_on:
            yield Happening(on=risk.closed_on, weight=_GOOD, text=f'{word} was closed: "{risk.title}"', anchor="risks")
    for issue in plan.issues:
        if issue.raised_on:
            weight = _BAD if (issue.impact or 0) >= _SERIOUS else _NEWS
            yield Happening(
                on=issue.raised_on, weight=weight, text=f'An issue came up: "{issue.title}"', anchor="registers"
            )
        if issue.closed_on:
            yield Happening(
                on=issue.closed_on, weight=_GOOD, text=f'An issue was solved: "{issue.title}"', anchor="registers"
            )


def _outcomes(project: Project, boards: Boards) -> Iterator[Happening]:
    plan = project.plan
    for decision in plan.decisions:
        if decision.on:
            by = f" by {boards.name_of(decision.decider)}" if decision.decider else ""
            yield Happening(on=decision.on, weight=_NEWS, text=f'Decided{by}: "{decision.title}"', anchor="registers")
    for check in plan.quality_checks:
        if check.done_on and check.result == "fail":
            yield Happening(
                on=check.done_on, weight=_BAD, text=f"A check failed: {check.method}", anchor="deliverables"
            )


def _records(project: Project) -> Iterator[Happening]:
    plan = project.plan
    for exception in plan.exceptions:
        if exception.raised_on:
            yield Happening(
                on=exception.raised_on,
                weight=_WORST,
                text=f'A tolerance was left: "{exception.title}"',
                anchor="records",
            )
    for change in plan.changes:
        if change.requested_on:
            yield Happening(
                on=change.requested_on, weight=_NEWS, text=f'A change was asked for: "{change.title}"', anchor="records"
            )
    for waiver in plan.waivers:
        if waiver.starts:
            yield Happening(
                on=waiver.starts, weight=_NEWS, text=f"A deviation from {waiver.rule} began", anchor="records"
            )


def _approvals(project: Project) -> Iterator[Happening]:
    plan = project.plan
    for approval in plan.approvals:
        bad = approval.decision in {"reject", "rework", "hold", "stop"}
        text = (
            f"{approval.by} ({approval.role}) said {approval.decision}: {approval.subject.kind} {approval.subject.id}"
        )
        yield Happening(on=approval.on, weight=_BAD if bad else _NEWS, text=text, anchor="records")
    for number, baseline in enumerate(in_order(plan.baselines)):
        if not counts(plan, baseline, project.as_of):
            text = f"A plan was put forward for approval ({baseline.id})"
        else:
            text = (
                f"The plan was approved anew ({baseline.id})" if number else "The plan was approved for the first time"
            )
        yield Happening(on=baseline.made_on, weight=_BAD if number else _NEWS, text=text, anchor="records")
    for lesson in plan.lessons:
        if lesson.raised_on:
            yield Happening(
                on=lesson.raised_on, weight=_GOOD, text=f'A lesson was written down: "{lesson.title}"', anchor="records"
            )
    if plan.closure and plan.closure.closed_on:
        yield Happening(on=plan.closure.closed_on, weight=_NEWS, text="The project was closed", anchor="records")
