"""Problems that computing finds become remarks of the rule that speaks about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handrail.model.rule_file import RuleFile
from handrail.remark import Related, Remark
from handrail.rules.speaking import say

if TYPE_CHECKING:
    from handrail.compute.working_time import Problem  # most runs know no calendar to the minute


def of_problem(rule: RuleFile, problem: Problem, project: str | None) -> Remark:
    """One problem as a remark. Its fingerprint keeps to what it is about, wherever that stands."""
    related = tuple(Related(loc=loc, note=note) for loc, note in problem.others)
    return say(rule, problem.loc, problem.message, problem.fix, pointer=problem.name, project=project, related=related)
