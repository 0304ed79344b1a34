"""All rules by standard: what each asks, when it bites and how many projects keep it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handrail.compute.facts import Project
from handrail.model.advice import Playbook
from handrail.model.rule_file import RuleFile
from handrail.model.words import PHASES
from handrail.render import words
from handrail.render.frame import REFERENCE
from handrail.render.page import Page, render, root_of
from handrail.render.portfolio.overview import running
from handrail.render.remarks import open_ones
from handrail.render.table import Cell, Column, Table, downloads_of, rows_of
from handrail.render.view import Site
from handrail.rules.verdicts import Standings

PATH = "rules/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One standard and its rules."""

    anchor: str
    title: str
    href: str | None
    table: Table


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    areas = _areas(site)
    body = render(
        "rules.html.jinja", root=root_of(PATH), strip=REFERENCE.strip(""), strip_name=REFERENCE.name, sentence=_sentence(site), areas=areas, as_of=words.day(site.as_of),
        downloads=downloads_of("rules"),
    )  # fmt: skip
    yield Page(path=PATH, title="Rules", body_html=body, section=PATH, search_text=_sentence(site))


def _sentence(site: Site) -> str:
    if not site.rules:
        return "No rule is written yet."
    kept = sum(not failing(site, one) for one in site.rules.values())
    return (
        f"{words.count(len(site.rules), 'rule')} {words.verb(len(site.rules), 'checks')} every change to a plan; "
        f"{kept} of them {words.verb(kept, 'is')} kept by every project today."
    )


def standard_of(rule: RuleFile) -> str:
    """The standard of a rule's requirement: `S-RISK.2` belongs to `S-RISK`."""
    return rule.requirement.partition(".")[0]


def looks_at(rule: RuleFile) -> str:
    """Whom a rule binds, in words: by tier and phase, or each thing of a kind."""
    applies = rule.applies_to
    tiers = ", ".join(applies.tiers) if applies.tiers else "all tiers"
    since = f"from {applies.from_phase} on" if applies.from_phase else "in every phase"
    return f"{tiers}, {since}" if applies.kind == "project" else f"each {applies.kind}"


def playbook_href(one: Playbook) -> str:
    """Where a playbook's page is."""
    return f"{one.loc.file.removeprefix('standards/').removesuffix('.md')}/"


def failing(site: Site, rule: RuleFile) -> tuple[str, ...]:
    """The ids of shown projects with an open remark of a rule."""
    ones = open_ones(site.by_rule.get(rule.id, ()))
    return tuple(sorted({one.project for one in ones if one.project}))


def bound(site: Site, rule: RuleFile) -> tuple[Project, ...]:
    """The running projects that a rule may look at, by tier and phase; its own condition may leave some out."""
    if rule.applies_to.kind != "project":
        return ()
    tiers, first = rule.applies_to.tiers, rule.applies_to.from_phase
    return tuple(
        one for one in running(site)
        if (not tiers or one.plan.tier in tiers)
        and (first is None or PHASES.index(one.plan.phase) >= PHASES.index(first))
    )  # fmt: skip


def standings(site: Site) -> Standings:
    """How each project that is shown stands to each rule."""
    return site.memo.once("standings", lambda: Standings(site.projects, site.remarks, site.settings))


def kept_by(site: Site, rule: RuleFile) -> str:
    """`10 of 12 projects, 1 deviation`: a permitted deviation is said, and does not count as kept."""
    ones, fails = bound(site, rule), set(failing(site, rule))
    permitted = {one.project for one in site.by_rule.get(rule.id, ()) if one.state == "waived" and one.project} - fails
    if rule.applies_to.kind != "project":
        ones = running(site)
    permitted &= {one.id for one in ones}
    if not ones:
        return "no project yet"
    kept = sum(one.id not in fails | permitted for one in ones)
    said = f", {words.count(len(permitted), 'deviation')}" if permitted else ""
    return f"{kept} of {words.count(len(ones), 'project')}{said}"


def _areas(site: Site) -> tuple[Area, ...]:
    names = sorted({standard_of(one) for one in site.rules.values()})
    found = []
    for name in names:
        known = site.standards.get(name)
        ones = [one for one in site.rules.values() if standard_of(one) == name]
        rows = rows_of(
            (Cell(one.id, href=f"rules/{one.id}/"), Cell(one.title), one.level, words.bites(site.bites(one)),
             Cell(kept_by(site, one), tone="late" if failing(site, one) else ""))
            for one in ones
        )  # fmt: skip
        found.append(Area(
            anchor=name.lower(), title=f"{known.title} ({name})" if known else name, href=site.standard_href(name),
            table=Table(
                name=f"Rules of {known.title if known else name}", rows=rows,
                columns=(Column("Rule"), Column("What must be so", wide=True), Column("Level"), Column("When it bites"),
                         Column("Kept by", "num")),
            ),
        ))  # fmt: skip
    return tuple(found)
