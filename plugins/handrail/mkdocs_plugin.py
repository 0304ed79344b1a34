"""The thin adapter to MkDocs: generated pages go in, what must stay private goes out. All logic is elsewhere."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from handrail.compute.facts import Portfolio
from handrail.compute.trend import History
from handrail.export import files as data_files
from handrail.model.kinds import KINDS, kind_of
from handrail.render import pages as rendered_pages
from handrail.render.editor.app import editor_files
from handrail.render.page import Page, root_of
from handrail.render.portfolio.changes import compared_days
from handrail.render.pulls import pull_requests
from handrail.render.standard import requirements
from handrail.render.view import Site, site_of
from handrail.run import run
from handrail.witness import remembered

REQUIREMENTS = "<!-- handrail:requirements -->"
STANDARDS = "handrail:standards"
_PRIVATE_FOLDERS = frozenset(
    "/".join(part for part in kind.pattern.split("/")[1:-1] if "<" not in part)
    for kind in KINDS if not kind.public and kind.pattern.startswith("standards/")
) - {""}  # fmt: skip
_MONTHS = 24
_ASSETS = ("handrail.css", "handrail.js")


class HandrailConfig(base.Config):  # type: ignore[no-untyped-call] # MkDocs' own
    """Options under `plugins: - handrail:` in mkdocs.yml."""

    as_of = c.Optional(c.Type(str))
    publish = c.ListOfItems(c.Type(str), default=["assets/*"])
    branch = c.Type(str, default="main")
    pulls = c.Type(str, default="pulls.json")
    editor = c.Type(str, default="build/editor")


class GeneratedPage(MkDocsPage):
    """A page whose HTML is ready. What the search reads is one line; the whole page is put in after it has read."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        # the theme writes titles as they are: what a project calls itself must be harmless before
        super().__init__(str(escape(page.title)), file, config)
        self.ready = page

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' signature
        """No Markdown and no front matter: what a project writes never reaches MkDocs."""
        self.markdown = ""
        self.meta = {"title": self.title, "hide": ["navigation", "toc"]}

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """The search's view of the page."""
        self.content = f"<p>{escape(self.ready.search_text)}</p>"
        self.toc = TableOfContents([AnchorLink(str(self.title), "handrail", 1)])


