"""How large a change request is: what a manager may move alone, what stays within the tolerance, and what goes beyond."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from handrail.compute.health import Limits
from handrail.compute.workdays import WorkDays
from handrail.model.project import Plan
from handrail.model.records import ChangeRequest, FieldChange
from handrail.model.repository import Repository

Size = Literal["within delegation", "within tolerance", "beyond tolerance"]
_DAYS, _SHARE = 10, Decimal("0.03")
_DAY_FIELDS = frozenset({"planned", "planned_start", "planned_finish", "start"})


def change_size(change: ChangeRequest, plan: Plan, repository: Repository) -> Size:
    """The size of a change in working days and share of the approved budget, with the smaller ones since the last gate.

    A change of scope, quality or benefit is never within the manager's delegation: somebody else was promised it.
    """
    days = WorkDays.of(repository.organisation.calendar)
    made = [one for one in _made_since_gate(plan) if one.id != change.id]
    later = _later(change, days) + sum(_later(one, days) for one in made)
    dearer = _dearer(change) + sum((_dearer(one) for one in made), Decimal(0))
    authority = repository.policy.authority
    may_days = authority.delegated_days if authority.delegated_days is not None else _DAYS
    may_share = authority.delegated_cost if authority.delegated_cost is not None else _SHARE
    if later <= may_days and dearer <= may_share and all(_is_day_or_money(one) for one in change.changes):
        return "within delegation"
    limits = Limits.of(plan, repository.policy.thresholds) if repository.policy.thresholds else None
    if limits is None or (_later(change, days) <= limits.time_days and _dearer(change) <= limits.cost):
        return "within tolerance"
    return "beyond tolerance"


def _later(change: ChangeRequest, days: WorkDays) -> int:
    """Working days by which the latest of its days moves; 0 when nothing becomes later."""
    moves = [
        days.between(old, new)
        for one in change.changes
        if one.field in _DAY_FIELDS and (old := _day(one.from_)) and (new := _day(one.to))
    ]
    return max((0, *moves))


def _dearer(change: ChangeRequest) -> Decimal:
    """Share of the approved budget that it adds; 0 when nothing becomes dearer."""
    shares = [
        (new - old) / old
        for one in change.changes
        if one.item == "budget" and one.field == "approved" and (old := _amount(one.from_)) and (new := _amount(one.to))
    ]
    return max((Decimal(0), *shares))


def _is_day_or_money(change: FieldChange) -> bool:
    return change.field in _DAY_FIELDS or change.item == "budget" or change.field == "amount"


def _made_since_gate(plan: Plan) -> tuple[ChangeRequest, ...]:
    """Changes that went into a baseline since the last gate was passed."""
    passed = [one.on for one in plan.approvals if one.subject.kind == "gate" and one.decision.startswith("go")]
    last = max(passed, default=date.min)
    cited = {one.change for one in plan.baselines if one.change and one.made_on >= last}
    return tuple(one for one in plan.changes if one.id in cited)


def _day(value: object) -> date | None:
    """Values of a change are as written: a day is text until a field says what it is."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _amount(value: object) -> Decimal | None:
    number = value.get("amount") if isinstance(value, Mapping) else value
    return Decimal(number) if isinstance(number, (int, Decimal)) and not isinstance(number, bool) else None
