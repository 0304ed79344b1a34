"""What a business case is worth: over its whole life, from today on, and by its driver."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from handrail.compute.business_case import cheapest_way, npv, npv_left, worth
from handrail.model.cost import BusinessCase, CashFlow, Option
from handrail.model.money import Money
from handrail.model.policy import Rates


def eur(amount) -> Money:
    return Money(Decimal(amount), "EUR")


FLOWS = (
    CashFlow(year=2026, cost=eur(1000)),
    CashFlow(year=2027, cost=eur(500), benefit=eur(100)),
    CashFlow(year=2028, benefit=eur(1210)),
)
CASE = BusinessCase(cash_flows=FLOWS, discount_rate=Decimal("0.1"), base_year=2026)


def test_whole_life() -> None:
    # -1000 - 400/1.1 + 1210/1.21
    assert npv(CASE) == eur("-363.64")


@pytest.mark.parametrize(
    ("on", "left"),
    [
        (date(2025, 12, 31), "-330.58"),  # counted back to 2025: the whole life, one more year away
        (date(2026, 12, 31), "636.36"),  # all of 2026 is sunk: -400/1.1 + 1210/1.21
        (date(2027, 12, 31), "1100"),  # 1210/1.1
        (date(2028, 7, 1), "605"),  # 183 of 366 days are left: 1210/2
        (date(2029, 1, 1), "0"),
    ],
)
def test_sunk_cost_is_ignored(on, left) -> None:
    found = npv_left(CASE, on)
    assert found is not None
    assert abs(found.amount - Decimal(left)) <= Decimal("0.005")


def test_a_mandatory_case_shows_the_cheapest_way_to_comply() -> None:
    options = (
        Option(name="Nothing", cost=eur(0), complies=False),
        Option(name="Paper", cost=eur(10), complies=True),
        Option(name="Software", cost=eur(30), complies=True, chosen=True),
    )
    found = worth(BusinessCase(driver="mandatory", options=options), Rates(), date(2026, 1, 1))
    assert (found.cheapest, found.dearer) == (options[1], eur(20))
    unsaid = tuple(Option(name=one.name, cost=one.cost) for one in options)
    assert cheapest_way(BusinessCase(options=unsaid)) == unsaid[1]
    assert worth(BusinessCase(driver="value", options=options), Rates(), date(2026, 1, 1)).cheapest is None


def test_rate_and_horizon_of_the_policy() -> None:
    found = worth(CASE, Rates(discount_rate=Decimal("0.04"), horizon_years=2), date(2026, 1, 1))
    assert found.own_rate
    assert found.beyond == (2028,)
    assert not worth(CASE, Rates(discount_rate=Decimal("0.1")), date(2026, 1, 1)).own_rate


def test_nothing_to_compute_from() -> None:
    found = worth(BusinessCase(), Rates(), date(2026, 1, 1))
    assert (found.whole, found.left, found.roi, found.payback) == (None, None, None, None)
