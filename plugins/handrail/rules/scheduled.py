"""What the network of tasks gives, under the names that rules may read. Without a network, all of it is missing.

It is computed when a rule reads one of these names, and imported then: most checks do without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from handrail.model.project import Plan
from handrail.model.schedule import Task
from handrail.rules.computing import Computed, Get, Scope, facts
from handrail.rules.shapes import BOOL, DATE, NUMBER, TEXT, ListOf, Shape

if TYPE_CHECKING:
    from handrail.compute.timed import Schedule, Timed


def _schedule(plan: Plan, scope: Scope) -> Schedule | None:
    from handrail.compute.schedules import schedule  # noqa: PLC0415 - see the top of the file

    return schedule(facts(plan, scope), scope["repository"])


def _of_plan(read: Callable[[Schedule], Any]) -> Get:
    def get(plan: Plan, scope: Scope) -> Any:
        found = _schedule(plan, scope)
        return None if found is None or found.why else read(found)

    return get


def _of_task(read: Callable[[Timed], Any]) -> Get:
    def get(task: Task, scope: Scope) -> Any:
        from handrail.compute.schedules import timed  # noqa: PLC0415 - see the top of the file

        one = timed(facts(scope["project"], scope), scope["repository"]).get(task.id)
        return None if one is None else read(one)

    return get


def _ends(when: Any) -> Any:
    from handrail.compute.timed import day_of_finish  # noqa: PLC0415 - see the top of the file

    return None if when is None else day_of_finish(when)


def _task(shape: Shape, read: Callable[[Timed], Any], about: str) -> Computed:
    return Computed(shape=shape, get=_of_task(read), about=about)


NETWORK: Mapping[str, Computed] = MappingProxyType(
    {
        "network_start": Computed(
            shape=DATE, get=_of_plan(lambda one: one.start and one.start.date()), about="the first day of the network"
        ),
        "network_finish": Computed(
            shape=DATE, get=_of_plan(lambda one: _ends(one.finish)), about="the last day of the network"
        ),
        "network_difference": Computed(
            shape=NUMBER, get=_of_plan(lambda one: one.difference),
            about="working days from the network's last day to the stated end",
        ),
        "driving_path": Computed(
            shape=ListOf(TEXT), get=_of_plan(lambda one: one.driving), about="the tasks that decide the network's last day"
        ),
    }
)  # fmt: skip
"""For a project."""
TASKS: Mapping[str, Computed] = MappingProxyType(
    {
        "early_start": _task(DATE, lambda one: one.early_start.date(), "the first day on which it can begin"),
        "early_finish": _task(DATE, lambda one: _ends(one.early_finish), "the first day on which it can be done"),
        "late_start": _task(DATE, lambda one: one.late_start.date(), "the last day on which it may begin"),
        "late_finish": _task(DATE, lambda one: _ends(one.late_finish), "the last day on which it may be done"),
        "total_float": _task(NUMBER, lambda one: one.days(one.total_float), "days it can slip before the project does"),
        "free_float": _task(NUMBER, lambda one: one.days(one.free_float), "days it can slip before another task does"),
        "critical": _task(BOOL, lambda one: one.critical, "whether the project slips with it"),
        "driver": _task(
            TEXT, lambda one: one.driver.task or one.driver.cause, "the task, or else the reason, that decides when"
        ),
        "days": _task(NUMBER, lambda one: one.days(one.duration), "how long it takes, in days of its calendar"),
        "days_left": _task(NUMBER, lambda one: one.days(one.remaining), "what is left of it, in days of its calendar"),
        "is_summary": _task(BOOL, lambda one: one.summary, "whether other tasks belong to it"),
        "expected": _task(DATE, lambda one: one.expected, "its actual, stated or computed finish, in this order"),
        "difference": _task(
            NUMBER, lambda one: one.difference, "working days from the network's finish to the stated one"
        ),
        "slip": _task(NUMBER, lambda one: one.slip, "working days from the approved finish to the expected one"),
    }
)
"""For a task."""
