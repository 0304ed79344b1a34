"""One fast build: compute the site, render what is generated, take the rest from the kept handbook, write what differs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from gzip import GzipFile
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from types import SimpleNamespace
from typing import Any

from handrail.exchange.repositories import exports_of
from handrail.fast import sealed
from handrail.fast.frames import Frame, Frames, Outline
from handrail.fast.handbook import Handbook, UnlikeError, handbook_of
from handrail.fast.kept import Kept, KeptPage, Making
from handrail.fast.memory import Memory
from handrail.fast.output import Output
from handrail.fast.sheets import KeptSheets
from handrail.fast.sources import PROJECTS, State, custom_themes, handbook_key, unknowable
from handrail.fast.spool import Spool
from handrail.fast.tables import KeptTables
from handrail.fast.unchanged import Done, Order, cache_of, today
from handrail.fast.whole import Sources, Whole
from handrail.load.known import git_folder
from handrail.mkdocs_run import compute, configured, made
from handrail.render import PAGES
from handrail.render.each import EachProject
from handrail.render.page import Page
from handrail.render.view import Site
from handrail.site_files import SiteFiles
from handrail.site_home import home

__all__ = ["ColdError", "UnlikeError", "build"]

_SIZE = 16
_LONG_AGO = 0


class ColdError(Exception):
    """This site must be built the cold way; the text says why."""


def build(order: Order, seen: State | None = None) -> Done:
    """Build. seen: the sources as they were just looked at. Raises SiteError, and ColdError or UnlikeError where only MkDocs itself can build this site."""
    config = configured(order.root, order.site_dir, as_of=order.as_of, strict=order.strict)
    why = unknowable(order.root, config)
    if why is not None:
        raise ColdError(why)
    with home(order.root, Path(config.site_dir)):
        return _built(order, config, _room(order), seen)


def _room(order: Order) -> Path:
    """The folder for what is kept. Raises ColdError where nothing can be kept."""
    cache = cache_of(order)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=cache):
            return cache
    except OSError as error:
        raise ColdError(f"nothing can be kept in {cache} ({error.strerror})") from None


def _built(order: Order, config: Any, cache: Path, seen: State | None) -> Done:
    """The site, by what was kept of the last one."""
    plugin = config.plugins["handrail"]
    places = [os.path.relpath(order.root / place, order.root) for place in (
        config.config_file_path, config.docs_dir, PROJECTS, *custom_themes(config), plugin.config["pulls"],
        plugin.config["editor"],
    )]  # fmt: skip
    state = seen if seen is not None and seen.places == tuple(places) else State(order.root, places, order.told)
    (cache / "last.json").unlink(missing_ok=True)
    memory = Memory(cache, state.law, state.folders)
    compute(plugin, order.root, memory.plans, memory.said)
    exports = exports_of(plugin.site.organisation)
    state.look_at(exports)
    memory.places.fill(plugin.site.spans)
    own_home = (Path(config.docs_dir) / "index.md").is_file()
    files = plugin.files()
    kept = Kept(cache, plugin.site, making(files), state.law, state.folders)
    whole = Whole(cache, plugin.site, Sources(law=state.law, folders=state.folders, plans=memory.plans))
    spool = Spool(cache, _pages(plugin.site, kept, whole, own_home=own_home))
    output = Output(Path(config.site_dir), cache / "files.json")
    try:
        beside = []
        sheets = KeptSheets(cache / "sheets")
        for file in KeptTables(plugin.site, whole, sheets).files():
            beside.append(file.path)
            output.make(file.path, file.made_from, file.make)
        sheets.save()
        for path, content in files.beside():
            beside.append(path)
            data = content.encode() if isinstance(content, str) else content
            output.put(path, data.read_bytes() if isinstance(data, Path) else data)
        for one in plugin.site.projects:
            for file in kept.files(one):
                beside.append(file.path)
                output.make(file.path, file.made_from, file.make)
        book = handbook_of(
            cache, handbook_key(config, str(plugin.site.as_of), plugin.config["branch"], str(order.strict), str(own_home)),
            whole.answer, spool, tuple(beside), lambda folder, frames: _handbook(order, folder, frames, plugin, whole),
        )  # fmt: skip
        _write(output, book, spool, plugin)
    finally:
        spool.close()
        kept.close()
    output.finish()
    unread = tuple(one.id for one in plugin.site.broken)
    if state.settled:
        kept.save()
        whole.save(spool.sums)
        memory.save(plugin.site.spans)
        fixed = (
            plugin.site.organisation.as_of or order.as_of or os.environ.get("HANDRAIL_AS_OF") or git_folder(order.root)
        )
        last = {
            "state": state.name, "places": places, "exports": exports, "site_dir": config.site_dir, "warnings": book.warnings,
            "unread": unread, "day": "" if fixed else today(order.root),
        }  # fmt: skip
        sealed.write(cache / "last.json", last)
    return Done(
        site_dir=Path(config.site_dir), pages=output.pages(), written=output.written, warnings=book.warnings, unread=unread,
    )  # fmt: skip


def _pages(site: Site, kept: Kept, whole: Whole, *, own_home: bool) -> Iterator[Page | KeptPage]:
    """Every generated page; the first one only where the organisation has written none of its own."""
    kinds = (one for one in PAGES if isinstance(one, EachProject))
    number = {one: at for at, one in enumerate(kinds)}
    for kind in PAGES:
        if isinstance(kind, EachProject):
            for project in site.projects:
                yield from kept.pages(project, number[kind])
        else:
            yield from (page for page in whole.pages(kind) if page.path or not own_home)


def making(files: SiteFiles) -> Making:
    """What is made for one project at a time."""
    pages = tuple(one.make for one in PAGES if isinstance(one, EachProject))
    return Making(pages=pages, files=files.of_project, told=files.told)


def _handbook(order: Order, folder: Path, frames: Frames, computed: Any, whole: Whole) -> tuple[Any, tuple[str, ...]]:
    """Let MkDocs make its part into a folder."""
    config = configured(order.root, folder, as_of=order.as_of, strict=order.strict)
    plugin = config.plugins["handrail"]
    plugin.site, plugin.editor, plugin.frames = computed.site, computed.editor, frames
    plugin.answer = whole.answer
    warnings = made(config)
    return plugin, warnings


def _write(output: Output, book: Handbook, spool: Spool, plugin: Any) -> None:
    from handrail.mkdocs_pages import done_named  # noqa: PLC0415 - MkDocs is loaded by now

    for path in book.files:
        output.make(path, *book.file(path))
    sums = {
        name: blake2b("\0".join(one.parts).encode(), digest_size=_SIZE).digest() for name, one in book.frames.items()
    }
    for one in spool.outlines:
        name, frame = book.frame(one)
        made_from = blake2b(
            sums[name] + spool.sums[one.path] + repr((one.title, one.name, one.source)).encode(), digest_size=_SIZE
        ).hexdigest()

        def whole(one: Outline = one, frame: Frame = frame) -> bytes:
            """The bytes as MkDocs would write them."""
            return frame.around(one, done_named(spool.body(one.path))).encode("utf-8", "xmlcharrefreplace")

        output.make(f"{one.path}index.html", made_from, whole)
    index = book.search_index(_entries(spool.outlines))
    if index is not None:
        output.put("search/search_index.json", index)
    sitemap = book.whole_sitemap(spool.outlines)
    if sitemap is not None:
        day = datetime.combine(plugin.site.as_of, time(), UTC)
        output.put("sitemap.xml", sitemap.encode())
        output.put("sitemap.xml.gz", _zipped(sitemap.encode(), max(int(day.timestamp()), _LONG_AGO)))


def _entries(outlines: tuple[Outline, ...]) -> Iterator[Mapping[str, Any]]:
    """What the theme's own search makes of each generated page."""
    from material.plugins.search.plugin import SearchIndex  # noqa: PLC0415

    from handrail.mkdocs_pages import search_view  # noqa: PLC0415

    index = SearchIndex()
    for one in outlines:
        if not one.search_text:
            continue
        content, meta, toc = search_view(one)
        page = SimpleNamespace(content=content, meta=meta, toc=toc, title=meta["title"], url=one.path)
        index.add_entry_from_context(page)
    yield from index.entries


def _zipped(data: bytes, moment: int) -> bytes:
    out = BytesIO()
    with GzipFile(fileobj=out, filename="sitemap.xml.gz", mode="wb", mtime=moment) as zipped:
        zipped.write(data)
    return out.getvalue()
