"""Findings of audits and what became of them: what is late first, who must act by when, what nobody has verified."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.follow_up import Followed, follow_up
from handrail.model.assurance import Audit
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page
from handrail.render.portfolio.who import person, until, when
from handrail.render.table import Cell, Column, Row, Table, downloads_of, rows_of
from handrail.render.view import Site

PATH = "findings/"
_RUNNING = frozenset({"late", "open", "no answer yet"})
_COLUMNS = (
    Column("Due", "date"), Column("Finding", wide=True), Column("Severity"), Column("State"), Column("Where"), Column("Action", wide=True),
    Column("Owner"), Column("Moved", "num"),
)  # fmt: skip


def shown(site: Site) -> tuple[Followed, ...]:
    """The findings that this audience may see: none for the public, none about a project that is hidden."""
    if site.organisation.audience != "internal":
        return ()
    return tuple(
        one for one in follow_up(site.portfolio.repository, site.as_of) if not one.project or site.shows(one.project)
    )


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    ones = shown(site)
    running = [one for one in ones if one.state in _RUNNING]
    waiting = [one for one in ones if one.state == "done, not verified"]
    over = [one for one in ones if one.state in {"verified", "risk accepted"}]
    late, loose = sum(one.state == "late" for one in ones), sum(one.not_contained for one in ones)
    sentence = (
        f"{words.count(len(ones), 'finding')}: {len(running)} open, {late} of them late, {len(waiting)} done and not yet verified by the "
        f"auditor, {len(over)} settled."
        if ones
        else "No finding of an audit is written down that may be shown here."
    )
    second = (
        f"{words.count(loose, 'critical finding')} {words.verb(loose, 'is')} not contained in time." if loose else ""
    )
    yield ASSURANCE.page(
        site, PATH, "Findings of audits", sentence,
        (
            block("open", "Open, what is late first", table=_table(site, running, "Open findings", "Nothing that auditors found is open."),
                  choices=choice("owner", "Owner", [one.owner or "" for one in running])),
            block("waiting", "Done, not yet verified", sentence="Its owner calls it done; the auditor has not looked yet.",
                  table=_table(site, waiting, "Findings to verify", "Nothing waits for the auditor.")),
            block("over", "Verified, or the risk is accepted", table=_table(site, over, "Settled findings", "None yet.")),
            block("audits", "Audits", table=_audits(site, ones)),
        ),
        second=second, note="Auditors own these records; the PMO cannot edit them",
        downloads=downloads_of("findings"),
    )  # fmt: skip


def _table(site: Site, ones: list[Followed], name: str, empty: str) -> Table:
    return Table(name=name, empty=empty, columns=_COLUMNS, rows=tuple(_row(site, one) for one in ones))


def _row(site: Site, one: Followed) -> Row:
    due = until(one.due, site.as_of, "none agreed") if one.state in _RUNNING else when(one.due)
    home = site.standard_href((one.requirement or "").partition(".")[0])
    state = (
        f"accepted by {one.accepted_by}"
        if one.state == "risk accepted"
        else f"by {one.verified_by}"
        if one.state == "verified"
        else ""
    )
    answer = f"management says: {one.response}" if one.response else "management has not answered"
    return Row(facets=(("owner", one.owner or ""),), cells=(
        due, Cell(one.title, sub=f"{one.audit}/{one.id}"), Cell(one.severity, sub="not contained" if one.not_contained else "", tone="late" if one.not_contained else ""),
        Cell(one.state, sub=state, tone="late" if one.state == "late" else ""),
        Cell(one.project or "the PMO itself", href=site.project_href(one.project or ""), sub=one.requirement or "") if one.project else
        Cell(one.requirement or "the PMO itself", href=f"{home}#{one.requirement}" if home else None),
        Cell(one.action or "no action agreed", sub=answer), person(one.owner), Cell(str(one.extended) if one.extended else "", sub=f"from {words.day(one.first_due)}" if one.extended else ""),
    ))  # fmt: skip


def _audits(site: Site, ones: tuple[Followed, ...]) -> Table:
    known = site.portfolio.repository.every(Audit) if site.organisation.audience == "internal" else ()
    known = tuple(one for one in known if all(site.shows(name) for name in one.projects))
    rows = rows_of(
        (Cell(one.title, sub=one.id), one.type, one.state, when(one.closing_meeting or one.planned_on),
         Cell(one.opinion or "none yet"), str(sum(each.audit == one.id for each in ones)))
        for one in sorted(known, key=lambda one: (one.planned_on is None, one.planned_on, one.id))
    )  # fmt: skip
    return Table(
        name="Audits", rows=rows, empty="No audit is written down that may be shown here.",
        columns=(Column("Audit", wide=True), Column("Type"), Column("State"), Column("Closing meeting", "date"), Column("Opinion", wide=True), Column("Findings", "num")),
    )  # fmt: skip
