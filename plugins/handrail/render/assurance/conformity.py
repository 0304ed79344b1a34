"""Conformity to frameworks from outside: clause by clause what the handbook answers, and whether somebody has looked."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.conformity import ClauseFact, Conformity, Mapped, conformity
from handrail.render import words
from handrail.render.block import Block, block
from handrail.render.frame import ASSURANCE
from handrail.render.page import Page
from handrail.render.table import Cell, Column, Row, Table, downloads_of, rows_of
from handrail.render.view import Site

PATH = "conformity/"
_WORDS = {"covered": "covered", "partly": "partly covered", "unverified": "mapped, not verified", "not": "not covered"}


def pages(site: Site) -> Iterator[Page]:
    """The one page: all editions in one table, then each with its clauses."""
    found = conformity(site.portfolio.repository)
    clauses = [one for framework in found for one in framework.clauses]
    unlooked = sum(one.state == "unverified" for one in clauses)
    sentence = (
        f"{words.count(len(found), 'edition')} of frameworks, {words.count(len(clauses), 'clause')}: "
        f"{sum(one.state == 'covered' for one in clauses)} covered, {sum(one.state == 'partly' for one in clauses)} partly, "
        f"{unlooked} mapped and not verified by anybody, {sum(one.state == 'not' for one in clauses)} not covered."
        if found
        else "No framework is written down, so nothing is said of conformity."
    )
    blocks = [block("frameworks", "By framework", table=_frameworks(found)), *(_one(site, one) for one in found)]
    yield ASSURANCE.page(
        site, PATH, "Conformity to frameworks", sentence, blocks,
        second="It says how far the handbook answers to them, not whether projects keep the handbook: that is the compliance matrix.",
        note="A clause counts as covered only where somebody has verified the mapping",
        downloads=downloads_of("conformity"),
    )  # fmt: skip


def _anchor(one: Conformity) -> str:
    return f"{one.framework}-{one.edition}".lower().replace(" ", "-")


def _title(one: Conformity) -> str:
    state = (
        f", withdrawn on {words.day(one.withdrawn_on)}"
        if one.withdrawn_on
        else ""
        if one.current
        else ", not the current one"
    )
    return f"{one.title}, edition {one.edition}{state}"


def _frameworks(found: tuple[Conformity, ...]) -> Table:
    return Table(
        name="Frameworks", empty="No framework is written down.",
        columns=(Column("Framework", wide=True), Column("Clauses", "num"), *(Column(words.capital(_WORDS[one]), "num") for one in _WORDS)),
        rows=rows_of(
            (Cell(_title(one), href=f"assurance/{PATH}#{_anchor(one)}", sub="" if one.listed else "its clauses are not listed: what is missing cannot be said"),
             str(len(one.clauses)), *(str(one.counts[state]) for state in ("covered", "partly", "unverified", "not")))
            for one in found
        ),
    )  # fmt: skip


def _one(site: Site, one: Conformity) -> Block:
    table = Table(
        name=f"Clauses of {_title(one)}", empty="No clause is listed, and nothing is mapped.", rows=tuple(_row(site, each) for each in one.clauses),
        columns=(Column("Clause", "id"), Column("Heading", wide=True), Column("State"), Column("Requirements", wide=True)),
    )  # fmt: skip
    return block(_anchor(one), _title(one), table=table)


def _row(site: Site, one: ClauseFact) -> Row:
    through = f"through {', '.join(one.through)}" if one.through else ""
    state, _, more = _WORDS[one.state].partition(", ")
    links = tuple((_said(each, alone=one.state != "unverified"), _href(site, each.requirement)) for each in one.mapped)
    return Row(facets=(("state", one.state),), cells=(
        Cell(one.clause), Cell(one.heading or "heading not listed"), Cell(state, sub=more.replace(" ", "\u00a0"), tone="late" if one.state == "not" else ""),
        Cell("" if links else through or "none", sub=through if links else "", links=links),
    ))  # fmt: skip


def _href(site: Site, requirement: str) -> str | None:
    home = site.standard_href(requirement.partition(".")[0])
    return None if home is None else f"{home}#{requirement}"


def _said(one: Mapped, *, alone: bool) -> str:
    """A requirement and how it answers; that nobody has looked is said where the clause does not say it of all of them."""
    when = f" on {words.day(one.checked_on)}" if one.checked_on else ""
    looked = f", verified by {one.checked_by or 'somebody'}{when}" if one.verified else ", not verified" * alone
    return f"{one.requirement} ({one.relation}{looked})"
