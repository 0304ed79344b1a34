"""Reports out of a few remarks, as a check would hand them to every format."""

from datetime import date
from typing import Any

from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Related, Remark, Span
from handrail.report import Report

RULE = RuleFile(
    id="RSK-01", title="Every high risk has an owner, and a response: 100%", requirement="S-RISK.2", level="must",
    enforce_at="gate", applies_to=AppliesTo(kind="project"),
)  # fmt: skip


def remark(message: str = "Risk Fire has no owner.", **more: Any) -> Remark:
    """A remark about the visitor desk that is needed for the next gate, unless it is said otherwise."""
    given: dict[str, Any] = {
        "rule": "RSK-01", "level": "must", "enforce_at": "gate", "project": "visitor-desk",
        "loc": Loc("projects/visitor-desk/risks.yaml", ("risks", 0, "owner")), "fingerprint": "3fa2b1c9",
    }  # fmt: skip
    return Remark(message=message, **{**given, **more})


def report(*remarks: Remark, **more: Any) -> Report:
    """Every remark stands in line 7, column 3 of its file; what is related in line 70."""
    places = {
        other.loc: Span(file=other.loc.file, line=70, column=1, end_line=70, end_column=2)
        for one in remarks
        for other in one.related
    }
    places |= {one.loc: Span(file=one.loc.file, line=7, column=3, end_line=7, end_column=9) for one in remarks}
    given: dict[str, Any] = {
        "as_of": date(2026, 12, 4), "organisation": "Lift works", "projects": 2, "broken": 0, "hidden": 0, "stops": 0,
        "rules": {"RSK-01": RULE}, "names": {"visitor-desk": "New visitor desk", "ticket-app": "Tickets"},
    }  # fmt: skip
    return Report(remarks=remarks, places=places, **{**given, **more})


def elsewhere(note: str) -> tuple[Related, ...]:
    return (Related(loc=Loc("standards/people/people.yaml", ("people", 0)), note=note),)
