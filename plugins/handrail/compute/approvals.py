"""What was decided last about one thing: approvals are never changed, so a later one takes an earlier one back.

An approval is bound to the terms that were approved. Once these say something else it is stale and counts no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.repository import Repository


def decided(
    approvals: tuple[Approval, ...], kind: str, name: str, as_of: date, counts: Callable[[Approval], bool]
) -> Approval | None:
    """The newest decision about a thing until a day, of those that count; None without one. Of one day, the last by id."""
    found = (
        one for one in approvals
        if one.subject.kind == kind and one.subject.id == name and one.on <= as_of and one.stale is None and counts(one)
    )  # fmt: skip
    return max(found, key=lambda one: (one.on, one.id), default=None)


def standing(approvals: tuple[Approval, ...]) -> tuple[Approval, ...]:
    """The approvals whose terms still stand."""
    return tuple(one for one in approvals if one.stale is None)


def bound(plan: Plan, repository: Repository) -> Plan:
    """The plan, with every approval told whether what was approved still stands."""
    since = repository.policy.authority.terms_from
    if not any(one.value or (since is not None and one.on >= since) for one in plan.approvals):
        return plan
    told = tuple(stale(one, plan, repository) for one in plan.approvals)
    if not any(told):
        return plan
    marked = (replace(one, stale=why) for one, why in zip(plan.approvals, told, strict=True))
    return replace(plan, approvals=tuple(marked))


def stale(approval: Approval, plan: Plan | None, repository: Repository) -> str | None:
    """Why an approval counts no more, or does not yet, in a few words; None while its terms stand.

    One without a fingerprint was written before there were any: it counts until the day that the policy names.
    """
    from handrail.compute.approved_value import value_of  # noqa: PLC0415 - most plans have nothing to compare

    since = repository.policy.authority.terms_from
    if approval.value is None:
        return "it does not say which terms were approved" if since is not None and approval.on >= since else None
    now = value_of(approval.subject.kind, approval.subject.id, plan, repository)
    if now is None:
        return "what was approved is not there"
    return None if now == approval.value else "what was approved has been changed since"
