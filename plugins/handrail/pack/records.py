"""What the board has to bear or has already said: deviations, remarks that stop its projects, decisions since it met."""

from __future__ import annotations

from datetime import date, timedelta

from handrail.pack.content import Sheet
from handrail.render import words
from handrail.render.portfolio.decisions import taken
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, person
from handrail.render.project.status import waiver_state
from handrail.render.remarks import open_ones
from handrail.render.table import Cell, Column, Row, Table, rows_of
from handrail.render.view import Site

_SOON = timedelta(days=42)
_STATES = ("asked for", "in force", "agreed, not begun")


def deviations(site: Site, meets: date | None) -> Sheet:
    """Deviations from standards that are asked for or in force; those that run out before the next meeting are marked."""
    until = max(meets or site.as_of, site.as_of) + _SOON
    found = [
        (waiver_state(project, one), one, project)
        for project in running(site) for one in project.plan.waivers if waiver_state(project, one) in _STATES
    ]  # fmt: skip
    found.sort(key=lambda each: (_STATES.index(each[0]), each[1].expires or date.max, each[2].id))
    asked = sum(state == "asked for" for state, *_ in found)
    ending = sum(one.expires is not None and one.expires <= until for state, one, _ in found if state == "in force")
    text = (
        f"{asked} asked for, {len(found) - asked} agreed; {ending} {words.verb(ending, 'ends')} by {words.day(until)}."
        if found
        else "No project of this board departs from a standard."
    )
    rows = rows_of(
        (Cell(state, tone="late" if state == "asked for" else ""), Cell(f"{one.rule}", sub=one.reason or "no reason given"),
         Cell(words.day(one.expires, "no day"), tone="late" if one.expires and one.expires <= until else ""),
         person(one.risk_accepted_by), linked(project))
        for state, one, project in found
    )  # fmt: skip
    return Sheet(
        title="Deviations from standards", sentence=text,
        table=Table(
            name="Deviations", empty="There is none.", rows=rows,
            columns=(Column("State"), Column("Rule and reason", wide=True), Column("Until", "date"), Column("Bears the risk"), Column("Project")),
        ),
    )  # fmt: skip


def remarks(site: Site) -> Sheet:
    """Remarks that stop a change or the next gate of the board's projects, those that stop a change first."""
    found = [
        (one, project)
        for project in running(site)
        for one in open_ones(site.by_project.get(project.id, ()))
        if one.enforce_at in {"merge", "gate"}
    ]
    found.sort(key=lambda pair: (pair[0].enforce_at != "merge", pair[1].plan.name.casefold(), pair[0].rule))
    noted = sum(one.enforce_at == "watch" for project in running(site) for one in open_ones(site.by_project.get(project.id, ())))  # fmt: skip
    text = (
        f"{words.count(len(found), 'remark')} {words.verb(len(found), 'stops')} a change or the next gate."
        if found
        else "No remark stops a change or a gate."
    )
    if noted:
        text += f" {noted} more {words.verb(noted, 'is')} noted only and not listed."
    return Sheet(
        title="Remarks that stop a gate or a change", sentence=text,
        table=Table(
            name="Remarks", empty="There is none.",
            columns=(Column("Stops"), Column("What is the matter", wide=True), Column("Rule", "id"), Column("Project")),
            rows=rows_of(
                (Cell("a change" if one.enforce_at == "merge" else "the next gate", tone="late" if one.enforce_at == "merge" else ""), one.message, one.rule, linked(project))
                for one, project in found
            ),
        ),
    )  # fmt: skip


def log(site: Site, since: date) -> Sheet:
    """What was decided since the last meeting, that day included, the newest first."""
    rows: list[tuple[date, Row]] = [
        pair for project in site.projects for pair in taken(site, project) if since <= pair[0] <= site.as_of
    ]
    rows.sort(key=lambda pair: pair[0], reverse=True)
    return Sheet(
        title="Decided at the last meeting and since",
        sentence=f"{words.count(len(rows), 'decision')} on record from {words.day(since)} on.",
        table=Table(
            name="Decided", empty="No decision is on record.", rows=tuple(row for _, row in rows),
            columns=(Column("On", "date"), Column("Decision", wide=True), Column("Who decided"), Column("Project"), Column("Effects")),
        ),
    )  # fmt: skip
