"""Promised, approved and expected days, and the working days between them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handrail.compute.facts import Dated, Delivered
from handrail.compute.workdays import WorkDays
from handrail.model.project import Plan
from handrail.model.records import Baseline


def original_values(plan: Plan) -> Mapping[str, Mapping[str, Any]]:
    """The values of the first baseline; nothing when there is none."""
    first = _first(plan.baselines)
    return first.values if first else {}


def _first(baselines: tuple[Baseline, ...]) -> Baseline | None:
    return min(baselines, key=lambda one: one.id, default=None)


def milestones(plan: Plan, days: WorkDays) -> tuple[Dated, ...]:
    """Milestones and increments in the order of their planned days."""
    original = original_values(plan)
    ones = [
        _dated(one.id, one.name, "milestone", one.gate, original, one.planned, one.forecast, one.actual, days)
        for one in plan.milestones
    ]
    ones += [
        _dated(one.id, one.name, "increment", None, original, one.planned, one.forecast, one.actual, days)
        for one in plan.increments
    ]
    return tuple(sorted(ones, key=lambda one: (one.planned or one.expected or date.max, one.id)))


def deliverables(plan: Plan, days: WorkDays) -> tuple[Dated, ...]:
    """Deliverables with the days of their acceptance."""
    original = original_values(plan)
    return tuple(
        _dated(one.id, one.name, "deliverable", None, original, one.planned, one.forecast, one.actual, days)
        for one in plan.deliverables
    )


def delivered(plan: Plan, dated: tuple[Dated, ...]) -> Delivered:
    """Accepted, rejected and next."""
    accepted = sum(one.actual is not None or one.status == "done" for one in plan.deliverables)
    waiting = [one for one in dated if not one.done and one.expected]
    return Delivered(
        total=len(dated),
        accepted=accepted,
        rejected=sum(one.status == "rejected" for one in plan.deliverables),
        next=min(waiting, key=lambda one: one.expected or date.max, default=None),
    )


def end_of(ones: tuple[Dated, ...]) -> Dated | None:
    """The last day that the plan names: by the approved plan, else as expected."""
    return max(
        (one for one in ones if one.expected), key=lambda one: one.planned or one.expected or date.min, default=None
    )


def next_gate(ones: tuple[Dated, ...]) -> Dated | None:
    """The first gate that is not yet passed."""
    return next((one for one in ones if one.gate and not one.done), None)


def worst_slip(ones: tuple[Dated, ...]) -> Dated | None:
    """The open milestone that is expected latest against its approved day."""
    slipping = [one for one in ones if not one.done and one.slip is not None]
    return max(slipping, key=lambda one: one.slip or 0, default=None)


def _dated(
    name: str, title: str, what: str, gate: str | None, original: Mapping[str, Mapping[str, Any]],
    planned: date | None, forecast: date | None, actual: date | None, days: WorkDays,
) -> Dated:  # fmt: skip
    first = _as_date(original.get(name, {}).get("planned")) or planned
    expected = actual or forecast or planned
    return Dated(
        id=name, name=title, what=what, gate=gate, original=first, planned=planned, forecast=forecast, actual=actual,
        expected=expected,
        slip=days.between(planned, expected) if planned and expected else None,
        slip_original=days.between(first, expected) if first and expected else None,
    )  # fmt: skip


def _as_date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
