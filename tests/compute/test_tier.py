"""The tier is the lowest whose limits hold every answer."""

from decimal import Decimal
from typing import Any

import pytest
from handrail.compute.tier import derived, rank
from handrail.model.policy import TierLimits, Tiers
from handrail.model.project import TierAnswers

from tests.compute.facts import plan

SMALL = TierLimits(
    tier="small", budget=Decimal(50000), effort_days=Decimal(50), months=Decimal(9), units=1, suppliers=1, interfaces=1,
    regulated=False, new_to_us=False,
)  # fmt: skip
MEDIUM = TierLimits(
    tier="medium", budget=Decimal(1000000), effort_days=Decimal(500), months=Decimal(24), units=5, suppliers=5, interfaces=5,
)  # fmt: skip
TIERS = Tiers(tiers=(TierLimits(tier="large"), MEDIUM, SMALL))  # in any order
FITS: dict[str, Any] = {
    "budget": Decimal(50000), "effort_days": Decimal(50), "months": Decimal(9), "units": 1, "suppliers": 1, "interfaces": 1,
    "regulated": False, "new_to_us": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("what", "answers", "tier"),
    [
        ("everything at its limit", {}, "small"),
        ("a cent more", {"budget": Decimal("50000.01")}, "medium"),
        ("a day more", {"effort_days": Decimal(51)}, "medium"),
        ("a little longer", {"months": Decimal("9.5")}, "medium"),
        ("another unit", {"units": 2}, "medium"),
        ("another supplier", {"suppliers": 2}, "medium"),
        ("another interface", {"interfaces": 2}, "medium"),
        ("regulated", {"regulated": True}, "medium"),
        ("new to us", {"new_to_us": True}, "medium"),
        ("at the limits of medium", {"budget": Decimal(1000000), "units": 5}, "medium"),
        ("beyond one of them", {"suppliers": 6}, "large"),
        ("a question that was not asked rules nothing out", {"effort_days": None, "regulated": None}, "small"),
    ],
)
def test_derived(what: str, answers: dict[str, Any], tier: str) -> None:
    assert derived(plan(tier_answers=TierAnswers(**{**FITS, **answers})), TIERS) == tier, what


def test_nothing_follows_from_nothing() -> None:
    assert derived(plan(), TIERS) is None
    assert derived(plan(tier_answers=TierAnswers()), TIERS) is None, "not one question was answered"
    assert derived(plan(tier_answers=TierAnswers(**FITS)), Tiers()) is None


def test_where_no_tier_holds_it_all_it_is_the_highest() -> None:
    answers = TierAnswers(units=99)
    assert derived(plan(tier_answers=answers), Tiers(tiers=(MEDIUM, SMALL))) == "medium"


def test_rank() -> None:
    assert [rank("small"), rank("medium"), rank("large")] == [0, 1, 2]
