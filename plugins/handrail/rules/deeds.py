"""What was done and agreed to, under the names that rules may read: accepted deliverables, failed checks, risks that happened."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handrail.compute.approvals import decided
from handrail.model.project import Deliverable, Plan
from handrail.rules.computing import Computed, Scope
from handrail.rules.shapes import BOOL, NUMBER, TEXT, ListOf

_YEAR = 365


def _accepted(one: Deliverable, scope: Scope) -> bool:
    """The newest word of the one who accepts it is yes; what somebody else says about it does not count."""
    last = decided(
        scope["project"].approvals, "deliverable", one.id, scope["as_of"], lambda each: each.by == one.accepted_by
    )
    return last is not None and last.decision == "accept"


def _failed(one: Deliverable, scope: Scope) -> tuple[str, ...]:
    """Methods of its checks whose newest result is a failure."""
    newest: dict[str, str | None] = {}
    checks = [check for check in scope["project"].quality_checks if check.deliverable == one.id and check.done_on]
    for check in sorted(checks, key=lambda each: (each.done_on, each.id)):
        newest[check.method] = check.result
    return tuple(method for method, result in newest.items() if result == "fail")


def _occurrences(plan: Plan, scope: Scope) -> tuple[str, ...]:
    """What may be paid from contingency: issues, the risks they come from, risks that have ended, and approved changes."""
    del scope
    happened = {name for one in plan.issues for name in (one.id, one.from_risk) if name}
    happened |= {one.id for one in plan.risks if one.status == "closed" and one.outcome}
    agreed = {one.subject.id for one in plan.approvals if one.subject.kind == "change" and one.decision == "approve"}
    return tuple(sorted(happened | (agreed & {one.id for one in plan.changes})))


def _rebaselined(plan: Plan, scope: Scope) -> int:
    """How often an approved plan was replaced in the 365 days until today; the first replaces nothing."""
    later = sorted(plan.baselines, key=lambda one: one.id)[1:]
    return sum(1 for one in later if 0 <= (scope["as_of"] - one.made_on).days <= _YEAR)


DELIVERABLE: Mapping[str, Computed] = MappingProxyType(
    {
        "accepted": Computed(shape=BOOL, get=_accepted, about="whether the one who accepts it has said yes, and not no since"),
        "failed": Computed(shape=ListOf(TEXT), get=_failed, about="its checks whose newest result is a failure"),
    }
)  # fmt: skip
"""For a deliverable."""
DEEDS: Mapping[str, Computed] = MappingProxyType(
    {
        "occurrences": Computed(
            shape=ListOf(TEXT), get=_occurrences,
            about="ids of issues, of risks that happened and of approved changes: what contingency may be used for",
        ),
        "rebaselined_in_year": Computed(
            shape=NUMBER, get=_rebaselined, about="how often the approved plan was replaced within the last 365 days"
        ),
    }
)  # fmt: skip
"""For a project."""
