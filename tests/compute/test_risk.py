"""Risks as figures: ordinal scores, exposure in money, and what counts as an answer."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from handrail.compute.risk import answered, exposure, late, open_threats, score, target_score
from handrail.model.money import Money
from handrail.model.registers import Risk

from tests.compute.facts import TODAY, money

WHOLE: dict[str, Any] = {"response": "reduce", "action": "Ask", "owner": "ben", "due": date(2026, 12, 12)}
BORNE: dict[str, Any] = {"response": "accept", "trigger": "Note late", "review": date(2027, 1, 5)}


def risk(**fields: Any) -> Risk:
    return Risk(**{"id": "R-001", "title": "Fire", **fields})


@pytest.mark.parametrize(
    ("probability", "impact", "points"), [(1, 1, 1), (3, 4, 12), (5, 5, 25), (None, 5, None), (5, None, None)]
)
def test_score(probability: int | None, impact: int | None, points: int | None) -> None:
    assert score(risk(probability=probability, impact=impact)) == points
    assert target_score(risk(target_probability=probability, target_impact=impact)) == points


def test_open_threats_are_neither_closed_nor_opportunities() -> None:
    ones = (risk(id="R-001"), risk(id="R-002", kind="opportunity"), risk(id="R-003", status="closed"))
    assert [one.id for one in open_threats(ones)] == ["R-001"]


def cost(share: str | None, amount: int | None, currency: str = "EUR", **more: Any) -> Risk:
    return risk(probability_pct=Decimal(share) if share else None, cost_impact=money(amount, currency), **more)


@pytest.mark.parametrize(
    ("what", "risks", "sum_"),
    [
        ("a share of an amount", (cost("0.3", 2400),), money(720)),
        ("added up", (cost("0.3", 2400), cost("0.1", 1000)), money(820)),
        ("half of it known is not known", (cost("0.3", None), cost(None, 1000)), None),
        ("opportunities and closed threats do not count", (
            cost("0.3", 2400, kind="opportunity"), cost("0.3", 2400, status="closed")), None),
        ("two currencies are not added", (cost("0.3", 2400), cost("0.3", 2400, "GBP")), None),
        ("every digit is kept", (cost("0.333", 1),), money("0.333")),
    ],
)  # fmt: skip
def test_exposure(what: str, risks: tuple[Risk, ...], sum_: Money | None) -> None:
    assert exposure(risks, "EUR") == sum_, what


@pytest.mark.parametrize(
    ("what", "given", "is_answered"),
    [
        ("a response with its next step", WHOLE, True),
        ("no response", WHOLE | {"response": None}, False),
        ("no action", WHOLE | {"action": None}, False),
        ("nobody does it", WHOLE | {"owner": None}, False),
        ("no day", WHOLE | {"due": None}, False),
        ("accepted, with a trigger and a review", BORNE, True),
        ("accepted without a trigger", BORNE | {"trigger": None}, False),
        ("accepted without a review", BORNE | {"review": None}, False),
        ("an action does not replace the trigger", WHOLE | {"response": "accept"}, False),
    ],
)
def test_answered(what, given, is_answered) -> None:
    assert answered(risk(**given)) is is_answered, what


@pytest.mark.parametrize(
    ("what", "given", "is_late"),
    [
        ("due today is in time", WHOLE | {"due": TODAY}, False),
        ("due yesterday", WHOLE | {"due": date(2026, 12, 3)}, True),
        ("no day cannot pass", WHOLE | {"due": None}, False),
        ("the review of an accepted risk has passed", BORNE | {"review": date(2026, 12, 3)}, True),
        ("the day of an action that an accepted risk does not need", BORNE | {"due": date(2026, 12, 3)}, False),
        ("the review of another", WHOLE | {"review": date(2026, 12, 3)}, False),
    ],
)
def test_late(what, given, is_late) -> None:
    assert late(risk(**given), TODAY) is is_late, what
