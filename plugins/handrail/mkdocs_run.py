"""MkDocs through its Python interface: its configuration, one run, and what it had to say."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import Any, Self

CONFIG = "mkdocs.yml"
BOM = "\ufeff"


class SiteError(Exception):
    """The site cannot be built; the text says why and what to do."""


def configured(root: Path, site_dir: Path | None, *, as_of: date | None, strict: bool) -> Any:
    """The configuration of the repository at `root`. Raises SiteError."""
    from mkdocs.config import load_config  # noqa: PLC0415 - a third of a second, for this command only
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    check(root)
    given = {"site_dir": str(site_dir.absolute())} if site_dir else {}
    heard = Ear()
    try:
        with heard:
            config = load_config(str(root / CONFIG), strict=strict, **given)
    except (Abort, ConfigurationError) as error:
        raise SiteError("\n".join([*heard.lines, str(error)])) from error
    plugin = config.plugins.get("handrail")
    if plugin is None:
        raise SiteError(
            f"{CONFIG} does not name the plugin `handrail` under `plugins:`; add it, so that pages can be made."
        )
    plugin.address = config.site_url or ""
    if as_of is not None:
        plugin.config["as_of"] = as_of.isoformat()
    return config


def check(root: Path) -> None:
    """See that there is something to build. Raises SiteError."""
    if not (root / CONFIG).is_file():
        raise SiteError(f"There is no {CONFIG} in {root}. `handrail init` writes one; the site needs it.")
    try:
        text = (root / CONFIG).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        text = BOM
    if text.startswith(BOM):
        raise SiteError(
            f"{CONFIG} cannot be read: save it with the encoding UTF-8, without a mark at its beginning (BOM)."
        )


def compute(plugin: Any, root: Path, shelf: Any = None, said: Any = None) -> None:
    """Let the plugin compute everything that pages are made from. Raises SiteError."""
    from mkdocs.exceptions import PluginError  # noqa: PLC0415

    try:
        plugin.compute(root, shelf, said)
    except PluginError as error:
        raise SiteError(str(error)) from error


def made(config: Any) -> tuple[str, ...]:
    """Let MkDocs build; what it warns about. Raises SiteError with everything that it had to say when it fails."""
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.exceptions import Abort, BuildError  # noqa: PLC0415

    heard = Ear()
    try:
        with heard:
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
    except (Abort, BuildError, SystemExit) as error:  # mkdocs-macros ends the process when a page asks for nonsense
        said = str(error) if isinstance(error, (Abort, BuildError)) else "A page with macros failed."
        if isinstance(error, SystemExit) and isinstance(error.code, str):
            said = error.code
        raise SiteError("\n".join([*heard.lines, said])) from error
    return tuple(heard.lines)


class Ear(logging.Handler):
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
