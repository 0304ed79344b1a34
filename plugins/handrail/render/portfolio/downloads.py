"""Everything that the site holds as a file: tables, workbooks, calendars and the feed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handrail.export.dictionary_tables import TABLES
from handrail.export.registers import registers_of
from handrail.export.tables import sizes
from handrail.render import words
from handrail.render.block import block
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page
from handrail.render.portfolio.who import linked
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site

_TITLES: Mapping[str, str] = MappingProxyType({
    "wbs": "Work breakdown", "raci": "Responsibilities (RACI)", "errata": "Corrections of closed plans", "waivers": "Deviations",
    "depends_on": "What projects need from others", "provides": "What projects give to others",
    "compliance": "Compliance of each project with each rule", "conformity": "Conformity to frameworks, clause by clause",
    "coverage": "Requirements and what verifies them", "findings": "Findings of audits", "contributions": "Projects below objectives",
    "returns": "Costs and benefits of programmes and objectives", "strategy": "Links from objectives to deliverables",
    "strategy_gaps": "Objectives that nothing serves", "improvement": "Whether projects get better, month by month",
    "recurrence": "What changes of standards have ended", "lesson_uses": "Lessons and who applied them",
    "other_repositories": "Other repositories", "other_projects": "Projects of other repositories",
})  # fmt: skip
_CSV, _JSON = Column("For other spreadsheets"), Column("For programs")


def downloads_page(site: Site) -> Page:
    """Every table of the site as a file, and how much is in those about projects."""
    counted = dict(sizes(site))
    others = [name for name in TABLES if name not in counted]
    return PORTFOLIO.page(
        site, "downloads/", "Downloads", f"{words.count(len(counted) + len(others), 'table')} and one document for each of {words.count(len(site.projects), 'project')}, as they are on this site.",
        (
            block("whole", "Everything in one file", table=_whole(), top=100),
            block("tables", "Tables of all projects", table=_about_projects(counted), top=100),
            block("others", "Standards, assurance, learning and strategy", table=_about_more(others), top=100),
            block("projects", "Each project", table=_each(site)),
        ),
        note="The same from the command line: handrail export json, handrail export csv. To change plans in Excel: handrail export xlsx",
    )  # fmt: skip


def _whole() -> Table:
    """What most people come for: one file about everything, or one that a program follows."""
    ones = (
        ("All registers in one workbook", "Excel", "portfolio.xlsx"),
        ("All projects with their figures, for programs", "JSON", "portfolio.json"),
        ("What that file holds, as a JSON Schema", "JSON", "portfolio.schema.json"),
        ("Gates, to follow in a calendar", "Calendar", "gates.ics"),
        ("Gates and milestones, to follow in a calendar", "Calendar", "milestones.ics"),
        ("Training sessions, to follow in a calendar", "Calendar", "sessions.ics"),
        ("What changed in plans, to follow in a feed reader", "Feed", "changes.xml"),
    )
    return Table(
        name="Files about everything", columns=(Column("What", wide=True), Column("File")),
        rows=rows_of((what, Cell(kind, href=f"data/{path}")) for what, kind, path in ones),
    )  # fmt: skip


def _about_projects(counted: Mapping[str, int]) -> Table:
    own_books = {name for name, _ in registers_of()}
    return Table(
        name="Tables about all projects", columns=(Column("What", wide=True), Column("Rows", "num"), Column("Workbook"), _CSV, _JSON),
        rows=rows_of(
            (_title(name), str(count), Cell("Excel", href=f"data/{name}.xlsx") if name in own_books and count else "", *_both(name))
            for name, count in counted.items()
        ),
    )  # fmt: skip


def _about_more(names: list[str]) -> Table:
    """Tables that are made beside the plans; how long they are is known to the pages that show them."""
    return Table(
        name="Files about more than projects", columns=(Column("What", wide=True), _CSV, _JSON),
        rows=rows_of((_title(name), *_both(name)) for name in names),
    )  # fmt: skip


def _each(site: Site) -> Table:
    return Table(
        name="Files of each project", columns=(Column("What", wide=True), Column("Gates and milestones"), _JSON),
        rows=rows_of(
            (linked(one), Cell("Calendar", href=f"data/projects/{one.id}.ics"), Cell("JSON", href=f"data/projects/{one.id}.json"))
            for one in site.projects
        ),
    )  # fmt: skip


def _both(name: str) -> tuple[Cell, Cell]:
    return Cell("CSV", href=f"data/{name}.csv"), Cell("JSON", href=f"data/{name}.json")


def _title(name: str) -> str:
    """What a table holds, in words; a name that says it already stays."""
    return _TITLES.get(name) or words.capital(name.replace("_", " ").replace("/", ", "))
