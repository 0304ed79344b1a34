"""Amounts cross currencies only by a dated rate, and say how old it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.compute.currency import convert, total
from handrail.model.money import Money
from handrail.model.policy import Rate, Rates
from hypothesis import given
from hypothesis import strategies as st

RATES = Rates(
    rates=(
        Rate(currency="GBP", on=date(2026, 1, 1), rate=Decimal("1.1")),
        Rate(currency="GBP", on=date(2026, 7, 1), rate=Decimal("1.2")),
        Rate(currency="CHF", on=date(2026, 4, 1), rate=Decimal("0.8")),
        Rate(currency="JPY", on=date(2026, 4, 1), rate=Decimal("0.00625")),
    )
)


def money(amount, currency="EUR") -> Money:
    return Money(Decimal(amount), currency)


def test_the_newest_rate_until_the_day_counts() -> None:
    found = convert(money(100, "GBP"), "EUR", date(2026, 6, 30), RATES, "EUR")
    assert (found.money, found.rated_on, found.age, found.old) == (money(110), date(2026, 1, 1), 180, True)
    found = convert(money(100, "GBP"), "EUR", date(2026, 7, 1), RATES, "EUR")
    assert (found.money, found.rated_on, found.age, found.old) == (money(120), date(2026, 7, 1), 0, False)


def test_out_of_the_organisations_currency() -> None:
    assert convert(money(120), "GBP", date(2026, 8, 1), RATES, "EUR").money == money(100, "GBP")


def test_between_two_foreign_ones_through_the_organisations_only() -> None:
    found = convert(money(100, "GBP"), "CHF", date(2026, 8, 1), RATES, "EUR")
    assert (found.money, found.rated_on) == (money(150, "CHF"), date(2026, 4, 1))


def test_rounded_once_to_the_digits_of_the_currency() -> None:
    assert convert(money("0.01"), "JPY", date(2026, 8, 1), RATES, "EUR").money == money(2, "JPY")
    assert convert(money("33.333", "GBP"), "EUR", date(2026, 8, 1), RATES, "EUR").money == money("40.00")


def test_no_rate_is_a_reason() -> None:
    early = convert(money(1, "GBP"), "EUR", date(2025, 12, 31), RATES, "EUR")
    assert early.money is None
    assert early.why == "The policy has no rate for GBP on or before 2025-12-31."
    assert convert(money(1, "GBP"), "USD", date(2026, 12, 31), RATES, "EUR").why.startswith(
        "The policy has no rate for USD"
    )


def test_its_own_currency_needs_no_rate() -> None:
    found = convert(money(1, "USD"), "USD", date(2000, 1, 1), RATES, "EUR")
    assert (found.money, found.rated_on, found.age) == (money(1, "USD"), None, 0)


def test_a_sum_is_whole_or_not_given() -> None:
    found = total([money(1), money(10, "GBP"), money(10, "CHF")], "EUR", date(2026, 8, 1), RATES, "EUR")
    assert (found.money, found.counted, found.missing, found.rated_on) == (money(21), 3, 0, date(2026, 4, 1))
    found = total([money(1), money(10, "USD")], "EUR", date(2026, 8, 1), RATES, "EUR")
    assert (found.money, found.counted, found.missing) == (None, 1, 1)
    assert "USD" in found.why


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from(["GBP", "CHF"]))
def test_there_and_back_is_the_same_within_a_cent_of_each(amount, currency) -> None:
    there = convert(money(amount), currency, date(2026, 8, 1), RATES, "EUR").money
    assert there is not None
    back = convert(there, "EUR", date(2026, 8, 1), RATES, "EUR").money
    assert back is not None
    assert abs(back.amount - amount) <= Decimal("0.01")
