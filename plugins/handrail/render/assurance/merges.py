"""Merges: which came past the gate, as far as CI has kept a record of each."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.render import words
from handrail.render.block import block
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page
from handrail.render.portfolio.who import when
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.view import Merge, Site

_COLUMNS = (
    Column("Came in", "date"), Column("Commit", "id"), Column("Request", "num"), Column("Merged by"),
    Column("How it came past the gate", wide=True), Column("Rules that would have stopped it"),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    ones = site.merges or ()
    kept = [one for one in ones if one.known]
    past = [one for one in kept if one.bypass]
    yield ASSURANCE.page(
        site, "merges/", "Merges that came past the gate", _sentence(site, kept, past),
        (
            block("past", "Past the gate", table=_table(site, past, "Merges past the gate", "Of the merges with a record, none came past the gate.")),
            block("unknown", "Without a record", sentence="What cannot be shown is not called good: nobody kept how these came in.",
                  table=_table(site, [one for one in ones if not one.known], "Commits without a record", "Every commit of the last year has a record.")),
        ),
        note="Records are kept by CI on the branch handrail-evidence, after each merge",
    )  # fmt: skip


def _sentence(site: Site, kept: list[Merge], past: list[Merge]) -> str:
    if site.merges is None:
        return "This site was built without a history, so it is not known which merges came past the gate."
    total = len(site.merges)
    if not kept:
        return f"No record of a merge was handed in: of {words.count(total, 'commit')} of the last year it is not known whether they came past the gate."
    return f"{words.count(len(past), 'merge')} of the last year came past the gate, of {len(kept)} with a record; {total - len(kept)} {words.verb(total - len(kept), 'has')} none."


def _table(site: Site, ones: list[Merge], name: str, empty: str) -> Table:
    return Table(name=name, empty=empty, columns=_COLUMNS, rows=tuple(_row(site, one) for one in ones))


def _row(site: Site, one: Merge) -> Row:
    return Row(cells=(
        when(one.on), Cell(one.commit[:10], url=site.commit_url(one.commit), code=True), Cell(f"#{one.number}" if one.number else ""),
        Cell(one.merged_by or "not known"), Cell("; ".join(one.bypass) if one.known else "not known", tone="late" if one.bypass else ""),
        Cell(", ".join(one.blocking)),
    ))  # fmt: skip
