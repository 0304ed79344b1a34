"""What is to come and what hangs together: requests by priority, and needs between projects."""

from __future__ import annotations

from dataclasses import replace

from handrail.compute.dependencies import Need, given_thing, needs
from handrail.compute.facts import Dated, Project
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.charts.drawing import Drawing, svg
from handrail.render.charts.graph import Edge, graph
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page, root_of
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, person, until, when
from handrail.render.table import Cell, Column, Row, Table, rows_of
from handrail.render.view import Site

_ROOT = root_of("portfolio/x/")
_STATES = {"asked": 0, "assessed": 1, "waiting": 2, "started": 3, "refused": 4}


def pipeline_page(site: Site) -> Page:
    """Ideas that wait for an answer, by the rank of the portfolio board; then projects by priority."""
    ones = sorted(
        site.portfolio.repository.requests,
        key=lambda one: (
            _STATES.get(one.state, 9),
            one.rank is None,
            one.rank or 0,
            one.answer_due is None,
            one.answer_due or site.as_of,
            one.id,
        ),
    )
    waiting = [one for one in ones if one.state in {"asked", "assessed", "waiting"}]
    late = sum(one.answer_due is not None and one.answer_due < site.as_of for one in waiting)
    objectives = site.portfolio.repository.objectives
    table = Table(
        name="Requests", empty="Nobody has asked for a project.",
        columns=(Column("Rank", "num"), Column("Need", wide=True), Column("State"), Column("Answer due", "date"), Column("Size"), Column("Would serve"), Column("Asked by")),
        rows=tuple(
            Row(facets=(("state", one.state),), tone="closed" if one.state == "refused" else "", cells=(
                Cell(str(one.rank) if one.rank is not None else "none", sort=str(one.rank if one.rank is not None else 9999)), Cell(one.need, sub=one.id),
                Cell(one.state, sub=one.refused_because or "") if one.state != "started" or not one.project or not site.shows(one.project) else Cell(one.state, href=site.project_href(one.project)),
                until(one.answer_due, site.as_of) if one in waiting else when(one.answered_on or one.answer_due), Cell(one.size or "not known"),
                Cell(one.objective or "no objective", sub=objectives[one.objective].statement if one.objective and one.objective in objectives else "", tone="" if one.objective else "missing"), person(one.requester),
            )) for one in ones
        ),
    )  # fmt: skip
    ranked = sorted(
        running(site), key=lambda one: (one.plan.priority is None, one.plan.priority or 0, one.plan.name.casefold())
    )
    projects = Table(
        name="Open projects by priority", empty="No project is open.",
        columns=(Column("Priority", "num"), Column("Project", wide=True), Column("Colour"), Column("Programme"), Column("Phase"), Column("Expected cost", "num")),
        rows=rows_of((str(one.plan.priority) if one.plan.priority is not None else "none", linked(one), Cell(light=words.state_light(one.health.counts, one.plan.state)), site.programme(one.plan), one.plan.phase, words.money(one.cost.forecast or one.cost.approved, "none")) for one in ranked),
    )  # fmt: skip
    sentence = f"{words.count(len(waiting), 'request')} {words.verb(len(waiting), 'waits')} for an answer; " + (
        f"{late} {words.verb(late, 'is')} overdue." if late else "none is overdue."
    )
    return PORTFOLIO.page(site, "pipeline/", "Pipeline", sentence if ones else "Nobody has asked for a project.", (
        block("requests", "Requests", table=table, choices=choice("state", "State", [one.state for one in ones])), block("projects", "Open projects by priority", table=projects),
    ))  # fmt: skip


def checked_needs(site: Site) -> list[tuple[Need, str]]:
    """Every open need between projects that both may be shown, with what is wrong with it; conflicts first."""
    plans = {one.id: one.plan for one in running(site)}
    found = [
        (one, _conflict(site, one))
        for one in needs([one.plan for one in site.portfolio.projects])
        if one.taker in plans and site.shows(one.giver)
    ]
    return sorted(
        found, key=lambda pair: (not pair[1], pair[0].by is None, pair[0].by or site.as_of, pair[0].taker, pair[0].what)
    )


