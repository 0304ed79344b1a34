"""Problems that computing finds become remarks of the rule that speaks about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handrail.model.rule_file import RuleFile
from handrail.remark import Related, Remark, fingerprint

if TYPE_CHECKING:
    from handrail.compute.working_time import Problem  # most runs know no calendar to the minute


def of_problem(rule: RuleFile, problem: Problem, project: str | None) -> Remark:
    """One problem as a remark. Its fingerprint keeps to what it is about, wherever that stands."""
    return Remark(
        rule=rule.id, level=rule.level, enforce_at=rule.enforce_at, severity=rule.severity, loc=problem.loc,
        message=problem.message, fix=problem.fix, project=project, help_url=f"rules/{rule.id}/",
        related=tuple(Related(loc=loc, note=note) for loc, note in problem.others),
        fingerprint=fingerprint(rule.id, project, problem.name),
    )  # fmt: skip
