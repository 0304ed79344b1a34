"""Earned value: the budget of the work that is done, by task and method, by milestone, or by accepted increment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from handrail.compute.evm import Figure, undefined
from handrail.compute.shares import shared_out
from handrail.compute.workdays import WorkDays
from handrail.model.cost import Budget
from handrail.model.money import EXACT, Money
from handrail.model.project import Plan
from handrail.model.schedule import Task

_NONE, _HALF, _ALL = Decimal(0), Decimal("0.5"), Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """EV in the budget's currency, and what it was counted by: tasks, milestones or increments."""

    value: Figure
    counted_by: str | None = None


def earned_of(plan: Plan, bac: Money, on: date, days: WorkDays) -> Earned:
    """EV in the evening of a day. Tasks count where they say how far they are, else weighted milestones or increments."""
    tasks = leaves(plan.tasks)
    if any(one.percent is not None or one.actual_start or one.ev_method for one in tasks):
        budgets = task_budgets(plan, bac, days)
        if isinstance(budgets, str):
            return Earned(value=undefined(budgets))
        return Earned(value=_sum([(budgets[one.id], progress(one, plan, on)) for one in tasks]), counted_by="tasks")
    if any(one.weight is not None for one in plan.milestones):
        weights = [one.weight or _NONE for one in plan.milestones]
        parts = shared_out(bac, weights)
        reached = [Figure(_ALL if _by(one.actual, on) else _NONE) for one in plan.milestones]
        return Earned(value=_sum(list(zip(parts, reached, strict=True))), counted_by="milestones")
    if plan.increments:
        done = accepted_share(plan, on)
        value = Figure(EXACT.multiply(bac.amount, done.value)) if done.value is not None else done
        return Earned(value=value, counted_by="increments")
    return Earned(value=undefined("No task, weighted milestone or increment says how much of the work is done."))


