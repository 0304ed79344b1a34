"""What shows that each requirement is met: a rule, a field of the starters, a question of a gate, or what a person looks at.

`verified_by` names a rule by its id, a field that every starter of a plan may hold as `field:scope.in`, and a question of a
gate's checklist as `question:G2-3`. What is named and not there shows nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from handrail.fields import Entity, FieldType, fields_of
from handrail.model.money import EXACT
from handrail.model.organisation import RequirementRecord, StandardRecord
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleFile

Means = Literal["rule", "field", "question", "missing"]
State = Literal["rule", "field or question", "person", "nothing"]
STATES: tuple[State, ...] = ("rule", "field or question", "person", "nothing")
FIELD, QUESTION = "field:", "question:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing that a requirement names: what sort it is, and what people call it; `why` where it shows nothing."""

    kind: Means
    name: str
    title: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One requirement. state: the strongest means that shows it; `nothing`: nobody can tell whether it is met."""

    standard: StandardRecord
    requirement: RequirementRecord
    by: tuple[Shown, ...]
    state: State


def coverage(repository: Repository, rules: Mapping[str, RuleFile], off: Container[str] = ()) -> tuple[Covered, ...]:
    """Every requirement that binds, in the order of the standards. off: rules that the organisation has switched off."""
    asked = {one.id: one.ask for gate in repository.policy.lifecycle.gates for one in gate.questions}
    found = []
    for standard in repository.standards.values():
        for one in standard.requirements if standard.status != "retired" else ():
            by = tuple(shown(name, rules, asked, off) for name in one.verified_by)
            kinds = {each.kind for each in by}
            state: State = "nothing"
            if "rule" in kinds:
                state = "rule"
            elif kinds & {"field", "question"}:
                state = "field or question"
            elif one.manual_evidence:
                state = "person"
            found.append(Covered(standard=standard, requirement=one, by=by, state=state))
    return tuple(found)


def shown(name: str, rules: Mapping[str, RuleFile], asked: Mapping[str, str], off: Container[str] = ()) -> Shown:
    """What one entry of `verified_by` leads to."""
    if name.startswith(FIELD):
        title = field_title(name.removeprefix(FIELD))
        return Shown(kind="field", name=name, title=title) if title else _missing(name, "plans have no such field")
    if name.startswith(QUESTION):
        question = asked.get(name.removeprefix(QUESTION))
        return Shown(kind="question", name=name, title=question) if question else _missing(name, "no gate asks it")
    rule = rules.get(name)
    if rule is None:
        return _missing(name, "there is no such rule")
    return (
        _missing(name, "the rule is switched off") if name in off else Shown(kind="rule", name=name, title=rule.title)
    )


def _missing(name: str, why: str) -> Shown:
    return Shown(kind="missing", name=name, title="", why=why)


def field_title(path: str) -> str | None:
    """What forms call a field of a plan, given as `scope.in` or `deliverables.accepted_when`; None where there is none."""
    cls: type[Entity] | None = Plan
    title = None
    for part in path.split("."):
        one = next((each for each in fields_of(cls) if each.key == part), None) if cls is not None else None
        if one is None:
            return None
        title, cls = one.title, _inside(one.type)
    return title


def _inside(kind: FieldType) -> type[Entity] | None:
    return kind.cls if kind.cls is not None or kind.item is None else _inside(kind.item)


def counts(found: Iterable[Covered]) -> Mapping[State, int]:
    """How many requirements are shown in each way."""
    ones = [one.state for one in found]
    return {state: ones.count(state) for state in STATES}


def automated(found: Iterable[Covered]) -> Decimal | None:
    """The share of requirements that a rule shows; None where there are none."""
    told = counts(found)
    whole = sum(told.values())
    return EXACT.divide(Decimal(told["rule"]), Decimal(whole)) if whole else None
