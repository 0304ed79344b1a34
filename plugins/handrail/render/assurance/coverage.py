"""The coverage matrix: each requirement with what shows that it is met; those that nobody can tell stand on top."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.coverage import Covered, Shown, automated, counts, coverage
from handrail.render import words
from handrail.render.block import block
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page
from handrail.render.table import Cell, Column, Row, Table, downloads_of
from handrail.render.view import Site

_TOLD = {
    "rule": "a rule",
    "field or question": "a field or question",
    "person": "a person looks",
    "nothing": "nobody can tell",
}


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    off = {name for name, one in site.settings.items() if one.enforce_at is None}
    found = coverage(site.portfolio.repository, site.rules, off)
    told, share = counts(found), automated(found)
    sentence = (
        f"Rules show {told['rule']} of {words.count(len(found), 'requirement')} ({words.share(share)}), fields and questions "
        f"{told['field or question']}, people {told['person']}; {_left(told['nothing'])}"
        if share is not None
        else "No standard requires anything yet."
    )
    nothing = [one for one in found if one.state == "nothing"]
    people = [one for one in found if one.state in {"person", "field or question"}]
    yield ASSURANCE.page(
        site, "coverage/", "Coverage of the standards", sentence,
        (
            block("nothing", "Nobody can tell whether they are met", table=_table(site, nothing, "Not shown by anything", "Each requirement says what shows it.")),
            block("people", "People look, no rule does", table=_table(site, people, "Shown by people", "A rule looks at every requirement.")),
            block("all", "All requirements", table=_table(site, list(found), "Coverage", "No standard requires anything yet.")),
        ),
        note="A rule that is switched off, and one that is gone, shows nothing",
        downloads=downloads_of("coverage"),
    )  # fmt: skip


def _left(number: int) -> str:
    if not number:
        return "there is none of which nobody can tell whether it is met."
    return f"of {number} nobody can tell whether {'it is' if number == 1 else 'they are'} met."


def _table(site: Site, ones: list[Covered], name: str, empty: str) -> Table:
    return Table(
        name=name, empty=empty,
        columns=(Column("Requirement"), Column("Text", wide=True), Column("Level"), Column("Shown by"), Column("How", wide=True)),
        rows=tuple(_row(site, one) for one in ones),
    )  # fmt: skip


def _row(site: Site, one: Covered) -> Row:
    requirement = one.requirement
    home = site.standard_href(one.standard.id)
    how = "; ".join(_said(each) for each in one.by) or requirement.manual_evidence or "nothing is named"
    return Row(cells=(
        Cell(requirement.id, href=f"{home}#{requirement.id}" if home else None), Cell(requirement.text), Cell(requirement.level),
        Cell(_TOLD[one.state], tone="late" if one.state == "nothing" else ""),
        Cell(how, sub=requirement.manual_evidence or "" if one.by else ""),
    ))  # fmt: skip


def _said(one: Shown) -> str:
    return f"{one.name}: {one.why}" if one.kind == "missing" else f"{one.name} ({one.title})"
