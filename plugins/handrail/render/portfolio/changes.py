"""What changed since last Monday, the last board and the last month: in sentences, worst first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handrail.compute.board_days import meetings
from handrail.compute.facts import Portfolio, Project
from handrail.compute.happenings import Happening, happenings
from handrail.compute.trend import direction
from handrail.render import past, words
from handrail.render.block import Block, block, choice
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, when
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.view import Site

_YEAR = 370
_LIGHT = {4: ("■ worst", "late"), 3: ("▲ bad", "late"), 2: ("● news", ""), 1: ("✓ good", "good")}


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    days = compared_days(site.portfolio)
    blocks = []
    for anchor, name, since in days:
        blocks.append(_block(site, anchor, name, since))
    first = happened(site, days[0][2])
    bad = sum(one.weight >= 3 for _, one in first)  # noqa: PLR2004 - bad or worse
    sentence = f"{words.count(len(first), 'change')} in {words.count(len({project.id for project, _ in first}), 'project')} since {words.day(days[0][2])}"
    sentence = (
        sentence + (f", {bad} of them bad news." if bad else ", none of them bad news.")
        if first
        else f"Nothing changed since {words.day(days[0][2])}."
    )
    yield PORTFOLIO.page(site, "changes/", "What changed", sentence, tuple(blocks), second=past.basis(site), note="Only what carries a day is here")  # fmt: skip


def compared_days(portfolio: Portfolio) -> tuple[tuple[str, str, date], ...]:
    """The days that people compare with: a week, the last meeting of any board, a month."""
    today = portfolio.as_of
    monday = today - timedelta(days=today.weekday() or 7)
    boards = [
        (day, one.name)
        for one in portfolio.repository.policy.boards.boards
        for day in meetings(one.meets, today - timedelta(days=_YEAR), today - timedelta(days=1))
    ]
    found = [("monday", "Since last Monday", monday)]
    if boards:
        day, name = max(boards)
        found.append(("board", f"Since the last board ({name})", day))
    return (
        *found,
        ("month", "In the last month", past.month_ago(today)),
        ("quarter", "In the last three months", today - timedelta(days=91)),
    )


def happened(site: Site, since: date) -> list[tuple[Project, Happening]]:
    """Everything since a day, the worst first; what moved without a record comes from the history."""
    return site.memo.once(f"happened since {since}", lambda: _happened(site, since))


def _happened(site: Site, since: date) -> list[tuple[Project, Happening]]:
    found = [
        (project, one)
        for project in site.projects
        for one in (
            *moves(site, project, since),
            *happenings(project, since, site.as_of, site.portfolio.repository.policy),
        )
    ]
    return sorted(found, key=lambda pair: (-pair[1].weight, -pair[1].on.toordinal(), pair[0].id, pair[1].text))


def moves(site: Site, project: Project, since: date) -> Iterator[Happening]:
    """How colour, end and money moved since a day, where the history knows the project then."""
    then = past.then(site, project, since)
    if then is None or then.facts is None:
        return
    old, on = then.facts, site.as_of
    way = direction(old.colour, project.health.counts)
    if way in {"better", "worse"}:
        worse = way == "worse"
        red = project.health.counts == "red"
        yield Happening(on=on, weight=(4 if red else 3) if worse else 1, anchor="delivery",
                        text=f"Turned from {old.colour} to {project.health.counts}: {project.health.overall.why}")  # fmt: skip
    now = project.end.expected if project.end else None
    if old.end and now and old.end != now:
        moved = (now - old.end).days
        text = f"The end moved from {words.day(old.end)} to {words.day(now)} ({words.count(abs(moved), 'day')} {'later' if moved > 0 else 'earlier'})"
        yield Happening(on=on, weight=3 if moved > 0 else 1, text=text, anchor="schedule")
    cost = project.cost.forecast
    if old.forecast and cost and old.forecast.currency == cost.currency and old.forecast != cost:
        more = cost.amount > old.forecast.amount
        yield Happening(on=on, weight=3 if more else 1, anchor="money",
                        text=f"The expected cost moved from {words.money(old.forecast)} to {words.money(cost)}")  # fmt: skip


def _block(site: Site, anchor: str, name: str, since: date) -> Block:
    ones = happened(site, since)
    still = running(site)
    rows = tuple(
        Row(facets=(("project", project.plan.name), ("weight", _LIGHT[one.weight][0])), cells=(
            Cell(_LIGHT[one.weight][0], sort=str(-one.weight), tone=_LIGHT[one.weight][1]), Cell(one.text), linked(project, one.anchor), when(one.on),
        )) for project, one in ones
    )  # fmt: skip
    quiet = len(still) - len({project.id for project, _ in ones} & {one.id for one in still})
    calm = f"nothing in {words.count(quiet, 'open project')}" if quiet else "something in every open project"
    return block(
        anchor, name, sentence=f"After {words.day(since)}: {words.count(len(ones), 'change')}; {calm}.",
        table=Table(name=name, columns=(Column("News"), Column("What changed", wide=True), Column("Project"), Column("On", "date")), rows=rows,
                    empty=f"Nothing that carries a day changed after {words.day(since)}."),
        choices=(*choice("project", "Project", [project.plan.name for project, _ in ones]), *choice("weight", "News", [_LIGHT[one.weight][0] for _, one in ones])),
    )  # fmt: skip
