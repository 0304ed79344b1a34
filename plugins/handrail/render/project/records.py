"""What a project has put on record: changes, gates, approvals, approved plans, deviations, exceptions, lessons."""

from __future__ import annotations

from datetime import date

from handrail.compute.agreed_plan import counts, promised
from handrail.compute.approval_facts import ApprovalFact, approval_facts
from handrail.compute.facts import Project
from handrail.model.records import ChangeRequest
from handrail.render import words
from handrail.render.project.closing import reached
from handrail.render.project.registers import downloads
from handrail.render.project.status import waiver_state
from handrail.render.table import Cell, Column, Row, Table, rows_of
from handrail.render.view import Site


def all_of(site: Site, project: Project) -> tuple[tuple[str, Table], ...]:
    """Every record that holds something, with its heading."""
    given = (
        ("Gates", _gates(site, project)), ("Change requests", _changes(project)), ("Approvals", _approvals(site, project)),
        ("Approved plans", _baselines(project)), ("Deviations from standards", _waivers(site, project)),
        ("Exceptions", _exceptions(project)), ("Lessons", _lessons(project)), ("Closure", _closure(project)),
        ("Promised and reached", reached(project)),
    )  # fmt: skip
    return tuple((name, table) for name, table in given if table.rows)


def change_state(project: Project, change: ChangeRequest) -> str:
    """Where a change request stands. Derived: nobody types it."""
    if any(one.change == change.id for one in project.plan.baselines):
        return "in the approved plan"
    standing = [one for one in project.plan.approvals if one.stale is None]
    decided = [one for one in standing if one.subject.kind == "change" and one.subject.id == change.id]
    if decided:
        newest = max(decided, key=lambda one: one.on)
        return (
            "approved"
            if newest.decision == "approve"
            else "rejected"
            if newest.decision == "reject"
            else newest.decision
        )
    if change.withdrawn_on:
        return "withdrawn"
    return f"postponed to {words.day(change.postponed_until)}" if change.postponed_until else "waiting for a decision"


def _changes(project: Project) -> Table:
    return Table(
        name="Change requests", downloads=downloads(project, "changes"),
        columns=(Column("Id", "id"), Column("Change", wide=True), Column("State"), Column("Asked by"), Column("On", "date")),
        rows=tuple(
            Row(cells=(Cell(one.id), Cell(one.title, sub=one.reason or ""), Cell(change_state(project, one)),
                       Cell(one.requested_by or ""), Cell(words.day(one.requested_on))))
            for one in project.plan.changes
        ),
    )  # fmt: skip


def _gates(site: Site, project: Project) -> Table:
    rows = []
    facts = {one.approval.id: one for one in approval_facts(project.plan, site.portfolio.repository, site.evidence)}
    for milestone in (one for one in project.milestones if one.gate):
        gate = milestone.gate or ""
        handed = [one for one in project.plan.gates if one.gate == gate]
        newest = handed[-1] if handed else None
        names = {gate, milestone.id, *(one.id for one in handed)}
        standing = [one for one in project.plan.approvals if one.stale is None]
        decided = [one for one in standing if one.subject.kind == "gate" and one.subject.id in names]
        decision = max(decided, key=lambda one: one.on) if decided else None
        yes = sum(one.answer in {"yes", "not applicable"} for one in newest.answers) if newest else 0
        ready = f"{yes} of {len(newest.answers)} questions answered yes" if newest and newest.answers else ""
        conditions = [one for one in decision.conditions if one.closed_on is None] if decision else []
        said = (
            f"{decision.decision} by {decision.by}, {words.day(decision.on)}"
            if decision
            else "passed"
            if milestone.done
            else "to come"
        )
        rows.append(Row(cells=(
            Cell(site.gate_name(gate), sub="" if milestone.name == site.gate_name(gate) else milestone.name), Cell(words.day(milestone.planned)),
            Cell(words.day(milestone.expected)), Cell(ready),
            Cell(said, sub=f"{words.count(len(conditions), 'condition')} still open" if conditions else ""),
            _evidence(facts[decision.id]) if decision else Cell("no decision on record" if milestone.done else ""),
        )))  # fmt: skip
    return Table(
        name="Gates", rows=tuple(rows), downloads=downloads(project, "gates") if project.plan.gates else (),
        columns=(Column("Gate", wide=True), Column(words.capital(promised(project)), "date"), Column("Expected", "date"), Column("Readiness"), Column("Decision"), Column("Evidence")),
    )  # fmt: skip


