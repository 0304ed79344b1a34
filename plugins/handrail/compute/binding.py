"""From which day on a requirement binds.

A version of a standard has one first day, and most of its requirements bind already under the version before. So the day
of the standard counts for its first version, of which nothing was ever in force; a requirement that comes in later
carries its own day. Nobody can suspend what binds by moving the day of a later version.
"""

from __future__ import annotations

from datetime import date

from handrail.model.organisation import StandardRecord

_FIRST = (1, 0, 0)


def is_first(standard: StandardRecord) -> bool:
    """Whether no version of a standard was in force before this one: 1.0.0, or one below."""
    parts = standard.version.split(".")
    return all(part.isdigit() for part in parts) and tuple(map(int, parts)) <= _FIRST


def binds_from(standard: StandardRecord, requirement: str) -> date | None:
    """The first day of a requirement; None where nothing says one: then it binds as long as anybody can remember."""
    own = next((one.effective_from for one in standard.requirements if one.id == requirement), None)
    days = (own, standard.effective_from if is_first(standard) else None)
    return max((day for day in days if day is not None), default=None)


def ahead(standard: StandardRecord | None, requirement: str, as_of: date) -> date | None:
    """The first day of a requirement that does not bind yet; None where it does."""
    day = binds_from(standard, requirement) if standard is not None else None
    return day if day is not None and day > as_of else None
