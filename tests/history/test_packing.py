"""What is kept of earlier days comes back as it was, whatever people have written into it."""

from datetime import date
from decimal import Decimal

import pytest
from handrail.compute.heterogeneity import Fit
from handrail.compute.trend import PointFacts, Promise
from handrail.history.packing import packed, unpacked
from handrail.model.money import Money
from handrail.model.words import DIMENSIONS

DAY = date(2026, 3, 31)


def facts(*milestones: Promise, spent: Money | None = None) -> PointFacts:
    return PointFacts(
        id="desk", name="A desk | a chair", phase="execution", state="active", colour="amber", computed="amber", reported=None,
        colours=dict.fromkeys(DIMENSIONS) | {DIMENSIONS[0]: "amber"}, reported_on=DAY, end_planned=None, end=DAY,
        approved=Money(Decimal("1E+3"), "EUR"), forecast=Money(Decimal("-0.10"), "JPY"), spent=spent, risks=2, high_risks=1,
        rebaselined=0, milestones=milestones, applied=("desk/L-001",), fit=Fit("small", Decimal("0.15"), above=False, deviates=True, behind=None),
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["Desk stands", "A | B", "|", "", "a\nb", 'a "quoted" \\ one', "naïve ☂", "None", "a\x00b", "A||B"]
)
def test_a_milestone_comes_back(name: str) -> None:
    one = facts(
        Promise("M1", name, None, DAY, None, None, DAY), Promise("M2", name, name, None, DAY, DAY, None),
        Promise("", "", "", None, None, None, None),
    )  # fmt: skip
    assert unpacked(packed([one])) == [one]


def test_amounts_keep_every_digit() -> None:
    one = facts(spent=Money(Decimal("12345678901234567890.1234567890"), "EUR"))
    (back,) = unpacked(packed([one]))
    assert str(back.spent.amount if back.spent else "") == "12345678901234567890.1234567890"
    assert (str(back.approved and back.approved.amount), str(back.forecast and back.forecast.amount)) == (
        "1E+3",
        "-0.10",
    )
    assert back.earned is None


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[[]]", b"[1]", b'[["desk"]]', packed([facts()]).replace(b"1E+3 EUR", b"much EUR")]
)
def test_spoilt_bytes_are_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, ArithmeticError)):
        unpacked(data)
