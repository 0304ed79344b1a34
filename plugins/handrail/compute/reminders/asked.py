"""What waits for somebody's word: decisions that a report asks for, and records that nobody has decided about yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handrail.compute.approvals import decided
from handrail.compute.change_size import change_size
from handrail.compute.facts import Project
from handrail.compute.path_owners import in_roles
from handrail.compute.reminders.reminder import Draft
from handrail.model.project import Plan
from handrail.model.records import ChangeRequest, DecisionAsked
from handrail.model.repository import Repository


def still_asked(project: Project) -> tuple[DecisionAsked, ...]:
    """What the newest report asks for and nobody has decided since; nothing once the project waits or has ended."""
    plan, report = project.plan, project.report
    if report is None or plan.state != "active":
        return ()
    deciders = {
        one.decider for one in plan.decisions
        if one.status == "taken" and one.on and report.as_of <= one.on <= project.as_of
    }  # fmt: skip
    since = [one for one in plan.approvals if report.as_of < one.on <= project.as_of]
    deciders |= {one.by for one in since} | {plan.board for one in since if one.role == "board"}
    return tuple(one for one in report.decisions_asked if one.from_ not in deciders)


def asked(project: Project, repository: Repository) -> Iterator[Draft]:
    """Decisions asked, then approvals wanted."""
    report = project.report
    for number, one in enumerate(still_asked(project), 1):
        yield Draft(
            kind="decision", id=f"{report.as_of}.{number}" if report else str(number), what=one.ask, due=one.by,
            people=_named(one.from_, repository), since=report.as_of if report else None, anchor="reports",
            file=f"reports/{report.as_of}.md" if report else "",
        )  # fmt: skip
    yield from _records(project, repository)


def _named(name: str, repository: Repository) -> tuple[str, ...]:
    """A person, or everybody on a board."""
    return next((one.members for one in repository.policy.boards.boards if one.id == name), (name,))


def _records(project: Project, repository: Repository) -> Iterator[Draft]:
    plan = project.plan
    for kind, name, what, since, decisions in _waiting(project, repository):
        if decided(plan.approvals, kind, name, project.as_of, lambda _: True) is None:
            people = next((found for one in decisions if (found := _deciders(one, project, repository))), ())
            word = {"change": "change request", "waiver": "deviation"}.get(kind, kind)
            file = f"{kind}s/{name}.yaml"
            yield Draft(kind=word, id=name, what=what, since=since, people=people, anchor="records", file=file)
    for handed in plan.deliverables:
        if handed.status == "submitted" and handed.accepted_by:
            yield Draft(
                kind="deliverable", id=handed.id, what=f"Accept or reject {handed.name}", people=(handed.accepted_by,),
                due=handed.forecast or handed.planned, anchor="deliverables", file="project.yaml",
            )  # fmt: skip


_Row = tuple[str, str, str, date | None, tuple[str, ...]]
"""Kind and id of a record, what is asked, since when, and the decisions of the policy's table that could be meant."""


def _waiting(project: Project, repository: Repository) -> Iterator[_Row]:
    """Records that somebody must decide about, unless somebody has."""
    plan, today = project.plan, project.as_of
    for change in plan.changes:
        size = change_size(change, plan, repository)
        if size != "within delegation" and not _set_aside(change, plan, today):
            sentence = f"Decide on the change: {change.title}"
            yield "change", change.id, sentence, change.requested_on, (f"change {size}", "change")
    for gate in plan.gates:
        yield "gate", gate.id, f"Decide on the gate {gate.gate}", gate.submitted_on, ("gate",)
    newest = max(plan.baselines, key=lambda one: (one.made_on, one.id), default=None)
    if newest is not None:
        yield "baseline", newest.id, f"Approve the plan {newest.id}", newest.made_on, ("baseline",)
    for waiver in plan.waivers:
        if waiver.expires is None or waiver.expires >= today:
            sentence = f"Answer the request to deviate from {waiver.rule}"
            yield "waiver", waiver.id, sentence, waiver.starts, ("waiver",)
    for one in plan.exceptions:
        if one.status == "open":
            yield "exception", one.id, f"Decide on the exception: {one.title}", one.raised_on, ("exception",)


def _set_aside(change: ChangeRequest, plan: Plan, today: date) -> bool:
    """Whether nobody need decide: taken back, put off, or done by a baseline that names it."""
    put_off = change.postponed_until is not None and change.postponed_until > today
    return change.withdrawn_on is not None or put_off or any(one.change == change.id for one in plan.baselines)


def _deciders(decision: str, project: Project, repository: Repository) -> tuple[str, ...]:
    """Who may decide by the policy's table, whatever the amount: the limit is looked at when somebody does."""
    plan = project.plan
    roles = [
        role for one in repository.policy.authority.rows
        if one.decision == decision and (not one.tiers or plan.tier in one.tiers) for role in one.roles
    ]  # fmt: skip
    return in_roles(tuple(dict.fromkeys(roles)), plan, repository, project.as_of)
