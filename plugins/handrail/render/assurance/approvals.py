"""The log of approvals: those that do not count, or are evidenced below what the policy asks for, on top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from handrail.compute.approval_facts import ApprovalFact, approval_facts
from handrail.compute.evidence import GRADES, Grade
from handrail.compute.facts import Project
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page
from handrail.render.portfolio.who import linked, when
from handrail.render.table import Cell, Column, Row, Table, downloads_of, rows_of
from handrail.render.view import Site

MEANS: dict[Grade, str] = {
    "A": "reviewed on the host at the very commit, by the approver's own account",
    "B": "committed or signed by the approver",
    "M": "minuted, recorded by somebody who neither asked nor manages",
    "C": "only written in the file",
}


class Logged(NamedTuple):
    """An approval with its project."""

    project: Project
    fact: ApprovalFact


def logged(site: Site) -> tuple[Logged, ...]:
    """Every approval of every project that is shown, the newest first."""
    found = [
        Logged(project, fact) for project in site.projects
        for fact in approval_facts(project.plan, site.portfolio.repository, site.evidence)
    ]  # fmt: skip
    return tuple(
        sorted(found, key=lambda one: (one.fact.approval.on, one.project.id, one.fact.approval.id), reverse=True)
    )


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    ones = logged(site)
    void = [one for one in ones if one.fact.lacks]
    below = [one for one in ones if one.fact.below and not one.fact.lacks]
    good = [one for one in ones if not one.fact.lacks and not one.fact.below]
    unseen = sum(not one.fact.seen for one in ones)
    sentence = (
        f"{words.count(len(ones), 'approval')}: {len(below)} evidenced below what the policy asks for, {len(void)} that "
        f"{words.verb(len(void), 'does') if len(void) == 1 else 'do'} not count, {len(good)} in order."
    )
    second = f"Git tells nothing of how {unseen} of them came in." if unseen else ""
    yield ASSURANCE.page(
        site, "approvals/", "Approvals log", sentence,
        (
            block("below", "Below what the policy asks for", table=_table(site, below, "Approvals below policy", "Every approval that counts is evidenced as the policy asks.")),
            block("void", "Written down, and of no effect", table=_table(site, void, "Approvals without effect", "Every approval counts.")),
            block("all", "All others, the newest first", table=_table(site, good, "Approvals in order", "None yet."),
                  choices=choice("by", "By", [one.fact.approval.by for one in good])),
            block("grades", "By grade", table=_grades(ones)),
        ),
        second=second,
        downloads=downloads_of("approvals"),
    )  # fmt: skip


def _grades(ones: tuple[Logged, ...]) -> Table:
    found = Counter(one.fact.grade for one in ones)
    return Table(
        name="Approvals by grade", columns=(Column("Grade"), Column("What it rests on", wide=True), Column("Approvals", "num")),
        rows=rows_of((one, MEANS[one], str(found[one])) for one in reversed(GRADES)),
    )  # fmt: skip


def _table(site: Site, ones: list[Logged], name: str, empty: str) -> Table:
    return Table(
        name=name, empty=empty, rows=tuple(_row(site, *one) for one in ones),
        columns=(Column("On", "date"), Column("Project"), Column("What", wide=True), Column("Decision"), Column("By"), Column("Releases", "num"), Column("Evidence", wide=True), Column("Commit", "id")),
    )  # fmt: skip


def _row(site: Site, project: Project, fact: ApprovalFact) -> Row:
    one = fact.approval
    return Row(facets=(("by", one.by),), cells=(
        when(one.on), linked(project, "records"), Cell(f"{words.capital(one.subject.kind)} {one.subject.id}", sub=fact.lacks or one.id),
        Cell(one.decision), Cell(one.by, sub=one.role), Cell(words.money(one.releases)), evidence_cell(fact), commit_cell(site, one.loc.file),
    ))  # fmt: skip


def evidence_cell(fact: ApprovalFact) -> Cell:
    """The grade, what it rests on, and what was asked for where it is less."""
    asked = f"; the policy asks for grade {fact.required}" if fact.below else ""
    return Cell(
        f"grade {fact.grade}" if fact.seen else f"grade {fact.grade} by the file",
        sub=f"{fact.why}{asked}",
        tone="late" if fact.below else "",
    )


def commit_cell(site: Site, file: str) -> Cell:
    """The commit that gave a record its present content, as far as Git was asked."""
    known = site.evidence.get(file)
    return Cell(known.commit[:10], url=site.commit_url(known.commit), code=True) if known else Cell("not known")