def leaves(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """Tasks that are no summaries; those that are not active are no work."""
    parents = {one.parent for one in tasks if one.active}
    return tuple(one for one in tasks if one.active and one.id not in parents)


def progress(task: Task, plan: Plan, on: date) -> Figure:
    """The share of a task that is earned by its method; without a method its percentage, else nothing until it is done."""
    return _METHODS[task.ev_method or ("percent" if task.percent is not None else "0/100")](task, plan, on)


def _whole(task: Task, _: Plan, on: date) -> Figure:
    return Figure(_ALL if _by(task.actual_finish, on) else _NONE)


def _halves(task: Task, _: Plan, on: date) -> Figure:
    if _by(task.actual_finish, on):
        return Figure(_ALL)
    return Figure(_HALF if _by(task.actual_start, on) else _NONE)


def _percent(task: Task, _: Plan, on: date) -> Figure:
    if _by(task.actual_finish, on):
        return Figure(_ALL)
    return Figure(min(max(task.percent or _NONE, _NONE), _ALL))


def _weighted(task: Task, plan: Plan, on: date) -> Figure:
    """The weights of its milestones that are reached; equal ones where none is given."""
    own = [one for one in plan.milestones if one.id in task.milestones]
    if not own:
        return undefined(f'"{task.name}" counts by milestones and names none.')
    weights = [one.weight or _NONE for one in own]
    if not any(weights):
        weights = [_ALL] * len(own)
    reached = sum((weight for one, weight in zip(own, weights, strict=True) if _by(one.actual, on)), _NONE)
    return Figure(EXACT.divide(reached, sum(weights, _NONE)))


def _accepted(task: Task, plan: Plan, on: date) -> Figure:
    """The part of its deliverables, or of its work package's, that is accepted."""
    names = set(task.deliverables) or {one.deliverable for one in plan.wbs if one.id == task.wbs and one.deliverable}
    own = [one for one in plan.deliverables if one.id in names]
    if not own:
        return undefined(f'"{task.name}" counts by deliverables and names none.')
    done = sum(_by(one.actual, on) for one in own)
    return Figure(EXACT.divide(Decimal(done), Decimal(len(own))))


_Method = Callable[[Task, Plan, date], Figure]
_METHODS: Mapping[str, _Method] = {
    "0/100": _whole, "50/50": _halves, "percent": _percent, "milestones": _weighted, "deliverables": _accepted
}  # fmt: skip


def accepted_share(plan: Plan, on: date) -> Figure:
    """The part of an adaptive project's work that is accepted, by the sizes of its increments.

    What was left out of an accepted increment is no work any more, unless another increment carries it.
    """
    if any(one.size is None for one in plan.increments):
        return undefined("Not every increment has a size.")
    done = sum(
        (one.size if one.done is None else one.done for one in plan.increments if _by(one.actual, on) and one.size),
        _NONE,
    )
    open_ = sum((one.size or _NONE for one in plan.increments if not _by(one.actual, on)), _NONE)
    whole = done + open_
    return undefined("The increments have no size.") if whole <= 0 else Figure(EXACT.divide(done, whole))


def task_budgets(plan: Plan, bac: Money, days: WorkDays) -> Mapping[str, Money] | str:
    """What each task may cost; together exactly the performance baseline. The reason as text where that cannot be said.

    A task has its own budget, or its share of the lines of its work package, by effort, else by planned working days,
    else equally. What no task carries is shared over all of them in proportion.
    """
    tasks = leaves(plan.tasks)
    given = {one.id: one.budget for one in tasks if one.budget is not None}
    lines = (plan.budget or Budget()).lines
    if any(one.currency != bac.currency for one in (*given.values(), *(line.amount for line in lines))):
        return "Tasks and budget lines are in several currencies."
    spent = dict(given)
    above = {one.id: one.parent for one in plan.wbs}
    for line in lines:
        if line.wbs is None:
            continue
        own = [one for one in tasks if _within(one.wbs, line.wbs, above)]
        rest = line.amount.amount - sum((given[one.id].amount for one in own if one.id in given), _NONE)
        takers = [one for one in own if one.id not in given]
        if takers and rest > 0:
            for one, part in zip(takers, shared_out(Money(rest, bac.currency), _weights(takers, days)), strict=True):
                spent[one.id] = spent[one.id] + part if one.id in spent else part
    left = bac.amount - sum((one.amount for one in spent.values()), _NONE)
    if left < 0:
        return "The budgets of the tasks add up to more than the performance baseline."
    takers = [one for one in tasks if one.id not in spent] or list(tasks)
    weights = (
        _weights(takers, days) if len(takers) < len(tasks) or not spent else [spent[one.id].amount for one in takers]
    )
    for one, part in zip(takers, shared_out(Money(left, bac.currency), weights), strict=True):
        spent[one.id] = spent[one.id] + part if one.id in spent else part
    return spent


def _weights(tasks: list[Task], days: WorkDays) -> list[Decimal]:
    efforts = [one.effort_hours for one in tasks if one.effort_hours]
    if len(efforts) == len(tasks):
        return efforts
    spans = [
        Decimal(days.between(one.planned_start, one.planned_finish) + 1)
        for one in tasks
        if one.planned_start and one.planned_finish and one.planned_start <= one.planned_finish
    ]
    return spans if len(spans) == len(tasks) else [_ALL] * len(tasks)


def _within(wbs: str | None, package: str, above: Mapping[str, str | None]) -> bool:
    """Whether a work package is another, or lies below it."""
    seen: set[str] = set()
    while wbs is not None and wbs not in seen:
        if wbs == package:
            return True
        seen.add(wbs)
        wbs = above.get(wbs)
    return False


def _sum(parts: list[tuple[Money, Figure]]) -> Figure:
    value = _NONE
    for budget, share in parts:
        if share.value is None:
            return share
        value = EXACT.add(value, EXACT.multiply(budget.amount, share.value))
    return Figure(value)


def _by(moment: date | datetime | None, on: date) -> bool:
    """Whether something had happened by the evening of a day."""
    if moment is None:
        return False
    return (moment.date() if isinstance(moment, datetime) else moment) <= on
