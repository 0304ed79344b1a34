"""Deviations from standards in all projects: what runs out first, who bears the risk, and how often it was renewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handrail.compute.facts import Project
from handrail.compute.waivers import in_force, renewals
from handrail.model.records import Waiver
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page
from handrail.render.portfolio.who import linked, person
from handrail.render.project.status import waiver_state
from handrail.render.table import Cell, Column, Download, Row, Table
from handrail.render.view import Site

_SOON = timedelta(days=30)
_Found = tuple[Project, Waiver, str]
_COLUMNS = (
    Column("Until", "date"), Column("Project"), Column("Rule"), Column("Why, and what instead", wide=True), Column("State"),
    Column("Risk borne by"), Column("Renewed", "num"),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    found = [(project, one, _state(site, project, one)) for project in site.projects for one in project.plan.waivers]
    found.sort(key=lambda one: (one[1].expires or date.max, one[0].id, one[1].id))
    live = [one for one in found if one[2] == "in force"]
    asked = [one for one in found if one[2] not in {"in force", "ended"}]
    ended = [one for one in found if one[2] == "ended"]
    soon = sum(bool(one.expires and one.expires <= site.as_of + _SOON) for _, one, _ in live)
    sentence = f"{words.count(len(live), 'deviation')} in force, {soon} of them {words.verb(soon, 'ends')} within 30 days; {len(asked)} asked for or without effect."
    empties = ("No deviation is in force.", "None waits for a decision.", "None has ended.")
    groups = (
        ("live", "In force, by expiry", live),
        ("asked", "Asked for, or without effect", asked),
        ("ended", "Ended", ended),
    )
    blocks = [
        block(anchor, title, table=Table(name=title, columns=_COLUMNS, empty=empty, rows=tuple(_row(site, *one) for one in ones)),
              choices=choice("rule", "Rule", [one.rule for _, one, _ in ones]))
        for (anchor, title, ones), empty in zip(groups, empties, strict=True)
    ]  # fmt: skip
    yield ASSURANCE.page(
        site, "waivers/", "Deviations by expiry", sentence, blocks,
        note="A deviation counts when somebody with authority, who neither asked for it nor manages the project, permits it and the sponsor bears the risk",
        downloads=(Download(text="Deviations (CSV)", href="data/waivers.csv"), Download(text="Deviations (JSON)", href="data/waivers.json")),
    )  # fmt: skip


def _state(site: Site, project: Project, one: Waiver) -> str:
    """As the law sees it: what was agreed without authority, or with nobody to bear the risk, has no effect."""
    if in_force(one, project.plan, site.portfolio.repository, site.as_of):
        return "in force"
    said = waiver_state(project, one)
    return "without effect" if said == "in force" else said


def _row(site: Site, project: Project, one: Waiver, state: str) -> Row:
    left = (one.expires - site.as_of).days if one.expires else None
    soon = state == "in force" and left is not None and left <= _SOON.days
    again = renewals(one, project.plan)
    return Row(facets=(("rule", one.rule),), cells=(
        Cell(words.day(one.expires, "no day"), sort=one.expires.isoformat() if one.expires else "9999", tone="late" if soon else "",
             sub=f"{words.count(left, 'day')} left" if state == "in force" and left is not None else ""),
        linked(project, "records"), Cell(one.rule, href=site.rule_href(one.rule)), Cell(one.reason or "", sub=one.instead or ""),
        Cell(state, tone="late" if state == "without effect" else "", sub=one.id), person(one.risk_accepted_by), Cell(str(again) if again else ""),
    ))  # fmt: skip
