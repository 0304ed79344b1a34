"""What projects say about rules and how often they leave them, and which rules the PMO must look at again because of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from handrail.compute.facts import Project
from handrail.compute.reviews import Pressure, pressure, too_much
from handrail.model.records import Feedback
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import LEARNING
from handrail.render.page import Page
from handrail.render.portfolio.who import linked, person, when
from handrail.render.table import Cell, Column, Row, Table, downloads_of, rows_of
from handrail.render.view import Site

_LIMITS = {"waivers": 3, "share": "10%", "feedback": 5}
"""What WVR-02 asks for where the policy says nothing else."""


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    repository = site.portfolio.repository.with_plans(tuple(one.plan for one in site.projects))
    found = list(pressure(repository, site.as_of).values())
    heavy = {one.about for one in found if not one.proposal and _too_much(site, one)}
    said = sorted(
        ((project, one) for project in site.projects for one in project.plan.feedback if one.raised_on is None or one.raised_on <= site.as_of),
        key=lambda pair: (-(pair[1].raised_on or site.as_of).toordinal(), pair[0].id, pair[1].id),
    )  # fmt: skip
    minutes = sum(one.minutes for one in found)
    lost = f", which cost {words.number(minutes)} minutes" if minutes else ""
    told = (
        f"{words.count(len(said), 'word')} about the framework{lost}"
        if said
        else "Nobody has said anything about the framework yet"
    )
    again = "no rule has to be looked at again"
    if heavy:
        again = f"{words.count(len(heavy), 'rule')} must be looked at again: {words.listed(sorted(heavy))}"
    sentence = f"{told}; {again}."
    found.sort(key=lambda one: (one.about not in heavy, -one.waivers, -one.feedback, one.about))
    yield LEARNING.page(
        site, "feedback/", "Feedback and deviations", sentence,
        (
            block("rules", "By rule or standard", table=_rules(site, found, heavy), sentence=_limits(site)),
            block("said", "What people said, the newest first", table=_said(site, said),
                  choices=(*choice("kind", "In a word", [one.kind for _, one in said]), *choice("about", "About", [one.about for _, one in said]))),
        ),
        second="A rule that everybody leaves is the one that is wrong.", downloads=downloads_of("feedback", "waivers"),
        note="Anybody may say so: `handrail new feedback` writes it down",
    )  # fmt: skip


def _params(site: Site) -> dict[str, Decimal]:
    setting = site.settings.get("WVR-02")
    given = {**_LIMITS, **(setting.params if setting else {})}
    share = str(given["share"])
    part = Decimal(share.rstrip("%")) / 100 if share.endswith("%") else Decimal(share)
    return {"waivers": Decimal(str(given["waivers"])), "share": part, "feedback": Decimal(str(given["feedback"]))}


def _too_much(site: Site, one: Pressure) -> bool:
    limits = _params(site)
    running = sum(each.plan.state == "active" for each in site.projects)
    return too_much(
        one, running, waivers=int(limits["waivers"]), share=limits["share"], feedback=int(limits["feedback"])
    )


def _limits(site: Site) -> str:
    limits = _params(site)
    return (
        f"{limits['waivers']} deviations from one rule at the same time, or {words.share(limits['share'])} of running projects, or "
        f"{limits['feedback']} complaints, ask the PMO to look at the rule again. A change proposal that names it answers."
    )


def _rules(site: Site, found: list[Pressure], heavy: set[str]) -> Table:
    def row(one: Pressure) -> tuple[Cell | str, ...]:
        rule, standard = site.rules.get(one.about), site.standards.get(one.about)
        title = rule.title if rule else standard.title if standard else ""
        state = (
            Cell("in a proposal", href=f"{LEARNING.place}proposals/#{one.proposal}", sub=one.proposal) if one.proposal
            else Cell("look at it again", tone="late") if one.about in heavy else Cell("")
        )  # fmt: skip
        return (
            Cell(f"{one.about}: {title}" if title else one.about, href=site.rule_href(one.about) or site.standard_href(one.about)),
            str(one.waivers or ""), str(one.feedback or ""), words.number(one.minutes) if one.minutes else "",
            str(sum(each.state != "waived" for each in site.by_rule.get(one.about, ())) or ""), state,
        )  # fmt: skip

    return Table(
        name="By rule or standard", empty="Nobody deviates, and nobody has complained.",
        columns=(Column("Rule or standard", wide=True), Column("Projects that deviate", "num"), Column("Complaints", "num"), Column("Minutes lost", "num"), Column("Open remarks", "num"), Column("What follows")),
        rows=rows_of(row(one) for one in found),
    )  # fmt: skip


def _said(site: Site, said: list[tuple[Project, Feedback]]) -> Table:
    return Table(
        name="What people said", empty="Nobody has said anything yet.",
        columns=(Column("On", "date"), Column("About"), Column("In a word"), Column("In words", wide=True), Column("Project"), Column("From")),
        rows=tuple(
            Row(facets=(("kind", one.kind), ("about", one.about)), cells=(
                when(one.raised_on, "no day"), Cell(one.about, href=site.rule_href(one.about) or site.standard_href(one.about)), Cell(one.kind),
                Cell(one.text or "", sub=f"{words.count(one.minutes_lost, 'minute')} lost" if one.minutes_lost else ""), linked(project), person(one.raised_by),
            )) for project, one in said
        ),
    )  # fmt: skip
