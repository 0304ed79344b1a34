"""The portfolio page: one sentence, then every project as one row that can be filtered and sorted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from handrail.compute.agreed_plan import promised
from handrail.compute.facts import Project
from handrail.model.money import Money
from handrail.render import past, words
from handrail.render.block import Choice
from handrail.render.frame import PORTFOLIO, hidden_sentence
from handrail.render.page import Page, render, root_of
from handrail.render.portfolio.others import rows, sentences, together
from handrail.render.project.status import end_colour
from handrail.render.remarks import open_ones
from handrail.render.table import Cell, Column, Download, Row, Table
from handrail.render.view import Site, project_path

PATH = "portfolio/"
_DOWNLOADS = (
    Download(text="Portfolio (CSV)", href="data/portfolio.csv"),
    Download(text="Portfolio (JSON)", href="data/portfolio.json"),
    Download(text="All risks (CSV)", href="data/risks.csv"),
    Download(text="All milestones (CSV)", href="data/milestones.csv"),
)
_PACK = "how-to/steering-pack"
_ENDED = frozenset({"closed", "cancelled"})
_COLUMNS = (
    Column("Project", wide=True), Column("Colour"), Column("Computed, reported"), Column("Department, manager"), Column("Tier"),
    Column("End", "date"), Column("Slip", "num"), Column("Money", "num"), Column("Next gate", "date"), Column("Report age", "num"),
    Column("Remarks", "num"),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    others = site.others
    own = tuple(_row(site, one) for one in sorted(site.projects, key=_worst_first))
    table = Table(
        name="All projects", columns=_COLUMNS, rows=(*own, *rows(others)), sortable=True,
        empty="No project is here yet. `handrail new project` makes the first one.",
    )  # fmt: skip
    body = render(
        "portfolio.html.jinja", root=root_of(PATH), sentence=sentence(site), second=second_sentence(site), tally=tally(site),
        table=table, choices=_choices(site), broken=tuple((one.name or one.id, project_path(one.id)) for one in site.broken),
        hidden=hidden_sentence(site), together=together(others, tally(site)), others=sentences(others), as_of=words.day(site.as_of), downloads=_downloads(site), strip=PORTFOLIO.strip(""), strip_name=PORTFOLIO.name,
    )  # fmt: skip
    yield Page(path=PATH, title="Portfolio", body_html=body, section=PATH, search_text=sentence(site))


def _downloads(site: Site) -> tuple[Download, ...]:
    """The files, and how a board's pack is made, where the handbook has the page that tells it."""
    try:
        site.portfolio.repository.tree.read(f"standards/{_PACK}.md")
    except OSError:
        return _DOWNLOADS
    return (*_DOWNLOADS, Download(text="Steering pack (PDF, slides)", href=f"{_PACK}/"))


def _worst_first(one: Project) -> tuple[int, str]:
    """Red on top, what has ended last; within a colour by name."""
    light = words.state_light(one.health.counts, one.plan.state)
    return {3: 0, 2: 1, 0: 2, 1: 3}.get(light.order, 4), one.plan.name.casefold()


def running(site: Site) -> tuple[Project, ...]:
    """Open projects: those that have not ended, suspended ones among them."""
    return site.memo.once("running", lambda: tuple(one for one in site.projects if one.plan.state not in _ENDED))


def tally(site: Site) -> tuple[tuple[words.Light, int], ...]:
    """How many projects there are of each colour that counts."""
    colours = [words.light(one.health.counts).css for one in running(site)]
    return tuple((one, colours.count(one.css)) for one in words.LIGHTS)


def sentence(site: Site) -> str:
    """How the portfolio stands, in one sentence."""
    ones = running(site)
    if not ones:
        return "No project is open." if not site.broken else "No open project can be read."
    parts = [f"{number:,} {light.word.lower()}" for light, number in tally(site) if number]
    return f"{words.count(len(ones), 'open project')}: {words.listed(parts)}."


def second_sentence(site: Site) -> str:
    """What hides behind the colours: better reported than computed, late reports, money."""
    ones = running(site)
    melons = sum(one.health.watermelon for one in ones)
    overdue = sum(one.report_overdue for one in ones)
    parts = []
    if melons:
        parts.append(f"{words.count(melons, 'project')} {words.verb(melons, 'reports')} better than the figures say")
    if overdue:
        parts.append(f"{words.count(overdue, 'report')} {words.verb(overdue, 'is')} overdue")
    text = (
        words.capital(words.listed(parts)) + "."
        if parts
        else "Every report is in, and none is better than the figures."
        if any(one.report for one in ones)
        else "No report yet."
    )
    return (
        " ".join(one for one in (text, _money_sentence(ones, site.portfolio.repository.currency)) if one)
        if ones
        else ""
    )


