"""Promised, approved and expected days, and the working days between them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from handrail.compute.facts import Dated, Delivered
from handrail.compute.workdays import WorkDays
from handrail.compute.written import as_day
from handrail.model.project import Deliverable, Plan
from handrail.model.records import Baseline
from handrail.model.schedule import Increment, Milestone


def in_order(baselines: tuple[Baseline, ...]) -> list[Baseline]:
    """Baselines by their numbers, the first one first: BL-2 comes before BL-10."""
    return sorted(baselines, key=lambda one: (int("".join(sign for sign in one.id if sign.isdecimal()) or 0), one.id))


def original_values(plan: Plan) -> Mapping[str, Mapping[str, Any]]:
    """The values of the first baseline; nothing when there is none."""
    return in_order(plan.baselines)[0].values if plan.baselines else {}


def milestones(plan: Plan, days: WorkDays) -> tuple[Dated, ...]:
    """Milestones and increments in the order of their planned days."""
    original = original_values(plan)
    ones = [_dated(one, "milestone", original, days, one.gate) for one in plan.milestones]
    ones += [_dated(one, "increment", original, days) for one in plan.increments]
    return tuple(sorted(ones, key=lambda one: (one.planned or one.expected or date.max, one.id)))


def by_network(
    plan: Plan, dates: tuple[Dated, ...], finishes: Mapping[str, tuple[date, date]], days: WorkDays
) -> tuple[Dated, ...]:
    """Milestones that hang on a task get its day: as the forecast where none is stated, else beside the stated one."""
    hung = {one.id: finishes[one.task] for one in plan.milestones if one.task in finishes and one.task}
    return tuple(_hung(one, *hung[one.id], days) if one.id in hung else one for one in dates)


def _hung(one: Dated, network: date, expected: date, days: WorkDays) -> Dated:
    if one.what != "milestone" or one.actual is not None:
        return one
    if one.forecast is not None:
        return replace(one, network=network, difference=days.between(network, one.forecast))
    return replace(
        one, network=network, expected=expected,
        slip=days.between(one.planned, expected) if one.planned else None,
        slip_original=days.between(one.original, expected) if one.original else None,
    )  # fmt: skip


def deliverables(plan: Plan, days: WorkDays) -> tuple[Dated, ...]:
    """Deliverables with the days of their acceptance."""
    original = original_values(plan)
    return tuple(_dated(one, "deliverable", original, days) for one in plan.deliverables)


def delivered(plan: Plan, dated: tuple[Dated, ...]) -> Delivered:
    """Accepted, rejected and next. What was rejected after it had been accepted is not accepted any more."""
    accepted = {
        one.id for one in plan.deliverables if one.status == "done" or (one.actual and one.status != "rejected")
    }
    waiting = [(one.expected, one) for one in dated if one.id not in accepted and one.expected]
    return Delivered(
        total=len(dated),
        accepted=len(accepted),
        rejected=sum(one.status == "rejected" for one in plan.deliverables),
        next=min(waiting, key=lambda pair: pair[0])[1] if waiting else None,
    )


def end_of(ones: tuple[Dated, ...]) -> Dated | None:
    """The last day that the plan names: by the approved plan, else as expected."""
    return max(
        (one for one in ones if one.expected), key=lambda one: one.planned or one.expected or date.min, default=None
    )


def next_gate(ones: tuple[Dated, ...], decided: Container[str]) -> Dated | None:
    """The first gate that is neither reached nor decided."""
    return next((one for one in ones if one.gate and not one.done and one.gate not in decided), None)


def gates_passed(plan: Plan, as_of: date) -> frozenset[str]:
    """The gates that were passed by a decision until a day, also where the plan does not give the day yet."""
    if not plan.approvals:
        return frozenset()
    gates = {one.id: one.gate for one in plan.gates}
    return frozenset(
        gates.get(one.subject.id, one.subject.id)
        for one in plan.approvals
        if one.subject.kind == "gate"
        and one.decision in {"go", "go with conditions"}
        and one.on <= as_of
        and one.stale is None
    )


def _dated(
    one: Milestone | Increment | Deliverable, what: str, original: Mapping[str, Mapping[str, Any]], days: WorkDays,
    gate: str | None = None,
) -> Dated:  # fmt: skip
    planned, forecast, actual = one.planned, one.forecast, one.actual
    first = (as_day(original.get(one.id, {}).get("planned")) if original else None) or planned
    expected = actual or forecast or planned
    slip = days.between(planned, expected) if planned and expected else None
    return Dated(
        id=one.id, name=one.name, what=what, gate=gate, original=first, planned=planned, forecast=forecast, actual=actual,
        expected=expected, slip=slip,
        slip_original=slip if first == planned else days.between(first, expected) if first and expected else None,
    )  # fmt: skip
