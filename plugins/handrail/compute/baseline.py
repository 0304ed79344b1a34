"""The approved plan as a snapshot, what differs from one, and how far a project has drifted since the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.fields import Entity, Field, FieldType, fields_of
from handrail.model.money import Money
from handrail.model.project import Plan
from handrail.model.schedule import Increment, Milestone

Values = Mapping[str, Mapping[str, Any]]
"""Every baselined field: an item's id, or a part of the plan such as `budget`, to its fields as they are written."""


def snapshot(plan: Plan) -> dict[str, dict[str, Any]]:
    """Every baselined field of a plan that has a value, as plain values of YAML."""
    currency = plan.budget.currency if plan.budget else None
    found: dict[str, dict[str, Any]] = {}
    own = _fields(plan, currency)
    if own:
        found["project"] = own
    for field in fields_of(Plan):
        value = getattr(plan, field.name)
        if field.type.kind == "group" and value is not None:
            part = _fields(value, currency)
            if part:
                found[field.key] = part
            for inner in fields_of(type(value)):
                if inner.type.kind == "list":
                    found |= _items(inner, getattr(value, inner.name), currency)
        elif field.type.kind == "list":
            found |= _items(field, value, currency)
    return found


def _items(field: Field, values: tuple[Any, ...], currency: str | None) -> dict[str, dict[str, Any]]:
    """Things with an id stand by it; what has none stands as one list under the field's own name."""
    kind = field.type.item
    if kind is None or kind.cls is None:
        return {}
    found: dict[str, dict[str, Any]] = {}
    nameless: dict[str, list[Any]] = {}
    for one in values:
        part = _fields(one, currency)
        name = getattr(one, "id", None)
        if part and name:
            found[str(name)] = part
        else:
            for key, value in part.items():
                nameless.setdefault(key, []).append(value)
    return {**({field.key: dict(nameless)} if nameless else {}), **found}


def _fields(one: Entity, currency: str | None) -> dict[str, Any]:
    """The baselined fields of one entity, those of groups inside it nested."""
    found: dict[str, Any] = {}
    for field in fields_of(type(one)):
        value = getattr(one, field.name)
        if value is None or value in ((), ""):
            continue
        if field.type.kind == "group" and not isinstance(one, Plan):
            inner = _fields(value, currency)
            if inner:
                found[field.key] = inner
        elif field.baselined:
            found[field.key] = _written(field.type, value, currency)
    return found


def _written(kind: FieldType, value: Any, currency: str | None) -> Any:
    """A value as the file says it."""
    if isinstance(value, tuple):
        return [_written(kind.item, one, currency) if kind.item else one for one in value]
    if isinstance(value, Money):
        amount = _number(value.amount)
        return amount if value.currency == currency else {"amount": amount, "currency": value.currency}
    if isinstance(value, date):
        return value.isoformat()
    if kind.kind == "percent":
        return f"{value * 100:f}".rstrip("0").rstrip(".") + "%" if "." in f"{value * 100:f}" else f"{value * 100:f}%"
    return _number(value) if isinstance(value, Decimal) else value


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One baselined value that differs; None stands for a value that is not there."""

    item: str
    field: str
    before: Any
    after: Any


def differences(before: Values, after: Values) -> tuple[Difference, ...]:
    """What differs between two snapshots, item by item, field by field."""
    return tuple(_compared(before, after))


def _compared(before: Values, after: Values) -> Iterator[Difference]:
    for item in dict.fromkeys((*before, *after)):
        old, new = _flat(before.get(item, {})), _flat(after.get(item, {}))
        for field in dict.fromkeys((*old, *new)):
            was, now = old.get(field), new.get(field)
            if _same(was) != _same(now):
                yield Difference(item=item, field=field, before=was, after=now)


def _flat(part: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Fields of groups inside by their path: `benefit.target`. Amounts with a currency stay whole."""
    found: dict[str, Any] = {}
    for key, value in part.items():
        if isinstance(value, Mapping) and set(value) != {"amount", "currency"}:
            found |= _flat(value, f"{above}{key}.")
        else:
            found[above + key] = value
    return found


def _same(value: Any) -> Any:
    """A value in a form in which 48000, 48000.0 and the text `48000` of a typed file are one."""
    if isinstance(value, (list, tuple)):
        return [_same(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _same(one) for key, one in value.items()}
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value).normalize()
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How far a project has moved from its first approved plan; every part is a share of what was approved then.

    scope: baselined deliverables and scope statements added, dropped or reworded. date: days that the end is expected
    later, over the days that the project was to last. cost: the forecast above the first approved budget. objective:
    objectives that were swapped. A part is None where the first plan did not say. index: the sum of the parts, in points.
    """

    scope: Decimal | None
    date: Decimal | None
    cost: Decimal | None
    objective: Decimal | None
    index: Decimal


def drift_of(plan: Plan) -> Drift | None:
    """The drift of a plan since its first baseline; None before there is one."""
    first = min(plan.baselines, key=lambda one: one.id, default=None)
    if first is None:
        return None
    today = snapshot(plan)
    parts = {
        "scope": _share(_scope(first.values), _scope(today)),
        "date": _later(first.values, plan),
        "cost": _dearer(first.values, plan),
        "objective": _share(_objectives(first.values), _objectives(today)),
    }
    known = [one for one in parts.values() if one is not None]
    return Drift(**parts, index=round(sum(known, Decimal(0)) * 100, 1))


def _share(before: frozenset[str], after: frozenset[str]) -> Decimal | None:
    """Part of a set that is not as it was; what was added counts like what was dropped."""
    return Decimal(len(before ^ after)) / Decimal(len(before)) if before else None


def _scope(values: Values) -> frozenset[str]:
    scope = values.get("scope", {})
    told = {f"{side}: {one}" for side in ("in", "out") for one in _listed(scope.get(side))}
    criteria = {f"{item}: {one}" for item, part in values.items() for one in _listed(part.get("accepted_when"))}
    return frozenset(told | criteria)


def _objectives(values: Values) -> frozenset[str]:
    single = values.get("why", {}).get("objective")
    linked = _listed(values.get("objectives", {}).get("objective"))
    return frozenset(str(one) for one in (*([single] if single else []), *linked))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def _later(values: Values, plan: Plan) -> Decimal | None:
    promised = {item: day for item, part in values.items() if (day := _day(part.get("planned"))) is not None}
    dated: tuple[Milestone | Increment, ...] = (*plan.milestones, *plan.increments)
    expected = {one.id: one.actual or one.forecast or one.planned for one in dated}
    both = [(day, now) for item, day in promised.items() if (now := expected.get(item)) is not None]
    if not both:
        return None
    end, now = max(both)
    length = (end - min(day for day, _ in both)).days
    return max(Decimal((now - end).days), Decimal(0)) / Decimal(length) if length > 0 else None


def _dearer(values: Values, plan: Plan) -> Decimal | None:
    approved = values.get("budget", {}).get("approved")
    forecast = plan.budget.forecast or plan.budget.approved if plan.budget else None
    if not isinstance(approved, (int, Decimal)) or not approved or forecast is None:
        return None
    if forecast.currency != values.get("budget", {}).get("currency", forecast.currency):
        return None
    return max(forecast.amount - Decimal(approved), Decimal(0)) / Decimal(approved)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
