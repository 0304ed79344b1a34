"""The day it is where the organisation is, however far away the machine stands that asks."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from handrail.load.tree import MARKER

_ZONE = re.compile(rb"^timezone:[ \t]*[\"']?([\w/+-]+)", re.MULTILINE)


def zone_at(root: Path) -> str:
    """The organisation's time zone by its name, read from the settings before anything else is; UTC where none is named."""
    try:
        named = _ZONE.search((root / MARKER).read_bytes())
    except OSError:
        named = None
    return named[1].decode("ascii", "replace") if named else "UTC"


def zone_of(name: str) -> tzinfo:
    """A time zone by its name; UTC where this machine does not know it."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - the tables of time zones take milliseconds

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def day_at(moment: datetime, zone: str) -> date:
    """The day of a moment in a time zone."""
    return moment.astimezone(zone_of(zone)).date()
