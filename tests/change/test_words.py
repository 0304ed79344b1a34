"""Old and new values as people say them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from handrail.change.words import called, compact, quoted, step, written
from handrail.fields import fields_of
from handrail.model.money import Money
from handrail.model.policy import TierTolerance
from handrail.model.project import Tolerance
from handrail.model.registers import Risk

FIELDS = {one.key: one for one in fields_of(Tolerance)}


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (date(2026, 3, 15), date(2026, 4, 2), "15 Mar -> 2 Apr (+18 days)"),
        (date(2026, 4, 2), date(2026, 4, 1), "2 Apr -> 1 Apr (-1 day)"),
        (date(2026, 12, 15), date(2027, 1, 12), "15 Dec 2026 -> 12 Jan 2027 (+28 days)"),
        (date(2027, 2, 1), date(2027, 2, 15), "1 Feb -> 15 Feb 2027 (+14 days)"),
        (
            datetime.fromisoformat("2026-03-02T08:00"),
            datetime.fromisoformat("2026-03-02T10:30"),
            "2 Mar 08:00 -> 2 Mar 10:30",
        ),
        (eur("1200000"), eur("1310000"), "1.20 M -> 1.31 M EUR (+9%)"),
        (eur("48000"), eur("50400"), "48,000 -> 50,400 EUR (+5%)"),
        (eur("990000"), eur("1010000"), "990,000 -> 1,010,000 EUR (+2%)"),
        (eur("1200000"), eur("1200500"), "1,200,000 -> 1,200,500 EUR (+500 EUR)"),
        (eur("50400"), eur("50900"), "50,400 -> 50,900 EUR (+1%)"),
        (eur("50400"), eur("50500"), "50,400 -> 50,500 EUR (+0.2%)"),
        (eur("0"), eur("100"), "0 -> 100 EUR (+100 EUR)"),
        (eur("100"), Money(Decimal(100), "CHF"), "100 EUR -> 100 CHF"),
        ("green", "amber", '"green" -> "amber"'),
        (False, True, "no -> yes"),
        (3, 4, "3 -> 4"),
        ("a" * 80 + "x", "a" * 80 + "y", "a" * 80 + "x -> " + "a" * 80 + "y"),
    ],
)
def test_a_step(old, new, said: str) -> None:
    assert step(old, new, 2026) == said


def test_units_and_shares_come_from_the_declared_field() -> None:
    assert step(20, 30, 2026, FIELDS["time_days"]) == "20 -> 30 working days"
    assert step(Decimal("0.1"), Decimal("0.125"), 2026, FIELDS["cost"]) == "10 -> 12.5%"
    assert written(Decimal("0.1"), 2026, next(one for one in fields_of(TierTolerance) if one.key == "cost")) == "10%"


def test_small_words() -> None:
    assert compact(eur("-1234567")) == "-1.23 M EUR"
    assert quoted("two\nlines") == '"two lines"'
    assert len(quoted("x" * 400)) == 62
    assert called(Risk(id="R-001", title="Fire")) == 'R-001 "Fire"'
    assert (written(None, 2026), written((), 2026), written("2027-02-15", 2026)) == (
        "nothing",
        "nothing",
        "15 Feb 2027",
    )
