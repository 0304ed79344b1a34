"""How a sentence speaks of a thing and of a field."""

from __future__ import annotations

from typing import Any

from handrail import english
from handrail.change.difference import Step
from handrail.change.things import REQUIREMENT, SINGLE
from handrail.change.words import NAMES, day, low, quoted
from handrail.fields import Entity, fields_of
from handrail.model.kinds import BY_NAME
from handrail.model.records import Report

_BY_NAME_ALONE = frozenset({"milestone", "increment"})
_SAID = {
    "project budget.approved": "budget",
    "project budget.forecast": "cost forecast",
    "project budget.spent": "spent",
    "project scope.in": "scope",
    "project scope.out": "out of scope",
    "project why.benefit.target": "benefit target",
    "project why.benefit.by": "benefit due",
    "rule enforce_at": "bites at",
    "rule checks": "what it checks",
    "rule params": "figure",
    "person roles": "role",
    "approval value": "fingerprint",
}
"""Fields that people call otherwise than their titles put together, by kind and path without the names of members."""


def thing(kind: str, one: Any, year: int | None) -> str:
    """`risk R-007 "Joiner fails"`, `"Desk opens"`, `report of 30 Nov`; nothing for the project itself."""
    if kind == "project":
        return ""
    if kind in SINGLE:
        return low(noun(kind))
    if kind == "person":
        return str(one.id)
    if isinstance(one, Report):
        return f"report of {day(one.as_of, year)}"
    title = title_of(one)
    if kind in _BY_NAME_ALONE and title:
        return quoted(title)
    name = getattr(one, "id", None)
    words = title if title != name and kind != REQUIREMENT else ""
    return " ".join(part for part in (low(noun(kind)), name, quoted(words) if words else "") if part)


def noun(kind: str) -> str:
    """What people call a kind."""
    return BY_NAME[kind].title if kind in BY_NAME else kind.capitalize()


def title_of(one: Any) -> str:
    """The title of a thing; its id where it has none."""
    values = (getattr(one, key, None) for key in NAMES)
    return next((found for found in values if isinstance(found, str) and found), str(getattr(one, "id", "") or ""))


def field_words(kind: str, step: Step) -> str:
    """The field of a step as people say it: "forecast", "budget contingency", `lines "Joinery" amount`."""
    keys = [field.key for field, _ in step.trail]
    parts: list[str] = []
    at = 0
    for position in range(len(keys), 0, -1):  # the longest beginning that has words of its own
        if said := _SAID.get(f"{kind} {'.'.join(keys[:position])}"):
            parts, at = [said, *_named(step, position - 1)], position
            break
    for position in range(at, len(keys)):
        field, name = step.trail[position]
        if not (kind in SINGLE and position == 0 and name):
            parts.append(low(field.title))
        parts += _named(step, position)
    return " ".join(parts)


def _named(step: Step, position: int) -> list[str]:
    field, name = step.trail[position]
    if not name:
        return []
    last = position == len(step.trail) - 1
    member = (step.new if step.new is not None else step.old) if last else None
    title = (
        title_of(member)
        if isinstance(member, Entity) and any(one.key == "name" for one in fields_of(type(member)))
        else ""
    )
    if title and title != name:
        return [f"{name} {quoted(title)}"]
    return [english.month(name) if field.type.kind == "map" else name]
