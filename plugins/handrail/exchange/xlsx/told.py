"""What an import of a workbook says: one entry for every cell or line that is more than unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal[
    "changed", "added", "closed", "removed", "already there", "conflict", "not understood", "refused", "note"
]
OUTCOMES: Mapping[Outcome, str] = {
    "changed": "Changed",
    "added": "Added",
    "closed": "Closed",
    "removed": "Removed",
    "already there": "In the plan already",
    "conflict": "Changed by you and by others: theirs was kept",
    "not understood": "Not understood, so left as it was",
    "refused": "Not done",
    "note": "About the file",
}
"""Every outcome with its heading, in the order of a report."""
OPEN: frozenset[Outcome] = frozenset({"conflict", "not understood", "refused"})
"""What a person must look at: it is in the file and did not go into the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry. `at`: the cell, row or column; `what`: the line and the field; `base`, `yours`, `theirs`: as cells show them."""

    outcome: Outcome
    why: str = ""
    project: str = ""
    sheet: str = ""
    at: str = ""
    what: str = ""
    base: str = ""
    yours: str = ""
    theirs: str = ""


def said(value: Any) -> str:
    """A value for a report: short, on one line; nothing says so."""
    if value is None or value == "":
        return "nothing"
    if hasattr(value, "isoformat"):
        text = value.isoformat()[:10]
    elif isinstance(value, (list, tuple)):
        text = "; ".join(str(one) for one in value)
    elif isinstance(value, Mapping):
        text = " ".join(str(one) for one in value.values())
    else:
        text = str(value)
    return " ".join(text.split())
