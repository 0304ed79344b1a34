"""What a business case is worth, recomputed from its cash flows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from handrail.model.cost import BusinessCase, Option
from handrail.model.money import EXACT, Money, minor_digits
from handrail.model.policy import Rates

_NONE = Decimal(0)
_DAYS = Decimal("365.25")
"""Days of a year, on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a business case says by its driver, recomputed. None where the case does not give what it takes.

    whole: NPV over the whole life. left: NPV of what is still to come, counted back to the day; what was spent before is
    gone whatever is decided. roi: a fraction. payback: years from the start of the first one. cheapest: for a mandatory
    project, the option that meets the law for least money; NPV is then no reason for or against it.
    dearer: what the chosen option costs above that one. own_rate: the case uses another discount rate than the policy.
    beyond: years of the cash flows that the policy's horizon no longer holds.
    """

    driver: str
    whole: Money | None
    left: Money | None
    roi: Decimal | None
    payback: Decimal | None
    cheapest: Option | None
    dearer: Money | None
    own_rate: bool
    beyond: tuple[int, ...]


def worth(case: BusinessCase, policy: Rates, on: date) -> Worth:
    """Everything that follows from a business case on a day."""
    cheapest = cheapest_way(case) if case.driver == "mandatory" else None
    chosen = next((one for one in case.options if one.chosen), None)
    dearer = None
    if cheapest and chosen and cheapest.cost and chosen.cost and chosen.cost.currency == cheapest.cost.currency:
        dearer = chosen.cost - cheapest.cost
    first = case.base_year if case.base_year is not None else min((one.year for one in case.cash_flows), default=0)
    horizon = policy.horizon_years
    return Worth(
        driver=case.driver,
        whole=npv(case),
        left=npv_left(case, on),
        roi=roi(case),
        payback=payback_years(case),
        cheapest=cheapest,
        dearer=dearer,
        own_rate=None not in {case.discount_rate, policy.discount_rate} and case.discount_rate != policy.discount_rate,
        beyond=tuple(sorted({one.year for one in case.cash_flows if horizon and one.year >= first + horizon})),
    )


def npv(case: BusinessCase) -> Money | None:
    """Net present value: the sum of (benefit - cost) / (1 + rate)^(year - base year), rounded to the currency's digits.

    None without cash flows or rate, when currencies differ, or when years and rate lead beyond any amount of money.
    The base year is the first year unless it is given.
    """
    base = case.base_year if case.base_year is not None else min((one.year for one in case.cash_flows), default=0)
    return _discounted(case, _net(case), base)


def npv_left(case: BusinessCase, on: date) -> Money | None:
    """Net present value of what is left, counted back to the year of the day: sunk cost and past benefits are ignored.

    Of the running year that part counts whose days are still to come; of years gone by nothing does.
    """
    end, start = date(on.year, 12, 31), date(on.year, 1, 1)
    rest = EXACT.divide(Decimal((end - on).days), Decimal((end - start).days + 1))
    flows = {
        year: EXACT.multiply(net, rest) if year == on.year else net
        for year, net in _net(case).items()
        if year >= on.year
    }
    return _discounted(case, flows, on.year)


def npv_expected(case: BusinessCase, extra: Money, days_late: int, on: date) -> Money | None:
    """Net present value of the whole life, as it looks on a day: the cost and the end that are expected instead of approved.

    extra: expected less approved cost; it falls into the year of the day, the dearest one. days_late: calendar days from
    the approved end to the expected one; benefits still to come arrive so much later, and are discounted so much more.
    Being early brings no benefit by itself. None as for `npv`, and where `extra` is in another currency.
    """
    currency, rate = _currency(case), case.discount_rate
    if currency is None or rate is None or rate <= -1 or extra.currency != currency:
        return None
    base = case.base_year if case.base_year is not None else min(one.year for one in case.cash_flows)
    try:
        with localcontext(EXACT):
            late = Decimal(max(days_late, 0)) / _DAYS
            value = -extra.amount / (1 + rate) ** (on.year - base)
            for one in case.cash_flows:
                benefit, cost = (_NONE if part is None else part.amount for part in (one.benefit, one.cost))
                wait = late if one.year >= on.year else _NONE
                value += benefit / (1 + rate) ** (one.year - base + wait) - cost / (1 + rate) ** (one.year - base)
            return Money(value.quantize(Decimal(1).scaleb(-minor_digits(currency))), currency)
    except ArithmeticError:
        return None


def cheapest_way(case: BusinessCase) -> Option | None:
    """The option that meets the law for least money: of those that say so, else of those that cost anything at all."""
    said = [one for one in case.options if one.complies and one.cost is not None]
    ways = said or [
        one for one in case.options if one.complies is None and one.cost is not None and one.cost.amount > 0
    ]
    if len({one.cost.currency for one in ways if one.cost}) > 1:
        return None
    return min(ways, key=lambda one: one.cost.amount if one.cost else _NONE, default=None)


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


def _discounted(case: BusinessCase, flows: Mapping[int, Decimal], base: int) -> Money | None:
    """Yearly flows counted back to a year, rounded once."""
    currency, rate = _currency(case), case.discount_rate
    if currency is None or rate is None or rate <= -1:
        return None
    try:
        with localcontext(EXACT):
            value = sum((net / (1 + rate) ** (year - base) for year, net in flows.items()), _NONE)
            return Money(value.quantize(Decimal(1).scaleb(-minor_digits(currency))), currency)
    except ArithmeticError:
        return None


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
