"""Open pull requests in words: what the gate says of each, and who moves next. For the review page, the desk and each person's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handrail.compute.audience import RESTRICTED
from handrail.render import words
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.view import PullRequest, Site

NOT_HANDED_IN = "Which pull requests are open is not known here: nobody has handed them in. CI writes `pulls.json` before it builds the site."
_OLD = 14
_STEPS = ("to review", "to decide", "to mend", "not judged yet", "draft")


def open_ones(site: Site) -> tuple[PullRequest, ...]:
    """What this audience may see of the open pull requests: those whose next step is a reviewer's first, the oldest on top.

    Of a change that touches a hidden project only its number is told. Readers outside the organisation see none.
    """
    if site.pulls is None or site.organisation.audience != "internal":
        return ()
    ones = (_concealed(site, one) for one in site.pulls)
    return tuple(sorted(ones, key=lambda one: (_STEPS.index(step(one)), one.opened is None, one.opened, one.number)))


def step(one: PullRequest) -> str:
    """What has to happen next with a change, in two words."""
    if one.waits_for == "draft":
        return "draft"
    if one.gate is None:
        return "not judged yet"
    if one.gate.stops:
        return "to mend"
    return "to decide" if one.gate.waits else "to review"


def _concealed(site: Site, one: PullRequest) -> PullRequest:
    """The change without what it is about, where that is a hidden project, or may be one as long as nobody has judged it."""
    hidden = {each.id for each in site.hidden}
    if one.gate is None:
        return replace(one, title="A change that is not judged yet") if hidden else one
    if not one.gate.restricted and not hidden.intersection(one.gate.projects):
        return one
    gate = replace(one.gate, mend=(), waits=(), projects=())
    return replace(one, title=f"A change to {RESTRICTED}", author="not told", gate=gate)


def said(one: PullRequest) -> Cell:
    """What the gate says, and the first things to mend."""
    if one.gate is None:
        return Cell("nothing yet", tone="missing")
    more = f" and {words.count(len(one.gate.mend) - 2, 'more thing')}" if len(one.gate.mend) > 2 else ""  # noqa: PLR2004 - two find room in a row
    return Cell(one.gate.verdict, sub=" ".join(one.gate.mend[:2]) + more, tone="late" if one.gate.stops else "")


def waits_for(one: PullRequest) -> str:
    """Who moves next: those who must approve, else who was asked to review."""
    if one.gate is not None and one.gate.stops:
        return one.author
    return ", ".join(one.gate.waits) if one.gate is not None and one.gate.waits else one.waits_for


def table(site: Site, ones: Iterable[PullRequest], name: str, empty: str) -> Table:
    """Pull requests as a table; filtered by the step that comes next."""
    columns = (
        Column("Opened", "date"),
        Column("Change", wide=True),
        Column("Plans"),
        Column("The gate says", wide=True),
        Column("Waits for"),
    )
    return Table(name=name, empty=empty, columns=columns, rows=tuple(_row(site, one) for one in ones))


def _row(site: Site, one: PullRequest) -> Row:
    age = (site.as_of - one.opened).days if one.opened else 0
    shown = [name for name in (one.gate.projects if one.gate else ()) if site.shows(name)]
    return Row(
        cells=(
            Cell(words.day(one.opened, "no day"), sub=words.age(age) if one.opened else "", tone="late" if age > _OLD else "", sort=one.opened.isoformat() if one.opened else ""),
            Cell(one.title, url=one.url or None, sub=f"{one.number} by {one.author}".strip()),
            Cell(shown[0], href=f"projects/{shown[0]}/", sub=", ".join(shown[1:])) if shown else Cell("standards or policy" if one.gate else ""),
            said(one), Cell(waits_for(one), sub=step(one)),
        ),
        facets=(("step", step(one)),),
    )  # fmt: skip
