"""The site's generated pages: facts in, finished HTML out. One page kind is one module here and one line in PAGES."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.render import assurance, broken, home, interface, learning, portfolio, project, reference, rule, rules
from handrail.render.each import EachProject
from handrail.render.editor import mine
from handrail.render.editor import pages as edit
from handrail.render.page import Page
from handrail.render.view import Site

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    home.pages,
    portfolio.pages,
    EachProject(project.pages_of),
    broken.pages,
    rules.pages,
    rule.pages,
    interface.pages,
    reference.pages,
    assurance.pages,
    learning.pages,
    edit.pages,
    mine.pages,
)


def pages(site: Site) -> Iterator[Page]:
    """Every generated page, one after the other."""
    for kind in PAGES:
        yield from kind(site)
