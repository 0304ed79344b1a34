"""Building and serving the site through MkDocs' Python interface: what `handrail build` and `handrail serve` call."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

Say = Callable[[str], None]
CONFIG = "mkdocs.yml"


class SiteError(Exception):
    """The site cannot be built; the text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build. `warnings` are MkDocs' own words; in a strict build there are none."""

    site_dir: Path
    pages: int
    seconds: float
    warnings: tuple[str, ...] = ()


def build(
    root: Path, site_dir: Path | None = None, *, as_of: date | None = None, strict: bool = True, say: Say | None = None
) -> Built:
    """Build the site of the repository at `root` into `site_dir` (`site/` beside mkdocs.yml if left out).

    Raises SiteError with everything that MkDocs had to say when the build fails.
    """
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415 - a third of a second, for this command only
    from mkdocs.exceptions import Abort, BuildError  # noqa: PLC0415

    tell = say or (lambda _: None)
    started = time.perf_counter()
    config = _config(root, site_dir, as_of=as_of, strict=strict)
    heard = _Ear()
    tell(f"building the site of {config.site_name}")
    try:
        with heard:
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
            config.plugins.on_shutdown()
    except (Abort, BuildError, SystemExit) as error:  # mkdocs-macros ends the process when a page asks for nonsense
        said = str(error) if isinstance(error, (Abort, BuildError)) else "A page with macros failed."
        if isinstance(error, SystemExit) and isinstance(error.code, str):
            said = error.code
        raise SiteError("\n".join([*heard.lines, said])) from error
    pages = sum(1 for _ in Path(config.site_dir).rglob("*.html"))
    seconds = time.perf_counter() - started
    tell(f"{pages} pages in {config.site_dir} ({seconds:.1f} s)")
    return Built(site_dir=Path(config.site_dir), pages=pages, seconds=seconds, warnings=tuple(heard.lines))


def serve(
    root: Path, port: int = 8000, *, as_of: date | None = None, host: str = "127.0.0.1", say: Say | None = None
) -> None:
    """Serve the site and build it again when a file changes, until it is interrupted."""
    from mkdocs.commands.serve import serve as mkdocs_serve  # noqa: PLC0415
    from mkdocs.exceptions import Abort, BuildError  # noqa: PLC0415

    tell = say or (lambda _: None)
    if as_of is not None:  # MkDocs reads the configuration again on every build
        os.environ["HANDRAIL_AS_OF"] = as_of.isoformat()
    _check(root)
    tell(f"serving on http://{host}:{port}/ (Ctrl-C ends it)")
    try:
        mkdocs_serve(str(root / CONFIG), livereload=True, watch=[], dev_addr=f"{host}:{port}")
    except (Abort, BuildError) as error:
        raise SiteError(str(error)) from error


def _check(root: Path) -> None:
    if not (root / CONFIG).is_file():
        raise SiteError(f"There is no {CONFIG} in {root}. `handrail init` writes one; the site needs it.")


def _config(root: Path, site_dir: Path | None, *, as_of: date | None, strict: bool) -> Any:
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415

    _check(root)
    given = {"site_dir": str(site_dir.absolute())} if site_dir else {}
    heard = _Ear()
    try:
        with heard:
            config = load_config(str(root / CONFIG), strict=strict, **given)
    except ConfigurationError as error:
        raise SiteError("\n".join([*heard.lines, str(error)])) from error
    plugin = config.plugins.get("handrail")
    if plugin is None:
        raise SiteError(
            f"{CONFIG} does not name the plugin `handrail` under `plugins:`; add it, so that pages can be made."
        )
    if as_of is not None:
        plugin.config["as_of"] = as_of.isoformat()
    return config


class _Ear(logging.Handler):
    """Keeps what MkDocs warns about, so that the caller can say it in its own way."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(record.getMessage())

    def __enter__(self) -> Self:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)
