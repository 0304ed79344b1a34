"""How alike projects are run, what their templates have become since, and how projects of each tier went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.compute.facts import Project
from handrail.compute.heterogeneity import Fit, Framework, Heterogeneity, heterogeneity, sections
from handrail.compute.reference_class import Spread, classes
from handrail.model.improvement import TemplateVersion
from handrail.model.words import TIERS
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import LEARNING
from handrail.render.page import Page
from handrail.render.portfolio.who import linked, when
from handrail.render.table import Cell, Column, Row, Table, downloads_of, rows_of
from handrail.render.view import Site

_Fitted = tuple[Project, Fit]


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    framework = Framework(site.portfolio.repository)
    found = [
        (one, fit)
        for one in site.projects
        if (fit := framework.fit(one.plan, one.derived_tier, site.as_of)) is not None
    ]
    index = heterogeneity(fit for _, fit in found)
    found.sort(key=lambda one: (-_distance(one[1]), one[0].plan.name.casefold()))
    sentence = (
        f"{words.count(index.projects, 'running project')} {words.verb(index.projects, 'differs')} by {words.share(index.index)} from "
        "what the framework offers: 0% is all alike." if index.index is not None else "No project runs, so there is nothing to compare."
    )  # fmt: skip
    yield LEARNING.page(
        site, "framework/", "How alike we work", sentence,
        (
            block("tiers", "What the index is made of", table=_parts(index)),
            block("projects", "Project by project, the most unlike first", table=_projects(site, found), choices=choice("tier", "Tier", [fit.tier for _, fit in found])),
            block("templates", "Templates", table=_templates(site, found), sentence=(
                "A plan says which version of its template it follows; `handrail upgrade` moves it to the present one and shows every line first.")),
            block("class", "How projects of each tier went", table=_classes(site), sentence=(
                "The outside view for planning: how much later than first approved projects ended, and how much dearer they became.")),
        ),
        second="How it went through the year stands on the first of these pages.",
        downloads=downloads_of("improvement", "reference_class"),
    )  # fmt: skip


def _distance(fit: Fit) -> float:
    return float(fit.left_out or 0) + fit.above + fit.deviates + bool(fit.behind)


def _parts(index: Heterogeneity) -> Table:
    said = (
        ("Parts of the starter left out", index.sections, "mean share of the starter's parts that running projects do without"),
        ("A tier above the derived one", index.tailored, "share that chose more rigour than their answers ask for"),
        ("A deviation in force", index.deviating, "share that departs from a standard with permission"),
        ("Behind their template", index.versions, "share on an older version, of those that say which they follow"),
    )  # fmt: skip
    rows = [(Cell(name, sub=how), words.share(value, "not known")) for name, value, how in said]
    tiers = [(Cell(f"Left out, {tier} projects"), words.share(index.by_tier.get(tier), "no project")) for tier in TIERS]
    return Table(
        name="What the index is made of", columns=(Column("Part", wide=True), Column("Share", "num")),
        rows=rows_of([*rows, *tiers, (Cell("Index", sub="the mean of the first four that are known"), words.share(index.index, "not known"))]),
    )  # fmt: skip


def _projects(site: Site, found: list[_Fitted]) -> Table:
    wanted = {tier: sections(site.portfolio.repository, tier) for tier in TIERS}

    def row(project: Project, fit: Fit) -> Row:
        missing = sorted(wanted[fit.tier] - set(project.plan.home))
        waived = [
            one.rule
            for one in project.plan.waivers
            if one.starts and one.expires and one.starts <= site.as_of <= one.expires
        ]
        version = project.plan.template or "not said"
        return Row(facets=(("tier", fit.tier),), cells=(
            linked(project), Cell(fit.tier, sub="above the derived one" if fit.above else ""),
            Cell(words.share(fit.left_out, "no starter"), sub=", ".join(missing)),
            Cell(", ".join(waived), href=f"{LEARNING.place}feedback/" if waived else None), Cell(version, tone="late" if fit.behind else "", sub="behind" if fit.behind else ""),
        ))  # fmt: skip

    return Table(
        name="Project by project", empty="No project runs.",
        columns=(Column("Project", wide=True), Column("Tier"), Column("Left out", wide=True), Column("Deviates from"), Column("Template", "num")),
        rows=tuple(row(project, fit) for project, fit in found),
    )  # fmt: skip


def _templates(site: Site, found: list[_Fitted]) -> Table:
    def row(one: TemplateVersion) -> tuple[Cell | str, ...]:
        own = [(project, fit) for project, fit in found if one.id == f"project/{fit.tier}"]
        behind = sum(bool(fit.behind) for _, fit in own)
        silent = sum(fit.behind is None for _, fit in own)
        return (
            one.id, one.version, when(one.changed_on, "not said"), str(len(own)), Cell(str(behind), tone="late" if behind else ""),
            str(silent),
        )  # fmt: skip

    return Table(
        name="Templates", empty="The policy gives no version to any template.",
        columns=(Column("Template"), Column("Version", "num"), Column("Changed", "date"), Column("Projects", "num"), Column("Behind", "num"), Column("Do not say", "num")),
        rows=rows_of(row(one) for one in site.portfolio.repository.every(TemplateVersion)),
    )  # fmt: skip


def _classes(site: Site) -> Table:
    """Where some projects are hidden, they do not count."""
    shown = replace(site.portfolio, projects=site.projects)

    def row(tier: str, what: str, spread: Spread) -> tuple[Cell | str, ...]:
        values = [words.percent(one) for one in (spread.p10, spread.median, spread.p80, spread.p90)]
        return (Cell(tier), Cell(what, sub=spread.why), str(spread.count), *(one or "not known" for one in values))

    return Table(
        name="Reference class",
        columns=(Column("Tier"), Column("What", wide=True), Column("Projects", "num"), Column("One in ten at most", "num"), Column("Half at most", "num"), Column("Four fifths at most", "num"), Column("Nine in ten at most", "num")),
        rows=rows_of(
            row(one.tier or "all", what, spread)
            for one in classes(shown) for what, spread in (("later than first approved", one.slip), ("dearer than first approved", one.growth))
        ),
    )  # fmt: skip
