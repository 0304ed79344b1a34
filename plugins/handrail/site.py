"""Building and serving the site through MkDocs' Python interface: what `handrail build` and `handrail serve` call."""

from __future__ import annotations

import gc
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from handrail.mkdocs_run import SiteError, check, configured, made
from handrail.site_home import home

__all__ = ["Built", "SiteError", "build", "render", "serve"]

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build. `warnings` are MkDocs' own words; in a strict build there are none. `unread`: plans that cannot be read."""

    site_dir: Path
    pages: int
    seconds: float
    warnings: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    news: str = ""


def build(  # noqa: PLR0913 - what a build can be told
    root: Path, site_dir: Path | None = None, *, as_of: date | None = None, strict: bool = True, cold: bool = False,
    say: Say | None = None,
) -> Built:  # fmt: skip
    """Build the site of the repository at `root` into `site_dir` (`site/` beside mkdocs.yml if left out).

    What the last build left is used again where it would be the same; `cold` lets MkDocs make everything anew.
    Raises SiteError with everything that MkDocs had to say when the build fails.
    """
    tell = say or (lambda _: None)
    started = time.perf_counter()
    check(root)
    built = None if cold else _fast(root, site_dir, as_of=as_of, strict=strict, tell=tell)
    if built is None:
        config = configured(root, site_dir, as_of=as_of, strict=strict)
        with home(root, Path(config.site_dir)):
            tell(f"building the site of {config.site_name}")
            warnings = made(config)
        pages = sum(1 for _ in Path(config.site_dir).rglob("*.html"))
        unread = tuple(one.id for one in config.plugins["handrail"].site.broken)
        built = Built(site_dir=Path(config.site_dir), pages=pages, seconds=0.0, warnings=warnings, unread=unread)
    built = replace(built, seconds=time.perf_counter() - started)
    tell(f"{built.pages} pages in {built.site_dir}{built.news} ({built.seconds:.1f} s)")
    for one in built.warnings:
        tell(f"   {one}")
    for one in built.unread:
        tell(f"   the plan of {one} cannot be read: `handrail check projects/{one}` says why")
    return built


def _fast(root: Path, site_dir: Path | None, *, as_of: date | None, strict: bool, tell: Say) -> Built | None:
    """The same site by the fast way; None where it is not open, with the reason told."""
    from handrail.fast.unchanged import Order, unchanged  # noqa: PLC0415 - nothing more is needed where nothing changed

    order = Order(root=root, site_dir=site_dir, as_of=as_of, strict=strict)
    done, seen = unchanged(order)
    if done is None:
        from handrail.fast.building import ColdError, UnlikeError, build  # noqa: PLC0415 - MkDocs

        try:
            done = build(order, seen)
        except (ColdError, UnlikeError) as why:
            tell(f"everything is made anew, as {why}")
            return None
    news = f", {done.written} files written" if done.written else ", nothing changed"
    return Built(
        site_dir=done.site_dir, pages=done.pages, seconds=0.0, warnings=done.warnings, unread=done.unread, news=news
    )


def render(root: Path, folder: Path, *, as_of: date | None = None, say: Say | None = None) -> None:
    """Write the site as plain files for other generators. Raises SiteError."""
    check(root)
    from handrail.fast.plain import render as plain  # noqa: PLC0415 - MkDocs

    files, written = plain(root, folder, as_of=as_of)
    (say or (lambda _: None))(f"{files} files in {folder}, {written} of them written")


def serve(  # noqa: PLR0913 - what a server can be told
    root: Path, port: int = 8000, *, as_of: date | None = None, host: str = "127.0.0.1", say: Say | None = None,
    failed: Callable[[Exception], object] | None = None,
) -> None:  # fmt: skip
    """Serve the site and bring it up to date when a file changes, until it is interrupted.

    What MkDocs' own server does, with the fast way in the place of a whole build; a build that fails is told, and the
    site stays as it was. failed: is told what nobody foresaw. Raises SiteError when the first build fails.
    """
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415 - for this command only

    tell = say or (lambda _: None)
    check(root)
    try:
        with socket.create_server((host, port)):
            pass  # a port that is taken is told before the first build, not after it
    except OSError as error:
        raise SiteError(f"port {port} cannot be used ({error.strerror}); choose another with --port.") from None
    with tempfile.TemporaryDirectory(prefix="handrail-serve-") as temporary:
        site_dir = Path(temporary) / "site"
        build(root, site_dir, as_of=as_of, strict=False, say=tell)

        def again() -> None:
            """Called by the server when something was changed."""
            try:
                build(root, site_dir, as_of=as_of, strict=False, say=tell)
            except SiteError as error:
                tell(str(error))
            except Exception as error:
                if failed is None:
                    raise
                failed(error)  # the next change may mend it
            gc.collect()  # else a day of saving would fill the memory: what one build leaves is rarely looked for meanwhile

        config = configured(root, site_dir, as_of=as_of, strict=False)
        mount = urlsplit(config.site_url or "/").path or "/"
        server = LiveReloadServer(
            builder=again, host=host, port=port, root=str(site_dir), mount_path=mount, polling_interval=_pause(root)
        )
        server.error_handler = lambda code: _error_page(site_dir, code)
        for place in (config.docs_dir, config.config_file_path, str(root / "projects"), *watched(config)):
            if Path(place).exists():
                server.watch(place)
        try:
            tell(f"serving on http://{host}:{port}{mount} (Ctrl-C ends it)")
            server.serve()  # type: ignore[no-untyped-call] # MkDocs' own
        except KeyboardInterrupt:
            tell("no longer serving")
        finally:
            server.shutdown()


def _pause(root: Path) -> float:
    """Seconds between two looks at all files: each costs more the more plans there are, and an idle server should cost little."""
    places = root / "projects"
    plans = sum(1 for _ in places.iterdir()) if places.is_dir() else 0
    return max(0.5, plans / 500)


def watched(config: Any) -> list[str]:
    """What mkdocs.yml asks to be watched besides, and the theme of the organisation's own."""
    return [*config.watch, *([config.theme.custom_dir] if config.theme.custom_dir else [])]


def _error_page(site_dir: Path, code: int) -> bytes | None:
    page = site_dir / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
