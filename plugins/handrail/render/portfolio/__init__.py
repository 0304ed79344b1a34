"""The pages about all projects: the overview first, then one module per question that people ask on a Monday."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.render.page import Page
from handrail.render.portfolio import overview
from handrail.render.view import Site

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (overview.pages,)


def pages(site: Site) -> Iterator[Page]:
    """Every page about the portfolio."""
    for one in PAGES:
        yield from one(site)