class HandrailPlugin(BasePlugin[HandrailConfig]):  # type: ignore[no-untyped-call] # MkDocs' own
    """One object per build; the site is computed once, when MkDocs asks for its files."""

    site: Site
    generated: dict[str, GeneratedPage]
    editor: Mapping[str, str | Path]

    @event_priority(-100)  # after macros has made its environment
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compute the site, name its assets and close the sandbox."""
        root = Path(config.config_file_path).parent
        result = run(root, today=_today(root, self.config.as_of))
        judged = result.judgement
        self.site = site_of(
            result.portfolio, result.remarks, judged.rules, judged.settings, self.config.branch,
            _history(root, result.portfolio), pull_requests(root, self.config.pulls),
        )  # fmt: skip
        self.editor = editor_files(self.site, root / self.config.editor)
        self.site = replace(self.site, has_editor="edit/editor/index.html" in self.editor)
        files = [approval.loc.file for one in self.site.projects for approval in one.plan.approvals]
        self.site = replace(self.site, evidence=remembered(root, "HEAD", files))
        # sitemap.xml and its archive carry a day: that of the figures, so that the same sources give the same bytes
        day = datetime.combine(self.site.as_of, time(), UTC)
        os.environ["SOURCE_DATE_EPOCH"] = str(max(int(day.timestamp()), 0))
        config.extra_css = [*config.extra_css, f"assets/handrail/{_ASSETS[0]}"]
        config.extra_javascript = [*config.extra_javascript, f"assets/handrail/{_ASSETS[1]}"]
        config.theme.dirs.insert(0, str(resources.files("handrail.render") / "theme"))
        config.extra["handrail_as_of"] = self.site.fixed_day
        _close_sandbox(config)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Take out what is not meant for readers, put in what is generated."""
        for file in list(files):
            if file.src_dir == config.docs_dir and not _published(file.src_uri, self.config.publish):
                files.remove(file)
        self.generated = {}
        for page in rendered_pages(self.site):
            if page.path == "" and files.get_file_from_path("index.md"):
                continue  # the organisation has written a first page of its own
            file = File.generated(config, _source(page.path), content="", inclusion=InclusionLevel.NOT_IN_NAV)
            file.edit_uri = page.source
            files.append(file)
            self.generated[page.path] = GeneratedPage(page, file, config)
        seen = self.site.seen
        for path, data in data_files(self.site.portfolio, seen, self.site.rules):
            files.append(File.generated(config, f"data/{path}", content=data))
        assets = resources.files("handrail.render") / "assets"
        for name in _ASSETS:
            files.append(File.generated(config, f"assets/handrail/{name}", content=(assets / name).read_bytes()))
        for path, source in self.editor.items():
            if isinstance(source, Path):
                files.append(File.generated(config, path, abs_src_path=str(source)))
            else:
                files.append(File.generated(config, path, content=source))
        config.nav = self._nav(config.nav, files)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Hang generated pages under the tab they belong to."""
        homes = {page.url: page.parent for page in nav.pages}
        for one in self.generated.values():
            if one.parent is None and one not in nav.pages:
                parent = homes.get(one.ready.section)
                one.parent = parent if isinstance(parent, Section) else None
        return nav

    def on_page_markdown(self, markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Leave a place for the requirements on the page of a standard, unless its author has chosen one."""
        if self._standard(page) is None:
            return markdown
        page.meta.pop("status", None)  # the standard's own field means something else to the theme
        return markdown if REQUIREMENTS in markdown else f"{markdown}\n\n## Requirements\n\n{REQUIREMENTS}\n"

    def on_page_content(self, html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Put the requirements in their place."""
        standard = self._standard(page)
        if standard is None:
            return html
        return html.replace(REQUIREMENTS, requirements(self.site, standard, root_of(page.url)))

    @event_priority(-100)  # after the search has read its line
    def on_page_context(
        self,
        context: TemplateContext,
        /,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """The whole page instead of the line that the search has read."""
        if isinstance(page, GeneratedPage):
            page.content = page.ready.body_html
        return context

    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Name what the theme leaves without a name, for readers who hear the page."""
        output = output.replace(
            'data-md-component="search" role="dialog"',
            'data-md-component="search" role="dialog" aria-label="Search"',
            1,
        )
        return output.replace('<input type="checkbox" disabled', '<input type="checkbox" aria-label="Done" disabled')

    def on_serve(self, server: Any, config: MkDocsConfig, builder: Any) -> Any:  # noqa: ARG002
        """Build again when a plan changes."""
        root = Path(config.config_file_path).parent
        if (root / "projects").is_dir():
            server.watch(str(root / "projects"))
        return server

    def _standard(self, page: MkDocsPage) -> Any:
        file = f"standards/{page.file.src_uri}"
        return next((one for one in self.site.standards.values() if one.loc.file == file), None)

    def _nav(self, nav: Any, files: Files) -> Any:
        """The written navigation without pages that this repository does not have, with its own filled in."""
        if nav is None:
            return None
        known = {file.src_uri for file in files.documentation_pages(inclusion=lambda _: True)}
        standards = [one.loc.file.removeprefix("standards/") for _, one in sorted(self.site.standards.items())]
        named = {*_named(nav), *standards}

        def fill(entry: str) -> list[str]:
            """What stands for an entry: all standards, the rest of a folder, or the page itself."""
            if entry == STANDARDS:
                return [one for one in standards if one in known]
            if entry.endswith("/"):
                return sorted(one for one in known - named if one.startswith(entry) and "/" not in one[len(entry) :])
            return [entry] if entry in known or "://" in entry else []

        return _filled(nav, fill)


def _named(items: Iterable[Any]) -> Iterator[str]:
    for item in items:
        for one in item.values() if isinstance(item, dict) else (item,):
            yield from _named(one) if isinstance(one, list) else (str(one),)


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


def _history(root: Path, portfolio: Portfolio) -> History:
    """How all projects looked at the ends of the last two years' months, last Monday and at the last board."""
    from handrail.history import history_of, month_ends  # noqa: PLC0415 - starts Git, for this command only

    day, organisation = portfolio.as_of, portfolio.repository.organisation
    days = {*month_ends(day, _MONTHS), *(since for *_, since in compared_days(portfolio))}
    return history_of(root, sorted(one for one in days if one < day), timezone=organisation.timezone)


def _source(path: str) -> str:
    """The file that MkDocs is told a page comes from: an `index.md` for the first page of a section, so that it opens it."""
    return f"{path}index.md" if path.count("/") <= 1 else f"{path.rstrip('/')}.md"


def _published(uri: str, declared: list[str]) -> bool:
    """Whether a file of `standards/` is for readers: Markdown that is no private record, and what mkdocs.yml declares."""
    if not uri.endswith(".md"):
        return any(fnmatch(uri, pattern) for pattern in declared)
    kind = kind_of(f"standards/{uri}")
    if kind is not None and not kind[0].public:
        return False
    folder, _, name = uri.rpartition("/")
    private = any(folder == one or folder.startswith(f"{one}/") for one in _PRIVATE_FOLDERS)
    return not private or name == "index.md"


def _today(root: Path, given: str | None) -> date:
    """The day of figures where the organisation fixes none: as told, else of the newest commit, else of the clock."""
    told = given or os.environ.get("HANDRAIL_AS_OF")
    if told:
        try:
            return date.fromisoformat(told)
        except ValueError as error:
            raise PluginError(f"`{told}` is no day; write one such as 2026-11-30.") from error
    command = ["git", "-C", str(root), "log", "-1", "--format=%cs"]
    try:
        shown = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30).stdout.strip()
        return date.fromisoformat(shown)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return datetime.now(UTC).date()


def _close_sandbox(config: MkDocsConfig) -> None:
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
