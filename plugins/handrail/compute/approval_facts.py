"""Each approval as people want to see it: whether it counts, why not, and how well it is evidenced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handrail.compute.authority import lacks_authority, required
from handrail.compute.evidence import Evidence, Grade, grade_of, rank
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalFact:
    """One approval. lacks: why it does not count, None when it does. required: the least grade by the policy of today.

    seen: whether Git was asked how the record came in; without, the grade is what the file alone bears.
    """

    approval: Approval
    lacks: str | None
    grade: Grade
    why: str
    required: Grade
    seen: bool

    @property
    def below(self) -> bool:
        """Whether the evidence that was seen is less than the policy asks for."""
        return self.seen and rank(self.grade) < rank(self.required)


def approval_facts(plan: Plan, repository: Repository, evidence: Mapping[str, Evidence]) -> tuple[ApprovalFact, ...]:
    """Every approval of a plan. `evidence`: by the file of a record, as far as Git was asked."""
    found = []
    for one in plan.approvals:
        seen = evidence.get(one.loc.file)
        graded = grade_of(one, seen, repository.people, frozenset({plan.manager} if plan.manager else ()))
        found.append(
            ApprovalFact(
                approval=one, lacks=one.stale or lacks_authority(one, plan, repository), grade=graded.grade, why=graded.why,
                required=required(one, plan, repository)[0], seen=seen is not None,
            )
        )  # fmt: skip
    return tuple(found)
