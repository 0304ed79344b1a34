"""Facts of projects as bytes and back: JSON of plain values, exact amounts as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from handrail.compute.heterogeneity import Fit
from handrail.compute.trend import PointFacts, Promise
from handrail.model.money import Money
from handrail.model.words import DIMENSIONS, Colour

_BETWEEN = "|"


def packed(facts: Iterable[PointFacts]) -> bytes:
    """The bytes of some projects' facts."""
    return json.dumps([_plain(one) for one in facts], ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(data: bytes) -> list[PointFacts]:
    """The facts again. Raises ValueError, KeyError, TypeError or ArithmeticError for bytes that are none."""
    return [_facts(one) for one in json.loads(data)]


def _plain(one: PointFacts) -> list[Any]:
    return [
        one.id, one.name, one.phase, one.state, one.colour, one.computed, one.reported,
        [one.colours[name] for name in DIMENSIONS], _text(one.reported_on), _text(one.end_planned), _text(one.end),
        _sum(one.approved), _sum(one.forecast), _sum(one.spent), one.risks, one.high_risks, one.rebaselined,
        [_packed_promise(it) for it in one.milestones], list(one.applied), _packed_fit(one.fit),
        _sum(one.earned),
    ]  # fmt: skip


def _facts(value: list[Any]) -> PointFacts:
    (
        name, title, phase, state, colour, computed, reported, colours, reported_on, end_planned, end,
        approved, forecast, spent, risks, high_risks, rebaselined, milestones, applied, fit, earned,
    ) = value  # fmt: skip
    return PointFacts(
        name, title, phase, state, colour, computed, reported, _colours(*colours), _day(reported_on), _day(end_planned),
        _day(end), _money(approved), _money(forecast), _money(spent), risks, high_risks, rebaselined,
        tuple([_promise(it) if type(it) is str else _promised(it) for it in milestones]),
        tuple(applied), _fit(fit), _money(earned),
    )  # fmt: skip


@lru_cache(maxsize=1_000)
def _colours(*colours: Colour | None) -> Mapping[str, Colour | None]:
    """Colours by dimension; there are few ways to be coloured, and nobody writes into one."""
    return MappingProxyType(dict(zip(DIMENSIONS, colours, strict=True)))


def _packed_promise(one: Promise) -> str | list[str | None]:
    """A line, which is quick to find again when it stood there the month before; a list where a name has the line's sign."""
    parts = [*one[:3], *map(_text, one[3:])]
    plain = all(part is None or (part and _BETWEEN not in part) for part in parts)
    return _BETWEEN.join(part or "" for part in parts) if plain else parts


@lru_cache(maxsize=100_000)
def _promise(line: str) -> Promise:
    return _promised([part or None for part in line.split(_BETWEEN)])


def _promised(parts: list[Any]) -> Promise:
    name, title, gate, *days = parts
    planned, forecast, actual, expected = map(_day, days)
    return Promise(name, title, gate, planned, forecast, actual, expected)


def _packed_fit(fit: Fit | None) -> list[Any] | None:
    return [fit.tier, None if fit.left_out is None else str(fit.left_out), *fit[2:]] if fit else None


def _fit(value: list[Any] | None) -> Fit | None:
    if value is None:
        return None
    tier, left_out, above, deviates, behind = value
    return Fit(tier, None if left_out is None else Decimal(left_out), above, deviates, behind)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


@lru_cache(maxsize=10_000)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sum(money: Money | None) -> str | None:
    return f"{money.amount} {money.currency}" if money else None


@lru_cache(maxsize=100_000)
def _money(text: str | None) -> Money | None:
    if text is None:
        return None
    amount, _, currency = text.partition(" ")
    return Money(Decimal(amount), currency)
