"""Kinds of pages: one page, one for each of some things, and those of one project at a time.

Each is made again only when something that it read has changed (`fast/`), so what can stand apart stands apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from handrail.compute.facts import Project
from handrail.render.page import Page
from handrail.render.view import Site

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OnePage:
    """The page that `make(site)` gives."""

    make: Callable[[Site], Page]

    def __call__(self, site: Site) -> Iterator[Page]:
        """The page."""
        yield self.make(site)


@dataclass(frozen=True, slots=True)
class EachOf(Generic[T]):
    """A page for each of the things that `of(site)` gives by their ids, which follow from no plan: rules, programmes."""

    of: Callable[[Site], Iterable[tuple[str, T]]]
    make: Callable[[Site, T], Page]

    def __call__(self, site: Site) -> Iterator[Page]:
        """All pages."""
        for _, one in self.of(site):
            yield self.make(site, one)


@dataclass(frozen=True, slots=True)
class EachProject:
    """One kind of page with `make(site, project)`, which gives the pages of one project that may be shown."""

    make: Callable[[Site, Project], Iterator[Page]]

    def __call__(self, site: Site) -> Iterator[Page]:
        """The pages of all projects, by name."""
        for one in site.projects:
            yield from self.make(site, one)


def pages_of(kinds: Iterable[Callable[[Site], Iterator[Page]]], site: Site) -> Iterator[Page]:
    """Every page of some kinds, one after the other."""
    for kind in kinds:
        yield from kind(site)