_EVIDENCE = {"C": "in the file", "M": "minuted", "B": "own commit", "A": "reviewed"}


def _evidence(fact: ApprovalFact) -> Cell:
    """The grade, and what it rests on or lacks."""
    below = f"{fact.why}; the policy asks for grade {fact.required}" if fact.below else fact.why
    under = f"does not count: {fact.lacks}" if fact.lacks else below
    return Cell(f"grade {fact.grade}, {_EVIDENCE[fact.grade]}", sub=under)


def _approvals(site: Site, project: Project) -> Table:
    facts = approval_facts(project.plan, site.portfolio.repository, site.evidence)
    ordered = sorted(facts, key=lambda one: (one.approval.on, one.approval.id), reverse=True)
    return Table(
        name="Approvals", downloads=downloads(project, "approvals"),
        columns=(Column("Id", "id"), Column("What", wide=True), Column("Decision"), Column("By"), Column("On", "date"), Column("Releases", "num"), Column("Evidence")),
        rows=rows_of(
            (one.id, f"{words.capital(one.subject.kind)} {one.subject.id}", one.decision, Cell(one.by, sub=one.role),
             words.day(one.on), words.money(one.releases), _evidence(fact)) for fact in ordered for one in (fact.approval,)
        ),
    )  # fmt: skip


def _baselines(project: Project) -> Table:
    return Table(
        name="Approved plans", columns=(Column("Id", "id"), Column("Made on", "date"), Column("State"), Column("Because of", wide=True)),
        rows=rows_of(
            (one.id, words.day(one.made_on), "approved" if counts(project.plan, one, project.as_of) else "not approved yet",
             one.change or "the first plan") for one in project.plan.baselines
        ),
        downloads=downloads(project, "baselines"),
    )  # fmt: skip


def _waivers(site: Site, project: Project) -> Table:
    return Table(
        name="Deviations from standards", downloads=downloads(project, "waivers"),
        columns=(Column("Id", "id"), Column("Rule"), Column("Why, and what instead", wide=True), Column("State"), Column("Until", "date")),
        rows=rows_of(
            (one.id, Cell(one.rule, href=site.rule_href(one.rule)), Cell(one.reason or "", sub=one.instead or ""),
             waiver_state(project, one), words.day(one.expires)) for one in project.plan.waivers
        ),
    )  # fmt: skip


def _exceptions(project: Project) -> Table:
    return Table(
        name="Exceptions", downloads=downloads(project, "exceptions"),
        columns=(Column("Id", "id"), Column("What left its tolerance", wide=True), Column("Recommendation"), Column("State"), Column("Raised", "date")),
        rows=rows_of(
            (one.id, Cell(one.title, sub=one.cause or ""), one.recommendation or "", one.status, words.day(one.raised_on))
            for one in project.plan.exceptions
        ),
    )  # fmt: skip


def _lessons(project: Project) -> Table:
    ordered = sorted(project.plan.lessons, key=lambda one: (one.raised_on or date.min, one.id), reverse=True)
    return Table(
        name="Lessons", downloads=downloads(project, "lessons"),
        columns=(Column("Id", "id"), Column("Lesson", wide=True), Column("Recommendation", wide=True), Column("Raised", "date")),
        rows=rows_of((one.id, Cell(one.title, sub=one.event or ""), one.recommendation or "", words.day(one.raised_on)) for one in ordered),
    )  # fmt: skip


def _closure(project: Project) -> Table:
    one = project.plan.closure
    if one is None:
        return Table(name="Closure", columns=(), rows=())
    facts = (
        ("Closed on", words.day(one.closed_on)), ("Outcome", one.outcome or ""), ("Final cost", words.money(one.final_cost)),
        ("Benefit measured on", words.day(one.benefit_review)), ("No lessons because", one.no_lessons_because or ""),
        *((f"{item} goes to", to) for item, to in one.handed_over.items()),
    )  # fmt: skip
    return Table(
        name="Closure",
        columns=(Column("What"), Column("In words", wide=True)),
        rows=rows_of(pair for pair in facts if pair[1]),
    )
