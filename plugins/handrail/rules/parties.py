"""What a work breakdown leaves out, and what suppliers still have to do, under the names that rules may read.

Both are gathered once for a plan when a rule reads one of them: a rule that asks every task would look through the whole
list for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from handrail.model.project import Plan
from handrail.model.registers import Supplier
from handrail.model.schedule import Task, WbsNode
from handrail.rules.computing import Computed, Scope, facts
from handrail.rules.shapes import BOOL, DATE, TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """packages: the nodes at the bottom. named: deliverables that a node leads to. worked: nodes that a leaf task names."""

    packages: frozenset[str]
    named: frozenset[str]
    worked: frozenset[str]
    summaries: frozenset[str]


def _tree(scope: Scope) -> _Tree:
    plan: Plan = scope["project"]

    def make() -> _Tree:
        above = {one.parent for one in plan.wbs}
        summaries = frozenset(one.parent for one in plan.tasks if one.parent and one.active)
        return _Tree(
            packages=frozenset(one.id for one in plan.wbs if one.id not in above),
            named=frozenset(one.deliverable for one in plan.wbs if one.deliverable),
            worked=frozenset(one.wbs for one in plan.tasks if one.wbs and one.active and one.id not in summaries),
            summaries=summaries,
        )

    return facts(plan, scope).memo.once("breakdown", make)


def _placed(one: Task, scope: Scope) -> bool:
    tree = _tree(scope)
    return one.id in tree.summaries or not one.active or one.wbs in tree.packages


def _idle(one: WbsNode, scope: Scope) -> bool:
    tree = _tree(scope)
    return one.id in tree.packages and one.id not in tree.worked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one supplier still does. last: the last day on which it works; critical: whether the project's end waits for it."""

    last: date | None
    what: str
    critical: bool


def _part(one: Supplier, scope: Scope) -> _Part:
    """Its open tasks as the network has them; where no task names it, the deliverables it contributes to."""
    plan: Plan = scope["project"]
    project = facts(plan, scope)
    days: list[tuple[date, str, bool]] = list(_tasks(one, scope))
    if not days:
        own = {*one.deliverables, *(each.id for each in plan.deliverables if each.producer == one.id)}
        days = [
            (each.expected, each.name, True)
            for each in project.deliverables
            if each.id in own and each.expected is not None and not each.done
        ]
    last = max(days, default=None)
    return _Part(
        last=last[0] if last else None, what=last[1] if last else "", critical=any(critical for *_, critical in days)
    )


def _tasks(one: Supplier, scope: Scope) -> Iterator[tuple[date, str, bool]]:
    plan: Plan = scope["project"]
    if not any(one.id in each.assignees for each in plan.tasks):
        return
    from handrail.compute.schedules import timed  # noqa: PLC0415 - few plans name suppliers in tasks

    for each in timed(facts(plan, scope), scope["repository"]).values():
        if one.id in each.task.assignees and each.state != "done" and not each.summary:
            yield each.expected, each.task.name, each.critical


TASK: Mapping[str, Computed] = MappingProxyType(
    {
        "placed": Computed(
            shape=BOOL, get=_placed, about="whether it belongs to a work package at the bottom of the tree"
        )
    }
)
"""For a task."""
PACKAGE: Mapping[str, Computed] = MappingProxyType(
    {
        "idle": Computed(
            shape=BOOL, get=_idle, about="whether it is a work package at the bottom to which no task belongs"
        )
    }
)
"""For a node of the work breakdown."""
BROKEN_DOWN: Mapping[str, Computed] = MappingProxyType(
    {
        "broken_down": Computed(
            shape=BOOL, get=lambda one, scope: one.id in _tree(scope).named, about="whether the work breakdown leads to it"
        )
    }
)  # fmt: skip
"""For a deliverable."""
SUPPLIER: Mapping[str, Computed] = MappingProxyType(
    {
        "last_day": Computed(
            shape=DATE, get=lambda one, scope: _part(one, scope).last,
            about="the last day on which it is expected to work: of its open tasks, else of what it contributes to",
        ),
        "last_work": Computed(shape=TEXT, get=lambda one, scope: _part(one, scope).what, about="what it does last"),
        "decides": Computed(
            shape=BOOL, get=lambda one, scope: _part(one, scope).critical,
            about="whether the project's end waits for it; without tasks of its own, whether a deliverable does",
        ),
    }
)  # fmt: skip
"""For a supplier."""
