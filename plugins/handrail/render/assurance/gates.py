"""Evidence of gates: which gate of which project was decided by whom, how well that is evidenced, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handrail.compute.approval_facts import ApprovalFact, approval_facts
from handrail.compute.facts import Dated, Project
from handrail.render import words
from handrail.render.assurance.approvals import commit_cell, evidence_cell
from handrail.render.block import block, choice
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page
from handrail.render.portfolio.who import linked, when
from handrail.render.table import Cell, Column, Row, Table, downloads_of
from handrail.render.view import Site

_Found = tuple[Project, Dated, ApprovalFact | None]
_COLUMNS = (
    Column("Project"), Column("Gate", wide=True), Column("Passed", "date"), Column("Decision"), Column("By"),
    Column("Evidence", wide=True), Column("Conditions open", "num"), Column("Commit", "id"),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    found = list(_all(site))
    bare = [one for one in found if one[2] is None or one[2].lacks]
    below = [one for one in found if one[2] is not None and not one[2].lacks and one[2].below]
    sentence = (
        f"{words.count(len(found), 'passed gate')}: {len(bare)} without a decision that counts, "
        f"{len(below)} evidenced below what the policy asks for."
    )
    names = [site.gate_name(one[1].gate or "") for one in found]
    yield ASSURANCE.page(
        site, "gates/", "Gate evidence", sentence,
        (
            block("bare", "Passed without a decision that counts", table=_table(site, bare, "Gates without a decision", "Every passed gate was decided with authority.")),
            block("below", "Evidenced below what the policy asks for", table=_table(site, below, "Gates below policy", "None.")),
            block("all", "All passed gates, the newest first", table=_table(site, found, "Passed gates", "No gate has been passed yet."),
                  choices=choice("gate", "Gate", names)),
        ),
        downloads=downloads_of("gates", "approvals"),
    )  # fmt: skip


def _all(site: Site) -> Iterator[_Found]:
    found: list[_Found] = []
    for project in site.projects:
        facts = approval_facts(project.plan, site.portfolio.repository, site.evidence)
        passed = (one for one in project.milestones if one.gate and one.done)
        found += [(project, gate, _decision(project, gate, facts)) for gate in passed]
    yield from sorted(found, key=lambda one: (one[1].actual or date.min, one[0].id, one[1].id), reverse=True)


def _decision(project: Project, gate: Dated, facts: tuple[ApprovalFact, ...]) -> ApprovalFact | None:
    """The newest decision about a gate; one that counts before one that does not."""
    names = {gate.gate, gate.id, *(one.id for one in project.plan.gates if one.gate == gate.gate)}
    about = [one for one in facts if one.approval.subject.kind == "gate" and one.approval.subject.id in names]
    return max(about, key=lambda one: (one.lacks is None, one.approval.on, one.approval.id), default=None)


def _table(site: Site, ones: list[_Found], name: str, empty: str) -> Table:
    return Table(name=name, empty=empty, columns=_COLUMNS, rows=tuple(_row(site, *one) for one in ones))


def _row(site: Site, project: Project, gate: Dated, fact: ApprovalFact | None) -> Row:
    title = site.gate_name(gate.gate or "")
    one = fact.approval if fact else None
    left = sum(each.closed_on is None for each in one.conditions) if one else 0
    return Row(facets=(("gate", title),), cells=(
        linked(project, "records"), Cell(title, sub="" if gate.name == title else gate.name), when(gate.actual),
        Cell(one.decision if one else "none on record", sub=fact.lacks or "" if fact else "", tone="late" if fact is None or fact.lacks else ""),
        Cell(one.by if one else "", sub=f"{one.role}, {words.day(one.on)}" if one else ""),
        evidence_cell(fact) if fact else Cell(""), Cell(str(left) if left else "", tone="late" if left else ""),
        commit_cell(site, one.loc.file) if one else Cell(""),
    ))  # fmt: skip
