"""The thin adapter to MkDocs: generated pages go in, what must stay private goes out. All logic is elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from handrail.audit.merges import merges_of
from handrail.clock import zone_at
from handrail.exchange.repositories import others_of
from handrail.fast.frames import Frames
from handrail.history.improving import improvement_of
from handrail.history.looking_back import LookingBack
from handrail.history.news import Item, news_of
from handrail.keeping import keeping_of
from handrail.load import Shelf
from handrail.load.tree import NAMED_LIKE_FILE
from handrail.macros import Charts, Question, answer
from handrail.mkdocs_pages import (
    BOOST,
    GeneratedPage,
    close_sandbox,
    done_named,
    entries,
    filled_nav,
    linked_file,
    other_file,
    page_file,
    source_of,
)
from handrail.model.kinds import KINDS, kind_of
from handrail.render import pages as rendered_pages
from handrail.render.editor.app import editor_files
from handrail.render.learning.box import material_of
from handrail.render.page import Page, root_of
from handrail.render.pulls import pull_requests
from handrail.render.view import Site, site_of
from handrail.rules.engine import Said
from handrail.run import run
from handrail.site_files import ASSETS, SiteFiles
from handrail.surroundings import called_people, commit_of, past_of, today_of
from handrail.witness import remembered

REQUIREMENTS = "<!-- handrail:requirements -->"
_PRIVATE_FOLDERS = frozenset(
    "/".join(part for part in kind.pattern.split("/")[1:-1] if "<" not in part)
    for kind in KINDS if not kind.public and kind.pattern.startswith("standards/")
) - {""}  # fmt: skip


class HandrailConfig(base.Config):  # type: ignore[no-untyped-call] # MkDocs' own
    """Options under `plugins: - handrail:` in mkdocs.yml."""

    as_of = c.Optional(c.Type(str))
    publish = c.ListOfItems(c.Type(str), default=["assets/*"])
    branch = c.Type(str, default="main")
    pulls = c.Type(str, default="pulls.json")
    editor = c.Type(str, default="build/editor")


class HandrailPlugin(BasePlugin[HandrailConfig]):  # type: ignore[no-untyped-call] # MkDocs' own
    """One object per build; the site is computed once, when MkDocs asks for its files."""

    site: Site
    generated: dict[str, GeneratedPage]
    editor: Mapping[str, str | Path]
    frames: Frames | None = None
    answer: Callable[[Question], str] | None = None
    news: tuple[Item, ...] = ()
    address: str = ""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[Question, str] = {}
        self.charts = Charts()

    @event_priority(-100)  # after macros has made its environment
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compute the site unless it is given, name its assets and close the sandbox."""
        if not hasattr(self, "site"):
            self.address = config.site_url or ""
            self.compute(Path(config.config_file_path).parent)
        # sitemap.xml and its archive carry a day: that of the figures, so that the same sources give the same bytes
        day = datetime.combine(self.site.as_of, time(), UTC)
        os.environ["SOURCE_DATE_EPOCH"] = str(max(int(day.timestamp()), 0))
        config.extra_css = [*config.extra_css, f"assets/handrail/{ASSETS[0]}"]
        config.extra_javascript = [*config.extra_javascript, f"assets/handrail/{ASSETS[1]}"]
        config.theme.dirs.insert(0, str(resources.files("handrail.render") / "theme"))
        config.extra["handrail_as_of"] = self.site.fixed_day
        close_sandbox(config)
        return config

    def compute(self, root: Path, shelf: Shelf | None = None, said: Said | None = None) -> None:
        """Everything that pages are made from; `shelf` and `said` hold what was read and judged before."""
        result = run(
            root, today=today_of(root, self.config.as_of), look_back=LookingBack(root, zone_at(root)), shelf=shelf, said=said
        )  # fmt: skip
        for path, what in result.tree.oddities().items():
            if (
                path.startswith("standards/") and what != NAMED_LIKE_FILE
            ):  # MkDocs would follow a link to anywhere, and publish it
                raise PluginError(f"{path} is {what}. Put a plain file here, or remove it.")
        judged = result.judgement
        self.site = site_of(
            result.portfolio, result.remarks, judged.rules, judged.settings, self.config.branch,
            past_of(root, result.portfolio), pull_requests(root, self.config.pulls, result.portfolio.repository.organisation.host or ""),
        )  # fmt: skip
        self.news = news_of(root, self.site.seen.names)
        self.editor = editor_files(self.site, root / self.config.editor)
        self.site = replace(self.site, has_editor="edit/editor/index.html" in self.editor)
        files = [approval.loc.file for one in self.site.projects for approval in one.plan.approvals]
        self.site = replace(
            self.site,
            evidence=remembered(root, "HEAD", files),
            merges=merges_of(root, self.site.as_of),
            commit=commit_of(root),
            overlay=called_people(),
            better=improvement_of(root, result.portfolio, self.site.seen, history=self.site.history),
            keeping=keeping_of(root, judged, result.remarks),
            compiled=judged.compiled,
            address=self.address,
            others=others_of(result.portfolio),
        )

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Take out what is not meant for readers, put in what is generated."""
        for file in list(files):
            if file.src_dir == config.docs_dir and not _published(file.src_uri, self.config.publish):
                files.remove(file)
        self.generated = {}
        if self.frames is not None:
            return self._framed(files, config, self.frames)
        for page in self.pages(own_home=files.get_file_from_path("index.md") is not None):
            self._add(page, files, config)
        for path, content in self.files().every():
            files.append(other_file(config, path, content))
        config.nav = self._nav(config.nav, files)
        return files

    def pages(self, *, own_home: bool) -> Iterator[Page]:
        """Every generated page; the first one only where the organisation has written none of its own."""
        return (page for page in rendered_pages(self.site) if page.path or not own_home)

    def files(self) -> SiteFiles:
        """Every other generated file."""
        return SiteFiles(self.site, self.news, self.editor)

    def _add(self, page: Page, files: Files, config: MkDocsConfig, *, searched: bool = True) -> None:
        file = page_file(page, config)
        files.append(file)
        self.generated[page.path] = GeneratedPage(page, file, config, searched=searched)

    def _framed(self, files: Files, config: MkDocsConfig, frames: Frames) -> Files:
        """Everything can be linked to; only the frames of pages are made."""
        paths = [*(source_of(one.path) for one in frames.outlines), *frames.beside]
        linked = [linked_file(path, config) for path in paths]
        for file in linked:
            files.append(file)
        config.nav = self._nav(config.nav, files)
        listed = frozenset(entries(config.nav or ()))
        frames.choose(frozenset(one.path for one in frames.outlines if source_of(one.path) in listed))
        for file in linked:
            file.settle()
        for page in (*frames.stand_ins.values(), *frames.proofs.values()):
            known = files.get_file_from_path(source_of(page.path))
            if known is not None:
                files.remove(known)
            self._add(page, files, config, searched=False)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Hang generated pages under the tab they belong to."""
        homes = {page.url: page.parent for page in nav.pages}
        for one in self.generated.values():
            if one.parent is None and one not in nav.pages:
                parent = homes.get(one.ready.section)
                one.parent = parent if isinstance(parent, Section) else None
        return nav

    def on_env(self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG002
        """Lines of the theme's templates that hold only their own commands leave no empty lines: a quarter of a page."""
        env.trim_blocks = env.lstrip_blocks = True
        return env

    def on_page_markdown(self, markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Leave a place for the requirements on the page of a standard, unless its author has chosen one."""
        if self._standard(page) is None:
            return markdown
        page.meta["search"] = {"boost": BOOST, **(page.meta.get("search") or {})}
        page.meta.pop("status", None)  # the standard's own field means something else to the theme
        return markdown if REQUIREMENTS in markdown else f"{markdown}\n\n## Requirements\n\n{REQUIREMENTS}\n"

    def on_page_content(self, html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Put the requirements in their place, and below the title who keeps the page and how a module or playbook stands."""
        html = self._furnished(html, page)
        standard = self._standard(page)
        if standard is None:
            return self._with_box(html, page)
        return html.replace(REQUIREMENTS, self.answered(Question("requirements", standard.id, root=root_of(page.url))))

    def _furnished(self, html: str, page: MkDocsPage) -> str:
        head, end, rest = html.partition("</h1>")
        if isinstance(page, GeneratedPage) or not end:
            return html
        told = tuple((key, str(page.meta[key])) for key in ("owner", "reviewed_on") if page.meta.get(key))
        line = self.answered(Question("furniture", f"standards/{page.file.src_uri}", root=root_of(page.url), told=told))
        return f"{head}{end}\n{line}{rest}"

    def _with_box(self, html: str, page: MkDocsPage) -> str:
        file = f"standards/{page.file.src_uri}"
        head, end, rest = html.partition("</h1>")
        if isinstance(page, GeneratedPage) or not end or material_of(self.site, file) is None:
            return html
        return f"{head}{end}\n{self.answered(Question('material', file, root=root_of(page.url)))}{rest}"

    def answered(self, question: Question) -> str:
        """What a handbook page shows of plans, noted so that the page is made again when the answer has changed."""
        given = answer(self.site, question) if self.answer is None else self.answer(question)
        if question.about == "chart":
            return self.charts.place(question, given)
        self.asked[question] = given
        return given

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
        """The whole page instead of the line that the search has read, and charts in their places."""
        if isinstance(page, GeneratedPage):
            page.content = page.ready.body_html
        elif self.frames is None:
            page.content = self.charts.filled(page.content or "")
        return context

    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Name what the theme leaves without a name."""
        return done_named(output)

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
        return self.nav_of(nav, (file.src_uri for file in files.documentation_pages(inclusion=lambda _: True)))

    def nav_of(self, nav: Any, known: Iterable[str]) -> Any:
        """The navigation with the pages that there are."""
        standards = [one.loc.file.removeprefix("standards/") for _, one in sorted(self.site.standards.items())]
        return filled_nav(nav, set(known), standards)

    def publishes(self, uri: str) -> bool:
        """Whether a file of the handbook is for readers."""
        return _published(uri, self.config.publish)


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
