"""Names about people, advice and the loop that rules may read: gaps of competence, clocks, matching lessons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from handrail.compute import competence, improvement, strategy
from handrail.compute.workdays import WorkDays
from handrail.fields import Entity
from handrail.model.project import Plan
from handrail.model.records import SupportRequest
from handrail.model.registers import Communication
from handrail.rules.computing import Computed, Scope
from handrail.rules.shapes import BOOL, DATE, NUMBER, TEXT, ListOf, ObjectShape

_GAP = ObjectShape(
    "gap",
    {"person": TEXT, "role": TEXT, "kind": TEXT, "what": TEXT, "at": TEXT, "needed": NUMBER, "held": NUMBER,
     "expires": DATE, "days": NUMBER, "first": BOOL},
)  # fmt: skip
_MATCH = ObjectShape(
    "lesson of another project", {"name": TEXT, "title": TEXT, "recommendation": TEXT, "disposition": TEXT}
)


def _lacks(plan: Plan, scope: Scope) -> tuple[competence.Gap, ...]:
    return tuple(one for one in competence.gaps(plan, scope["repository"], scope["as_of"]) if one.kind != "soon")


def _soon(plan: Plan, scope: Scope) -> tuple[competence.Gap, ...]:
    return tuple(one for one in competence.gaps(plan, scope["repository"], scope["as_of"]) if one.kind == "soon")


def _manager_lacks(plan: Plan, scope: Scope) -> tuple[str, ...]:
    return tuple(one.what for one in _lacks(plan, scope) if one.at == "manager")


def _answer(name: str) -> Any:
    def get(one: SupportRequest, scope: Scope) -> Any:
        found = improvement.answer_of(one, scope["project"], scope["repository"])
        day: date | None = getattr(found, name) if found else None
        return day if day is not None and day <= scope["as_of"] else None

    return get


def _waiting(one: SupportRequest, scope: Scope) -> int | None:
    days = WorkDays.of(scope["repository"].organisation.calendar)
    answer = improvement.answer_of(one, scope["project"], scope["repository"])
    return improvement.workdays_open(one, answer, scope["as_of"], days)


def _source(one: SupportRequest, scope: Scope) -> bool:
    found = improvement.answer_of(one, scope["project"], scope["repository"])
    return found is not None and bool(found.playbook or found.proposal or found.reference)


PLAN: Mapping[str, Computed] = MappingProxyType(
    {
        "competence_gaps": Computed(shape=ListOf(_GAP), get=_lacks, about="what people lack for their roles"),
        "competence_soon": Computed(shape=ListOf(_GAP), get=_soon, about="training and certificates that expire soon"),
        "manager_lacks": Computed(shape=ListOf(TEXT), get=_manager_lacks, about="what the project manager lacks"),
        "matching_lessons": Computed(
            shape=ListOf(_MATCH), get=lambda plan, scope: improvement.matches(plan, scope["repository"]),
            about="the ten lessons of other projects that share most tags, with what was said of them",
        ),
    }
)  # fmt: skip
SUPPORT: Mapping[str, Computed] = MappingProxyType(
    {
        "acknowledged_on": Computed(shape=DATE, get=_answer("acknowledged_on"), about="when the PMO took it"),
        "resolved_on": Computed(shape=DATE, get=_answer("resolved_on"), about="when the PMO answered it"),
        "waiting_days": Computed(
            shape=NUMBER, get=_waiting, about="working days until somebody took it, or until today"
        ),
        "source_named": Computed(
            shape=BOOL, get=_source, about="whether a playbook, proposal or source stands behind it"
        ),
    }
)
LESSON: Mapping[str, Computed] = MappingProxyType(
    {
        "triaged": Computed(
            shape=BOOL, about="whether the PMO has said what becomes of it",
            get=lambda one, scope: improvement.triage_of(one, scope["project"], scope["repository"], scope["as_of"]) is not None,
        ),
        "age": Computed(
            shape=NUMBER, get=lambda one, scope: improvement.age(one.raised_on, scope["as_of"]), about="days since it was raised"
        ),
    }
)  # fmt: skip
DELIVERABLE: Mapping[str, Computed] = MappingProxyType(
    {
        "traced": Computed(
            shape=BOOL, about="whether it serves an objective, its own or the project's, that leads to the mission",
            get=lambda one, scope: strategy.traced(one, scope["project"], scope["repository"]),
        )
    }
)  # fmt: skip
_CADENCES = {"daily": 1, "weekly": 7, "every two weeks": 14, "fortnightly": 14, "every four weeks": 28}
_MONTHS = {"monthly": 1, "every two months": 2, "quarterly": 3, "twice a year": 6, "yearly": 12}


def _late(one: Communication, scope: Scope) -> int | None:
    """Days since it should have been told again; a rhythm in other words is left to people."""
    cadence = (one.cadence or "").strip().lower()
    if one.last_on is None:
        return None
    if cadence in _CADENCES:
        due = one.last_on + timedelta(days=_CADENCES[cadence])
    elif cadence in _MONTHS:
        due = competence.add_months(one.last_on, _MONTHS[cadence])
    else:
        return None
    days: int = (scope["as_of"] - due).days
    return days


COMMUNICATION: Mapping[str, Computed] = MappingProxyType(
    {"late_days": Computed(shape=NUMBER, get=_late, about="days since it should have been told again; negative before")}
)
OTHERS: Mapping[type[Entity], Mapping[str, Computed]] = MappingProxyType(
    {SupportRequest: SUPPORT, Communication: COMMUNICATION}
)
