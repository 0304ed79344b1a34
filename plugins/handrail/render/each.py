"""Pages that are made of one project at a time, and made again only when something that they read has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handrail.compute.facts import Project
from handrail.render.page import Page
from handrail.render.view import Site


@dataclass(frozen=True, slots=True)
class EachProject:
    """One kind of page with `make(site, project)`, which gives the pages of one project that may be shown."""

    make: Callable[[Site, Project], Iterator[Page]]

    def __call__(self, site: Site) -> Iterator[Page]:
        """The pages of all projects, by name."""
        for one in site.projects:
            yield from self.make(site, one)
