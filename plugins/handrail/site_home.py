"""The folder that a site is built into. A build takes away what is no part of the site, so the folder must be the site's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handrail.mkdocs_run import SiteError

_OURS = "assets/handrail"
"""Every site has it."""
_BEGUN = ".handrail-unfinished"
"""Stands in a folder while a build writes there: what a broken run has left is ours too. No build touches hidden files."""


@contextmanager
def home(root: Path, folder: Path) -> Iterator[None]:
    """The folder while a site is built into it. Raises SiteError before anything is touched where it holds something else."""
    _refuse(root, folder)
    begun = folder / _BEGUN
    folder.mkdir(parents=True, exist_ok=True)
    begun.touch()
    yield
    begun.unlink(missing_ok=True)


def _refuse(root: Path, folder: Path) -> None:
    if folder.resolve().is_relative_to((root / "projects").resolve()):
        raise SiteError(f"the site would stand among the plans, in {folder}; name a folder outside of projects/.")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise SiteError(f"{folder} is a file; name a folder for the site.")
    if (folder / _BEGUN).exists() or (folder / _OURS).is_dir():
        return
    other = sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
    if other:
        raise SiteError(
            f"{folder} holds files that no build has put there, such as {other[0]}, and a build would delete them. Name a new "
            "or an empty folder, or empty this one."
        )
