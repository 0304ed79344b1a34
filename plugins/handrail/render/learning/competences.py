"""The competence matrix: what each role must bring to projects of each tier, and how many lack some of it. Never who."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.competence_matrix import Square, squares
from handrail.model.training import CompetenceMatrix
from handrail.model.words import TIERS, Tier
from handrail.render import words
from handrail.render.block import block
from handrail.render.frame import LEARNING
from handrail.render.page import Page
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site

_PRIVATE = "Only counts stand here: the training team sees who lacks what with the command `handrail training`."


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    found = squares(site.portfolio.repository, (one.plan for one in site.projects), site.as_of)
    lacking, held = sum(one.lacking for one in found), sum(one.holders for one in found)
    sentence = (
        f"{words.count(lacking, 'holder')} of a role {words.verb(lacking, 'lacks')} something for it, of {held} in running projects."
        if found else "No competence matrix is written, so nothing is asked of anybody."
    )  # fmt: skip
    warn = max((one.warn_days for one in site.portfolio.repository.every(CompetenceMatrix)), default=None)
    yield LEARNING.page(
        site, "competences/", "Competences", sentence,
        (
            block("matrix", "Role by tier", table=_matrix(found), top=25, sentence="What is asked of each role, and in how many cases it is not met. Somebody with the same role in two projects of a tier counts once."),
            block("gaps", "What is lacking", table=_gaps(found), top=25),
            block("levels", "What the levels mean", table=_levels(site), top=25),
        ),
        second=_PRIVATE + (f" Whatever runs out is told {words.count(warn, 'day')} before; its last day still counts." if warn else ""),
        note="A gap never stops an update of a plan; it stops a new assignment, and is listed for the next gate",
    )  # fmt: skip


def _matrix(found: tuple[Square, ...]) -> Table:
    by_role: dict[str, dict[Tier, Square]] = {}
    for one in found:
        by_role.setdefault(one.role, {})[one.tier] = one
    return Table(
        name="Role by tier", empty="No role is asked for anything.",
        columns=(Column("Role"), *(Column(f"{tier.capitalize()} projects", wide=True) for tier in TIERS)),
        rows=rows_of((Cell(role), *(_square(by_tier.get(tier)) for tier in TIERS)) for role, by_tier in by_role.items()),
    )  # fmt: skip


def _square(one: Square | None) -> Cell:
    if one is None:
        return Cell("nothing is asked")
    asked = [f"{name} {level}" for name, level in one.needs.items()] + list(one.asked)
    if not one.holders:
        said = "nobody holds it now"
    elif one.lacking:
        said = f"{one.lacking} of {one.holders} {'lacks' if one.lacking == 1 else 'lack'} something"
    else:
        said = f"all {one.holders} have it" if one.holders > 1 else "the one has it"
    if one.expiring:
        said += f", for {one.expiring} something runs out soon"
    return Cell(said, sub=", ".join(asked), tone="missing" if one.lacking else "")


def _gaps(found: tuple[Square, ...]) -> Table:
    return Table(
        name="What is lacking", empty="Nobody lacks anything that their role asks for.",
        columns=(Column("What", wide=True), Column("Role"), Column("Tier"), Column("People", "num")),
        rows=rows_of(
            (what, one.role, one.tier, str(count))
            for one in found for what, count in sorted(one.gaps.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
    )  # fmt: skip


def _levels(site: Site) -> Table:
    return Table(
        name="What the levels mean", empty="No levels are described.",
        columns=(Column("Competence"), Column("Level", "num"), Column("Means", wide=True)),
        rows=rows_of(
            (one.name, level, meaning)
            for matrix in site.portfolio.repository.every(CompetenceMatrix) for one in matrix.competences
            for level, meaning in sorted(one.levels.items())
        ),
    )  # fmt: skip
