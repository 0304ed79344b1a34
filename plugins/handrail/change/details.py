"""What matters most about a thing that is new: the wording of each kind that deserves more than its title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handrail.change.naming import thing
from handrail.change.words import compact, day, quoted
from handrail.compute.risk import score
from handrail.english import count

_Words = Callable[[Any, int | None], str]
_DECIDED = {
    "approve": "approves", "reject": "rejects", "go": "says go to", "go with conditions": "says go with conditions to",
    "rework": "sends back", "hold": "holds", "stop": "stops", "accept": "accepts",
}  # fmt: skip


def details(kind: str, one: Any, year: int | None) -> str:
    """The sentence about a new thing of this kind; nothing where its name says enough."""
    words = _TABLE.get(kind)
    return words(one, year) if words is not None else ""


def _project(one: Any, year: int | None) -> str:
    ends = [
        day_ for item in one.milestones if (day_ := item.actual or item.forecast or item.planned) is not None
    ]  # fmt: skip
    parts = [
        one.tier,
        compact(one.budget.approved) if one.budget and one.budget.approved else "",
        f"ends {day(max(ends), year)}" if ends else "",
        f"sponsor {one.sponsor}" if one.sponsor else "",
        f"manager {one.manager}" if one.manager else "",
    ]
    return f"new project {quoted(one.name)}: {', '.join(part for part in parts if part)}"


def _dated(one: Any, year: int | None) -> str:
    kind = type(one).__name__.lower()
    when = one.planned or one.forecast
    return f"new {kind} {quoted(one.name)}" + (
        f", {'planned' if one.planned else 'expected'} {day(when, year)}" if when else ""
    )


def _risk(one: Any, year: int | None) -> str:
    value = score(one)
    parts = [f"score {value}" if value else "not assessed yet", f"owner {one.owner}" if one.owner else "no owner"]
    what = thing("risk", one, year)
    return f"new {what if one.kind == 'threat' else what.replace('risk', 'opportunity', 1)} ({', '.join(parts)})"


def _issue(one: Any, year: int | None) -> str:
    parts = [f"due {day(one.due, year)}" if one.due else "", f"owner {one.owner}" if one.owner else "no owner"]
    return f"new {thing('issue', one, year)} ({', '.join(part for part in parts if part)})"


def _report(one: Any, year: int | None) -> str:
    because = f", {quoted(one.because)}" if one.because else ""
    asked = f"; asks for {count(len(one.decisions_asked), 'decision')}" if one.decisions_asked else ""
    return f"report of {day(one.as_of, year)}: {one.status}{because}{asked}"


def _approval(one: Any, year: int | None) -> str:
    subject = f"{one.subject.kind} {one.subject.id}"
    money = f", releases {compact(one.releases)}" if one.releases else ""
    return f"{one.by} ({one.role}) {_DECIDED[one.decision]} {subject}, {day(one.on, year)}{money}"


def _baseline(one: Any, _: int | None) -> str:
    return f"plan frozen as {one.id}" + (f" after {one.change}" if one.change else "")


def _change(one: Any, year: int | None) -> str:
    return f"new {thing('change', one, year)}" + (f", asked by {one.requested_by}" if one.requested_by else "")


def _gate(one: Any, _: int | None) -> str:
    return f"gate {one.gate} submitted as {one.id}" + (
        f", recommended: {one.recommendation}" if one.recommendation else ""
    )


def _waiver(one: Any, year: int | None) -> str:
    until = f" until {day(one.expires, year)}" if one.expires else " without an end"
    return f"waiver {one.id} asked: {one.rule} set aside{until}"


def _closure(one: Any, year: int | None) -> str:
    when = f" on {day(one.closed_on, year)}" if one.closed_on else ""
    return f"closed{when}" + (f": {' '.join(one.outcome.split())}" if one.outcome else "")


def _rule(one: Any, _: int | None) -> str:
    return f"new rule {one.id} {quoted(one.title)} ({one.level}, bites at {one.enforce_at})"


def _requirement(one: Any, _: int | None) -> str:
    return f"new requirement {one.id} ({one.level}): {quoted(one.text)}"


def _person(one: Any, _: int | None) -> str:
    roles = ", ".join(role.role for role in one.roles)
    return f"new in the directory: {one.id}" + (f" ({roles})" if roles else "")


_TABLE: Mapping[str, _Words] = {
    "project": _project, "milestone": _dated, "increment": _dated, "deliverable": _dated, "risk": _risk, "issue": _issue,
    "report": _report, "approval": _approval, "pmo approval": _approval, "baseline": _baseline, "change": _change,
    "gate": _gate, "waiver": _waiver, "closure": _closure, "rule": _rule, "requirement": _requirement, "person": _person,
}  # fmt: skip
