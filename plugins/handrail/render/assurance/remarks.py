"""Remarks by project and rule: the open ones of everybody, for those who look after the standards."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.render import words
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page, render, root_of
from handrail.render.remarks import open_ones, order, shown_remarks
from handrail.render.table import Cell, Column, Row, Table, downloads_of
from handrail.render.view import Site

PATH = "assurance/"
_SHOWN = 1000


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    ones = sorted(open_ones(site.remarks), key=order)
    waived = tuple(one for one in site.remarks if one.state == "waived")
    common = [one for one in ones if not one.project]
    body = render(
        "assurance.html.jinja", root=root_of(PATH), sentence=_sentence(site), table=_table(site), how_many=len(ones),
        cut=len(ones) > _SHOWN, common=shown_remarks(site, common), as_of=words.day(site.as_of),
        waived=words.count(len(waived), "remark") + " permitted for a time by a deviation" if waived else "",
        downloads=downloads_of("remarks"),
        rules=tuple(sorted({one.rule for one in ones})), strip=ASSURANCE.strip(""), strip_name=ASSURANCE.name,
    )  # fmt: skip
    yield Page(
        path=PATH, title="Remarks by project and rule", body_html=body, section=PATH, search_text=_sentence(site)
    )


def _sentence(site: Site) -> str:
    ones = open_ones(site.remarks)
    if not ones:
        return "Nothing to remark: every plan keeps every rule that applies to it."
    projects, common = len({one.project for one in ones if one.project}), sum(not one.project for one in ones)
    blocking = sum(one.enforce_at == "merge" for one in ones)
    return (
        f"{words.count(len(ones), 'open remark')} in {words.count(projects, 'project')}{f', {common:,} of them about no single one' if common else ''}: {blocking:,} "
        f"{words.verb(blocking, 'blocks')} a change, {sum(one.enforce_at == 'gate' for one in ones):,} "
        "needed for the next gate, the rest noted only."
    )


def _table(site: Site) -> Table:
    names = {one.id: one.plan.name for one in site.projects} | {one.id: one.name or one.id for one in site.broken}
    rows = tuple(
        Row(facets=(("rule", one.rule), ("bite", one.enforce_at)), cells=(
            Cell(names.get(one.project or "", one.project or ""), href=site.project_href(one.project or "")),
            Cell(one.rule, href=site.rule_href(one.rule)), Cell(one.message, said=words.coded(one.fix)),
            Cell(words.BITES[one.enforce_at]), Cell(site.place(one), code=True),
        ))
        for one in sorted((one for one in open_ones(site.remarks) if one.project), key=order)[:_SHOWN]
    )  # fmt: skip
    return Table(
        name="Open remarks", rows=rows, sortable=True, empty="No project has an open remark.",
        columns=(Column("Project"), Column("Rule", "id"), Column("What is the matter", wide=True), Column("When it bites"), Column("Where")),
    )  # fmt: skip
