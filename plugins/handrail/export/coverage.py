"""What shows that each requirement is met, as a table: the coverage matrix."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.coverage import coverage
from handrail.export.dataset import Dataset
from handrail.export.source import Source

_COLUMNS = (
    "requirement", "standard", "version", "level", "text", "state", "rules", "fields", "questions", "missing", "manual_evidence",
    "responsible",
)  # fmt: skip


def coverage_table(source: Source) -> Iterator[Dataset]:
    """One row for each requirement that binds."""
    portfolio, rules, settings = source.portfolio, source.rules, source.settings
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
    yield Dataset(path="coverage", columns=_COLUMNS, rows=tuple(rows), about={"as_of": portfolio.as_of.isoformat()})
