"""Who sets and who applies: for each requirement the one who keeps its standard, the one role that applies it, what checks it."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.organisation import RequirementRecord, StandardRecord
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import REFERENCE
from handrail.render.page import Page
from handrail.render.portfolio.who import person
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.view import Site

_COLUMNS = (
    Column("Number", "id"), Column("Requirement", wide=True), Column("Sets it"), Column("Applies it"), Column("Checks it"),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    ones = [
        (standard, one)
        for _, standard in sorted(site.standards.items())
        if standard.status == "active"
        for one in standard.requirements
    ]
    unclear = [pair for pair in ones if not clear(*pair)]
    sentence = (
        f"{words.count(len(ones), 'requirement')} of {words.count(len({one.id for one, _ in ones}), 'standard')}: "
        f"{len(ones) - len(unclear)} with exactly one who keeps it and exactly one role that applies it, {len(unclear)} without."
    )
    areas = [standard.title for standard, _ in ones]
    blocks = (
        block("unclear", "Without one accountable", table=_table(site, unclear, "Requirements without one accountable", "Each requirement has exactly one.")),
        block("all", "All requirements", table=_table(site, ones, "Who sets and who applies", "No requirement is written yet."), choices=choice("area", "Standard", areas)),
    )  # fmt: skip
    yield REFERENCE.page(site, "interface/", "Who sets, who applies", sentence, blocks)


def clear(standard: StandardRecord, one: RequirementRecord) -> bool:
    """Whether one person keeps the standard and one role applies the requirement; two roles are as good as none."""
    role = one.responsible or ""
    return bool(standard.owner) and bool(role.strip()) and "," not in role and " and " not in role and "/" not in role


def _table(site: Site, ones: list[tuple[StandardRecord, RequirementRecord]], name: str, empty: str) -> Table:
    return Table(name=name, empty=empty, columns=_COLUMNS, rows=tuple(_row(site, *one) for one in ones))


def _row(site: Site, standard: StandardRecord, one: RequirementRecord) -> Row:
    rules = site.verified_by.get(one.id, ())
    home = site.standard_href(standard.id)
    checks = ", ".join(rules) or ("a person" if one.manual_evidence or one.verified_by else "nothing yet")
    return Row(facets=(("area", standard.title),), cells=(
        Cell(one.id, href=f"{home}#{one.id}" if home else None), Cell(one.text), person(standard.owner), person(one.responsible),
        Cell(checks, sub=one.manual_evidence or ""),
    ))  # fmt: skip