def _conflict(site: Site, need: Need) -> str:
    """Why a need will not be met in time; empty when nothing speaks against it."""
    giver = site.portfolio.project(need.giver)
    if giver is None:
        return "the giver's plan cannot be read"
    if giver.plan.state in {"cancelled", "suspended"}:
        return f"the giver is {giver.plan.state}"
    dated = _given(giver, need.what)
    if dated is None:
        return "the giver does not know of it"
    return "" if dated.done else _too_late(dated, need) or ("" if _agreed(site, giver, need) else "not promised")


def _given(giver: Project, what: str) -> Dated | None:
    return next((one for one in (*giver.deliverables, *giver.milestones) if one.id == what), None)


def _too_late(dated: Dated, need: Need) -> str:
    if dated.expected is None or need.by is None:
        return "it has no day"
    return f"{words.count((dated.expected - need.by).days, 'day')} too late" if dated.expected > need.by else ""


def _agreed(site: Site, giver: Project, need: Need) -> bool:
    """Whether either side has written down that the giver said yes."""
    taker = next((one.plan for one in site.projects if one.id == need.taker), None)
    promised = any(one.project == need.taker and one.what == need.what and one.agreed for one in giver.plan.provides)
    return promised or (
        taker is not None
        and any(one.project == need.giver and one.what == need.what and one.agreed for one in taker.depends_on)
    )


def dependencies_chart(site: Site, project: str | None = None) -> Drawing:
    """The graph of all needs, or of those of one project."""
    names = {one.id: one.plan.name for one in site.projects}
    edges = [
        Edge(giver=one.giver, taker=one.taker, what=one.what, conflict=bad)
        for one, bad in checked_needs(site)
        if project is None or project in {one.giver, one.taker}
    ]
    return graph(edges, names, "What projects need from each other")


def dependencies_page(site: Site) -> Page:
    """Conflicts first as a table, then the graph."""
    ones = checked_needs(site)
    by_id = {one.id: one for one in site.projects}
    rows = []
    for need, bad in ones:
        giver, taker = by_id.get(need.giver), by_id[need.taker]
        thing = given_thing(giver.plan, need.what) if giver else None
        dated = (
            next((one for one in (*giver.deliverables, *giver.milestones) if one.id == need.what), None)
            if giver
            else None
        )
        rows.append(Row(facets=(("state", "not safe" if bad else "in time"),), cells=(
            Cell(f"■ {bad}" if bad else "● in time", tone="late" if bad else "good"), Cell(thing.name if thing else need.what, sub=need.what if thing else ""),
            linked(taker, "registers"), when(need.by, "no day"), linked(giver, "deliverables") if giver else Cell(need.giver), when(dated.expected if dated else None, "no day"),
        )))  # fmt: skip
    hidden = len(needs([one.plan for one in site.portfolio.projects])) - len(ones)
    table = Table(name="Needs between projects", empty="No project needs anything from another.", rows=tuple(rows), columns=(Column("State"), Column("What", wide=True), Column("Needed by"), Column("On", "date"), Column("Given by"), Column("Expected", "date")))  # fmt: skip
    chart = dependencies_chart(site)
    return PORTFOLIO.page(
        site, "dependencies/", "Dependencies", chart.sentence, (block("needs", "Conflicts first", table=table, choices=choice("state", "State", ["not safe" if bad else "in time" for _, bad in ones])), block("graph", "As a graph", chart=svg(replace(chart, table=None), _ROOT))),
        second=f"{words.count(hidden, 'other need')} {words.verb(hidden, 'concerns')} projects that are closed or not shown." if hidden > 0 else "",
    )  # fmt: skip
