"""The small world of one case: a starter with a fragment laid over it, and people who exist only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from handrail import schema
from handrail.build import Context, build_at
from handrail.fields import Entity
from handrail.load import remarks as say
from handrail.load.projects import ATTACHED
from handrail.model.kinds import BY_NAME
from handrail.model.organisation import ObjectiveRecord, PersonRecord, StandardRecord
from handrail.model.policy import BoardRecord, Boards, Rates
from handrail.model.project import Plan
from handrail.model.records import Closure
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleCase
from handrail.model.words import Tier
from handrail.remark import Loc, Path, Remark
from handrail.source import read_yaml
from handrail.starters import Answers, fill, starter_files

TODAY = date(2026, 11, 30)
"""The day of a case that names none."""
_ID = "case"

# Everybody in a case: ann is the sponsor, ben the manager, dora accepts for the users, eva heads the PMO, finn audits,
# gil has left, ida joins later, hal sits on the board with ann.
_PEOPLE: tuple[dict[str, Any], ...] = (
    {"id": "ann", "roles": ["sponsor"]},
    {"id": "ben", "roles": ["project manager"]},
    {"id": "cem"},
    {"id": "dora"},
    {"id": "eva", "roles": ["pmo head"]},
    {"id": "finn", "roles": ["auditor"]},
    {"id": "gil", "to": "2020-12-31"},
    {"id": "hal"},
    {"id": "ida", "from": "2030-01-01"},
)
_OBJECTIVES: tuple[dict[str, Any], ...] = (
    {"id": "OBJ-1", "statement": "Shorter waits", "status": "active"},
    {"id": "OBJ-9", "statement": "A goal that was given up", "status": "dropped"},
)
_CURRENCY = "EUR"
# one rate for ever, and no holidays: a case says the same in every organisation
_RATES: tuple[dict[str, Any], ...] = ({"currency": "GBP", "on": "2020-01-01", "rate": Decimal("1.152")},)
_BOARDS: tuple[dict[str, Any], ...] = ({"id": "board", "name": "The board", "members": ["ann", "hal"]},)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWorld:
    """The repositories that a case compares; `remarks` say what is wrong with the case itself."""

    after: Repository
    before: Repository | None
    as_of: date
    remarks: tuple[Remark, ...]


def case_world(repository: Repository, kind: str, case: RuleCase, number: int, file: str) -> CaseWorld:
    """Make the world of a case. Everything it says stands at its place in the test file."""
    as_of = case.as_of or TODAY
    maker = _Maker(file)
    here: Path = ("cases", number)
    base = _with_law(repository, maker, case, here)
    if kind == "standard":
        after = maker.entity(StandardRecord, dict(case.given), (*here, "given"))
        before = (
            maker.entity(StandardRecord, _merged(case.given, case.before), (*here, "before")) if case.before else None
        )
        return CaseWorld(
            after=replace(base, standards=_named(after)), before=replace(base, standards=_named(before)) if before else None,
            as_of=as_of, remarks=tuple(maker.remarks),
        )  # fmt: skip
    starter = _starter(repository, case.tier, as_of)
    given = _merged(starter, case.given)
    plans = [maker.plan(given, (*here, "given"))]
    plans += [
        maker.plan(_merged({**starter, "id": f"{_ID}-{i + 2}"}, one), (*here, "portfolio", i))
        for i, one in enumerate(case.portfolio)
    ]
    old = maker.plan(_merged(given, case.before), (*here, "before")) if case.before else None
    return CaseWorld(
        after=replace(base, plans=tuple(one for one in plans if one)),
        before=replace(base, plans=(old,)) if old else None,
        as_of=as_of, remarks=tuple(maker.remarks),
    )  # fmt: skip


def _named(standard: StandardRecord | None) -> Mapping[str, StandardRecord]:
    return MappingProxyType({standard.id: standard} if standard else {})


def _with_law(repository: Repository, maker: _Maker, case: RuleCase, here: Path) -> Repository:
    def named(cls: type[Entity], key: str, usual: tuple[dict[str, Any], ...]) -> dict[str, Any]:
        own = case.law.get(key) or []
        known = {one["id"]: maker.entity(cls, one, ()) for one in usual}
        more = [maker.entity(cls, one, (*here, "law", key, i)) for i, one in enumerate(own)]
        return known | {one.id: one for one in more if one is not None}

    boards = named(BoardRecord, "boards", _BOARDS)
    rates = maker.entity(Rates, {"rates": list(_RATES)}, ())
    policy = replace(repository.policy, boards=Boards(boards=tuple(boards.values())), rates=rates)
    return replace(
        repository, policy=policy, plans=(), broken=(), approvals=(), others=_others(maker, case, here),
        organisation=replace(repository.organisation, currencies=(_CURRENCY,), calendar=None),
        people=MappingProxyType(named(PersonRecord, "people", _PEOPLE)),
        objectives=MappingProxyType(named(ObjectiveRecord, "objectives", _OBJECTIVES)),
    )  # fmt: skip


def _others(maker: _Maker, case: RuleCase, here: Path) -> Mapping[str, tuple[Any, ...]]:
    """The PMO's own records that a case gives, by kind: completions, modules, triage, answers and the like."""
    found: dict[str, tuple[Any, ...]] = {}
    for name, ones in case.law.items():
        kind = BY_NAME.get(name.replace("_", " "))
        if kind is None or name in {"people", "objectives", "boards"} or not isinstance(ones, list):
            continue
        made = [maker.entity(kind.cls, one, (*here, "law", name, i)) for i, one in enumerate(ones)]
        found[kind.name] = tuple(one for one in made if one is not None)
    return MappingProxyType(found)


