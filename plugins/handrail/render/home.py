"""The first page: who are you, how does the portfolio stand, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handrail.compute.facts import Project
from handrail.compute.health import rank
from handrail.render import words
from handrail.render.frame import hidden_sentence
from handrail.render.page import Page, render, root_of
from handrail.render.portfolio.decisions import asks
from handrail.render.portfolio.overview import running, second_sentence, sentence, tally
from handrail.render.portfolio.who import linked, person, until
from handrail.render.remarks import open_ones
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site

_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One way into the site for one kind of reader."""

    who: str
    text: str
    links: tuple[tuple[str, str], ...]


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    organisation = site.organisation.organisation
    body = render(
        "home.html.jinja", root=root_of(""), name=organisation, sentence=sentence(site), second=second_sentence(site),
        hidden=hidden_sentence(site), tally=tally(site), cards=_cards(site), decisions=decisions(site),
        attention=attention(site), gates=gates(site), as_of=words.day(site.as_of),
    )  # fmt: skip
    yield Page(path="", title="Home", body_html=body, section="", search_text=f"{organisation}. {sentence(site)}")


def _cards(site: Site) -> tuple[Card, ...]:
    paths = {path.removeprefix("standards/") for path in site.portfolio.repository.tree.paths()}

    def links(*wanted: tuple[str, str, str]) -> tuple[tuple[str, str], ...]:
        """Links to pages that this repository has."""
        return tuple((text, href) for text, href, file in wanted if not file or file in paths)

    return (
        Card(who="I manage a project", text="Keep your plan true, report, ask for changes.", links=links(
            ("My projects", "edit/mine/" if site.organisation.audience == "internal" else "portfolio/", ""), ("Report, start or change something", "edit/", ""),
            ("First week", "training/first-week/", "training/first-week.md"), ("Update my plan", "how-we-work/update-a-plan/", "how-we-work/update-a-plan.md"),
            ("What the rules ask", "rules/", ""))),
        Card(who="I decide", text="What got worse, and what needs my decision.", links=links(
            ("Decisions asked", "portfolio/decisions-asked/", ""), ("What changed", "portfolio/changes/", ""), ("By exception", "portfolio/exceptions/", ""))),
        Card(who="I review", text="What waits for a review, what binds, and who keeps to it.", links=links(
            ("Reviews", "portfolio/reviews/", ""), ("PMO desk", "portfolio/desk/", ""), ("Rules", "rules/", ""), ("Remarks by project and rule", "assurance/", ""))),
        Card(who="I am new here", text="How projects are led here, from start to close.", links=links(
            ("How we work", "how-we-work/", "how-we-work/index.md"), ("First steps", "learn/", "learn/index.md"), ("Write a plan", "how-we-work/write-a-plan/", "how-we-work/write-a-plan.md"),
            ("Standards", "rules/", ""))),
    )  # fmt: skip


def decisions(site: Site) -> Table:
    """Decisions that somebody waits for, overdue first: the head of their own page."""
    rows = rows_of(
        (until(one.by, site.as_of), Cell(one.what, sub=f"otherwise: {one.otherwise}" if one.otherwise else ""),
         person(site.called(one.who)), linked(one.project, one.anchor))
        for one in asks(site)[:_SHOWN]
    )  # fmt: skip
    return Table(
        name="Decisions asked", rows=rows, empty="No decision is waited for.",
        columns=(Column("By", "date"), Column("Decision", wide=True), Column("Who decides"), Column("Project")),
    )  # fmt: skip


def attention(site: Site) -> Table:
    """The projects that need a look: unreadable, red, reported too well, without fresh report, broken rules."""
    ones = sorted((one for one in running(site) if reasons(site, one)), key=lambda one: (-_weight(one), one.plan.name))
    unread = rows_of(
        (Cell(one.name or one.id, href=site.project_href(one.id)), Cell(light=words.light(None)), "its plan cannot be read", Cell("not known"))
        for one in site.broken
    )  # fmt: skip
    rows = rows_of(
        (Cell(one.plan.name, href=f"projects/{one.id}/"), Cell(light=words.state_light(one.health.counts, one.plan.state)),
         "; ".join(reasons(site, one)), Cell(one.plan.manager or "nobody"))
        for one in ones[:_SHOWN]
    )  # fmt: skip
    return Table(
        name="Needs a look", rows=(*unread, *rows)[:_SHOWN], empty="No project is red, reported too well or without a fresh report.",
        columns=(Column("Project"), Column("Colour"), Column("Why", wide=True), Column("Manager")),
    )  # fmt: skip


def reasons(site: Site, one: Project) -> list[str]:
    """Why a project needs a look; empty when it does not."""
    found = [one.health.overall.why.rstrip(".")] if one.health.counts == "red" else []
    if one.health.watermelon:
        found.append(f"reported {one.health.reported}, computed {one.health.overall.colour}")
    if one.report_overdue:
        found.append(f"report {words.age(one.report_age, 'missing')}")
    blocking = sum(each.blocks for each in open_ones(site.by_project.get(one.id, ())))
    if blocking:
        found.append(words.count(blocking, "remark") + " that would block a change")
    return found


def _weight(one: Project) -> int:
    return (rank(one.health.counts) if one.health.counts else 0) * 2 + one.health.watermelon


def gates(site: Site) -> Table:
    """The next gates of all projects."""
    ones = sorted(
        ((one.next_gate.expected, one) for one in running(site) if one.next_gate and one.next_gate.expected),
        key=lambda pair: (pair[0], pair[1].id),
    )
    rows = rows_of(
        (Cell(words.day(when), tone="late" if when < site.as_of else ""), site.gate_name((one.next_gate and one.next_gate.gate) or ""),
         Cell(one.plan.name, href=f"projects/{one.id}/"), site.called(one.plan.board or one.plan.sponsor))
        for when, one in ones[:_SHOWN]
    )  # fmt: skip
    return Table(
        name="Next gates", rows=rows, empty="No gate is planned.",
        columns=(Column("When", "date"), Column("Gate"), Column("Project", wide=True), Column("Who decides")),
    )  # fmt: skip
