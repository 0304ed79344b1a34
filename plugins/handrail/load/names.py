"""Ids are unique and names lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from handrail.fields import Entity, fields_of
from handrail.load import remarks as say
from handrail.load.projects import ATTACHED
from handrail.load.references import Names, dangling
from handrail.load.unbuilt import check_written, is_fragment
from handrail.model.advice import Playbook
from handrail.model.improvement import Proposal
from handrail.model.kinds import CONTAINERS, KINDS, kind_of
from handrail.model.project import Plan
from handrail.model.repository import BrokenPlan, Repository
from handrail.model.training import CompetenceMatrix, ModuleRecord
from handrail.remark import Loc, Remark

_Ids = dict[str, Loc | None]
"""Names of one kind. None where a thing of that name stands in a file but could not be read."""


@dataclass(frozen=True, slots=True)
class _Law:
    """The names that everybody may use, and the kinds whose names are not all known because a file is broken."""

    ids: Mapping[str, _Ids]
    lost: frozenset[str]


def check_names(repository: Repository) -> Iterator[Remark]:
    """Every id that stands twice and every name that leads nowhere."""
    law = _law_names(repository)
    files: dict[str, list[str]] = {}
    for path in repository.tree.paths():
        if path.startswith("projects/"):
            files.setdefault(path.split("/", 2)[1], []).append(path)
    for plan in repository.plans:
        own, lost = _own_names(repository, plan, files[plan.id])
        names = Names({**law.ids, **own}, law.lost | lost, plan.home, repository.raw)
        said = [*_twice(plan), *dangling(plan, names, plan.id)]
        for field in (*ATTACHED.values(), "closure"):
            ones = getattr(plan, field)
            for one in ones if isinstance(ones, tuple) else (ones,) if ones else ():
                said += dangling(one, names, plan.id)
        yield from said
        if plan.broken:
            told = {one.loc for one in said}
            written = check_written(repository, plan.id, files[plan.id], names, _lists())
            yield from (one for one in written if one.loc not in told)
    for broken in repository.broken:
        own, lost = _own_names(repository, broken, files[broken.id])
        names = Names({**law.ids, **own}, law.lost | lost, raw=repository.raw)
        yield from check_written(repository, broken.id, files[broken.id], names, _lists())
    unread = frozenset((*repository.elsewhere, *(one.id for one in repository.broken)))
    names = Names(law.ids, law.lost, raw=repository.raw, unread=unread)
    policy = repository.policy
    others: tuple[Entity | None, ...] = (
        *repository.people.values(), *repository.objectives.values(), *repository.programmes.values(),
        *repository.requests, *repository.standards.values(), *(one for ones in repository.others.values() for one in ones), policy.boards, policy.lifecycle, policy.authority,
    )  # fmt: skip
    for entity in others:
        if entity is not None:
            yield from dangling(entity, names, None)


def _law_names(repository: Repository) -> _Law:
    lost: set[str] = set()
    ids: dict[str, _Ids] = {
        "person": _places(repository.people),
        "objective": _places(repository.objectives),
        "programme": _places(repository.programmes),
        "board": _places({one.id: one for one in repository.policy.boards.boards}),
        "project": {
            **{name: Loc(f"projects/{name}/project.yaml") for name in repository.elsewhere},
            **{one.id: Loc(one.files[0]) for one in repository.broken},
            **{plan.id: plan.loc for plan in repository.plans},
        },
        "rule": {**_switched_on(repository), **_places(repository.rules)},
        "requirement": {one.id: one.loc for each in repository.standards.values() for one in each.requirements},
    }
    ids |= _improving(repository)
    for path in repository.tree.paths():
        _add_attached(ids, path)
        known = kind_of(path) if path.startswith("standards/") else None
        if known is None:
            continue
        raw = repository.raw.get(path)
        match known[0].name:
            case "rule":
                ids["rule"].setdefault(known[1]["name"], None)
            case "standard":
                _add_raw(ids["requirement"], raw, "requirements", lost, "requirement")
            case "boards":
                _add_raw(ids["board"], raw, "boards", lost, "board")
            case "module" | "playbook" | "proposal":
                ids[known[0].name].setdefault(known[1]["name"], None)
            case "competences":
                _add_raw(ids["competence"], raw, "competences", lost, "competence")
            case name if known[0].key in CONTAINERS and name in ids:
                _add_raw(ids[name], raw, known[0].key or "", lost, name)
    return _Law(ids, frozenset(lost))


def _switched_on(repository: Repository) -> _Ids:
    """Rules in the code: they count when a requirement names them. A name that is no rule is told at the requirement."""
    wanted = (one for standard in repository.standards.values() for one in standard.requirements)
    return {name: None for one in wanted for name in one.verified_by}


def _improving(repository: Repository) -> dict[str, _Ids]:
    """The names that the PMO's own records use: modules, competences, playbooks, proposals, and records of any project."""
    matrix = repository.every(CompetenceMatrix)
    return {
        "module": _places({one.id: one for one in repository.every(ModuleRecord)}),
        "competence": _places({one.id: one for each in matrix for one in each.competences}),
        "playbook": _places({one.id: one for one in repository.every(Playbook)}),
        "proposal": _places({one.id: one for one in repository.every(Proposal)}),
        "any lesson": {f"{plan.id}/{one.id}": one.loc for plan in repository.plans for one in plan.lessons},
        "any support request": {f"{plan.id}/{one.id}": one.loc for plan in repository.plans for one in plan.support},
    }


