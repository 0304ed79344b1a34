"""Remarks as GitLab's code quality report, so that a merge request shows them beside the lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from handrail.remark import Remark
from handrail.report.model import Report, bite_of, group_of
from handrail.report.safe import escaped, safe

_SEVERITIES = {
    "merge": {"critical": "blocker", "major": "critical", "minor": "critical"},
    "gate": {"critical": "major", "major": "major", "minor": "minor"},
    "watch": {"critical": "info", "major": "info", "minor": "info"},
}


def render(report: Report) -> str:
    """A list, one entry for every remark. GitLab shows what is new by the fingerprint, which must be there only once."""
    seen: Counter[str] = Counter()
    found = []
    for one in report.remarks:
        name = one.fingerprint or hashlib.sha256(f"{one.rule}\0{one.loc.file}\0{one.message}".encode()).hexdigest()
        seen[name] += 1
        found.append(_entry(one, name if seen[name] == 1 else f"{name}-{seen[name]}", report))
    return escaped(json.dumps(found, ensure_ascii=False, indent=2)) + "\n"


def _entry(one: Remark, name: str, report: Report) -> dict[str, Any]:
    span = report.places[one.loc]
    permitted = one.state == "waived"
    words = f"Permitted by {one.waived_by}: {one.message}" if permitted else one.message
    return {
        "description": safe(f"{words} {one.fix}".strip()),
        "check_name": one.rule,
        "fingerprint": name,
        "severity": "info" if group_of(one) in {"waived", "existing"} else _SEVERITIES[bite_of(one)][one.severity],
        "location": {"path": span.file, "lines": {"begin": span.line, "end": max(span.line, span.end_line)}},
    }
