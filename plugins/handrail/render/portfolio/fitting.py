"""Lessons of others that fit projects which are still planned, and what their plans say of each."""

from __future__ import annotations

from handrail.compute.facts import Project
from handrail.compute.improvement import Match, matches
from handrail.render import words
from handrail.render.block import Block, block
from handrail.render.portfolio.who import linked
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site

_PLANNED = frozenset({"initiation", "planning"})


def fitting_block(site: Site) -> Block:
    """A part of the page of gates: whoever decides on a plan sees whether its manager has listened."""
    shown = site.portfolio.repository.with_plans(tuple(one.plan for one in site.projects))
    found = [
        (project, one) for project in site.projects if project.plan.state == "active" and project.plan.phase in _PLANNED
        for one in matches(project.plan, shown)
    ]  # fmt: skip
    silent = sum(one.disposition is None for _, one in found)
    found.sort(key=lambda pair: (pair[1].disposition is not None, pair[0].plan.name.casefold(), pair[1].name))
    sentence = (
        f"{words.count(len(found), 'lesson')} of other projects {words.verb(len(found), 'shares')} tags with what is being planned; "
        f"of {silent} the plan does not say what came of {'it' if silent == 1 else 'them'}." if found else ""
    )  # fmt: skip
    return block("lessons", "Lessons that fit what is being planned", table=_table(found), sentence=sentence)


def _table(found: list[tuple[Project, Match]]) -> Table:
    return Table(
        name="Lessons that fit", empty="No lesson of another project shares a tag with what is being planned.",
        columns=(Column("Project"), Column("Lesson", wide=True), Column("Tags in common"), Column("The plan says")),
        rows=rows_of(
            (linked(project), Cell(one.title, href=f"learning/lessons/#{one.name.replace('/', '-')}", sub=one.recommendation), ", ".join(one.shared),
             Cell(one.disposition) if one.disposition else Cell("nothing yet", tone="missing"))
            for project, one in found
        ),
    )  # fmt: skip
