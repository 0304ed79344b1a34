"""The PMO's desk: what waits for the PMO, and what annoys people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from handrail.model.improvement import Triage
from handrail.render import helping, proposals, words
from handrail.render.block import Block, block
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page
from handrail.render.portfolio.decisions import asks
from handrail.render.portfolio.who import linked, person, when
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    waivers, support, lessons, feedback = _waivers(site), _support(site), _lessons(site), _feedback(site)
    pulls = proposals.open_ones(site) if site.pulls is not None else None
    parts = [
        f"{words.count(len(pulls), 'pull request')} open" if pulls is not None else "",
        words.count(len(waivers.rows), "deviation asked for", "deviations asked for"), words.count(len(support.rows), "support request on the clock", "support requests on the clock"),
        words.count(len(lessons.rows), "lesson not triaged", "lessons not triaged"),
    ]  # fmt: skip
    yield PORTFOLIO.page(
        site, "desk/", "PMO desk", f"On the desk: {words.listed([one for one in parts if one])}.",
        (_pulls(site), block("waivers", "Deviations asked for", table=waivers), block("support", "Support on the clock", table=support),
         block("lessons", "Lessons not triaged", table=lessons), block("feedback", "What people say about the framework", table=feedback),
         block("rules", "Rules that annoy most", table=_rules(site), sentence="By open remarks, deviations and complaints; the rule with the most on top.")),
    )  # fmt: skip


def _pulls(site: Site) -> Block:
    if site.pulls is None:
        return block(
            "pulls",
            "Pull requests",
            sentence=proposals.NOT_HANDED_IN,
        )
    table = proposals.table(site, proposals.open_ones(site), "Pull requests", "No pull request is open.")
    return block(
        "pulls",
        "Pull requests",
        table=table,
        sentence="The same with help for reviewers stands on the page of reviews.",
    )


def _waivers(site: Site) -> Table:
    ones = [one for one in asks(site) if one.kind == "deviation"]
    return Table(
        name="Deviations asked for", empty="No deviation waits for an answer.",
        columns=(Column("From", "date"), Column("Deviation", wide=True), Column("Project"), Column("Who accepts the risk")),
        rows=rows_of((when(one.since, "no day"), one.what, linked(one.project, "records"), person(one.who)) for one in ones),
    )  # fmt: skip


def _support(site: Site) -> Table:
    limit = helping.limit(site)
    open_ones = [one for one in helping.asked(site) if one[2] is None or one[2].state != "resolved"]
    return Table(
        name="Support on the clock", empty="Nobody waits for help.",
        columns=(Column("Until it was taken", "num"), Column("Situation", wide=True), Column("Urgency", "num"), Column("Project"), Column("Asked by"), Column("Taken by")),
        rows=rows_of(
            (Cell(words.count(waited, "working day") if waited is not None else "no day", tone="late" if (waited or 0) > limit and answer is None else ""), one.situation,
             f"{one.urgency} of 5" if one.urgency else "", linked(project), person(one.requested_by), Cell(answer.acknowledged_by or "taken") if answer else Cell("nobody", tone="missing"))
            for project, one, answer, waited in open_ones
        ),
    )  # fmt: skip


def _lessons(site: Site) -> Table:
    known = {one.lesson for one in site.portfolio.repository.every(Triage) if one.on <= site.as_of}
    ones = sorted(
        ((one.raised_on or site.as_of, project.id, one.id, one, project) for project in site.projects for one in project.plan.lessons
         if f"{project.id}/{one.id}" not in known),
        key=lambda one: one[:3],
    )  # fmt: skip
    return Table(
        name="Lessons not triaged", empty="Every lesson has its answer.",
        columns=(Column("Raised", "date"), Column("Lesson", wide=True), Column("Should change"), Column("Project")),
        rows=rows_of((when(one.raised_on, "no day"), Cell(one.title, sub=one.recommendation or ""), one.target or "not said", linked(project, "records")) for *_, one, project in ones),
    )  # fmt: skip


def _feedback(site: Site) -> Table:
    ones = sorted(
        ((one.raised_on or site.as_of, project, one) for project in site.projects for one in project.plan.feedback),
        key=lambda one: (-one[0].toordinal(), one[1].id, one[2].id),
    )
    return Table(
        name="What people say about the framework", empty="Nobody has said anything yet.",
        columns=(Column("On", "date"), Column("About"), Column("In a word"), Column("In words", wide=True), Column("Project")),
        rows=rows_of((when(one.raised_on), Cell(one.about, href=site.rule_href(one.about)), one.kind, Cell(one.text or "", sub=f"{one.minutes_lost} minutes lost" if one.minutes_lost else ""), linked(project)) for _, project, one in ones),
    )  # fmt: skip


def _rules(site: Site) -> Table:
    remarks = Counter(one.rule for one in site.remarks if one.state != "waived")
    waivers = Counter(one.rule for project in site.projects for one in project.plan.waivers)
    unkind = Counter(
        one.about
        for project in site.projects
        for one in project.plan.feedback
        if one.kind != "good" and one.about in site.rules
    )
    lost = Counter[str]()
    for project in site.projects:
        for one in project.plan.feedback:
            lost[one.about] += one.minutes_lost or 0
    ids = sorted(
        {*remarks, *waivers, *unkind} & set(site.rules),
        key=lambda one: (-(unkind[one] * 3 + waivers[one] * 2 + remarks[one]), one),
    )
    return Table(
        name="Rules that annoy most", empty="No rule has a remark, a deviation or a complaint.",
        columns=(Column("Rule", wide=True), Column("Complaints", "num"), Column("Deviations", "num"), Column("Open remarks", "num"), Column("Minutes lost", "num")),
        rows=rows_of((Cell(f"{one}: {site.rules[one].title}", href=site.rule_href(one)), str(unkind[one]), str(waivers[one]), str(remarks[one]), str(lost[one] or "")) for one in ids),
    )  # fmt: skip