def _starter(repository: Repository, tier: Tier, as_of: date) -> dict[str, Any]:
    """The starter's value, as `new project` would lay it down on that day."""
    return dict(_starter_of(_Text(tuple(starter_files(repository.tree, tier).items())), as_of, _CURRENCY))


@dataclass(frozen=True, slots=True)
class _Text:
    files: tuple[tuple[str, str], ...]


@cache
def _starter_of(text: _Text, as_of: date, currency: str) -> Mapping[str, Any]:
    answers = Answers(
        id=_ID,
        name="A case",
        sponsor="ann",
        manager="ben",
        board="board",
        objective="OBJ-1",
        currency=currency,
        today=as_of,
    )
    merged: dict[str, Any] = {}
    for name, content in text.files:
        if name.endswith(".yaml") and "/" not in name:
            value = read_yaml(name, fill(content, answers).encode()).value
            merged |= value if isinstance(value, dict) else {}
    return merged


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Groups are laid over each other, everything else replaces; a field given as empty is taken away."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        result[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


class _Maker:
    """Builds entities from a case's values and gathers what does not fit."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.currency = _CURRENCY
        self.remarks: list[Remark] = []

    def plan(self, value: dict[str, Any], at: Path) -> Plan | None:
        """A plan with its attached records; each stands in the case where its field stands."""
        attached: dict[str, Any] = {}
        for kind, name in ATTACHED.items():
            ones = value.pop(name, None) or []
            made = [self.entity(BY_NAME[kind].cls, one, (*at, name, i)) for i, one in enumerate(ones)]
            attached[name] = tuple(one for one in made if one is not None)
        if closure := value.pop("closure", None):
            attached["closure"] = self.entity(Closure, closure, (*at, "closure"))
        plan = self.entity(Plan, value, at)
        return replace(plan, home=MappingProxyType(dict.fromkeys(value, self.file)), **attached) if plan else None

    def entity(self, cls: type[Entity], value: Any, at: Path) -> Any:
        """One entity at its place; None, with remarks, when its value does not fit."""
        faults = schema.check(cls, value)
        for fault in faults:
            loc = Loc(self.file, at + fault.path)
            self.remarks.append(say.unreadable(loc, fault.message, fault.fix, project=None))
        if faults:
            return None
        return build_at(cls, value, at, Context(file=self.file, currency=self.currency))
