"""Every rule by every project as a table: the figures behind the compliance matrix."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.export.dataset import Dataset
from handrail.export.source import Source
from handrail.rules.verdicts import said_of, standing

_COLUMNS = ("project", "rule", "requirement", "verdict", "remarks", "waiver", "mended_by", "mended_on")


def compliance_table(source: Source) -> Iterator[Dataset]:
    """One row for each rule and project that is shown, where the rule has anything to say of it."""
    seen, rules, settings, fixed = source.seen, source.rules, source.settings, source.fixed
    said = said_of(seen.remarks)
    rows = []
    for project in seen.projects:
        for name, rule in rules.items():
            one = standing(rule, project, said.get((name, project.id), ()), settings.get(name))
            mended = fixed.get((name, project.id)) if one.verdict == "kept" else None
            if one.verdict != "not applicable":
                rows.append({
                    "project": project.id, "rule": name, "requirement": rule.requirement, "verdict": one.verdict,
                    "remarks": one.remarks, "waiver": one.waiver,
                    "mended_by": mended.commit if mended else None, "mended_on": mended.on.isoformat() if mended else None,
                })  # fmt: skip
    told = {"as_of": source.portfolio.as_of.isoformat()}
    yield Dataset(path="compliance", columns=_COLUMNS, rows=tuple(rows), about=told)
