"""What has a day: reports, actions, issues, answers to risks, milestones, gates, deviations that end, conditions, benefits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handrail.compute.benefits import benefits_of
from handrail.compute.breaches import breaches
from handrail.compute.facts import Project
from handrail.compute.reminders.reminder import Draft
from handrail.compute.status import first_needed, owes_reports, report_due
from handrail.compute.workdays import WorkDays
from handrail.model.project import Plan
from handrail.model.repository import Repository

EXCEPTION_DAYS = 5
"""Working days after a red report until the board must have been told (GOVERNANCE: EXC-01)."""


def dated(project: Project, repository: Repository, until: date) -> Iterator[Draft]:
    """Everything of a running project that has a day; whoever asked leaves out what is later than `until`."""
    days = WorkDays.of(repository.organisation.calendar)
    plan = project.plan
    yield from _report(project, repository, days, until)
    yield from _registers(plan)
    yield from _schedule(project, until)
    for one in breaches(project):
        if one.since is not None:
            yield Draft(
                kind="exception", id=one.dimension, what=f"Tell the board: {one.why}", people=_lead(plan), since=one.since,
                due=days.after(one.since, EXCEPTION_DAYS), anchor="status", file="exceptions",
            )  # fmt: skip
    for waiver in plan.waivers:
        if waiver.expires is not None and project.as_of <= waiver.expires:
            yield Draft(
                kind="deviation", id=waiver.id, what=f"The deviation from {waiver.rule} ends", people=_lead(plan),
                due=waiver.expires, anchor="records", file=f"waivers/{waiver.id}.yaml",
            )  # fmt: skip
    for approval in plan.approvals:
        for number, condition in enumerate(approval.conditions, 1):
            if condition.closed_on is None and condition.due is not None:
                due = condition.extensions[-1].to if condition.extensions else condition.due
                yield Draft(
                    kind="condition", id=f"{approval.id}.{number}", what=condition.what, due=due, since=approval.on,
                    people=(condition.owner,) if condition.owner else _lead(plan), anchor="records",
                    file=f"approvals/{approval.id}.yaml",
                )  # fmt: skip
    for answer in plan.responses:
        if answer.due is not None and answer.action:
            yield Draft(
                kind="audit finding", id=answer.id, what=answer.action, due=answer.due, anchor="records",
                people=(answer.owner,) if answer.owner else _lead(plan), file=f"responses/{answer.id}.yaml",
            )  # fmt: skip


def outliving(project: Project) -> Iterator[Draft]:
    """Benefits to be measured: they outlive the project; a cancelled one promised nothing any more."""
    if project.plan.state == "cancelled":
        return
    for number, one in enumerate(benefits_of(project.plan, project.as_of), 1):
        if one.due is not None and one.state in {"waiting", "on the way", "due"}:
            yield Draft(
                kind="benefit", id=one.benefit.id or f"benefit-{number}", what=f"Measure: {one.benefit.what}", due=one.due,
                people=(one.benefit.owner,) if one.benefit.owner else (), anchor="benefits", file="benefits.yaml",
            )  # fmt: skip


def _lead(plan: Plan) -> tuple[str, ...]:
    return (plan.manager,) if plan.manager else ()


def _report(project: Project, repository: Repository, days: WorkDays, until: date) -> Iterator[Draft]:
    """The newest report that is missing, or else the next one that comes due."""
    number, plan = report_due(repository.policy), project.plan
    newest = project.report.as_of if project.report else None
    month = first_needed(project.as_of, number, days)
    if not project.report_overdue:
        month = (month.replace(day=1) + timedelta(days=32)).replace(day=15)
        if not owes_reports(plan, month) or (newest is not None and newest >= month):
            return
    last = (month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    due = days.after(last, number)
    if due <= until:
        yield Draft(
            kind="report", id=f"{month:%Y-%m}", what=f"Write the report for {month:%B %Y}", people=_lead(plan), due=due,
            since=newest, anchor="reports", file="reports",
        )  # fmt: skip


def _registers(plan: Plan) -> Iterator[Draft]:
    rows = [
        *(("action", one.id, one.what, one.due, one.owner) for one in plan.actions if one.status == "open"),
        *(("issue", one.id, one.title, one.due, one.owner) for one in plan.issues if one.status == "open"),
        *(("risk", one.id, one.action or "", one.due, one.owner) for one in plan.risks if one.status == "open"),
        *(
            ("risk review", one.id, f"Look again: {one.title}", one.review, one.owner)
            for one in plan.risks if one.status == "open"
        ),
        *(("quality check", one.id, one.method, one.planned, one.checker) for one in plan.quality_checks if not one.done_on),
        *(
            ("assumption", str(number), f"Find out: {one.statement}", one.validate_by, one.owner)
            for number, one in enumerate(plan.scope.assumptions if plan.scope else (), 1) if one.state == "open"
        ),
    ]  # fmt: skip
    for kind, name, what, due, owner in rows:
        if due is not None and what:
            yield _item(kind, name, what, due, owner, plan)


def _item(kind: str, name: str, what: str, due: date, owner: str | None, plan: Plan) -> Draft:  # noqa: PLR0913, PLR0917 - a row of a table
    """One line of a register; the manager is told where nobody owns it."""
    key = {"risk review": "risks", "quality check": "quality_checks", "assumption": "scope"}.get(kind, f"{kind}s")
    return Draft(
        kind=kind, id=name, what=what, due=due, people=(owner,) if owner else _lead(plan),
        anchor="risks" if kind.startswith("risk") else "registers", file=plan.home.get(key, "project.yaml").rpartition("/")[2],
    )  # fmt: skip


def _schedule(project: Project, until: date) -> Iterator[Draft]:
    """Milestones and deliverables whose day has come without a word, and gates that come near."""
    plan, today = project.plan, project.as_of
    for one in (*project.milestones, *project.deliverables):
        if one.done or one.expected is None:
            continue
        handed = one in project.deliverables
        anchor, file = (
            ("deliverables", "project.yaml") if handed else ("schedule", plan.home.get("milestones", "project.yaml"))
        )
        if one.expected < today:
            yield Draft(
                kind="deliverable" if handed else "milestone", id=one.id, due=one.expected, people=_lead(plan),
                what=f"Say when {one.name} was reached, or when you expect it", anchor=anchor, file=file.rpartition("/")[2],
            )  # fmt: skip
        elif one.gate and one.expected <= until and not any(each.gate == one.gate for each in plan.gates):
            yield Draft(
                kind="gate", id=one.gate, what=f"Hand in the checklist for {one.name}", people=_lead(plan), due=one.expected,
                anchor=anchor, file="gates",
            )  # fmt: skip
