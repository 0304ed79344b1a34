"""What waits for a decision, and what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handrail.compute.facts import Project
from handrail.compute.reminders.asked import still_asked
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, person, until, when
from handrail.render.project.records import change_state
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.view import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One decision that is waited for."""

    project: Project
    what: str
    kind: str
    who: str
    since: date | None
    by: date | None
    otherwise: str
    anchor: str


def asks(site: Site) -> list[Ask]:
    """Every decision that running projects wait for, overdue first: reports, changes, gates, exceptions, approved plans."""
    found = [one for project in running(site) for one in _of(project)]
    found += [
        Ask(project=project, what=f"Deviation from {one.rule}", kind="deviation", who=one.risk_accepted_by or project.plan.sponsor or "", since=one.starts,
            by=one.starts, otherwise="The rule goes on to count", anchor="records")
        for project in running(site) for one in project.plan.waivers
        if (one.expires is None or one.expires >= site.as_of) and not _decided(project, "waiver", one.id)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.by or date.max, one.since or date.max, one.project.id, one.what))


def _of(project: Project) -> Iterator[Ask]:
    plan, report = project.plan, project.report
    for one in still_asked(project):
        yield Ask(project=project, what=one.ask, kind="report", who=one.from_, since=report.as_of if report else None, by=one.by,
                  otherwise=one.otherwise or "", anchor="reports")  # fmt: skip
    body = plan.board or plan.sponsor or ""
    said = {word for one in still_asked(project) for word in re.findall(r"[A-Z]{1,4}-?\d{1,4}", one.ask)}
    for change in plan.changes:
        if change.id not in said and change_state(project, change) == "waiting for a decision":
            yield Ask(project=project, what=f"{change.id}: {change.title}", kind="change", who=body, since=change.requested_on, by=None,
                      otherwise="The approved plan stays as it is", anchor="records")  # fmt: skip
    for gate in plan.gates:
        if not _decided(project, "gate", gate.id) and not _decided(project, "gate", gate.gate):
            due = next((one for one in project.milestones if one.gate == gate.gate), None)
            if due is not None and due.done:
                continue
            yield Ask(project=project, what=f"Gate {gate.gate}" + (f": {gate.recommendation}" if gate.recommendation else ""), kind="gate", who=body,
                      since=gate.submitted_on, by=due.expected if due else None, otherwise="The next phase does not begin", anchor="records")  # fmt: skip
    for exception in plan.exceptions:
        if exception.status == "open" and exception.id not in said and not _decided(project, "exception", exception.id):
            advice = f"; recommended: {exception.recommendation}" if exception.recommendation else ""
            yield Ask(project=project, what=f"{exception.id}: {exception.title}{advice}", kind="exception", who=body, since=exception.raised_on, by=None,
                      otherwise="The project goes on outside its tolerance", anchor="records")  # fmt: skip


def _decided(project: Project, kind: str, name: str) -> bool:
    return any(
        one.subject.kind == kind and one.subject.id == name and one.on <= project.as_of
        for one in project.plan.approvals
    )


def asked_page(site: Site) -> Page:
    """What, project, who, since when, what happens if not; overdue first."""
    ones = asks(site)
    late = sum(one.by is not None and one.by < site.as_of for one in ones)
    deciders = {one.who for one in ones if one.who}
    sentence = "No decision is waited for."
    if ones:
        sentence = f"{words.count(len(ones), 'decision')} {words.verb(len(ones), 'is')} asked of {words.count(len(deciders), 'person or board', 'people and boards')}"
        sentence += f"; {late} {words.verb(late, 'is')} overdue." if late else "; none is overdue."
    return PORTFOLIO.page(
        site, "decisions-asked/", "Decisions asked", sentence,
        (block("asked", table=asked_table(site, ones), choices=(*choice("who", "Who decides", [site.called(one.who) for one in ones]), *choice("kind", "Kind", [one.kind for one in ones]))),),
        note="Asked by reports, change requests, gate submissions, exceptions and deviations that nobody has decided on",
    )  # fmt: skip


def asked_table(site: Site, ones: list[Ask]) -> Table:
    """The decisions as rows."""
    return Table(
        name="Decisions asked", empty="No decision is waited for.",
        columns=(Column("By", "date"), Column("Decision", wide=True), Column("Who decides"), Column("Project"), Column("Asked on", "date"), Column("If not", wide=True)),
        rows=tuple(
            Row(facets=(("who", site.called(one.who)), ("kind", one.kind)), cells=(
                until(one.by, site.as_of), Cell(one.what, sub=one.kind if one.kind != "report" else ""), person(site.called(one.who)),
                linked(one.project, one.anchor), when(one.since), Cell(one.otherwise or "not said", tone="" if one.otherwise else "missing"),
            )) for one in ones
        ),
    )  # fmt: skip


def log_page(site: Site) -> Page:
    """Every decision that was taken, the newest first: the registers of decisions, and approvals."""
    rows = sorted(
        (row for project in site.projects for row in taken(site, project)), key=lambda one: one[0], reverse=True
    )
    table = Table(
        name="Decision log", empty="No decision is written down yet.",
        columns=(Column("On", "date"), Column("Decision", wide=True), Column("Who decided"), Column("Project"), Column("Effects")),
        rows=tuple(row for _, row in rows),
    )  # fmt: skip
    recent = sum((site.as_of - day).days <= 31 for day, _ in rows)  # noqa: PLR2004 - a month
    sentence = (
        f"{words.count(len(rows), 'decision')} on record, {recent} of them in the last month."
        if rows
        else "No decision is on record."
    )
    who = [dict(row.facets)["who"] for _, row in rows]
    return PORTFOLIO.page(
        site, "decisions/", "Decision log", sentence,
        (block("log", table=table, choices=(*choice("who", "Who decided", who), *choice("kind", "Kind", [dict(row.facets)["kind"] for _, row in rows]))),),
    )  # fmt: skip


def taken(site: Site, project: Project) -> Iterator[tuple[date, Row]]:
    """The decisions and approvals of one project up to its day, each with its row."""
    today = project.as_of
    for one in project.plan.decisions:
        if one.on is None or one.on > today:
            continue
        said = "withdrawn" if one.status == "withdrawn" else one.because or ""
        yield one.on, Row(facets=(("who", site.called(one.decider)), ("kind", "decision")), cells=(
            when(one.on), Cell(one.title, sub=said), person(site.called(one.decider)), linked(project, "registers"), Cell(one.effects or ""),
        ))  # fmt: skip
    for approval in project.plan.approvals:
        if approval.on > today:
            continue
        subject = approval.subject
        yield approval.on, Row(facets=(("who", approval.by), ("kind", subject.kind)), cells=(
            when(approval.on), Cell(f"{words.capital(subject.kind)} {subject.id}: {approval.decision}", sub=words.listed([one.what for one in approval.conditions])),
            Cell(approval.by, sub=approval.role), linked(project, "records"),
            Cell(f"releases {words.money(approval.releases)}" if approval.releases else ""),
        ))  # fmt: skip
