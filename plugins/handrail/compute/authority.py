"""Who may decide what: an approval held against the authority table of the policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handrail.compute.change_size import budget_steps, change_size
from handrail.compute.cost import total
from handrail.compute.evidence import Grade, rank
from handrail.compute.exchange import converted
from handrail.compute.holders import Holders, members
from handrail.compute.written import as_money
from handrail.model.approval_parts import Subject
from handrail.model.money import Money
from handrail.model.policy import AuthorityRow
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.repository import Repository
from handrail.model.words import TIERS


def lacks_authority(approval: Approval, plan: Plan, repository: Repository, law: Plan | None = None) -> str | None:
    """Why an approval does not count, in plain words; None when it does, or when the policy has no table.

    `law` is the plan on which the change builds: a change cannot choose who approves it. The role must be one that the table allows for this decision, tier and amount, and the person must hold it: the
    plan's sponsor, a member of the plan's board, the deliverable's accepter, or anybody whose directory entry says so.
    """
    if not repository.policy.authority.rows:
        return None
    if law is not None and approval.id in {one.id for one in law.approvals}:
        # who held a role when it was given, the target knows; a role that is taken away now is told once, as that
        plan = replace(under_law(plan, law), role_changes=law.role_changes)
    elif law is not None:
        plan = under_law(plan, law)
        invented = _invented(approval, plan, repository)
        if invented:
            return invented
    rows = _rows(approval, plan, repository)
    if not rows:
        return f"the policy names nobody who decides on a {approval.subject.kind}"
    amount = _amount(approval, plan, repository.currency)
    worth = converted(amount, repository.currency, approval.on, repository.policy.rates) if amount else None
    if amount is not None and worth is None and any(one.up_to is not None for one in rows):
        return f"there is no exchange rate from {amount.currency}, so its limit cannot be checked"
    allowed = [one for one in rows if one.up_to is None or worth is None or worth.amount <= one.up_to]
    if not allowed and amount is not None:
        return f"{amount.format()} is more than anybody may decide in this tier"
    return _lacks_role(approval, plan, repository, {role for one in allowed for role in one.roles})


def _invented(approval: Approval, plan: Plan, repository: Repository) -> str | None:
    """Why a handover that is approved now cannot be: only who holds a role can hand it over."""
    if approval.subject.kind != "role change":
        return None
    change = next((one for one in plan.role_changes if one.id == approval.subject.id), None)
    holder = (
        Holders(plan=plan, boards=repository.policy.boards).now(change.role, change.deliverable) if change else None
    )
    if change is None or change.from_ == holder:
        return None
    return f"{change.from_ or 'nobody'} does not hand over what {holder or 'nobody'} holds ({change.role})"


def under_law(plan: Plan, law: Plan) -> Plan:
    """A plan with the roles of the plan it builds on, and with the higher of both tiers."""
    accepters = {one.id: one.accepted_by for one in law.deliverables}
    handed = tuple(
        replace(one, accepted_by=accepters[one.id]) if one.id in accepters else one for one in plan.deliverables
    )
    tier = max(plan.tier, law.tier, key=TIERS.index)
    return replace(plan, sponsor=law.sponsor, manager=law.manager, board=law.board, assurance=law.assurance,
                   deliverables=handed, tier=tier)  # fmt: skip


def required(approval: Approval, plan: Plan, repository: Repository, law: Plan | None = None) -> tuple[Grade, bool]:
    """The least grade of evidence that an approval needs, and whether grade B takes a verified signature.

    Of the rows that let this role decide, the strictest counts, in the higher of the two tiers.
    """
    plan = under_law(plan, law) if law is not None else plan
    rows = [one for one in _rows(approval, plan, repository) if approval.role in one.roles]
    grade: Grade = max((one.grade for one in rows), key=rank, default="C")
    return grade, any(one.signed for one in rows)


def _lacks_role(approval: Approval, plan: Plan, repository: Repository, roles: set[str]) -> str | None:
    if approval.role not in roles:
        return f"the {approval.role} may not decide this alone: it takes {_either(roles)}"
    if not active(approval.by, approval.on, repository):
        return f"{approval.by} was not with us on that day"
    return None if _holds(approval, plan, repository) else f"{approval.by} was not {_role(approval)} on that day"


def active(person: str | None, on: date, repository: Repository) -> bool:
    """Whether somebody is in the directory and here on a day."""
    record = repository.people.get(person or "")
    return (
        record is not None and (record.from_ is None or record.from_ <= on) and (record.to is None or on <= record.to)
    )


def _holds(approval: Approval, plan: Plan, repository: Repository) -> bool:
    """Whether the person held the role in the project on the day of the approval."""
    person, role, on = approval.by, approval.role, approval.on
    boards = repository.policy.boards
    holders = Holders(plan=plan, boards=boards)
    if approval.subject.kind == "role change" and role in {"sponsor", "board"}:
        handed = next((one for one in plan.role_changes if one.id == approval.subject.id), None)
        return handed is not None and holders.may_hand_over(approval, handed)
    if role in {"sponsor", "project manager"}:
        return person in holders.on(on, role)
    if role == "board":
        return any(person in members(one, boards, on) for one in holders.on(on, role))
    if role == "accepter":
        return person in holders.on(on, role, approval.subject.id)
    record = repository.people.get(person)
    return record is not None and any(
        one.role == role and (one.from_ is None or one.from_ <= on) and (one.to is None or on <= one.to)
        for one in record.roles
    )


def _role(approval: Approval) -> str:
    """How a sentence speaks of the role."""
    return {
        "sponsor": "the sponsor", "project manager": "the project manager", "board": "a member of the project's board",
        "accepter": "the one who accepts this deliverable",
    }.get(approval.role, approval.role)  # fmt: skip


def who_decides(kind: str, name: str, plan: Plan, repository: Repository, on: date) -> tuple[str, ...]:
    """The roles that the table lets decide about a thing; empty where the policy has no row for it."""
    asked = Approval(id="AP-0", decision="approve", subject=Subject(kind=kind, id=name), by="", role="", on=on)
    return tuple(dict.fromkeys(role for row in _rows(asked, plan, repository) for role in row.roles))


def _rows(approval: Approval, plan: Plan, repository: Repository) -> list[AuthorityRow]:
    """The rows for this decision; for a change those of its size, where the table tells sizes apart."""
    kind = approval.subject.kind
    fitting = [one for one in repository.policy.authority.rows if not one.tiers or plan.tier in one.tiers]
    change = next((one for one in plan.changes if one.id == approval.subject.id), None) if kind == "change" else None
    if change is not None:
        size = change_size(change, plan, repository)
        sized = [one for one in fitting if one.decision == f"change {size}"]
        # whoever may decide on a large change may decide on a small one too
        larger = [one for one in fitting if one.decision == "change beyond tolerance" or _more(one, size)]
        if sized:
            return [*sized, *larger]
    return [one for one in fitting if one.decision == kind]


def _more(row: AuthorityRow, size: str) -> bool:
    return size == "within delegation" and row.decision == "change within tolerance"


def _amount(approval: Approval, plan: Plan, home: str) -> Money | None:
    """The money at stake: what is released, what the approved plan may cost, or what a change adds."""
    if approval.releases is not None:
        return approval.releases
    kind, name, budget = approval.subject.kind, approval.subject.id, plan.budget
    unit = (budget.currency if budget else None) or home
    if kind == "baseline":
        values = next((one.values for one in plan.baselines if one.id == name), {}).get("budget", {})
        return as_money(values.get("approved"), unit) or (budget.approved if budget else None)
    if kind == "gate":  # a pass without a sum lets the whole project go on
        return budget.approved if budget else None
    change = next((one for one in plan.changes if kind == "change" and one.id == name), None)
    added = [step for _, step in budget_steps(change, unit) if step is not None] if change else []
    return total(added, added[0].currency) if added else None


def _either(words: set[str]) -> str:
    return " or ".join(f"the {word}" for word in sorted(words))
