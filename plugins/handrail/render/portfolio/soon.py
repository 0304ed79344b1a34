"""The next six weeks: gates with their readiness, boards, reports, expiries, benefit reviews, overbooked people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from handrail.compute.benefits import due_until
from handrail.compute.months import month_of, name_of
from handrail.compute.resources import Overload
from handrail.compute.status import report_due
from handrail.render import words
from handrail.render.block import Block, block
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.resources import overloads_of
from handrail.render.portfolio.schedule import AHEAD, boards_block, coming_gates, gates_table
from handrail.render.portfolio.who import linked, person, until
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    end = site.as_of + AHEAD
    gates = coming_gates(site, end)
    late = sum(day < site.as_of for day, *_ in gates)
    over = [one for one in overloads_of(site) if one.month <= month_of(end)]
    benefits = _benefits(site)
    expiries = _expiries(site)
    sentence = f"Until {words.day(end)}: {words.count(len(gates), 'gate')}" + (f" ({late:,} overdue)" if late else "")
    sentence += f", {words.count(len(benefits.rows), 'benefit review')}, {words.count(len(expiries.rows), 'expiry', 'expiries')}, {words.count(len(over), 'overbooked month of a person or role', 'overbooked months of people and roles')}."
    yield PORTFOLIO.page(
        site, "next/", "Next six weeks", sentence,
        (block("gates", "Gates", table=gates_table(site, gates, "Gates")), boards_block(site, AHEAD), block("reports", "Reports due", table=_reports(site)),
         block("expiries", "What runs out", table=expiries), block("benefits", "Benefits to be measured", table=benefits), _overbooked(over)),
    )  # fmt: skip


def _reports(site: Site) -> Table:
    overdue = [one for one in running(site) if one.report_overdue]
    others = [
        one
        for one in running(site)
        if not one.report_overdue and one.plan.state == "active" and one.plan.phase in {"execution", "closure"}
    ]
    following = (site.as_of.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    due = report_due(site.portfolio.repository.policy)
    rows = [
        (
            Cell("overdue", tone="late"),
            linked(one, "reports"),
            person(one.plan.manager),
            words.age(one.report_age, "no report yet"),
        )
        for one in overdue
    ]
    rows += [
        (
            Cell(f"for {words.day(following)}", sub=f"by working day {due} of the next month"),
            linked(one, "reports"),
            person(one.plan.manager),
            words.age(one.report_age, "no report yet"),
        )
        for one in others
    ]
    return Table(name="Reports due", rows=rows_of(rows), empty="No project owes a report.", columns=(Column("When"), Column("Project", wide=True), Column("Manager"), Column("Last report")))  # fmt: skip


def _expiries(site: Site) -> Table:
    end = site.as_of + AHEAD
    found = []
    for project in running(site):
        plan = project.plan
        found += [
            (one.expires, f"Deviation from {one.rule} ({one.id})", project, "records", one.requested_by)
            for one in plan.waivers
            if one.expires
        ]
        found += [
            (one.end, f"Contract with {one.party}", project, "registers", None)
            for one in plan.suppliers
            if one.end and one.status == "open"
        ]
        if project.report and project.report.override:
            found.append(
                (project.report.override.expires, "Agreement with a better colour", project, "reports", plan.sponsor)
            )
        found += [
            (one.due, f"Condition: {one.what}", project, "records", one.owner)
            for approval in plan.approvals
            for one in approval.conditions
            if one.due and not one.closed_on
        ]
    inside = sorted((one for one in found if site.as_of - AHEAD <= one[0] <= end), key=lambda one: (one[0], one[1]))
    return Table(
        name="What runs out", empty="No deviation, contract, condition or agreed colour runs out.",
        columns=(Column("On", "date"), Column("What", wide=True), Column("Project"), Column("Who")),
        rows=rows_of((until(day, site.as_of), what, linked(project, anchor), who or project.plan.manager or "nobody") for day, what, project, anchor, who in inside),
    )  # fmt: skip


def _benefits(site: Site) -> Table:
    shown = {one.id: one for one in site.projects}
    found = [one for one in due_until(site.portfolio, site.as_of + AHEAD) if one.project in shown]
    return Table(
        name="Benefits to be measured", empty="No benefit is to be measured in this time.",
        columns=(Column("Due", "date"), Column("Benefit", wide=True), Column("Owner"), Column("Project")),
        rows=rows_of((until(one.due, site.as_of), Cell(one.benefit.what, sub=f"target {one.benefit.target}" if one.benefit.target is not None else ""), person(one.benefit.owner), linked(shown[one.project], "benefits")) for one in found),
    )  # fmt: skip


def _overbooked(over: list[Overload]) -> Block:
    return block(
        "overbooked",
        "Overbooked",
        table=overbooked_table(over),
        sentence="The project named first gives way first: it has the lowest priority.",
    )


def overbooked_table(over: list[Overload]) -> Table:
    """Who is asked for more than there is; the reader needs the name to act."""
    return Table(
        name="Overbooked", empty="Nobody is asked for more than there is.",
        columns=(Column("Month", "date"), Column("Who"), Column("Asked", "num"), Column("There", "num"), Column("By", wide=True), Column("Free instead")),
        rows=rows_of(
            (Cell(words.month(name_of(one.month)), sort=str(one.month)), Cell(one.name, sub=one.kind), Cell(words.share(one.demand), tone="late"), words.share(one.capacity),
             "; ".join(f"{part.project} {words.share(part.share)}" for part in one.parts), words.listed([free.person for free in one.free[:3]]) or "nobody")
            for one in over
        ),
    )  # fmt: skip
