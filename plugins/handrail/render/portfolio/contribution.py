"""What each project adds to which objective, and what leads to none: parts of the page of programmes and objectives."""

from __future__ import annotations

from handrail.compute.strategy import Name, contributions, orphans, strategy
from handrail.model.repository import Repository
from handrail.render import words
from handrail.render.block import Block, block, choice
from handrail.render.portfolio.who import linked
from handrail.render.table import Cell, Column, Row, Table, rows_of
from handrail.render.view import Site

_EMPTY = "Nothing leads nowhere."


def contribution_blocks(site: Site) -> tuple[Block, ...]:
    """What projects add, and the loose ends; of projects that are shown."""
    repository = site.portfolio.repository.with_plans(tuple(one.plan for one in site.projects))
    return (_contributions(site, repository), _orphans(site, repository))


def _contributions(site: Site, repository: Repository) -> Block:
    projects = {one.id: one for one in site.projects}
    ones = sorted(
        (one for one in contributions(repository) if projects[one.project].plan.state == "active"),
        key=lambda one: (one.objective, projects[one.project].plan.priority or 99, one.project),
    )
    table = Table(
        name="What each project adds", empty="No running project names an objective.",
        columns=(Column("Objective"), Column("Project", wide=True), Column("Priority", "num"), Column("Share of the project", "num"), Column("Budget in it", "num"), Column("Return (ROI)", "num")),
        rows=tuple(
            Row(facets=(("objective", one.objective),), cells=(
                Cell(one.objective, href=f"portfolio/strategy/objective-{one.objective.lower()}/" if one.objective in repository.objectives else None),
                linked(projects[one.project]), Cell(str(projects[one.project].plan.priority or "not set")), Cell(words.share(one.weight)),
                Cell(words.money(one.budget, "not known")), Cell(words.percent(one.roi, "not known")),
            )) for one in ones
        ),
    )  # fmt: skip
    return block(
        "contribution", "What each running project adds", table=table, choices=choice("objective", "Objective", [one.objective for one in ones]),
        sentence="A project that serves several objectives is shared out among them, as its plan says or in equal parts. The return is that of its business case.",
    )  # fmt: skip


def _orphans(site: Site, repository: Repository) -> Block:
    graph, projects = strategy(repository), {one.id: one for one in site.projects}

    def row(name: Name) -> tuple[Cell | str, ...]:
        kind, own = name
        project = projects.get(own.split("/")[0]) if kind in {"project", "deliverable"} else None
        why = "has no project" if kind == "programme" and graph.reaches_top(name) else "leads to no objective"
        return (kind, Cell(graph.titles.get(name, own), sub=own), linked(project) if project else Cell(""), why)

    table = Table(
        name="What leads nowhere", empty=_EMPTY, columns=(Column("What"), Column("Name", wide=True), Column("Project"), Column("Why")),
        rows=rows_of(row(name) for name in orphans(repository)),
    )  # fmt: skip
    return block("orphans", "What leads nowhere", table=table)
