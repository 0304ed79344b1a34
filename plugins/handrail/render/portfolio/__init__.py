"""The pages about all projects: the overview first, then one module per question that people ask on a Monday."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.render.page import Page
from handrail.render.portfolio import (
    changes,
    decisions,
    desk,
    exceptions,
    money,
    overview,
    pipeline,
    registers,
    resources,
    reviews,
    schedule,
    soon,
    strategy,
)
from handrail.render.view import Site

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    overview.pages, decisions.pages, changes.pages, exceptions.pages, soon.pages, desk.pages, reviews.pages, schedule.pages, registers.pages,
    money.pages, pipeline.pages, resources.pages, strategy.pages,
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """Every page about the portfolio."""
    for one in PAGES:
        yield from one(site)
