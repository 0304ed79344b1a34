"""Facts of projects as bytes and back: JSON of plain values, exact amounts as text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from handrail.compute.heterogeneity import Fit
from handrail.compute.trend import PointFacts, Promise
from handrail.model.money import Money
from handrail.model.words import DIMENSIONS


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
        [[*it[:3], *map(_text, it[3:])] for it in one.milestones], list(one.applied), _packed_fit(one.fit),
        _sum(one.earned),
    ]  # fmt: skip


def _facts(value: list[Any]) -> PointFacts:
    (
        name, title, phase, state, colour, computed, reported, colours, reported_on, end_planned, end,
        approved, forecast, spent, risks, high_risks, rebaselined, milestones, applied, fit, earned,
    ) = value  # fmt: skip
    return PointFacts(
        id=name, name=title, phase=phase, state=state, colour=colour, computed=computed, reported=reported,
        colours=dict(zip(DIMENSIONS, colours, strict=True)), reported_on=_day(reported_on),
        end_planned=_day(end_planned), end=_day(end), approved=_money(approved), forecast=_money(forecast),
        spent=_money(spent), risks=risks, high_risks=high_risks, rebaselined=rebaselined,
        milestones=tuple(
            Promise(name, title, gate, _day(planned), _day(forecast), _day(actual), _day(expected))
            for name, title, gate, planned, forecast, actual, expected in milestones
        ),
        applied=tuple(applied), fit=_fit(fit), earned=_money(earned),
    )  # fmt: skip


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


def _sum(money: Money | None) -> list[str] | None:
    return [str(money.amount), money.currency] if money else None


def _money(pair: list[str] | None) -> Money | None:
    return Money(Decimal(pair[0]), pair[1]) if pair else None
