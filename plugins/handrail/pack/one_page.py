"""One project on one page: the colour with its reasons, money, milestones, the risks that matter, and the manager's words."""

from __future__ import annotations

import html

import nh3

from handrail.compute.agreed_plan import promised
from handrail.compute.facts import Dated, Project
from handrail.compute.money_curve import curve_of_project
from handrail.compute.risk import late, open_threats, score
from handrail.pack.content import OnePage
from handrail.render import past, words
from handrail.render.charts.curve import s_curve
from handrail.render.charts.drawing import cut
from handrail.render.charts.mta import mta
from handrail.render.markup import narrative
from handrail.render.project.status import status_of
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.view import Site

MILESTONES, RISKS, TRACES = 5, 3, 5
_NAME, _BECAUSE, _ANSWER = 100, 240, 90
"""How many letters have room; what is cut stands on the project's page of the site."""


def one_page(site: Site, project: Project) -> OnePage:
    """Everything about one project that a board reads before it asks."""
    status = status_of(site, project)
    curve = curve_of_project(project, site.portfolio.repository)
    traces = sorted(past.traces(site, [project], named=False), key=lambda one: (-abs(one.moved), one.name))
    report = project.report
    return OnePage(
        id=project.id, name=cut(status.name, _NAME), line=status.line, light=status.light, computed=status.computed,
        reported=status.reported, melon=status.watermelon, trend=status.trend, why=status.lead, because=cut(status.because, _BECAUSE),
        figures=status.figures, dimensions=status.dimensions, milestones=milestones(project), risks=risks(project),
        money=curve if curve is not None and curve.months > 1 else None,
        money_sentence=s_curve(curve, "Money").sentence, traces=tuple(traces[:TRACES]),
        trend_sentence=mta(traces, "Milestones").sentence,
        report=f"{project.plan.manager or 'The manager'} on {words.day(report.as_of)}" if report else "No report yet",
        narrative=_plain(report.body) if report else "",
    )  # fmt: skip


def milestones(project: Project) -> Table:
    """The last one that was reached, and the next ones; what is not shown is counted."""
    done = [one for one in project.milestones if one.done]
    ahead = [one for one in project.milestones if not one.done]
    shown = [*done[-1:], *ahead][:MILESTONES]
    more = len(project.milestones) - len(shown)
    return Table(
        name=f"Milestones ({more} more not shown)" if more else "Milestones", empty="No milestone is planned yet.",
        columns=(Column("Milestone", wide=True), Column(words.capital(promised(project)), "date"), Column("Expected", "date"), Column("Late", "num")),
        rows=tuple(_milestone(one) for one in shown),
    )  # fmt: skip


def _milestone(one: Dated) -> Row:
    bad = (one.slip or 0) > 0
    expected = f"reached {words.day(one.actual)}" if one.done else words.day(one.expected, "no day")
    return Row(cells=(
        Cell(one.name), Cell(words.day(one.planned, "none")), Cell(expected),
        Cell(words.slip(one.slip, "not known"), tone="late" if bad else "good" if one.done else ""),
    ))  # fmt: skip


def risks(project: Project) -> Table:
    """The worst open threats by score, with who does what by when."""
    ones = sorted(open_threats(project.plan.risks), key=lambda one: (-(score(one) or 0), one.id))
    more = len(ones) - RISKS
    rows = [
        Row(cells=(
            Cell(one.title, sub=cut(one.action, _ANSWER) if one.action else "no answer yet"), Cell(str(score(one) or "not known")), Cell(one.owner or "nobody"),
            Cell(words.day(one.due, "no day"), tone="late" if late(one, project.as_of) else ""),
        )) for one in ones[:RISKS]
    ]  # fmt: skip
    return Table(
        name=f"Top risks ({more} more open)" if more > 0 else "Top risks", empty="No threat is open.",
        columns=(Column("Risk and answer", wide=True), Column("Score", "num"), Column("Owner"), Column("By", "date")),
        rows=tuple(rows),
    )  # fmt: skip


def _plain(text: str) -> str:
    """Markdown as plain text, one paragraph a line."""
    bare = html.unescape(nh3.clean(narrative(text), tags=set()))
    return "\n".join(line for one in bare.splitlines() if (line := " ".join(one.split())))
