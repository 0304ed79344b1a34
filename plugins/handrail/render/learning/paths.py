"""Learning paths by role: what comes after what, within how many days, and how far those in the role have come."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.material import Walked, walked
from handrail.model.training import ModuleRecord
from handrail.render import words
from handrail.render.block import Block, block
from handrail.render.frame import LEARNING
from handrail.render.learning.material import page_of, state_of
from handrail.render.page import Page
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    found = walked(site.portfolio.repository, site.as_of)
    sentence = (
        f"{words.count(len(found), 'learning path')}, one for each role: {words.listed([one.path.role for one in found])}."
        if found else "No learning path is written."
    )  # fmt: skip
    yield LEARNING.page(
        site, "paths/", "Learning paths", sentence, tuple(_block(site, one) for one in found),
        of_projects=False, second="Only counts stand here; `handrail training --for HANDLE` shows somebody where they stand.",
        note="A completion counts for as long as its module says, and until the module has a new major version",
    )  # fmt: skip


def _block(site: Site, one: Walked) -> Block:
    modules = {each.id: each for each in site.portfolio.repository.every(ModuleRecord)}
    within = (
        f" Within {words.count(one.path.within_days, 'day')} of the first day in the role."
        if one.path.within_days
        else ""
    )

    def row(number: int, name: str, done: int) -> tuple[Cell | str, ...]:
        module = modules.get(name)
        if module is None:
            return str(number), Cell(name), "", "", Cell("no such module", tone="late"), ""
        come = f"{done} of {one.people}" if one.people else "nobody holds the role"
        return (
            str(number), Cell(module.title, href=page_of(module)), module.version, str(module.minutes or ""), state_of(site, module),
            Cell(come, tone="good" if one.people and done == one.people else ""),
        )  # fmt: skip

    table = Table(
        name=f"Path of the role {one.path.role}",
        columns=(Column("Step", "num"), Column("Module", wide=True), Column("Version", "num"), Column("Minutes", "num"), Column("State"), Column("Done by")),
        rows=rows_of(row(number, name, done) for number, (name, done) in enumerate(one.done, 1)),
    )  # fmt: skip
    return block(
        one.path.id,
        words.capital(one.path.role).replace("Pmo", "PMO"),
        table=table,
        top=25,
        sentence=f"{one.path.why or ''}.{within}".lstrip("."),
    )
