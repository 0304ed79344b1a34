"""The portfolio by exception: red, green but drifting, better reported than computed, no fresh report."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from handrail.compute.agreed_plan import promised
from handrail.compute.facts import Project
from handrail.compute.trend import direction
from handrail.render import past, words
from handrail.render.block import block
from handrail.render.charts.heat import Strip, strips
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page, root_of
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, person
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.view import Site

COLUMNS = (
    Column("Project", wide=True), Column("Colour now"), Column("A month ago"), Column("Computed, reported"), Column("End planned → expected", "date"),
    Column("Money planned → expected", "num"), Column("Next gate", "date"), Column("Report age", "num"), Column("Manager"),
)  # fmt: skip
_DRIFT = 0
_MONTHS = 12
_PATH = "exceptions/"


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    ones = running(site)
    red = [one for one in ones if one.health.counts == "red"]
    turning = [one for one in ones if one.health.counts == "green" and drifting(site, one)]
    melons = [one for one in ones if one.health.watermelon]
    stale = [one for one in ones if one.report_overdue]
    sentence = (
        f"{len(red):,} red, {len(turning):,} green but drifting, {len(melons):,} reported better than the figures say, "
        f"{len(stale):,} without a fresh report, of {words.count(len(ones), 'open project')}."
    )
    groups = (
        ("red", "Red", red, "No project is red."), ("turning", "Turning: green but drifting", turning, "No green project drifts."),
        ("melons", "Reported better than the figures say", melons, "No project is reported better than its figures."),
        ("stale", "No fresh report", stale, "Every report that is due is in."),
    )  # fmt: skip
    blocks = [
        block(anchor, name, table=Table(name=name, columns=COLUMNS, empty=empty, rows=tuple(status_row(site, one) for one in sorted(found, key=_order))))
        for anchor, name, found, empty in groups
    ]  # fmt: skip
    blocks.append(
        block("colours", "Colours month by month", chart=strips_of(site, list(ones), root_of(f"portfolio/{_PATH}")))
    )
    yield PORTFOLIO.page(site, _PATH, "Portfolio by exception", sentence, tuple(blocks), second=past.basis(site))


def _order(one: Project) -> tuple[int, str]:
    return -(one.end.slip or 0) if one.end else 0, one.plan.name.casefold()


def drifting(site: Site, one: Project) -> bool:
    """Green, and yet later or dearer than approved, or later than a month ago."""
    late = one.end is not None and (one.end.slip or 0) > _DRIFT
    dear = one.cost.variance_share is not None and one.cost.variance_share > _DRIFT
    before = past.then(site, one, past.month_ago(site.as_of))
    moved = (
        before is not None
        and before.end is not None
        and one.end is not None
        and one.end.expected is not None
        and one.end.expected > before.end
    )
    return late or dear or moved


def strips_of(site: Site, ones: list[Project], root: str) -> Markup:
    """The colour that counted at the end of each month; today is the last column."""
    days = [site.as_of]
    while len(days) < _MONTHS:
        days.insert(0, past.month_end(days[0]))
    rows = []
    for one in sorted(ones, key=lambda each: each.plan.name.casefold()):
        found = [past.then(site, one, day) for day in days[:-1]]
        lights = [words.light(then.colour) if then else None for then in found]
        rows.append(
            Strip(
                name=one.plan.name,
                href=f"projects/{one.id}/",
                colours=(*lights, words.state_light(one.health.counts, one.plan.state)),
            )
        )
    source = (
        "the colour that counted"
        if site.history.points
        else "the colour that was reported (today: the one that counts)"
    )
    return strips(days, rows, "Colours month by month", f"At the end of each month, {source}.", root)


def status_row(site: Site, one: Project) -> Row:
    """How one project stands, under `COLUMNS`."""
    before = past.then(site, one, past.month_ago(site.as_of))
    way = direction(before.colour, one.health.counts) if before else None
    end, cost, gate = one.end, one.cost, one.next_gate
    health = one.health
    expected = words.day(end.expected if end else None, "no day")
    return Row(cells=(
        linked(one, sub=health.overall.why), Cell(light=words.state_light(health.counts, one.plan.state)),
        Cell(light=words.light(before.colour), sub=past.ARROWS.get(way or "", "")) if before else Cell("not known"),
        Cell(f"{words.light(health.overall.colour).word}, {words.light(health.reported).word.lower() if health.reported else 'no report'}",
             sub="reported better" if health.watermelon else "", tone="melon" if health.watermelon else ""),
        Cell(f"{words.day(end.planned, 'no day')} → {expected}" if end is not None and end.planned != end.expected else expected, sub=words.slip(end.slip) if end is not None else ""),
        Cell(words.money(cost.forecast or cost.approved, "none"), sub=f"{words.money(cost.approved)} {promised(one)}, {words.percent(cost.variance_share)}" if cost.approved and cost.variance_share else ""),
        Cell(words.day(gate.expected if gate else None), sub=site.gate_name(gate.gate) if gate and gate.gate else ""),
        Cell(words.age(one.report_age, "no report"), sub="overdue" if one.report_overdue else "", tone="late" if one.report_overdue else ""),
        person(one.plan.manager),
    ))  # fmt: skip
