"""Remarks in the diagnostic format of reviewdog (rdjson), which puts them as comments beside the lines of any host."""

from __future__ import annotations

import json
from typing import Any

from handrail.remark import Loc, Remark
from handrail.report.model import Report, bite_of, group_of
from handrail.report.safe import escaped, safe

_SEVERITIES = {"merge": "ERROR", "gate": "WARNING", "watch": "INFO"}


def render(report: Report) -> str:
    """One object with a diagnostic for every remark."""
    document = {
        "source": {"name": "handrail"},
        "diagnostics": [_diagnostic(one, report) for one in report.remarks],
    }
    return escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _diagnostic(one: Remark, report: Report) -> dict[str, Any]:
    words = f"{one.message}\n{one.fix}" if one.fix else one.message
    words = f"Permitted by {one.waived_by}: {words}" if one.state == "waived" else words
    severity = "INFO" if group_of(one) in {"waived", "existing"} else _SEVERITIES[bite_of(one)]
    found: dict[str, Any] = {
        "message": "\n".join(safe(line) for line in words.split("\n")),
        "location": _location(one.loc, report),
        "severity": severity,
        "code": {"value": one.rule},
    }
    if one.related:
        found["relatedLocations"] = [
            {"message": safe(other.note), "location": _location(other.loc, report)} for other in one.related
        ]
    return found


def _location(loc: Loc, report: Report) -> dict[str, Any]:
    """The place; only lines are given, because columns there count bytes of a text that a report does not have."""
    span = report.places[loc]
    return {"path": span.file, "range": {"start": {"line": span.line}, "end": {"line": max(span.line, span.end_line)}}}
