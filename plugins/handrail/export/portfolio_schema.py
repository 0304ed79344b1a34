"""The JSON Schema of `portfolio.json`, for programs that read it: made from the dictionary that the handbook's page is made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handrail.export.dictionary import ROW
from handrail.model.words import PHASES, PROJECT_ID, TIERS

_COLOURS = ("green", "amber", "red")
_DAY: Mapping[str, Any] = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_TEXT: Mapping[str, Any] = {"type": "string"}
_NUMBER: Mapping[str, Any] = {"type": "number"}
_COUNT: Mapping[str, Any] = {"type": "integer", "minimum": 0}
_YES: Mapping[str, Any] = {"type": "boolean"}
_COLOUR: Mapping[str, Any] = {"enum": [*_COLOURS]}

_ALWAYS: Mapping[str, Mapping[str, Any]] = MappingProxyType({
    "id": {"type": "string", "pattern": f"^(?:{PROJECT_ID})$"}, "name": _TEXT, "tier": {"enum": [*TIERS]}, "phase": {"enum": [*PHASES]},
    "state": {"enum": ["active", "suspended", "cancelled", "closed"]}, "watermelon": _YES, "report_overdue": _YES,
    "deliverables": _COUNT, "accepted": _COUNT, "rejected": _COUNT, "plan_changed": _COUNT, "remarks": _COUNT, "blocking_remarks": _COUNT,
})  # fmt: skip
"""Fields that every project has a value for."""
_KNOWN: Mapping[str, Mapping[str, Any]] = MappingProxyType({
    **dict.fromkeys(("programme", "programme_name", "department", "manager", "sponsor", "board", "currency", "next_gate", "approved_plan"), _TEXT),
    **dict.fromkeys(("colour", "computed", "reported"), _COLOUR),
    **dict.fromkeys(("end_approved", "end_expected", "next_gate_expected", "report"), _DAY),
    **dict.fromkeys(("approved", "forecast", "spent", "contingency", "released", "variance_share"), _NUMBER),
    "priority": {"type": "integer", "minimum": 1}, "slip_working_days": {"type": "integer"}, "report_age_days": {"type": "integer"},
})  # fmt: skip
"""Fields that are null where nothing is known."""


def schema_text() -> str:
    """The schema as a file."""
    return json.dumps(portfolio_schema(), indent=2, ensure_ascii=False) + "\n"


def portfolio_schema() -> dict[str, Any]:
    """The schema, draft 2020-12. A field without a described type would be a KeyError here, and so in every build."""
    counts = {"type": "object", "additionalProperties": _COUNT, "propertyNames": {"enum": [*_COLOURS, "not known"]}}
    row = {
        name: {
            "description": says,
            **(_ALWAYS[name] if name in _ALWAYS else {"anyOf": [_KNOWN[name], {"type": "null"}]}),
        }
        for name, says in ROW.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The portfolio",
        "description": "One row for each project that may be shown, on one day. Fields are added in new versions; none changes its meaning.",
        "type": "object",
        "properties": {
            "$schema": _TEXT,
            "as_of": {"description": "the day of the look", **_DAY},
            "organisation": {"description": "whose portfolio it is", **_TEXT},
            "restricted": {
                "description": "projects that are only counted", "type": "object", "additionalProperties": False,
                "properties": {"projects": {"description": "how many", **_COUNT}, "colours": {"description": "by the colour that counts", **counts}},
                "required": ["projects", "colours"],
            },
            "broken": {"description": "the folders of plans that cannot be read", "type": "array", "items": _TEXT},
            "rows": {
                "description": "the projects", "type": "array",
                "items": {"type": "object", "properties": row, "required": list(row), "additionalProperties": False},
            },
        },
        "required": ["as_of", "organisation", "restricted", "broken", "rows"],
        "additionalProperties": False,
    }  # fmt: skip
