"""Pages and files that are handed to MkDocs ready-made, and the navigation as this repository can fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from handrail.render.page import Page

STANDARDS = "handrail:standards"


class GeneratedPage(MkDocsPage):
    """A page whose HTML is ready. What the search reads is one line; the whole page is put in after it has read."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig, *, searched: bool = True) -> None:
        # the theme writes titles as they are: what a project calls itself must be harmless before
        super().__init__(str(escape(page.title)), file, config)
        self.ready = page
        self.searched = searched

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' signature
        """No Markdown and no front matter: what a project writes never reaches MkDocs."""
        self.markdown = ""
        _, self.meta, _ = search_view(self.ready)
        if not self.searched or not self.ready.search_text:
            self.meta["search"] = {"exclude": True}

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """The search's view of the page."""
        self.content, _, self.toc = search_view(self.ready)


BOOST = 4.0
"""How much a standard's own page weighs in the search; what lists many projects by name weighs least."""
_WEIGHTS = (
    ("rules/fields/", 0.5),
    ("rules/templates/", 0.5),
    ("rules/", 2.0),
    ("portfolio/strategy/", 0.25),
    ("edit/", 0.25),
)


class Searched(Protocol):
    """What the search asks of a page."""

    @property
    def path(self) -> str:
        """Where it stands."""

    @property
    def title(self) -> str:
        """Its title as people read it."""

    @property
    def search_text(self) -> str:
        """The line under it."""


def search_view(page: Searched) -> tuple[str, dict[str, Any], TableOfContents]:
    """What the search is told of a page: its content, its meta data and its table of contents."""
    title = str(escape(page.title))
    content = f"<p>{escape(page.search_text)}</p>"
    meta: dict[str, Any] = {"title": title, "hide": ["navigation", "toc"]}
    weight = next((weight for start, weight in _WEIGHTS if page.path.startswith(start)), None)
    if weight is not None:
        meta["search"] = {"boost": weight}
    return content, meta, TableOfContents([AnchorLink(title, "handrail", 1)])


class LinkedFile(File):
    """A file that pages may link to and that somebody else writes."""

    is_page = True

    def is_documentation_page(self) -> bool:
        """Until the navigation is known, what it will be; then nothing that MkDocs would make."""
        return self.is_page and super().is_documentation_page()

    def settle(self) -> None:
        """Keep the address of what it is, and leave the making to others."""
        _ = self.url
        self.is_page = False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - MkDocs' signature
        """Nothing is written."""


def page_file(page: Page, config: MkDocsConfig) -> File:
    """The file that MkDocs is told a generated page comes from."""
    file = File.generated(config, source_of(page.path), content="", inclusion=InclusionLevel.NOT_IN_NAV)
    file.edit_uri = page.source
    return file


def other_file(config: MkDocsConfig, path: str, content: bytes | str | Path) -> File:
    """A file beside the pages, from what it holds or from where it stands."""
    if isinstance(content, Path):
        return File.generated(config, path, abs_src_path=str(content))
    return File.generated(config, path, content=content)


def linked_file(path: str, config: MkDocsConfig) -> LinkedFile:
    """A page, or a file beside the pages, that can be linked to."""
    return LinkedFile.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)  # type: ignore[return-value]


def source_of(path: str) -> str:
    """An `index.md` for the first page of a section, so that MkDocs opens the section with it."""
    return f"{path}index.md" if path.count("/") <= 1 else f"{path.rstrip('/')}.md"


def done_named(html: str) -> str:
    """Name the boxes of task lists."""
    return html.replace('<input type="checkbox" disabled', '<input type="checkbox" aria-label="Done" disabled')


def filled_nav(nav: Any, known: set[str], standards: list[str]) -> Any:
    """The written navigation without pages that this repository does not have, with its own filled in."""
    if nav is None:
        return None
    taken = {*entries(nav), *standards}

    def fill(entry: str) -> list[str]:
        """What stands for an entry: all standards, the rest of a folder, or the page itself."""
        if entry == STANDARDS:
            return [one for one in standards if one in known]
        if entry.endswith("/"):
            return sorted(one for one in known - taken if one.startswith(entry) and "/" not in one[len(entry) :])
        return [entry] if entry in known or "://" in entry else []

    return _filled(nav, fill)


def entries(items: Iterable[Any]) -> Iterator[str]:
    """Every entry of a navigation, whatever it is called."""
    for item in items:
        for one in item.values() if isinstance(item, dict) else (item,):
            yield from entries(one) if isinstance(one, list) else (str(one),)


def _filled(items: Iterable[Any], fill: Callable[[str], list[str]]) -> list[Any]:
    found: list[Any] = []
    for item in items:
        if not isinstance(item, dict):
            found += fill(str(item))
            continue
        for title, inside in item.items():
            kept = _filled(inside, fill) if isinstance(inside, list) else fill(str(inside))
            if kept:
                found.append({title: kept if isinstance(inside, list) else kept[0]})
    return found


def close_sandbox(config: MkDocsConfig) -> None:
    """Pages with macros run in a sandbox that can neither read files nor change what it is given.

    mkdocs-macros has no option for it, so its private environment is exchanged: the one place where that is done.
    """
    macros = config.plugins.get("macros")
    if macros is None:
        return
    old = getattr(macros, "_env", None)
    if not isinstance(old, jinja2.Environment):
        raise PluginError(
            "This mkdocs-macros-plugin keeps its environment elsewhere, so it cannot be made safe; use another version."
        )
    new = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, loader=None)
    new.filters.update(old.filters)
    new.globals.update(old.globals)
    macros._env = new  # noqa: SLF001
