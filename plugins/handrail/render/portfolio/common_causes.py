"""Risks of several projects that have one cause, for the page of risks."""

from __future__ import annotations

from handrail.compute.common_causes import CommonCause, common_causes
from handrail.render import words
from handrail.render.block import Block, block
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.view import Site

_KINDS = {"cause": "the same words of cause", "supplier": "a supplier", "tag": "a tag"}
_COLUMNS = (
    Column("Worst score", "num"), Column("Cause"), Column("Worst risk, and the others", wide=True), Column("Projects", "num"),
    Column("Exposure", "num"),
)  # fmt: skip


def causes_block(site: Site) -> Block:
    """The causes with the projects they threaten, worst first. Restricted projects are not among those that are compared."""
    ones = common_causes(running(site), site.portfolio.repository, site.as_of)
    table = Table(
        name="One cause, several projects", columns=_COLUMNS, rows=tuple(_row(one) for one in ones),
        empty="No open threats of two projects name the same cause, supplier or tag.",
    )  # fmt: skip
    hit = len({project.id for one in ones for project in one.projects})
    sentence = (
        f"{words.count(len(ones), 'cause')} {words.verb(len(ones), 'stands')} behind open threats of several projects, {hit} in all. "
        if ones
        else ""
    )
    return block(
        "causes", "One cause, several projects", table=table,
        sentence=f"{sentence}Compared are the words of the cause, suppliers under contract and tags that a risk names; the same thing in other words is not found.",
    )  # fmt: skip


def _row(one: CommonCause) -> Row:
    told = [f"{project.plan.name}: {risk.title} ({risk.id})" for project, risk in one.risks]
    if one.exposure is not None:
        money = Cell(
            one.exposure.format(),
            sub=f"of {one.counted} of {words.count(len(one.risks), 'risk')}",
            sort=str(one.exposure.amount),
        )
    else:
        money = Cell("not known", sub="a rate is missing" if one.counted else "no amount and probability", sort="-1")
    return Row(cells=(
        Cell(str(one.worst) if one.worst else "not assessed", sort=str(one.worst or 0)), Cell(one.name, sub=_KINDS[one.kind]),
        linked(one.risks[0][0], "risks", sub=words.first_of(told[1:]))._replace(text=told[0]), Cell(words.number(len(one.projects)), sort=str(len(one.projects))), money,
    ))  # fmt: skip
