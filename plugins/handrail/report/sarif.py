"""Remarks as SARIF 2.1.0 (OASIS): for code scanning of GitHub and others. Columns count code points."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from handrail import __version__
from handrail.remark import Loc, Remark
from handrail.report.model import Report, bite_of
from handrail.report.safe import escaped

_LEVELS = {"merge": "error", "gate": "warning", "watch": "note"}
_BASELINE = {"new": "new", "worsened": "updated", "existing": "unchanged"}
_RANKS = {"critical": 90.0, "major": 50.0, "minor": 10.0}


def render(report: Report) -> str:
    """One run: the rules that speak, and a result for every remark; permitted deviations are suppressed results."""
    ids = list(dict.fromkeys(one.rule for one in report.remarks))
    run = {
        "tool": {
            "driver": {
                "name": "Handrail",
                "semanticVersion": __version__,
                "rules": [_rule(name, report) for name in ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The top of the governed repository."}}},
        "results": [_result(one, ids.index(one.rule), report) for one in report.remarks],
    }
    document = {"version": "2.1.0", "$schema": _SCHEMA, "runs": [run]}
    return escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def _rule(name: str, report: Report) -> dict[str, Any]:
    rule = report.rules.get(name)
    if rule is None:
        return {"id": name}
    found: dict[str, Any] = {"id": name, "shortDescription": {"text": rule.title}}
    if rule.why:
        found["fullDescription"] = {"text": rule.why}
        found["help"] = {"text": rule.why}
    return {**found, "defaultConfiguration": {"level": _LEVELS[rule.enforce_at]}}


def _result(one: Remark, index: int, report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": _LEVELS[bite_of(one)],
        "rank": _RANKS[one.severity],
        "message": {"text": f"{one.message}\n{one.fix}" if one.fix else one.message},
        "locations": [_place(one.loc, report)],
        "properties": {
            "level": one.level,
            "severity": one.severity,
            "enforceAt": one.enforce_at,
            "project": one.project,
        },
    }
    if one.fingerprint:
        found["partialFingerprints"] = {"handrail/v1": one.fingerprint}
    if one.related:
        found["relatedLocations"] = [
            {"id": number, **_place(other.loc, report), "message": {"text": other.note}}
            for number, other in enumerate(one.related, 1)
        ]
    if one.state == "waived":
        words = f"Permitted by {one.waived_by}" if one.waived_by else "Permitted"
        found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": words}]
    if report.judged:
        found["baselineState"] = _BASELINE.get(one.state, "unchanged")
    return found


def _place(loc: Loc, report: Report) -> dict[str, Any]:
    span = report.places[loc]
    region = {
        "startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column,
    }  # fmt: skip
    return {
        "physicalLocation": {"artifactLocation": {"uri": address(span.file), "uriBaseId": "ROOT"}, "region": region}
    }


def address(file: str) -> str:
    """A path as a relative reference; what cannot stand in one is written by its bytes."""
    return quote(file.encode("utf-8", "surrogatepass"), safe="/!$&'()*+,;=@~")
