"""Separation of duties: who holds two roles of one project that must be apart, and who decided about their own request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from handrail.compute.facts import Project
from handrail.compute.holders import members
from handrail.render import words
from handrail.render.block import block
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked
from handrail.render.table import Cell, Column, Row, Table, rows_of
from handrail.render.view import Site

_APART = frozenset({
    frozenset({"sponsor", "manager"}), frozenset({"manager", "board member"}), frozenset({"manager", "assurance"}),
    frozenset({"sponsor", "assurance"}), frozenset({"board member", "assurance"}), frozenset({"manager", "accepter"}),
})  # fmt: skip
"""Pairs of roles in one project that one person must not hold: who proposes, who decides, who looks on."""


class Conflict(NamedTuple):
    """One person in two duties."""

    project: Project
    person: str
    what: str
    where: str


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    held = {one.id: tuple(_held(site, one)) for one in running(site)}
    both = [each for one in running(site) for each in _both(one, held[one.id])]
    own = [each for one in site.projects for each in _own(one)]
    sentence = (
        f"{words.count(len(both), 'person', 'persons')} in two roles of one project that must be apart, {words.count(len(own), 'decision')} about the own request."
        if both or own
        else "Nobody holds two roles of one project that must be apart, and nobody decided about an own request."
    )
    yield ASSURANCE.page(
        site, "duties/", "Separation of duties", sentence,
        (
            block("roles", "Two roles that must be apart", table=_table(both, "Roles that must be apart", "Nobody holds two roles of one project that must be apart.")),
            block("own", "Decided about the own request", table=_table(own, "Own requests", "Nobody decided about what they asked for themselves.")),
            block("people", "Who holds what", table=_people(held)),
        ),
        note="Roles as the plans name them today; board members as the policy lists them",
    )  # fmt: skip


def _held(site: Site, one: Project) -> Iterator[tuple[str, str]]:
    plan = one.plan
    for role, who in (("sponsor", plan.sponsor), ("manager", plan.manager), ("assurance", plan.assurance)):
        if who:
            yield who, role
    for who in members(plan.board, site.portfolio.repository.policy.boards, site.as_of):
        yield who, "board member"
    for who in dict.fromkeys(each.accepted_by for each in plan.deliverables if each.accepted_by):
        yield who, "accepter"


def _both(project: Project, held: tuple[tuple[str, str], ...]) -> Iterator[Conflict]:
    roles: dict[str, list[str]] = defaultdict(list)
    for who, role in held:
        roles[who].append(role)
    for who, ones in sorted(roles.items()):
        for pair in combinations(dict.fromkeys(ones), 2):
            if frozenset(pair) in _APART:
                yield Conflict(project, who, f"is {pair[0]} and {pair[1]}", "about")


def _own(project: Project) -> Iterator[Conflict]:
    plan = project.plan
    asked = {("waiver", one.id): one.requested_by for one in plan.waivers} | {
        ("change", one.id): one.requested_by for one in plan.changes
    }
    for one in plan.approvals:
        subject = f"{one.subject.kind} {one.subject.id}"
        if asked.get((one.subject.kind, one.subject.id)) == one.by:
            yield Conflict(project, one.by, f"asked for {subject} and decided about it ({one.id})", "records")
        elif one.by == plan.manager:
            yield Conflict(project, one.by, f"manages the project and decided about {subject} ({one.id})", "records")
    for each in plan.waivers:
        if each.requested_by is not None and each.requested_by == each.risk_accepted_by:
            yield Conflict(project, each.requested_by, f"asked for waiver {each.id} and bears its risk", "records")


def _table(ones: list[Conflict], name: str, empty: str) -> Table:
    return Table(
        name=name, empty=empty, columns=(Column("Person"), Column("What", wide=True), Column("Project")),
        rows=tuple(Row(cells=(Cell(one.person), Cell(one.what, tone="late"), linked(one.project, one.where))) for one in ones),
    )  # fmt: skip


def _people(held: dict[str, tuple[tuple[str, str], ...]]) -> Table:
    """Each person with the number of projects by role: who is in everything is seen at once."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for project, ones in held.items():
        for who, role in ones:
            found[who][role].add(project)
    rows = sorted(found.items(), key=lambda one: (-len(set().union(*one[1].values())), one[0]))
    return Table(
        name="Who holds what", empty="No role is taken yet.", columns=(Column("Person"), Column("Roles", wide=True), Column("Projects", "num")),
        rows=rows_of(
            (Cell(who), ", ".join(f"{role} of {len(ones)}" for role, ones in sorted(roles.items())), str(len(set().union(*roles.values()))))
            for who, roles in rows
        ),
    )  # fmt: skip
