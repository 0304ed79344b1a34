"""How sound a plan is, under the names that rules may read: schedule checks, loose tasks, gaps, months without actuals.

Everything is computed when a rule reads it, and imported then: most checks do without.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from handrail.model.project import Plan
from handrail.model.schedule import Increment, Milestone
from handrail.rules.computing import Computed, Scope, facts
from handrail.rules.shapes import BOOL, DATE, NUMBER, TEXT, ListOf, ObjectShape

if TYPE_CHECKING:
    from handrail.compute.demand import Demand
    from handrail.compute.quality_of_schedule import Check
    from handrail.compute.resources import Overload

AHEAD = 2
"""Overload is looked for in this month and so many after it: what lies further off will move anyhow."""
_NAMED = 5
"""So many projects are named, those that give way first."""
_CHECKS = (
    "logic", "leads", "lags", "relationship_types", "hard_constraints", "high_float", "negative_float", "high_duration",
    "invalid_dates", "resources", "missed_tasks", "critical_path_test", "cpli", "bei",
)  # fmt: skip
_CHECK = ObjectShape("schedule check", {"count": NUMBER, "of": NUMBER, "figure": NUMBER, "passed": BOOL, "why": TEXT})
_GAP = ObjectShape("gap", {"days": NUMBER, "since": DATE, "until": DATE, "name": TEXT})
_OVERLOAD = ObjectShape(
    "overload",
    {"kind": TEXT, "name": TEXT, "month": TEXT, "demand": NUMBER, "capacity": NUMBER, "asked": TEXT, "there": TEXT,
     "projects": ListOf(TEXT), "free": ListOf(TEXT)},
)  # fmt: skip


def _checks(plan: Plan, scope: Scope) -> Mapping[str, Check] | None:
    if not plan.tasks:
        return None
    from handrail.compute.figures import schedule_checks  # noqa: PLC0415 - see the top of the file

    found = schedule_checks(facts(plan, scope), scope["repository"])
    return {one.id: one for one in found} or None


def _loose(plan: Plan, scope: Scope) -> tuple[str, ...] | None:
    """Open tasks without anything before or after them; what begins first and what ends last may lack one of the two."""
    checks = _checks(plan, scope)
    if checks is None:
        return None
    from handrail.compute.schedules import timed  # noqa: PLC0415 - see the top of the file

    times = timed(facts(plan, scope), scope["repository"])
    leads_on = {link.task for one in plan.tasks for link in one.links}
    follows = {one.id for one in plan.tasks if one.links}
    leaves = [one for name, one in times.items() if not one.summary]
    first = min((one for one in leaves if one.id not in follows), key=lambda one: one.early_start, default=None)
    last = max((one for one in leaves if one.id not in leads_on), key=lambda one: one.early_finish, default=None)
    names = {one.id: one.name for one in plan.tasks}

    def counts(name: str) -> bool:
        begins = name in follows or (first is not None and first.id == name)
        ends = name in leads_on or (last is not None and last.id == name)
        return not (begins and ends)

    return tuple(names.get(one, one) for one in checks["logic"].items if counts(one))


def _gap(plan: Plan, scope: Scope) -> Mapping[str, Any] | None:
    """The longest time between two milestones or increments of which the later one is still to come."""
    today = facts(plan, scope).status_date or scope["as_of"]
    dated: tuple[Milestone | Increment, ...] = (*plan.milestones, *plan.increments)
    days = sorted((one.planned, one.name) for one in dated if one.planned)
    gaps = [((until - since).days, since, until, name) for (since, _), (until, name) in pairwise(days) if until > today]
    longest = max(gaps, key=lambda one: one[0], default=None)
    return None if longest is None else dict(zip(("days", "since", "until", "name"), longest, strict=True))


def _unposted(plan: Plan, scope: Scope) -> date | None:
    """The last day of the first month since the project began for which nothing was recorded."""
    status, budget = facts(plan, scope).status_date, plan.budget
    if status is None or budget is None:
        return None
    known = {*budget.spent, *(one.month for one in budget.actuals)}
    since = plan.start.isoformat()[:7] if plan.start else min(known, default=None)
    if since is None:
        since = min((one.on.isoformat()[:7] for one in plan.approvals), default=status.isoformat()[:7])
    from handrail.compute.months import first_day, index_of, month_of, name_of  # noqa: PLC0415 - see the top of the file

    for month in range(index_of(since), month_of(status) + 1):
        if name_of(month) not in known:
            last: date = first_day(month + 1) - timedelta(days=1)
            return last
    return None


def _ahead(plan: Plan, scope: Scope) -> date | None:
    """The first day of the first month to come for which money is recorded as spent."""
    if plan.budget is None:
        return None
    known = [month for month, money in plan.budget.spent.items() if money.amount]
    known += [one.month for one in plan.budget.actuals if one.amount.amount]
    today: date = scope["as_of"]
    later = [month for month in known if month > today.isoformat()[:7]]
    return date.fromisoformat(f"{min(later)}-01") if later else None


def _overloads(plan: Plan, scope: Scope) -> tuple[Mapping[str, Any], ...]:
    """Who is asked for more than there is of them, in the worst month, as far as this project asks too."""
    every = next(iter(scope["facts"].values()))  # what holds for the portfolio is kept once, beside its first project
    by_project: Mapping[str, list[Overload]] = every.memo.once("overloads", lambda: _by_project(scope))
    mine = by_project.get(plan.id, ())
    if not mine:  # most plans: the others are not even looked up
        return ()
    plans = {one.id: one for one in scope["repository"].plans}
    return tuple(_told(one, plan, plans) for one in mine)


def _by_project(scope: Scope) -> Mapping[str, list[Overload]]:
    from handrail.compute.demand import Load, demands_of  # noqa: PLC0415 - see the top of the file
    from handrail.compute.months import month_of  # noqa: PLC0415
    from handrail.compute.resources import overloads  # noqa: PLC0415
    from handrail.compute.workdays import WorkDays  # noqa: PLC0415

    repository = scope["repository"]
    days, first = WorkDays.of(repository.organisation.calendar), month_of(scope["as_of"])
    running = [one for one in scope["facts"].values() if one.plan.state == "active"]
    asked = tuple(sorted(each for one in running for each in demands_of(one, days, first, first + AHEAD, repository)))
    found: dict[str, list[Overload]] = {}
    worst: dict[tuple[str, str], Overload] = {}
    for one in overloads(Load(demands=asked), repository, days, Decimal(1)):
        before = worst.get((one.kind, one.name))
        if before is None or one.over > before.over:
            worst[one.kind, one.name] = one
    for one in worst.values():
        for project in dict.fromkeys(part.project for part in one.parts):
            found.setdefault(project, []).append(one)
    return found


def _told(one: Overload, own: Plan, plans: Mapping[str, Plan]) -> Mapping[str, Any]:
    from handrail.compute.months import first_day  # noqa: PLC0415 - see the top of the file

    def named(part: Demand) -> str:
        plan = plans.get(part.project)
        if plan is None or (plan.id != own.id and plan.sensitivity == "restricted"):
            return "a project not named here"
        return f"{plan.name} {_percent(part.share)}"

    others = len(one.parts) - _NAMED
    more = (f"{others} more",) if others > 0 else ()
    return {
        "kind": one.kind, "name": one.name, "month": f"{first_day(one.month):%B %Y}", "demand": one.demand, "capacity": one.capacity,
        "asked": _percent(one.demand), "there": _percent(one.capacity),
        "projects": (*(named(part) for part in one.parts[:_NAMED]), *more),
        "free": tuple(free.person for free in one.free),
    }  # fmt: skip


def _percent(share: Decimal) -> str:
    return f"{round(share * 100)}%"


SOUND: Mapping[str, Computed] = MappingProxyType(
    {
        "schedule_checks": Computed(
            shape=ObjectShape("schedule checks", dict.fromkeys(_CHECKS, _CHECK)), get=_checks,
            about="the fourteen checks of the network: how many were counted, of how many",
        ),
        "loose_tasks": Computed(
            shape=ListOf(TEXT), get=_loose,
            about="tasks still to do with nothing before or nothing after them, the first and the last left out",
        ),
        "milestone_gap": Computed(
            shape=_GAP, get=_gap, about="the longest time between two approved days of which the later is to come"
        ),
        "unposted_month": Computed(
            shape=DATE, get=_unposted, about="the last day of the first month without a record of what was spent"
        ),
        "month_ahead": Computed(
            shape=DATE, get=_ahead, about="the first day of the first month to come for which money is recorded as spent"
        ),
        "overloads": Computed(
            shape=ListOf(_OVERLOAD), get=_overloads,
            about="people and roles it needs that are asked for more than there is, this month and the next two",
        ),
    }
)  # fmt: skip
"""For a project."""
