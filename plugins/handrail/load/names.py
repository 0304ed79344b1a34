"""Ids are unique and names lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from handrail.fields import Entity, fields_of
from handrail.load import remarks as say
from handrail.load.projects import ATTACHED
from handrail.load.references import Names, dangling
from handrail.model.kinds import KINDS
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.remark import Loc, Remark

_Ids = Mapping[str, Mapping[str, Loc]]
_REF_NAMES = {"change": "changes", "baseline": "baselines"}


def check_names(repository: Repository) -> Iterator[Remark]:
    """Every id that stands twice and every name that leads nowhere."""
    common = _common(repository)
    for plan in repository.plans:
        yield from _twice(plan)
        names = Names({**common, **_own(plan)})
        yield from dangling(plan, names, plan.id)
        for field in (*ATTACHED.values(), "closure"):
            ones = getattr(plan, field)
            for one in ones if isinstance(ones, tuple) else (ones,) if ones else ():
                yield from dangling(one, names, plan.id)
    names = Names(common)
    policy = repository.policy
    law: tuple[Entity | None, ...] = (
        *repository.people.values(), *repository.objectives.values(), *repository.programmes.values(),
        *repository.requests, *repository.standards.values(), policy.boards, policy.lifecycle, policy.authority,
    )  # fmt: skip
    for entity in law:
        if entity is not None:
            yield from dangling(entity, names, None)


def _common(repository: Repository) -> _Ids:
    def places(ones: Mapping[str, Entity]) -> Mapping[str, Loc]:
        return {name: one.loc for name, one in ones.items()}

    requirements = {one.id: one.loc for standard in repository.standards.values() for one in standard.requirements}
    return {
        "person": places(repository.people),
        "objective": places(repository.objectives),
        "programme": places(repository.programmes),
        "board": {one.id: one.loc for one in repository.policy.boards.boards},
        "project": {plan.id: plan.loc for plan in repository.plans}
        | {one.id: Loc(one.files[0]) for one in repository.broken},
        "rule": places(repository.rules),
        "requirement": requirements,
    }


@cache
def _lists() -> tuple[tuple[str, str, str], ...]:
    """Kind, the plan's field and the word for it, for every list of things with an id."""
    return tuple(
        (kind.name, kind.key, kind.title.lower())
        for kind in KINDS
        if kind.within and kind.key and any(one.key == "id" for one in fields_of(kind.cls))
    )


def _own(plan: Plan) -> _Ids:
    found: dict[str, dict[str, Loc]] = {}
    everything: dict[str, Loc] = {}
    for kind, field, _ in _lists():
        ids = {one.id: one.loc for one in getattr(plan, field) if one.id}
        found[kind] = ids
        everything |= ids
    for kind, field in ATTACHED.items():
        ids = {one.id: one.loc for one in getattr(plan, field)} if kind != "report" else {}
        found[kind] = ids
        everything |= ids
    if plan.budget:
        everything |= {line.id: line.loc for line in plan.budget.lines}
    return {**found, "item": everything}


def _twice(plan: Plan) -> Iterator[Remark]:
    for _, field, word in _lists():
        ones: tuple[Any, ...] = getattr(plan, field)
        if len(ones) < 2:
            continue
        seen: dict[str, Loc] = {}
        for one in ones:
            if one.id and one.id in seen:
                yield say.twice(one, seen[one.id], word, plan.id)
            elif one.id:
                seen[one.id] = one.loc
    lines: dict[str, Loc] = {}
    for line in plan.budget.lines if plan.budget else ():
        if line.id in lines:
            yield say.twice(line, lines[line.id], "budget line", plan.id)
        lines.setdefault(line.id, line.loc)
