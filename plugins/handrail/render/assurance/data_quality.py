"""How good the data is: who has not reported, what is overdue and not updated, what is missing, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handrail.compute.facts import Project
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, person
from handrail.render.remarks import open_ones
from handrail.render.table import Cell, Column, Row, Table, downloads_of, rows_of
from handrail.render.view import Site


class _Quality(NamedTuple):
    project: Project
    passed: int
    gaps: tuple[str, ...]
    remarks: int


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    ones = sorted((_quality(site, one) for one in running(site)), key=_order)
    overdue = [one for one in ones if one.project.report_overdue]
    stale = [one for one in ones if one.passed]
    gaps = [one for one in ones if one.gaps]
    sentence = (
        f"{words.count(len(overdue), 'open project')} of {len(ones)} {words.verb(len(overdue), 'has')} not reported in time; {len(stale)} "
        f"{words.verb(len(stale), 'has')} days that have passed without a word, {len(gaps)} {words.verb(len(gaps), 'lacks')} something that figures need."
        if overdue or stale or gaps
        else f"{words.count(len(ones), 'open project')}: every report is in, no day has passed without a word, and no figure lacks its data."
        if ones
        else "No project is open."
    )
    blocks = [
        block("late", "Who has not reported", table=_table(overdue, "Reports overdue", "Every report that is due is in.")),
        block("all", "All open projects, the oldest report first", table=_table(ones, "Age and completeness of data", "No project is open."),
              choices=choice("manager", "Manager", [one.project.plan.manager or "" for one in ones])),
    ]  # fmt: skip
    if site.broken:
        rows = rows_of(
            (Cell(one.name or one.id, href=site.project_href(one.id)), f"projects/{one.id}/") for one in site.broken
        )
        blocks.append(block("broken", "Plans that cannot be read", table=Table(name="Plans that cannot be read", rows=rows, columns=(Column("Project", wide=True), Column("Folder")))))  # fmt: skip
    yield ASSURANCE.page(
        site, "data-quality/", "Data quality", sentence, blocks,
        downloads=downloads_of("portfolio", "remarks"),
    )  # fmt: skip


def _quality(site: Site, one: Project) -> _Quality:
    passed = sum(
        not each.done and each.expected is not None and each.expected < site.as_of
        for each in (*one.milestones, *one.deliverables)
    )
    plan = one.plan
    missing = (
        ("sponsor", plan.sponsor is None), ("manager", plan.manager is None), ("end", one.end is None or one.end.expected is None),
        ("budget", one.cost.approved is None), ("forecast of cost", one.cost.forecast is None), ("deliverables", not plan.deliverables),
    )  # fmt: skip
    return _Quality(
        one, passed, tuple(name for name, lacks in missing if lacks), len(open_ones(site.by_project.get(one.id, ())))
    )


def _order(one: _Quality) -> tuple[int, str]:
    age = one.project.report_age
    return (-(age if age is not None else 10**6), one.project.plan.name.casefold())


def _table(ones: list[_Quality], name: str, empty: str) -> Table:
    return Table(
        name=name, empty=empty, rows=tuple(_row(one) for one in ones),
        columns=(Column("Project", wide=True), Column("Manager"), Column("Newest report", "num"), Column("Passed without a word", "num"), Column("Missing"), Column("Open remarks", "num")),
    )  # fmt: skip


def _row(one: _Quality) -> Row:
    project = one.project
    return Row(facets=(("manager", project.plan.manager or ""),), cells=(
        linked(project), person(project.plan.manager),
        Cell(words.age(project.report_age, "none yet"), sort=str(project.report_age if project.report_age is not None else 10**6),
             sub=_why(project), tone="late" if project.report_overdue else ""),
        Cell(words.count(one.passed, "day") if one.passed else "", sort=str(one.passed), tone="late" if one.passed else ""),
        Cell(", ".join(one.gaps)), Cell(str(one.remarks) if one.remarks else "", sort=str(one.remarks), href=f"projects/{project.id}/#remarks" if one.remarks else None),
    ))  # fmt: skip


def _why(project: Project) -> str:
    """Why a report is missing, or need not come."""
    if project.report_overdue:
        return "overdue"
    if project.plan.state != "active":
        return f"{project.plan.state}: none is due"
    return "none is due yet" if project.report_age is None else ""
