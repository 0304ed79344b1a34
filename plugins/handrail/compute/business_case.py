"""What a business case is worth, recomputed from its cash flows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext

from handrail.model.cost import BusinessCase
from handrail.model.money import EXACT, Money, minor_digits

_NONE = Decimal(0)


def npv(case: BusinessCase) -> Money | None:
    """Net present value: the sum of (benefit - cost) / (1 + rate)^(year - base year), rounded to the currency's digits.

    None without cash flows or rate, when currencies differ, or when years and rate lead beyond any amount of money.
    The base year is the first year unless it is given.
    """
    currency = _currency(case)
    if currency is None or case.discount_rate is None or case.discount_rate <= -1:
        return None
    base = case.base_year if case.base_year is not None else min(one.year for one in case.cash_flows)
    try:
        with localcontext(EXACT):
            value = sum((net / (1 + case.discount_rate) ** (year - base) for year, net in _net(case).items()), _NONE)
            return Money(value.quantize(Decimal(1).scaleb(-minor_digits(currency))), currency)
    except ArithmeticError:
        return None


def roi(case: BusinessCase) -> Decimal | None:
    """Return on investment: (benefits - costs) / costs over all years, undiscounted; None without costs."""
    costs = _costs(case)
    if _currency(case) is None or costs <= 0:
        return None
    return EXACT.divide(sum(_net(case).values(), _NONE), costs)


def payback_years(case: BusinessCase) -> Decimal | None:
    """Years from the start of the first one until the benefits have paid the costs back for good, linear within a year.

    0 when no year ever ends with more paid out than got back; None when the costs are never paid back.
    """
    if _currency(case) is None or _costs(case) <= 0:
        return None
    flows = _net(case)
    balance, found, first = _NONE, _NONE, min(flows)
    for year, net in sorted(flows.items()):
        if balance < 0 <= balance + net:
            found = EXACT.add(Decimal(year - first), EXACT.divide(-balance, net))
        balance += net
    return found if balance >= 0 else None


def _currency(case: BusinessCase) -> str | None:
    """The one currency of the cash flows; None when there is none, or more than one."""
    found = {part.currency for one in case.cash_flows for part in (one.cost, one.benefit) if part is not None}
    return found.pop() if len(found) == 1 else None


def _costs(case: BusinessCase) -> Decimal:
    return sum((one.cost.amount for one in case.cash_flows if one.cost is not None), _NONE)


def _net(case: BusinessCase) -> Mapping[int, Decimal]:
    """Benefits less costs, by year."""
    found: dict[int, Decimal] = {}
    for one in case.cash_flows:
        benefit, cost = (_NONE if part is None else part.amount for part in (one.benefit, one.cost))
        found[one.year] = found.get(one.year, _NONE) + benefit - cost
    return found
