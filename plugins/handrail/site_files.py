"""Every generated file of the site that is no page: figures for programs, feeds, assets, the editor and its data.

A file is either one project's, and then it is made from that project and what it looks at, or it is about all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import resources
from pathlib import Path

from handrail.compute.audience import concealing
from handrail.compute.facts import Project
from handrail.export import files
from handrail.export.atom import feed_of, feed_of_all
from handrail.export.dataset import Plain
from handrail.export.network import outside_views
from handrail.export.of_project import project_files
from handrail.history.news import Item
from handrail.render.editor.forms import form_of
from handrail.render.view import Site

ASSETS = ("handrail.css", "handrail.js", "search.js")


class SiteFiles:
    """The files of one build. editor: those of the form editor, by their place."""

    def __init__(self, site: Site, news: tuple[Item, ...], editor: Mapping[str, str | Path]) -> None:
        self._site, self._news, self._editor = site, news, editor
        self._conceal = concealing(site.portfolio, site.seen)

    def every(self) -> Iterator[tuple[str, bytes | str | Path]]:
        """Path of each file with what it holds, or with where that stands."""
        for path, data in files(self._site, own=False, address=self._site.address):
            yield f"data/{path}", data
        yield from self.beside()
        for one in self._site.projects:
            yield from self.of_project(self._site, one)

    def beside(self) -> Iterator[tuple[str, bytes | str | Path]]:
        """The files that are neither one project's nor figures of all: the feed, assets and the editor."""
        site = self._site
        path, text = feed_of_all(self._news, site.organisation.organisation, site.address, conceal=self._conceal)
        yield f"data/{path}", text
        assets = resources.files("handrail.render") / "assets"
        for name in ASSETS:
            yield f"assets/handrail/{name}", (assets / name).read_bytes()
        yield from self._editor.items()

    def of_project(self, site: Site, project: Project) -> Iterator[tuple[str, bytes]]:
        """One project's files, from the site and from what `told` names."""
        remarks = site.by_project.get(project.id, ())
        outside = self._outside.get(project.id)
        for path, data in project_files(
            project, site.portfolio, site.seen, remarks, site.evidence, outside, site.address
        ):
            yield f"data/{path}", data
        items = self._items.get(project.id)
        if items:
            path, text = feed_of(project.id, items, site.address, conceal=self._conceal)
            yield f"data/{path}", text.encode()
        for path, text in form_of(site, project):
            yield path, text.encode()

    def told(self, project: Project) -> str:
        """What a project's files follow from beside the site, in a text that differs when it does."""
        return repr((self._outside.get(project.id), self._items.get(project.id), self._site.address))

    @cached_property
    def _outside(self) -> Mapping[str, Mapping[str, Plain]]:
        return outside_views(self._site.portfolio, self._site.projects)

    @cached_property
    def _items(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for one in self._news:
            found.setdefault(one.project, []).append(one)
        return found
