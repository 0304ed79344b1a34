"""Remarks for machines. The format is named in the file and only ever grows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from handrail.remark import Loc, Remark
from handrail.report.model import Report
from handrail.report.safe import escaped

if TYPE_CHECKING:
    from handrail.change import Change
    from handrail.impact import Impact


def render(report: Report) -> str:
    """One object: the day, the counts, and every remark with its place."""
    text = json.dumps(
        {
            "format": 1,
            "as_of": report.as_of.isoformat(),
            "organisation": report.organisation,
            "projects": report.projects,
            "unreadable_projects": report.broken,
            "blocks": report.blocks,
            "counts": dict(report.counts),
            "judged": report.judged,
            "fixed": report.fixed,
            "changes": [change_data(each) for one in report.changes for each in one.changes],
            "approvals": [
                {
                    "project": one.project,
                    "what": one.what,
                    "who": one.who,
                    "by": one.by,
                    "word": one.word or None,
                    "given": one.given,
                }
                for one in report.agreements
            ],
            "touched": list(report.touched),
            "impact": impact_data(report.preview) if report.preview else None,
            "expiring": [
                {"project": one.project, "waiver": one.waiver, "rule": one.rule, "on": one.on.isoformat()}
                for one in report.expiring
            ],
            "remarks": [_remark(one, report) for one in report.remarks],
        },
        ensure_ascii=False,
        indent=2,
    )
    return escaped(text) + "\n"


def impact_data(impact: Impact) -> dict[str, Any]:
    """What another law would do to the plans, rule by rule; of rules that find and ask the same nothing is said."""
    return {
        "projects": impact.projects,
        "fails": impact.fails,
        "passes": impact.passes,
        "rules": [
            {
                "rule": one.rule,
                "title": one.title,
                "what": one.what,
                "enforce_at_before": one.before,
                "enforce_at": one.after,
                "effective_from": one.effective_from.isoformat() if one.effective_from else None,
                "fails": one.fails,
                "passes": one.passes,
                "more": one.more,
                "fewer": one.fewer,
            }
            for one in impact.each
            if one.tells
        ],
    }


def change_data(one: Change) -> dict[str, Any]:
    """One change without its values: the sentence has them."""
    return {
        "project": one.project,
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "what": one.what,
        "field": one.field,
        "sentence": one.sentence,
        "weight": one.weight,
        "approved": one.approved,
        "computed": one.computed,
    }


def _remark(one: Remark, report: Report) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "level": one.level,
        "severity": one.severity,
        "enforce_at": one.enforce_at,
        "state": one.state,
        "due": one.due,
        "project": one.project,
        **_place(one.loc, report),
        "message": one.message,
        "fix": one.fix,
        "help_url": one.help_url,
        "fingerprint": one.fingerprint,
        "measure": None if one.measure is None else str(one.measure),
        "waived_by": one.waived_by,
        "related": [{**_place(other.loc, report), "note": other.note} for other in one.related],
    }


def _place(loc: Loc, report: Report) -> dict[str, Any]:
    span = report.places[loc]
    return {
        "file": span.file, "line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column,
        "path": list(loc.path),
    }  # fmt: skip
