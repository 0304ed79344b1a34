"""Who may decide what: an approval held against the authority table of the policy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.model.policy import AuthorityRow, Boards, Policy
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.repository import Repository


def lacks_authority(approval: Approval, plan: Plan, repository: Repository) -> str | None:
    """Why an approval does not count, in plain words; None when it does, or when the policy has no table.

    The role must be one that the table allows for this decision, tier and amount, and the person must hold it: the
    plan's sponsor, a member of the plan's board, a deliverable's accepter, or anybody whose directory entry says so.
    """
    rows = _rows(approval, plan, repository.policy)
    if not repository.policy.authority.rows:
        return None
    if not rows:
        return f"the policy names nobody who decides on a {approval.subject.kind}"
    amount = _amount(approval, plan)
    allowed = [one for one in rows if one.up_to is None or amount is None or amount <= one.up_to]
    roles = {role for one in allowed for role in one.roles}
    if approval.role not in roles:
        return f"a {approval.role} may not decide this; it takes {_either(roles)}" if roles else "the amount exceeds every limit"
    if not holds(approval.by, approval.role, approval.on, plan, repository):
        return f"{approval.by} was not {approval.role} on that day"
    return None


def holds(person: str, role: str, on: date, plan: Plan, repository: Repository) -> bool:
    """Whether a person held a role in a project on a day."""
    if role == "sponsor":
        return plan.sponsor == person
    if role == "project manager":
        return plan.manager == person
    if role == "board":
        return person in _members(plan.board, repository.policy.boards)
    if role == "accepter":
        return any(one.accepted_by == person for one in plan.deliverables)
    record = repository.people.get(person)
    return record is not None and any(
        one.role == role and (one.from_ is None or one.from_ <= on) and (one.to is None or on <= one.to)
        for one in record.roles
    )


def active(person: str | None, on: date, repository: Repository) -> bool:
    """Whether somebody is in the directory and here on a day."""
    record = repository.people.get(person or "")
    return record is not None and (record.from_ is None or record.from_ <= on) and (record.to is None or on <= record.to)


def _rows(approval: Approval, plan: Plan, policy: Policy) -> list[AuthorityRow]:
    kind = approval.subject.kind
    return [
        one for one in policy.authority.rows if one.decision == kind and (not one.tiers or plan.tier in one.tiers)
    ]  # fmt: skip


def _amount(approval: Approval, plan: Plan) -> Decimal | None:
    if approval.releases is not None:
        return approval.releases.amount
    if approval.subject.kind == "baseline" and plan.budget and plan.budget.approved:
        return plan.budget.approved.amount
    return None


def _members(board: str | None, boards: Boards) -> tuple[str, ...]:
    return next((one.members for one in boards.boards if one.id == board), ())


def _either(words: set[str]) -> str:
    return " or ".join(f"the {word}" for word in sorted(words))
