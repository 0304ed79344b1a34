"""A step as a sentence that people use: "Gate 2" forecast 15 Mar -> 2 Apr (+18 days)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from handrail.change.details import details
from handrail.change.difference import Step
from handrail.change.naming import field_words, thing
from handrail.change.things import SINGLE
from handrail.change.words import day, quoted, step, written
from handrail.fields import Entity, fields_of

_OVER = frozenset({"closed", "done", "dropped", "withdrawn", "decided", "cancelled", "retired", "reached"})
_AGAIN = {"open": "reopened", "active": "active again"}
_LONG = 60


def came(kind: str, one: Any, year: int | None) -> str:
    """A thing is new, with what matters most about it."""
    return details(kind, one, year) or f"new {thing(kind, one, year)}"


def went(kind: str, one: Any, year: int | None) -> str:
    """A thing is gone."""
    return f"{thing(kind, one, year)} removed"


def changed(kind: str, new: Any, one: Step, year: int | None) -> str:
    """What became of one field of a thing."""
    who = thing(kind, new, year)
    if one.how == "text":
        return f"{who}: text changed" if who else "text of the overview changed"
    own = _own_words(kind, new, one, year)
    what = own if own is not None else f"{field_words(kind, one)} {_what(one, year)}"
    return f"{who}{':' if kind in SINGLE or kind == 'person' else ''} {what}".strip()


def _own_words(kind: str, new: Any, one: Step, year: int | None) -> str | None:
    """States and days for which there is a verb."""
    path = ".".join(one.path)
    if path in {"status", "state"} and isinstance(one.new, str):
        if kind == "deliverable" and one.new == "done":
            return "accepted"
        if one.new in _OVER:
            outcome = getattr(new, "outcome", None)
            return f"{one.new}: {' '.join(outcome.split())}" if isinstance(outcome, str) and outcome else one.new
        if one.old in _OVER or kind == "project":
            return _AGAIN.get(one.new, one.new)
    if path in {"actual", "actual_finish"} and one.how == "added":
        planned = getattr(new, "planned", None) or getattr(new, "planned_finish", None)
        verb = {"deliverable": "accepted", "increment": "accepted"}.get(
            kind, "done" if path == "actual_finish" else "reached"
        )
        return f"{verb} {day(one.new, year)}{_against(planned, one.new, year)}"
    if path == "forecast" and one.how == "added":
        planned = getattr(new, "planned", None) or getattr(new, "planned_finish", None)
        if planned is not None:
            return (
                f"forecast {step(planned, one.new, year)}, first time" if planned != one.new else "forecast as planned"
            )
    return None


def _against(planned: Any, actual: Any, year: int | None) -> str:
    if planned is None:
        return ""
    if (planned.year, planned.month, planned.day) == (actual.year, actual.month, actual.day):
        return " as planned"
    return f", planned {day(planned, year)}"


def _what(one: Step, year: int | None) -> str:
    field = one.field
    if isinstance(one.new if one.new is not None else one.old, Entity):
        member = one.new if one.new is not None else one.old
        rest = _values(member, year)
        return f"{one.how}{f' ({rest})' if rest else ''}"
    if isinstance(one.old, tuple) and isinstance(one.new, tuple):
        return _listed(one, year)
    if one.how == "added":
        return f"{written(one.new, year, field)} (new)"
    if one.how == "removed":
        return f"taken out (was {written(one.old, year, field)})"
    if isinstance(one.old, str) and isinstance(one.new, str) and min(len(one.old), len(one.new)) > _LONG:
        return _reworded(one.old, one.new)
    return step(one.old, one.new, year, field)


def _reworded(old: str, new: str) -> str:
    """Two long texts: from a little before the first word that differs, so that the difference is in sight."""
    before, after = old.split(), new.split()
    same = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = max(0, same - 2)
    lead = "... " if start else ""
    return f"reworded: {quoted(lead + ' '.join(before[start:]))} -> {quoted(lead + ' '.join(after[start:]))}"


def _listed(one: Step, year: int | None) -> str:
    """What was added to a list of plain values, and what was taken out."""
    old, new = Counter(map(str, one.old)), Counter(map(str, one.new))
    parts = []
    for values, other, verb in ((one.new, old, "added"), (one.old, new, "taken out")):
        left = other.copy()
        found = []
        for value in values:
            if left[str(value)]:
                left[str(value)] -= 1
            else:
                found.append(written(value, year, one.field))
        if found:
            parts.append(f"{', '.join(found)} {verb}")
    return ", ".join(parts)


def _flat(figures: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*above, str(name)))
        else:
            yield (*above, str(name).replace("_", " ")), value


def _values(member: Entity, year: int | None) -> str:
    """The few plain values of a member that has no title, so that its coming says something."""
    found = [
        f"{one.title.lower()} {written(value, year, one)}"
        for one in fields_of(type(member))[1:]
        if (value := getattr(member, one.name)) is not None
        and value not in ((), {})
        and (one.type.item or one.type).kind in {"date", "money", "percent", "number", "choice", "text"}
        and one.type.kind != "text"
    ]
    for one in fields_of(type(member))[1:]:
        figures = getattr(member, one.name)
        if isinstance(figures, Mapping):  # the figures of a rule say themselves what they are
            found += [f"{' '.join(name)} {written(value, year)}" for name, value in _flat(figures)]
    return ", ".join(found[:3])
