"""Short marks of what a file or a plan said, field by field, so that the next import can tell who changed what.

A mark is five letters; a whole task's marks fit into a custom field and into one line of a plan's `source`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from handrail.exchange.existing import canonical

TASK = (
    "name", "parent", "wbs", "duration", "effort_hours", "links", "constraint", "deadline", "manual", "start", "finish",
    "planned_start", "planned_finish", "actual_start", "actual_finish", "percent", "remaining", "assignees", "calendar",
    "ignore_resource_calendar", "active", "priority", "note",
)  # fmt: skip
"""The fields of a task that a file of Microsoft Project has. New ones go to the end: marks are told apart by their place."""
MILESTONE = ("name", "planned", "forecast", "actual")
RESOURCE = ("name", "kind", "calendar")
CALENDAR = ("alone", "week", "holidays", "exceptions")
SETTINGS = (
    "start", "calendar", "honour_constraints", "hours_per_day", "hours_per_week", "days_per_month", "status_date",
    "critical_up_to",
)  # fmt: skip
UNKNOWN, NOTHING = "?", "."
_VERSION = "1"
_LENGTH = 5


def mark(value: Any) -> str:
    """The mark of one value; nothing has a mark too."""
    if value is None or value in ([], {}, ()):
        return NOTHING
    text = json.dumps(canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    raw = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(raw)[:_LENGTH].decode().lower()


def marks(fields: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """The marks of every field."""
    return {name: mark(fields.get(name)) for name in names}


def packed(found: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Marks as one word."""
    return _VERSION + "".join(found.get(name, UNKNOWN) for name in names)


def unpacked(text: str, names: tuple[str, ...]) -> dict[str, str]:
    """Marks from one word; what it does not say, or says in a way that is not known, is unknown."""
    if not text.startswith(_VERSION):
        return {}
    found: dict[str, str] = {}
    rest = text[len(_VERSION) :]
    for name in names:
        if not rest:
            break
        size = 1 if rest[0] in {UNKNOWN, NOTHING} else _LENGTH
        if rest[0] != UNKNOWN:
            found[name] = rest[:size]
        rest = rest[size:]
    return found