def _money_sentence(ones: tuple[Project, ...], first: str) -> str:
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    proposed: dict[str, Decimal] = {}
    for one in ones:
        cost = one.cost
        if cost.approved and promised(one) == "proposed":
            unit = cost.approved.currency
            proposed[unit] = proposed.get(unit, Decimal(0)) + cost.approved.amount
            continue
        if cost.approved and cost.forecast and cost.approved.currency == cost.forecast.currency:
            before = sums.get(cost.approved.currency, (Decimal(0), Decimal(0)))
            sums[cost.approved.currency] = (before[0] + cost.approved.amount, before[1] + cost.forecast.amount)
    texts = [
        f"{words.money(Money(approved, unit))} approved, "
        + (
            f"{words.money(Money(forecast, unit))} expected ({words.percent((forecast - approved) / approved)})"
            if approved and forecast != approved
            else "as much expected"
        )
        for unit, (approved, forecast) in sorted(sums.items(), key=lambda one: (one[0] != first, one[0]))
    ]
    texts += [f"{words.money(Money(amount, unit))} proposed" for unit, amount in sorted(proposed.items()) if amount]
    return "; ".join(texts) + "." if texts else ""


def _row(site: Site, one: Project) -> Row:
    plan, health = one.plan, one.health
    counts = words.state_light(health.counts, plan.state)
    moved = past.trend_of(site, one)
    remarks = open_ones(site.by_project.get(one.id, ()))
    reported = words.light(health.reported)
    ended = plan.state in _ENDED
    both = (
        "-"
        if ended
        else f"{words.light(health.overall.colour).word}, {reported.word.lower() if health.reported else 'no report'}"
    )
    programme = site.programme(plan)
    state = plan.phase if plan.state == "active" else plan.state
    return Row(
        facets=(
            ("department", plan.unit or ""), ("programme", programme), ("tier", plan.tier), ("phase", state),
            ("colour", counts.css),
        ),
        cells=(
            Cell(plan.name, href=f"projects/{one.id}/", sub=programme, sort=plan.name.casefold()),
            Cell(light=counts, sort=str(counts.order), sub=past.ARROWS.get(moved or "", "") if not ended else ""),
            Cell(both, sub="reported better" if health.watermelon and not ended else "", tone="melon" if health.watermelon and not ended else ""),
            Cell(plan.unit or "no department", sub=plan.manager or "no manager", sort=(plan.unit or "").casefold()), Cell(plan.tier, sub=state),
            _end(one), _slip(site, one), _money(one), _gate(site, one),
            Cell("none" if one.report_age is None else words.count(one.report_age, "day"), sort=str(one.report_age if one.report_age is not None else 99999),
                 sub="overdue" if one.report_overdue else "", tone="late" if one.report_overdue else ""),
            Cell(str(len(remarks)) if remarks else "0", href=f"projects/{one.id}/#remarks" if remarks else None,
                 sort=str(len(remarks)), sub="blocks" if any(each.blocks for each in remarks) else ""),
        ),
    )  # fmt: skip


def _end(one: Project) -> Cell:
    end = one.end
    if end is None:
        return Cell("no day", sort="")
    moved = end.planned and end.expected != end.planned
    return Cell(
        words.day(end.expected), sort=end.expected.isoformat() if end.expected else "",
        sub=f"from {words.day(end.planned)}" if moved else "",
    )  # fmt: skip


def _slip(site: Site, one: Project) -> Cell:
    slip = one.end.slip if one.end else None
    if slip is None:
        return Cell("", sort="")
    late = one.end is not None and end_colour(site, one, one.end) in {"amber", "red"}
    return Cell("0" if slip == 0 else f"{slip:+d} d", sort=str(slip), tone="late" if late else "")


def _money(one: Project) -> Cell:
    cost = one.cost
    shown = cost.forecast or cost.approved
    if shown is None:
        return Cell("", sort="")
    moved = cost.approved is not None and cost.forecast is not None and bool(cost.variance_share)
    late = one.health.cost.colour in {"amber", "red"}
    return Cell(
        words.money(shown), sort=str(shown.amount), tone="warn" if late else "",
        sub=f"{words.percent(cost.variance_share)} on {words.number(cost.approved.amount)}" if moved and cost.approved else "" if cost.forecast else "no forecast",
    )  # fmt: skip


def _gate(site: Site, one: Project) -> Cell:
    gate = one.next_gate
    if gate is None or gate.gate is None:
        return Cell("", sort="")
    return Cell(
        words.day(gate.expected, "no day"),
        sub=site.gate_name(gate.gate),
        sort=gate.expected.isoformat() if gate.expected else "",
    )


def _choices(site: Site) -> tuple[Choice, ...]:
    given: dict[str, tuple[str, set[str]]] = {
        "department": ("Department", {one.plan.unit for one in site.projects if one.plan.unit}),
        "programme": ("Programme", {site.programme(one.plan) for one in site.projects if one.plan.programme}),
        "tier": ("Tier", {one.plan.tier for one in site.projects}),
        "phase": ("Phase", {one.plan.phase if one.plan.state == "active" else one.plan.state for one in site.projects}),
    }
    found = [
        Choice(key=key, name=name, values=tuple((one, one) for one in sorted(values)))
        for key, (name, values) in given.items() if len(values) > 1
    ]  # fmt: skip
    colours = tuple((one.css, one.word) for one in words.LIGHTS)
    return (Choice(key="colour", name="Colour", values=colours), *found) if site.projects else ()
