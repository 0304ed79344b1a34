"""What was done and agreed to, under the names that rules may read: accepted deliverables, failed checks, risks that happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from handrail.compute.approvals import decided
from handrail.model.project import Deliverable, Plan
from handrail.model.records import ChangeRequest
from handrail.rules.computing import Computed, Scope
from handrail.rules.shapes import BOOL, DATE, NUMBER, TEXT, ListOf, ObjectShape

_YEAR = 365
_DECISION = ObjectShape("decision of a gate", {"decision": TEXT, "gate": TEXT, "on": DATE, "role": TEXT})


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
    happened = {name for one in plan.issues for name in (one.id, one.from_risk) if name}
    happened |= {one.id for one in plan.risks if one.status == "closed" and one.outcome}
    for one in plan.changes:
        last = decided(plan.approvals, "change", one.id, scope["as_of"], lambda _: True)
        if last is not None and last.decision == "approve":
            happened.add(one.id)
    return tuple(sorted(happened))


def _rebaselined(plan: Plan, scope: Scope) -> int:
    """How often an approved plan was replaced in the 365 days until today; the first replaces nothing."""
    later = sorted(plan.baselines, key=lambda one: one.id)[1:]
    return sum(1 for one in later if 0 <= (scope["as_of"] - one.made_on).days <= _YEAR)


def _gate_decision(plan: Plan, scope: Scope) -> Mapping[str, object] | None:
    """The newest decision about a gate until today, of those whose terms stand."""
    found = (
        one for one in plan.approvals if one.subject.kind == "gate" and one.stale is None and one.on <= scope["as_of"]
    )
    last = max(found, key=lambda one: (one.on, one.id), default=None)
    return (
        None if last is None else {"decision": last.decision, "gate": last.subject.id, "on": last.on, "role": last.role}
    )


def _misquoted(one: ChangeRequest, scope: Scope) -> tuple[str, ...]:
    """Values that a request says are approved and that its own approved plan says otherwise; none without that plan."""
    from handrail.compute.baseline import differences  # noqa: PLC0415 - few plans have requests

    plan: Plan = scope["project"]
    cited = next((each for each in plan.baselines if each.id == one.on and each.values), None)
    if cited is None:
        return ()
    found: list[str] = []
    for each in one.changes:
        approved = {item.field: item.after for item in differences({}, {each.item: cited.values.get(each.item, {})})}
        said = each.from_.isoformat() if isinstance(each.from_, date) else each.from_
        has = approved.get(each.field)
        same = not differences({"": {"": _listed(has)}}, {"": {"": _listed(said)}})
        if not same:
            found.append(f"{each.field} of {each.item}")
    return tuple(found)


def _listed(value: object) -> object:
    """One line of text where the plan keeps a list of one."""
    return value[0] if isinstance(value, (list, tuple)) and len(value) == 1 else value


DELIVERABLE: Mapping[str, Computed] = MappingProxyType(
    {
        "accepted": Computed(shape=BOOL, get=_accepted, about="whether the one who accepts it has said yes, and not no since"),
        "failed": Computed(shape=ListOf(TEXT), get=_failed, about="its checks whose newest result is a failure"),
    }
)  # fmt: skip
"""For a deliverable."""
REQUEST: Mapping[str, Computed] = MappingProxyType(
    {
        "misquoted": Computed(
            shape=ListOf(TEXT), get=_misquoted, about="values whose `from` is not what the approved plan it cites says"
        ),
    }
)
"""For a change request."""
DEEDS: Mapping[str, Computed] = MappingProxyType(
    {
        "occurrences": Computed(
            shape=ListOf(TEXT), get=_occurrences,
            about="ids of issues, of risks that happened and of approved changes: what contingency may be used for",
        ),
        "gate_decision": Computed(
            shape=_DECISION, get=_gate_decision, about="the newest decision about a gate: decision, gate, on, role"
        ),
        "rebaselined_in_year": Computed(
            shape=NUMBER, get=_rebaselined, about="how often the approved plan was replaced within the last 365 days"
        ),
    }
)  # fmt: skip
"""For a project."""
