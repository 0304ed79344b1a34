"""Money: what is approved, expected and spent, what the work done was worth, what cases are worth, and benefits due."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from handrail.compute import figures
from handrail.compute.agreed_plan import promised
from handrail.compute.benefits import realised_share
from handrail.compute.currency import convert, total
from handrail.compute.facts import Project
from handrail.compute.money_curve import curve_of_all
from handrail.compute.risk import open_threats, score
from handrail.model.money import Money
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.charts.bubble import Bubble, bubbles
from handrail.render.charts.curve import s_curve
from handrail.render.charts.drawing import Drawing, svg
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page, root_of
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, person, until, when
from handrail.render.table import Cell, Column, Row, Table, downloads_of
from handrail.render.view import Site

_ROOT = root_of("portfolio/x/")


def summed(site: Site, ones: tuple[Project, ...], read: Callable[[Project], Money | None]) -> str:
    """The sum over projects in the organisation's currency, in words; what cannot be converted is said."""
    repository = site.portfolio.repository
    amounts = [amount for one in ones if (amount := read(one)) is not None]
    found = total(amounts, repository.currency, site.as_of, repository.policy.rates, repository.currency)
    if found.money is None:
        return f"not known ({found.why})"
    return words.money(Money(found.money.amount.quantize(Decimal(1)), found.money.currency))


def money_page(site: Site) -> Page:
    """Sums over currencies, the S-curve, worth against risk, and every project's money."""
    ones = running(site)
    repository = site.portfolio.repository
    known = tuple(one for one in ones if one.cost.approved)
    proposed = tuple(one for one in known if promised(one) == "proposed")
    agreed = tuple(one for one in known if one not in proposed)
    sentence = (
        f"{summed(site, agreed, lambda one: one.cost.approved)} approved for {words.count(len(agreed), 'open project')}, "
        f"{summed(site, agreed, lambda one: one.cost.forecast or one.cost.approved)} expected, {summed(site, agreed, lambda one: one.cost.spent)} spent"
        if agreed else "No open project has an approved budget"
    )  # fmt: skip
    sentence += (
        f"; {summed(site, proposed, lambda one: one.cost.approved)} proposed for {words.count(len(proposed), 'other', 'others')}."
        if proposed
        else "."
    )
    currencies = sorted({one.cost.currency for one in known} - {repository.currency})
    second = f"In {repository.currency}; {words.listed(currencies)} by the rate of the day." if currencies else ""
    curve = s_curve(
        curve_of_all(ones, repository, site.as_of, site.history),
        "Planned, earned and spent, all projects",
        "No open project has a budget by month and earned value.",
    )
    return PORTFOLIO.page(
        site, "money/", "Money", sentence, (
            block("curve", "Planned, earned and spent", chart=svg(curve, _ROOT)), block("worth", "Worth against risk", chart=svg(worth_chart(site, ones), _ROOT)),
            block("projects", "Every project", table=_table(site, ones), choices=choice("programme", "Programme", [site.programme(one.plan) for one in ones])),
        ), second=second, downloads=downloads_of("portfolio"),
        note="NPV is recomputed from the cash flows of the business case; of a mandatory project it is no reason for or against it",
    )  # fmt: skip


def worth_chart(site: Site, ones: tuple[Project, ...]) -> Drawing:
    """NPV of what is left against the worst open threat; size is the budget."""
    repository = site.portfolio.repository

    def home(amount: Money | None) -> Money | None:
        return (
            convert(amount, repository.currency, site.as_of, repository.policy.rates, repository.currency).money
            if amount
            else None
        )

    found = []
    for one in ones:
        worth = figures.case_worth(one, repository)
        left, budget = home(worth.left if worth else None), home(one.cost.approved)
        if left is None:
            continue
        found.append(Bubble(
            name=one.plan.name, href=f"projects/{one.id}/", value=left.amount, value_text=words.money(Money(left.amount.quantize(Decimal(1)), left.currency)),
            score=max((score(risk) or 0 for risk in open_threats(one.plan.risks)), default=0), size=budget.amount if budget else Decimal(0),
            size_text=words.money(budget, "no budget"), colour=words.light(one.health.counts).css,
        ))  # fmt: skip
    return bubbles(found, "Worth against risk", f"NPV of what is left, {repository.currency}", len(ones) - len(found))


