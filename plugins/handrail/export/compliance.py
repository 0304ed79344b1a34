"""Every rule by every project as a table: the figures behind the compliance matrix."""

from __future__ import annotations

from collections.abc import Mapping

from handrail.compute.audience import Seen
from handrail.compute.facts import Portfolio
from handrail.export.dataset import Dataset
from handrail.keeping.facts import Fix
from handrail.model.rule_file import RuleFile
from handrail.rules.settings import Setting
from handrail.rules.verdicts import said_of, standing

_COLUMNS = ("project", "rule", "requirement", "verdict", "remarks", "waiver", "mended_by", "mended_on")


def compliance_dataset(
    portfolio: Portfolio, seen: Seen, rules: Mapping[str, RuleFile], settings: Mapping[str, Setting],
    fixed: Mapping[tuple[str, str], Fix],
) -> Dataset:  # fmt: skip
    """One row for each rule and project that is shown, where the rule has anything to say of it."""
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
    return Dataset(path="compliance", columns=_COLUMNS, rows=tuple(rows), about={"as_of": portfolio.as_of.isoformat()})
