"""The site's generated pages: facts in, finished HTML out. One page kind is one module here and one line in PAGES."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.render import assurance, broken, home, interface, learning, portfolio, project, reference, rule, rules
from handrail.render.each import EachOf, EachProject, pages_of
from handrail.render.editor import mine
from handrail.render.editor import pages as edit
from handrail.render.page import Page
from handrail.render.view import Site

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    home.pages,
    *portfolio.PAGES,
    EachProject(project.pages_of),
    broken.pages,
    rules.pages,
    EachOf(rule.rules, rule.page),
    interface.pages,
    *reference.PAGES,
    *assurance.PAGES,
    *learning.PAGES,
    edit.pages,
    mine.pages,
)


def pages(site: Site) -> Iterator[Page]:
    """Every generated page, one after the other."""
    return pages_of(PAGES, site)
