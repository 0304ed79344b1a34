"""Net present value, return and payback of a business case, each worked out by hand."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from handrail.compute.business_case import npv, payback_years, roi
from handrail.model.cost import BusinessCase, CashFlow
from handrail.model.money import Money

from tests.compute.facts import money

Flows = Mapping[int, tuple[int | None, int | None]]
"""By year: cost and benefit."""


def case(flows: Flows, rate: str | None = "0", base: int | None = None, currency: str = "EUR") -> BusinessCase:
    ones = tuple(
        CashFlow(year=year, cost=money(cost, currency), benefit=money(benefit, currency))
        for year, (cost, benefit) in flows.items()
    )
    return BusinessCase(cash_flows=ones, discount_rate=None if rate is None else Decimal(rate), base_year=base)


@pytest.mark.parametrize(
    ("what", "given", "value"),
    [
        ("without discounting it is the sum", case({2026: (100, None), 2027: (None, 130)}), "30"),
        ("110 in a year at 10 % are 100 today", case({2026: (100, None), 2027: (None, 110)}, "0.1"), "0"),
        ("121 in two years are 100 today", case({2026: (90, None), 2028: (None, 121)}, "0.1"), "10"),
        # -1000 + 500/1.04 + 600/1.04^2 = -1000 + 480.7692... + 554.7337... = 35.5029...
        ("rounded once, at the end", case({2026: (1000, 0), 2027: (0, 500), 2028: (0, 600)}, "0.04"), "35.50"),
        ("counted back to an earlier year", case({2027: (None, 121)}, "0.1", 2025), "100"),
        ("counted forward to a later one", case({2026: (None, 100)}, "0.1", 2027), "110"),
        ("a negative rate makes later money worth more", case({2026: (100, None), 2027: (None, 45)}, "-0.5"), "-10"),
        ("cost and benefit of one year, in two rows or one", case({2026: (100, 40)}), "-60"),
        ("only benefits", case({2026: (None, 40)}), "40"),
        ("at -100 % there is no tomorrow", case({2026: (100, None), 2027: (None, 130)}, "-1"), None),
        ("nor below", case({2026: (100, None)}, "-1.5"), None),
        ("no rate", case({2026: (100, None)}, None), None),
        ("no cash flows", case({}), None),
        ("rows without amounts", case({2026: (None, None)}), None),
        ("a year beyond all measure", case({2026: (100, None), 999999: (None, 1)}, "-0.999"), None),
    ],
)
def test_npv(what: str, given: BusinessCase, value: str | None) -> None:
    assert npv(given) == money(value), what


def test_npv_has_the_digits_of_its_currency() -> None:
    flows: Flows = {2026: (None, None), 2027: (None, 100)}
    assert npv(case(flows, "0.07", 2026, "JPY")) == Money(Decimal(93), "JPY")
    assert npv(case(flows, "0.07", 2026, "KWD")) == Money(Decimal("93.458"), "KWD")


@pytest.mark.parametrize(
    ("what", "flows", "value"),
    [
        ("130 for 100", {2026: (100, None), 2027: (None, 130)}, "0.3"),
        ("nothing comes back", {2026: (100, None)}, "-1"),
        ("as much as went out", {2026: (100, 100)}, "0"),
        ("without costs there is no ratio", {2026: (None, 100)}, None),
        ("nor with costs of zero", {2026: (0, 100)}, None),
    ],
)
def test_roi(what: str, flows: Flows, value: str | None) -> None:
    assert roi(case(flows)) == (Decimal(value) if value else None), what


@pytest.mark.parametrize(
    ("what", "flows", "years"),
    [
        ("after the whole second year", {2026: (100, None), 2027: (None, 100)}, "2"),
        ("in the middle of the second", {2026: (100, None), 2027: (None, 200)}, "1.5"),
        ("a year without flows passes too", {2026: (100, None), 2028: (None, 200)}, "2.5"),
        ("years in any order", {2027: (None, 200), 2026: (100, None)}, "1.5"),
        ("running costs come off the benefit", {2026: (100, None), 2027: (100, 300)}, "1.5"),
        ("within its first year", {2026: (100, 150)}, "0"),
        ("paid back, lost again, paid back for good", {2026: (100, None), 2027: (None, 150), 2028: (100, None), 2029: (None, 200)}, "3.25"),
        ("never", {2026: (100, None), 2027: (None, 99)}, None),
        ("lost again for ever", {2026: (100, None), 2027: (None, 150), 2028: (100, None)}, None),
        ("nothing was paid", {2026: (None, 100)}, None),
        ("no flows", {}, None),
    ],
)  # fmt: skip
def test_payback(what: str, flows: Flows, years: str | None) -> None:
    assert payback_years(case(flows)) == (Decimal(years) if years else None), what


def test_two_currencies_are_never_added() -> None:
    mixed = BusinessCase(
        cash_flows=(CashFlow(year=2026, cost=money(100)), CashFlow(year=2027, benefit=money(300, "GBP"))),
        discount_rate=Decimal(0),
    )
    assert (npv(mixed), roi(mixed), payback_years(mixed)) == (None, None, None)


def test_a_year_in_two_rows_is_one_year() -> None:
    rows = (
        CashFlow(year=2026, cost=money(100)),
        CashFlow(year=2027, benefit=money(300)),
        CashFlow(year=2027, cost=money(100)),
    )
    two = BusinessCase(cash_flows=rows, discount_rate=Decimal("0.1"))
    one = case({2026: (100, None), 2027: (100, 300)}, "0.1")
    assert (npv(two), payback_years(two)) == (npv(one), payback_years(one))
