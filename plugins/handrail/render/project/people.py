"""Why a project exists, who works on it and who is touched: the slower half of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from handrail.compute.facts import Project
from handrail.compute.months import index_of
from handrail.model.project import Plan
from handrail.model.registers import Benefit
from handrail.render import words
from handrail.render.project.registers import downloads, who
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site


def all_of(site: Site, project: Project) -> tuple[tuple[str, Table], ...]:
    """Every table that holds something, with its heading."""
    given = (
        ("Purpose and scope", _purpose(site, project.plan)), ("Benefits", _benefits(project)), ("Roles and team", _team(site, project)),
        ("Resources", _resources(project)), ("Suppliers", _suppliers(project)), ("Stakeholders", _stakeholders(project)),
        ("Communication", _communication(project)),
    )  # fmt: skip
    return tuple((name, table) for name, table in given if table.rows)


def _purpose(site: Site, plan: Plan) -> Table:
    objectives = site.portfolio.repository.objectives
    served = [one.objective for one in plan.objectives] or (
        [plan.why.objective] if plan.why and plan.why.objective else []
    )
    scope = plan.scope
    facts: Iterable[tuple[str, str]] = (
        ("Problem", (plan.why.problem if plan.why else None) or (plan.business_case.problem if plan.business_case else None) or ""),
        ("Objectives", "; ".join(f"{one}: {objectives[one].statement}" if one in objectives else one for one in served if one)),
        ("In scope", "; ".join(scope.in_) if scope else ""), ("Out of scope", "; ".join(scope.out) if scope else ""),
        ("Constraints", "; ".join(scope.constraints) if scope else ""),
        ("Assumptions", "; ".join(one.statement for one in scope.assumptions) if scope else ""),
    )  # fmt: skip
    return Table(
        name="Purpose and scope",
        columns=(Column("What"), Column("In words", wide=True)),
        rows=rows_of(one for one in facts if one[1]),
    )


def _benefits(project: Project) -> Table:
    why = project.plan.why
    own = (why.benefit,) if why and why.benefit else ()
    return Table(
        name="Benefits", downloads=downloads(project, "benefits") if project.plan.benefits else (),
        columns=(Column("Benefit", wide=True), Column("Before", "num"), Column("Target", "num"), Column("Measured", "num"),
                 Column("By", "date"), Column("Owner")),
        rows=rows_of(
            (one.what, words.number(one.now), words.number(one.target), _measured(one), words.day(one.by), who(one.owner))
            for one in (*own, *project.plan.benefits)
        ),
    )  # fmt: skip


def _measured(benefit: Benefit) -> Cell:
    newest = max(benefit.measured, key=lambda one: one.on, default=None)
    return Cell(words.number(newest.value), sub=words.day(newest.on)) if newest else Cell("not yet")


def _team(site: Site, project: Project) -> Table:
    plan = project.plan
    roles = [
        ("Sponsor", plan.sponsor),
        ("Project manager", plan.manager),
        ("Board", site.called(plan.board)),
        ("Assurance", plan.assurance),
    ]
    rows = [(role, who(handle)) for role, handle in roles if handle or role in {"Sponsor", "Project manager"}]
    rows += [("Stands in for the manager", Cell(one)) for one in plan.delegates]
    if plan.team:
        rows.append(
            ("Team, share of a week", Cell(", ".join(f"{one} {words.share(part)}" for one, part in plan.team.items())))
        )
    return Table(name="Roles and team", columns=(Column("Role"), Column("Who", wide=True)), rows=rows_of(rows))


def _resources(project: Project) -> Table:
    return Table(
        name="Resources", downloads=downloads(project, "resources"),
        columns=(Column("Id", "id"), Column("Resource", wide=True), Column("Kind"), Column("Allocation")),
        rows=rows_of(
            (one.id, one.name, one.kind, _by_month(one.allocations))
            for one in project.plan.resources
        ),
    )  # fmt: skip


def _by_month(allocations: Mapping[str, Decimal]) -> str:
    """Shares by month; months in a row with the same share are said once: Mar 2026 to Jun 2026 80%."""
    runs: list[tuple[str, str, Decimal]] = []
    for name, part in sorted(allocations.items()):
        if runs and runs[-1][2] == part and index_of(name) == index_of(runs[-1][1]) + 1:
            runs[-1] = (runs[-1][0], name, part)
        else:
            runs.append((name, name, part))
    return ", ".join(
        f"{words.month(first)}{f' to {words.month(last)}' if last != first else ''} {words.share(part)}"
        for first, last, part in runs
    )


def _suppliers(project: Project) -> Table:
    return Table(
        name="Suppliers", downloads=downloads(project, "suppliers"),
        columns=(Column("Id", "id"), Column("Supplier", wide=True), Column("Contract"), Column("Value", "num"), Column("Ends", "date")),
        rows=rows_of((one.id, one.party, one.contract or "", words.money(one.value), words.day(one.end)) for one in project.plan.suppliers),
    )  # fmt: skip


def _stakeholders(project: Project) -> Table:
    return Table(
        name="Stakeholders", downloads=downloads(project, "stakeholders"),
        columns=(Column("Who", wide=True), Column("Interest", wide=True), Column("Influence"), Column("Attitude")),
        rows=rows_of((one.party, Cell(one.interest or "", sub=one.engagement or ""), one.influence or "", one.attitude or "")
                     for one in project.plan.stakeholders),
    )  # fmt: skip


def _communication(project: Project) -> Table:
    return Table(
        name="Communication", downloads=downloads(project, "communications"),
        columns=(Column("To"), Column("What", wide=True), Column("How often"), Column("How"), Column("Owner")),
        rows=rows_of((one.audience, one.content or "", one.cadence or "", one.channel or "", who(one.owner)) for one in project.plan.communications),
    )  # fmt: skip
