"""What a build of the site takes from its surroundings: the day, the history, the newest commit, and what people are called."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from mkdocs.exceptions import PluginError

from handrail.clock import day_at, zone_at
from handrail.compute.facts import Portfolio
from handrail.compute.trend import History
from handrail.git import Git, GitFault, resolve
from handrail.load.overlay import VARIABLE, Overlay, OverlayError, overlay
from handrail.render.portfolio.changes import compared_days

_MONTHS = 24


def past_of(root: Path, portfolio: Portfolio) -> History:
    """How all projects looked at the ends of the last two years' months, last Monday and at the last board."""
    from handrail.history import history_of, month_ends  # noqa: PLC0415 - starts Git, for this command only

    day, organisation = portfolio.as_of, portfolio.repository.organisation
    days = {*month_ends(day, _MONTHS), *(since for *_, since in compared_days(portfolio))}
    return history_of(root, sorted(one for one in days if one < day), timezone=organisation.timezone)


def called_people() -> Overlay:
    """What people are called, where the surroundings say so."""
    try:
        return overlay(os.environ.get(VARIABLE))
    except OverlayError as error:
        raise PluginError(f"{error}.") from error


def commit_of(root: Path) -> str | None:
    """The full name of the newest commit; None without Git or before the first commit."""
    try:
        return resolve(Git(root), "HEAD")
    except (GitFault, OSError):
        return None


def today_of(root: Path, given: str | None) -> date:
    """The day of figures where the organisation fixes none: as told, else of the newest commit, else of the clock."""
    told = given or os.environ.get("HANDRAIL_AS_OF")
    if told:
        try:
            return date.fromisoformat(told)
        except ValueError as error:
            raise PluginError(f"`{told}` is no day; write one such as 2026-11-30.") from error
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        shown = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30).stdout.strip()
        return day_at(datetime.fromtimestamp(int(shown), UTC), zone_at(root))
    except (OSError, ValueError, OverflowError, subprocess.TimeoutExpired):
        return day_at(datetime.now(UTC), zone_at(root))
