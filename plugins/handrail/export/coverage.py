"""What shows that each requirement is met, as a table: the coverage matrix."""

from __future__ import annotations

from collections.abc import Mapping

from handrail.compute.coverage import coverage
from handrail.compute.facts import Portfolio
from handrail.export.dataset import Dataset
from handrail.model.rule_file import RuleFile
from handrail.rules.settings import Setting

_COLUMNS = (
    "requirement", "standard", "version", "level", "text", "state", "rules", "fields", "questions", "missing", "manual_evidence",
    "responsible",
)  # fmt: skip


def coverage_dataset(
    portfolio: Portfolio, rules: Mapping[str, RuleFile], settings: Mapping[str, Setting]
) -> Dataset:  # fmt: skip
    """One row for each requirement that binds."""
    off = {name for name, one in settings.items() if one.enforce_at is None}
    rows = []
    for one in coverage(portfolio.repository, rules, off):
        named = {
            kind: [each.name for each in one.by if each.kind == kind]
            for kind in ("rule", "field", "question", "missing")
        }
        rows.append({
            "requirement": one.requirement.id, "standard": one.standard.id, "version": one.standard.version,
            "level": one.requirement.level, "text": one.requirement.text, "state": one.state, "rules": named["rule"],
            "fields": named["field"], "questions": named["question"], "missing": named["missing"],
            "manual_evidence": one.requirement.manual_evidence, "responsible": one.requirement.responsible,
        })  # fmt: skip
    return Dataset(path="coverage", columns=_COLUMNS, rows=tuple(rows), about={"as_of": portfolio.as_of.isoformat()})