def _table(site: Site, ones: tuple[Project, ...]) -> Table:
    repository = site.portfolio.repository
    rows = []
    for one in sorted(ones, key=lambda each: (-(each.cost.variance_share or Decimal(-1)), each.id)):
        cost, worth, earned = one.cost, figures.case_worth(one, repository), figures.earned_value(one, repository)
        late = one.health.cost.colour in {"amber", "red"}
        rows.append(Row(facets=(("programme", site.programme(one.plan)),), cells=(
            linked(one, "money"), Cell(words.money(cost.approved, "none"), sort=str(cost.approved.amount) if cost.approved else "", sub="proposed" if cost.approved and promised(one) == "proposed" else ""),
            Cell(words.money(cost.forecast, "none"), sort=str(cost.forecast.amount) if cost.forecast else "", sub=words.percent(cost.variance_share) if cost.variance_share else "", tone="warn" if late else ""),
            Cell(words.money(cost.spent, "none"), sort=str(cost.spent.amount) if cost.spent else ""),
            Cell(f"{earned.cpi.value:.2f}" if earned.cpi.value is not None else "", sub="" if earned.applies else "small"), Cell(f"{earned.spi_t.value:.2f}" if earned.spi_t.value is not None else ""),
            Cell(words.money(Money(worth.whole.amount.quantize(Decimal(1)), worth.whole.currency)) if worth and worth.whole else "", sub=worth.driver if worth else "no case", sort=str(worth.whole.amount) if worth and worth.whole else ""),
        )))  # fmt: skip
    return Table(name="Money by project", rows=tuple(rows), empty="No project is open.", columns=(Column("Project", wide=True), Column("Budget", "num"), Column("Expected", "num"), Column("Spent", "num"), Column("CPI", "num"), Column("SPI(t)", "num"), Column("NPV", "num")))  # fmt: skip


def benefits_page(site: Site) -> Page:
    """Every benefit with its state, those that must be measured now on top; closed projects are among them."""
    ones = figures.promised(site.projects)
    reached, judged = realised_share([state for state, _ in ones])
    overdue = sum(state.state == "due" for state, _ in ones)
    sentence = (
        f"{words.count(len(ones), 'benefit')}: {overdue} to be measured now, {reached} of {judged} measured ones reached."
        if ones
        else "No benefit is written down."
    )
    table = Table(
        name="Benefits", empty="No benefit is written down.",
        columns=(Column("Measured by", "date"), Column("Benefit", wide=True), Column("From → target", "num"), Column("Last reading", "num"), Column("State"), Column("Owner"), Column("Project")),
        rows=tuple(
            Row(facets=(("state", state.state), ("owner", state.benefit.owner or "nobody")), cells=(
                until(state.due, site.as_of) if state.state in {"due", "waiting", "on the way"} else when(state.due, "no day"), Cell(state.benefit.what, sub=f"worth {words.money(state.benefit.value)} a year" if state.benefit.value else ""),
                Cell(f"{state.benefit.now if state.benefit.now is not None else '?'} → {state.benefit.target if state.benefit.target is not None else '?'}"),
                Cell(str(state.newest.value) if state.newest else "none", sub=f"{words.share(state.realised)} of the change" if state.realised is not None else ""),
                Cell(state.state, tone={"due": "late", "missed": "late", "reached": "good"}.get(state.state, "")), person(state.benefit.owner), linked(project, "benefits", sub=project.plan.state if project.plan.state != "active" else ""),
            )) for state, project in ones
        ),
    )  # fmt: skip
    choices = (
        *choice("state", "State", [state.state for state, _ in ones]),
        *choice("owner", "Owner", [state.benefit.owner or "nobody" for state, _ in ones]),
    )
    return PORTFOLIO.page(site, "benefits/", "Benefits due", sentence, (block("benefits", table=table, choices=choices),), downloads=downloads_of("benefits_due", "benefits"))  # fmt: skip
