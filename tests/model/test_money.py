"""Money: exact, of one currency, and written as people write it."""

from decimal import Decimal

import pytest
from handrail.model.money import CurrencyMismatch, Money, minor_digits


def eur(amount):
    return Money(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("48000", "EUR", "48,000 EUR"),
        ("48000.00", "EUR", "48,000 EUR"),
        ("1234.5", "EUR", "1,234.50 EUR"),
        ("-1234.567", "EUR", "-1,234.57 EUR"),
        ("0.005", "EUR", "0 EUR"),
        ("-0.001", "EUR", "0 EUR"),
        ("1E+6", "EUR", "1,000,000 EUR"),
        ("1500.4", "JPY", "1,500 JPY"),
        ("1.2345", "KWD", "1.234 KWD"),
        ("1.23456", "CLF", "1.2346 CLF"),
    ],
)
def test_format(amount, currency, written):
    assert Money(Decimal(amount), currency).format() == written
    assert str(Money(Decimal(amount), currency)) == written


def test_minor_digits():
    assert [minor_digits(code) for code in ("JPY", "EUR", "KWD", "CLF")] == [0, 2, 3, 4]


def test_arithmetic():
    assert eur("1.10") + eur("2.20") == eur("3.30")
    assert eur(1) - eur(3) == -eur(2)
    assert eur(3) * 2 == 2 * eur(3) == eur(6)
    assert eur(3) / 2 == eur("1.5")
    assert eur(1).ratio(eur(4)) == Decimal("0.25")
    assert (eur(1) / 3).amount == Decimal("0." + "3" * 34)


def test_order():
    assert eur(1) < eur(2) <= eur(2)
    assert eur(2) > eur(1) >= eur("1.0")
    assert max([eur(1), eur(3), eur(2)]) == eur(3)


@pytest.mark.parametrize("sign", ["__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__", "ratio"])
def test_currencies_do_not_meet(sign):
    with pytest.raises(CurrencyMismatch, match="EUR and USD"):
        getattr(eur(1), sign)(Money(Decimal(1), "USD"))
