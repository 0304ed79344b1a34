"""What a business case is worth, recomputed from its cash flows."""

from __future__ import annotations

from decimal import Decimal, localcontext

from handrail.model.cost import BusinessCase
from handrail.model.money import EXACT, Money


def npv(case: BusinessCase) -> Money | None:
    """Net present value: the sum of (benefit - cost) / (1 + rate)^(year - base year), rounded to whole cents.

    None without cash flows or rate, or when currencies differ. The base year is the first year unless it is given.
    """
    if not case.cash_flows or case.discount_rate is None or case.discount_rate <= -1:
        return None
    base = case.base_year if case.base_year is not None else min(one.year for one in case.cash_flows)
    currency = next((part.currency for one in case.cash_flows for part in (one.cost, one.benefit) if part), None)
    if currency is None:
        return None
    with localcontext(EXACT):
        value = Decimal(0)
        for one in case.cash_flows:
            for part, sign in ((one.benefit, 1), (one.cost, -1)):
                if part is None:
                    continue
                if part.currency != currency:
                    return None
                value += sign * part.amount / (1 + case.discount_rate) ** (one.year - base)
        return Money(value.quantize(Decimal("0.01")), currency)


def roi(case: BusinessCase) -> Decimal | None:
    """Return on investment: (benefits - costs) / costs over all years, undiscounted; None without costs."""
    costs = sum((one.cost.amount for one in case.cash_flows if one.cost), Decimal(0))
    benefits = sum((one.benefit.amount for one in case.cash_flows if one.benefit), Decimal(0))
    return EXACT.divide(benefits - costs, costs) if costs else None


def payback_years(case: BusinessCase) -> Decimal | None:
    """Years until the benefits have paid the costs back, linear within a year; None when they never do."""
    balance = Decimal(0)
    flows = sorted(case.cash_flows, key=lambda one: one.year)
    for passed, one in enumerate(flows):
        net = (one.benefit.amount if one.benefit else Decimal(0)) - (one.cost.amount if one.cost else Decimal(0))
        if balance < 0 <= balance + net:
            return EXACT.add(Decimal(passed), EXACT.divide(-balance, net))
        balance += net
    return None
