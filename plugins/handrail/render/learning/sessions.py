"""Training sessions ahead with their seats, and those that were held. How many come is told, never who."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.learning import Session, sessions
from handrail.export.sessions import hours
from handrail.model.training import ModuleRecord, SessionRecord
from handrail.render import words
from handrail.render.block import block
from handrail.render.frame import LEARNING
from handrail.render.learning.material import module_href
from handrail.render.page import Page
from handrail.render.portfolio.who import when
from handrail.render.table import Cell, Column, Download, Table, rows_of
from handrail.render.view import Site


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    repository = site.portfolio.repository
    ahead = sessions(repository, site.as_of)
    past = sorted(
        (one for one in repository.every(SessionRecord) if one.on < site.as_of),
        key=lambda one: (one.on, one.id),
        reverse=True,
    )
    full = sum(one.free == 0 for one in ahead)
    sentence = (
        f"{words.count(len(ahead), 'session')} ahead, the next on {words.day(ahead[0].record.on)}; "
        f"{full} {words.verb(full, 'is')} full." if ahead else "No training session is planned."
    )  # fmt: skip
    yield LEARNING.page(
        site, "sessions/", "Training sessions", sentence,
        (block("ahead", "Ahead", table=_ahead(site, ahead), top=25), block("past", "Held", table=_past(site, past))),
        of_projects=False, second=f"All hours are those of {site.organisation.timezone}.",
        downloads=(Download(text="Sessions for your calendar (iCalendar)", href="data/sessions.ics"),),
    )  # fmt: skip


def _ahead(site: Site, ones: tuple[Session, ...]) -> Table:
    return Table(
        name="Sessions ahead", empty="No training session is planned.",
        columns=(Column("Day", "date"), Column("Hours"), Column("Module", wide=True), Column("Place"), Column("Held by"), Column("Seats"), Column("Waiting", "num")),
        rows=rows_of(
            (when(one.record.on), hours(one) or "not said", Cell(one.title, href=module_href(site, one.record.module)), one.record.place or "not said",
             one.record.trainer or "not said", _seats(one), str(one.waiting or ""))
            for one in ones
        ),
    )  # fmt: skip


def _seats(one: Session) -> Cell:
    if one.free is None:
        return Cell("no limit")
    return (
        Cell(f"{one.free} of {one.record.capacity} free", tone="" if one.free else "late")
        if one.free
        else Cell("full", tone="late")
    )


def _past(site: Site, ones: list[SessionRecord]) -> Table:
    titles = {one.id: one.title for one in site.portfolio.repository.every(ModuleRecord)}

    def came(one: SessionRecord) -> str:
        if one.cancelled_on:
            return f"called off on {words.day(one.cancelled_on)}"
        known = sum(each.state in {"attended", "absent"} for each in one.attendees)
        return (
            f"{sum(each.state == 'attended' for each in one.attendees)} of {len(one.attendees)} came"
            if known
            else "attendance is not written down"
        )

    return Table(
        name="Sessions held", empty="None is in this repository.",
        columns=(Column("Day", "date"), Column("Module", wide=True), Column("Place"), Column("Held by"), Column("Came")),
        rows=rows_of(
            (when(one.on), Cell(titles.get(one.module, one.module), href=module_href(site, one.module)), one.place or "not said", one.trainer or "not said", came(one))
            for one in ones
        ),
    )  # fmt: skip