_ANY = {"lesson": "any lesson", "support request": "any support request"}


def _add_attached(ids: dict[str, _Ids], path: str) -> None:
    """A record of a project that could not be read has a name all the same: that of its file."""
    known = kind_of(path) if path.startswith("projects/") and path.count("/") > 2 else None  # noqa: PLR2004 - in a folder
    if known is not None and known[0].name in _ANY:
        ids[_ANY[known[0].name]].setdefault(f"{known[1]['project']}/{known[1]['name']}", None)


def _places(ones: Mapping[str, Entity]) -> _Ids:
    return {name: one.loc for name, one in ones.items()}


def _add_raw(ids: _Ids, raw: Mapping[str, Any] | None, key: str, lost: set[str], kind: str) -> None:
    """Add the ids of what stands in a file, whether or not it could be built; a broken file may hold any."""
    ones = raw.get(key) if raw is not None else None
    if raw is None or not isinstance(ones, (list, type(None))):
        lost.add(kind)
    for one in ones if isinstance(ones, list) else ():
        given = one.get("id") if isinstance(one, dict) else None
        if isinstance(given, str):
            ids.setdefault(given, None)


@cache
def _lists() -> tuple[tuple[str, str, str], ...]:
    """Kind, the plan's field and the word for it, for every list of things with an id."""
    return tuple(
        (kind.name, kind.key, kind.title.lower())
        for kind in KINDS
        if kind.within and kind.key and any(one.key == "id" for one in fields_of(kind.cls))
    )


def _own_names(
    repository: Repository, plan: Plan | BrokenPlan, files: list[str]
) -> tuple[dict[str, _Ids], frozenset[str]]:
    """The ids of one project's things by kind, and the kinds of which some may be lost in a broken file."""
    found: dict[str, _Ids] = {}
    lost: set[str] = set()
    fragments = [path for path in files if is_fragment(path)]
    torn = any(path not in repository.raw for path in fragments)
    built = plan if isinstance(plan, Plan) else None
    home = built.home if built else {key: path for path in fragments for key in repository.raw.get(path, ())}
    for kind, field, _ in _lists():
        found[kind] = {one.id: one.loc for one in getattr(built, field, ()) if one.id}
        file = home.get(field)
        if torn:
            lost.add(kind)
        elif file:
            _add_raw(found[kind], repository.raw.get(file), field, lost, kind)
    for kind, field in ATTACHED.items():
        found[kind] = {one.id: one.loc for one in getattr(built, field, ())} if kind != "report" else {}
        folder = f"projects/{plan.id}/{field}/"
        for path in files:
            if path.startswith(folder) and kind != "report":
                found[kind].setdefault(path.removeprefix(folder).rsplit(".", 1)[0], None)
    everything = {name: loc for ids in found.values() for name, loc in ids.items()}
    if built and built.budget:
        everything |= {line.id: line.loc for line in built.budget.lines}
    elif built is None:
        lost.add("item")  # the budget's lines are items too
    return {**found, "item": everything}, frozenset(lost | {"item"} if lost else ())


def _twice(plan: Plan) -> Iterator[Remark]:
    lists: list[tuple[tuple[Any, ...], str]] = [(getattr(plan, field), word) for _, field, word in _lists()]
    if plan.budget:
        lists.append((plan.budget.lines, "budget line"))
    for ones, word in lists:
        seen: dict[str, Loc] = {}
        for one in ones:
            if one.id and one.id in seen:
                yield say.twice(one.loc, one.id, seen[one.id], word, plan.id)
            elif one.id:
                seen[one.id] = one.loc
