"""Names about people, advice and the loop that rules may read: gaps of competence, clocks, matching lessons.

They are computed when a rule reads one of them, and imported then: most checks do without.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from handrail.compute.workdays import WorkDays
from handrail.fields import Entity
from handrail.model.project import Deliverable, Plan
from handrail.model.records import Lesson, SupportRequest
from handrail.model.registers import Communication
from handrail.rules.computing import Computed, Scope
from handrail.rules.shapes import BOOL, DATE, NUMBER, TEXT, ListOf, ObjectShape

if TYPE_CHECKING:
    from handrail.compute.competence import Gap
    from handrail.model.advice import SupportAnswer

_GAP = ObjectShape(
    "gap",
    {"person": TEXT, "role": TEXT, "kind": TEXT, "what": TEXT, "at": TEXT, "needed": NUMBER, "held": NUMBER,
     "expires": DATE, "days": NUMBER, "first": BOOL},
)  # fmt: skip
_MATCH = ObjectShape(
    "lesson of another project", {"name": TEXT, "title": TEXT, "recommendation": TEXT, "disposition": TEXT}
)


def _gaps(plan: Plan, scope: Scope) -> tuple[Gap, ...]:
    from handrail.compute.competence import gaps  # noqa: PLC0415 - see the top of the file

    return gaps(plan, scope["repository"], scope["as_of"])


def _lacks(plan: Plan, scope: Scope) -> tuple[Gap, ...]:
    return tuple(one for one in _gaps(plan, scope) if one.kind != "soon")


def _soon(plan: Plan, scope: Scope) -> tuple[Gap, ...]:
    return tuple(one for one in _gaps(plan, scope) if one.kind == "soon")


def _manager_lacks(plan: Plan, scope: Scope) -> tuple[str, ...]:
    return tuple(one.what for one in _lacks(plan, scope) if one.at == "manager")


def _answered(one: SupportRequest, scope: Scope) -> SupportAnswer | None:
    from handrail.compute.improvement import answer_of  # noqa: PLC0415 - see the top of the file

    return answer_of(one, scope["project"], scope["repository"])


def _answer(name: str) -> Any:
    def get(one: SupportRequest, scope: Scope) -> Any:
        found = _answered(one, scope)
        day: date | None = getattr(found, name) if found else None
        return day if day is not None and day <= scope["as_of"] else None

    return get


def _waiting(one: SupportRequest, scope: Scope) -> int | None:
    from handrail.compute.improvement import workdays_open  # noqa: PLC0415 - see the top of the file

    days = WorkDays.of(scope["repository"].organisation.calendar)
    return workdays_open(one, _answered(one, scope), scope["as_of"], days)


def _source(one: SupportRequest, scope: Scope) -> bool:
    found = _answered(one, scope)
    return found is not None and bool(found.playbook or found.proposal or found.reference)


def _matches(plan: Plan, scope: Scope) -> Any:
    from handrail.compute.improvement import matches  # noqa: PLC0415 - see the top of the file

    return matches(plan, scope["repository"])


def _triaged(one: Lesson, scope: Scope) -> bool:
    from handrail.compute.improvement import triage_of  # noqa: PLC0415 - see the top of the file

    return triage_of(one, scope["project"], scope["repository"], scope["as_of"]) is not None


def _age(one: Lesson, scope: Scope) -> int | None:
    from handrail.compute.improvement import age  # noqa: PLC0415 - see the top of the file

    return age(one.raised_on, scope["as_of"])


def _traced(one: Deliverable, scope: Scope) -> bool:
    from handrail.compute.strategy import traced  # noqa: PLC0415 - see the top of the file

    return traced(one, scope["project"], scope["repository"])


PLAN: Mapping[str, Computed] = MappingProxyType(
    {
        "competence_gaps": Computed(shape=ListOf(_GAP), get=_lacks, about="what people lack for their roles"),
        "competence_soon": Computed(shape=ListOf(_GAP), get=_soon, about="training and certificates that expire soon"),
        "manager_lacks": Computed(shape=ListOf(TEXT), get=_manager_lacks, about="what the project manager lacks"),
        "matching_lessons": Computed(
            shape=ListOf(_MATCH), get=_matches,
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
            get=_triaged,
        ),
        "age": Computed(
            shape=NUMBER, get=_age, about="days since it was raised"
        ),
    }
)  # fmt: skip
DELIVERABLE: Mapping[str, Computed] = MappingProxyType(
    {
        "traced": Computed(
            shape=BOOL, about="whether it serves an objective, its own or the project's, that leads to the mission",
            get=_traced,
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
        from handrail.compute.months import add_months  # noqa: PLC0415 - see the top of the file

        due = add_months(one.last_on, _MONTHS[cadence])
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
