"""Every register across projects: one row for each item, with what was computed for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from handrail.compute.audience import Seen
from handrail.compute.facts import Project
from handrail.compute.risk import score
from handrail.export.dataset import Dataset, Plain, plain, record
from handrail.export.source import Source, about
from handrail.fields import fields_of
from handrail.load.projects import ATTACHED
from handrail.model.kinds import KINDS, Kind
from handrail.model.project import Plan

BUDGET = "budget"
# Snapshots repeat what stands elsewhere, and own fields have no columns in common.
LEFT_OUT = frozenset({"values", "extra"})


def register_table(source: Source, name: str, kind: Kind | None) -> Iterator[Dataset]:
    """One register over all projects."""
    seen = source.seen
    rows = tuple({"project": one.id, **row} for one in seen.projects for row in register(one, name, kind, seen))
    yield Dataset(path=name, columns=("project", *_columns()[name]), rows=rows, about=about(source))


def register(project: Project, name: str, kind: Kind | None, seen: Seen) -> list[Mapping[str, Plain]]:
    """A register of a project, with what was computed for its items; one of `registers_of`."""
    if kind is None:
        return _budget(project.plan)
    computed = _computed(kind, project)
    return [
        {**record(item, LEFT_OUT), **computed(item), **_other(kind, item, seen)} for item in _items(project.plan, name)
    ]


def register_length(plan: Plan, name: str, kind: Kind | None) -> int:
    """How many rows a register of a project has."""
    return len(_budget(plan) if kind is None else _items(plan, name))


def _items(plan: Plan, name: str) -> Sequence[Any]:
    items: tuple[Any, ...] = getattr(plan, name)
    return (plan.why.benefit, *items) if name == "benefits" and plan.why and plan.why.benefit else items


def _computed(kind: Kind, project: Project) -> Callable[[Any], dict[str, Plain]]:
    """What gives the computed figures of an item of this kind."""
    if kind.name == "risk":
        return lambda item: {"score": score(item)}
    if kind.name not in {"milestone", "increment", "deliverable"}:
        return lambda _: {}
    names: tuple[str, ...] = ("original", "expected", "slip", "slip_original")
    if kind.name == "milestone":
        names = (*names, "network", "difference")
    told = [(f"{name}_working_days" if name not in _DAYS else name, name) for name in names]
    dated = {each.id: each for each in (*project.milestones, *project.deliverables)}
    return lambda item: {key: plain(getattr(dated.get(item.id), name, None)) for key, name in told}


_DAYS = frozenset({"original", "expected", "network"})


def _other(kind: Kind, item: Any, seen: Seen) -> dict[str, Plain]:
    """A project that is hidden is not named by those that depend on it."""
    if kind.name not in {"dependency", "provision"} or seen.name_of(item.project) == item.project:
        return {}
    return {"project": seen.name_of(item.project), "what": None}


def _budget(plan: Plan) -> list[Mapping[str, Plain]]:
    budget = plan.budget
    if budget is None:
        return []
    lines = [{"what": "line", "id": one.id, "name": one.name, "amount": plain(one.amount)} for one in budget.lines]
    parts = (("phase", budget.by_phase), ("month", budget.by_month), ("spent", budget.spent))
    more = [
        {"what": what, "id": name, "name": None, "amount": plain(value)}
        for what, given in parts
        for name, value in given.items()
    ]
    return [*lines, *more]


def registers_of() -> tuple[tuple[str, Kind | None], ...]:
    """Every register with the kind of its items; the budget has lines of several kinds."""
    return (*((name, kind) for kind, name in _kinds()), (BUDGET, None))


@cache
def _kinds() -> tuple[tuple[Kind, str], ...]:
    """Every kind that a project holds many of, with the field of the plan that holds them."""
    found = [(kind, kind.key or ATTACHED.get(kind.name, "")) for kind in KINDS if kind.within == "project"]
    return tuple((kind, name) for kind, name in found if name)


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    found = {}
    for kind, name in _kinds():
        more: tuple[str, ...] = ("score",) if kind.name == "risk" else ()
        if kind.name in {"milestone", "increment", "deliverable"}:
            more = ("original", "expected", "slip_working_days", "slip_original_working_days")
        if kind.name == "milestone":
            more = (*more, "network", "difference_working_days")
        found[name] = (*(one.key for one in fields_of(kind.cls) if one.key not in LEFT_OUT), *more)
    found[BUDGET] = ("what", "id", "name", "amount")
    return found
