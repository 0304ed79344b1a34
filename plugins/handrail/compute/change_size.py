"""How large a change request is: what a manager may move alone, what stays within the tolerance, and what goes beyond."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from handrail.compute.approvals import standing
from handrail.compute.tolerance import Limits
from handrail.compute.workdays import WorkDays, days_of
from handrail.compute.written import as_day, as_money
from handrail.model.money import Money
from handrail.model.project import Plan
from handrail.model.records import ChangeRequest, FieldChange
from handrail.model.repository import Repository

Size = Literal["within delegation", "within tolerance", "beyond tolerance"]
_DAYS, _SHARE = 10, Decimal("0.03")
_DAY_FIELDS = frozenset({"planned", "planned_start", "planned_finish", "start"})
_WITHOUT_END = Decimal("Infinity")


def change_size(change: ChangeRequest, plan: Plan, repository: Repository) -> Size:
    """The size of a change in working days and share of the approved budget, with the smaller ones since the last gate.

    A change of scope, quality or benefit is never within the manager's delegation: somebody else was promised it.
    """
    days = days_of(plan, repository.organisation.calendar)
    made = [one for one in _made_since_gate(plan) if one.id != change.id]
    later = _later(change, days) + sum(_later(one, days) for one in made)
    dearer = _dearer(change) + sum((_dearer(one) for one in made), Decimal(0))
    authority = repository.policy.authority
    may_days = authority.delegated_days if authority.delegated_days is not None else _DAYS
    may_share = authority.delegated_cost if authority.delegated_cost is not None else _SHARE
    if later <= may_days and dearer <= may_share and all(_is_day_or_money(one) for one in change.changes):
        return "within delegation"
    limits = Limits.of(plan, repository.policy.thresholds)
    if limits is None or (_later(change, days) <= limits.time_days and _dearer(change) <= limits.cost):
        return "within tolerance"
    return "beyond tolerance"


def _later(change: ChangeRequest, days: WorkDays) -> int:
    """Working days by which the latest of its days moves; 0 when nothing becomes later."""
    moves = [
        days.between(old, new)
        for one in change.changes
        if one.field in _DAY_FIELDS and (old := as_day(one.from_)) and (new := as_day(one.to))
    ]
    return max((0, *moves))


def _dearer(change: ChangeRequest) -> Decimal:
    """Share of the approved budget that it adds; 0 when nothing becomes dearer, without end where no share can be told."""
    shares = [
        added.ratio(old) if added is not None and old.amount > 0 else _WITHOUT_END
        for old, added in budget_steps(change, "the budget's")
        if added is None or added.amount > 0
    ]
    return max((Decimal(0), *shares))


def budget_steps(change: ChangeRequest, currency: str) -> Iterator[tuple[Money, Money | None]]:
    """Each step of the approved budget: what it was, and what is added; None where the two cannot be compared.

    A plain number is in the given currency.
    """
    for one in change.changes:
        if one.item == "budget" and one.field == "approved":
            old, new = as_money(one.from_, currency) or Money(Decimal(0), currency), as_money(one.to, currency)
            yield old, new - old if new is not None and old.currency == new.currency else None


def _is_day_or_money(change: FieldChange) -> bool:
    """Whether it only moves days or spends money; another currency or more held back for risks is another plan."""
    return (
        change.field in _DAY_FIELDS or change.field == "amount" or (change.item, change.field) == ("budget", "approved")
    )


def _made_since_gate(plan: Plan) -> tuple[ChangeRequest, ...]:
    """Changes that went into a baseline since the last gate was passed."""
    passed = [
        one.on for one in standing(plan.approvals) if one.subject.kind == "gate" and one.decision.startswith("go")
    ]
    last = max(passed, default=date.min)
    cited = {one.change for one in plan.baselines if one.change and one.made_on >= last}
    return tuple(one for one in plan.changes if one.id in cited)
