"""Building and serving the site through MkDocs' Python interface: what `handrail build` and `handrail serve` call."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handrail.mkdocs_run import CONFIG, SiteError, check, configured, made

__all__ = ["Built", "SiteError", "build", "serve"]

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build. `warnings` are MkDocs' own words; in a strict build there are none."""

    site_dir: Path
    pages: int
    seconds: float
    warnings: tuple[str, ...] = ()
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
        tell(f"building the site of {config.site_name}")
        warnings = made(config)
        pages = sum(1 for _ in Path(config.site_dir).rglob("*.html"))
        built = Built(site_dir=Path(config.site_dir), pages=pages, seconds=0.0, warnings=warnings)
    built = replace(built, seconds=time.perf_counter() - started)
    tell(f"{built.pages} pages in {built.site_dir}{built.news} ({built.seconds:.1f} s)")
    return built


def _fast(root: Path, site_dir: Path | None, *, as_of: date | None, strict: bool, tell: Say) -> Built | None:
    """The same site by the fast way; None where it is not open, with the reason told."""
    from handrail.fast.unchanged import Order, unchanged  # noqa: PLC0415 - nothing more is needed where nothing changed

    order = Order(root=root, site_dir=site_dir, as_of=as_of, strict=strict)
    done = unchanged(order)
    if done is None:
        from handrail.fast.building import ColdError, UnlikeError, build  # noqa: PLC0415 - MkDocs

        try:
            done = build(order)
        except (ColdError, UnlikeError) as why:
            tell(f"everything is made anew, as {why}")
            return None
    news = f", {done.written} files written" if done.written else ", nothing changed"
    return Built(site_dir=done.site_dir, pages=done.pages, seconds=0.0, warnings=done.warnings, news=news)


def serve(
    root: Path, port: int = 8000, *, as_of: date | None = None, host: str = "127.0.0.1", say: Say | None = None
) -> None:
    """Serve the site and build it again when a file changes, until it is interrupted."""
    from mkdocs.commands.serve import serve as mkdocs_serve  # noqa: PLC0415
    from mkdocs.exceptions import Abort, BuildError  # noqa: PLC0415

    tell = say or (lambda _: None)
    if as_of is not None:  # MkDocs reads the configuration again on every build
        os.environ["HANDRAIL_AS_OF"] = as_of.isoformat()
    check(root)
    tell(f"serving on http://{host}:{port}/ (Ctrl-C ends it)")
    try:
        mkdocs_serve(str(root / CONFIG), livereload=True, watch=[], dev_addr=f"{host}:{port}")
    except (Abort, BuildError) as error:
        raise SiteError(str(error)) from error
