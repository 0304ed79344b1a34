"""Earned value, funding and worth under the names that rules may read. What is undefined is null, as any missing value.

They are computed when a rule reads one of them, and imported then: most checks do without.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from handrail.model.cost import BusinessCase
from handrail.model.money import Money
from handrail.model.project import Plan
from handrail.rules.computing import Computed, Get, Scope, facts
from handrail.rules.shapes import BOOL, DATE, MONEY, NUMBER


def _earned(plan: Plan, scope: Scope) -> Any:
    from handrail.compute.figures import earned_value  # noqa: PLC0415 - see the top of the file

    return earned_value(facts(plan, scope), scope["repository"])


def _amount(name: str) -> Get:
    def get(plan: Plan, scope: Scope) -> Money | None:
        found = _earned(plan, scope)
        amount: Money | None = found.money(getattr(found, name))
        return amount

    return get


def _number(name: str) -> Get:
    def get(plan: Plan, scope: Scope) -> Decimal | None:
        value: Decimal | None = getattr(_earned(plan, scope), name).value
        return value

    return get


def _funding(name: str) -> Get:
    def get(plan: Plan, scope: Scope) -> Money | None:
        from handrail.compute.figures import funding  # noqa: PLC0415 - see the top of the file

        amount: Money | None = getattr(funding(facts(plan, scope)), name)
        return amount

    return get


def _pace(name: str) -> Get:
    def get(plan: Plan, scope: Scope) -> Any:
        from handrail.compute.figures import pace  # noqa: PLC0415 - see the top of the file

        return getattr(pace(facts(plan, scope), scope["repository"]), name, None)

    return get


def _npv_left(_: BusinessCase, scope: Scope) -> Money | None:
    from handrail.compute.figures import case_worth  # noqa: PLC0415 - see the top of the file

    found = case_worth(facts(scope["project"], scope), scope["repository"])
    return found.left if found else None


def _npv_expected(_: BusinessCase, scope: Scope) -> Money | None:
    from handrail.compute.figures import case_expected  # noqa: PLC0415 - see the top of the file

    return case_expected(facts(scope["project"], scope), scope["repository"])


def _right(name: str) -> Get:
    """What the cash flows give; few plans have any, so it is imported then."""

    def get(case: BusinessCase, _: Scope) -> Any:
        from handrail.compute import business_case  # noqa: PLC0415 - as above

        return getattr(business_case, name)(case)

    return get


_right_npv, _right_roi = _right("npv"), _right("roi")


def _npv_gap(case: BusinessCase, scope: Scope) -> Any:
    right = _right_npv(case, scope)
    if right is None or case.npv is None or right.currency != case.npv.currency:
        return None
    gap = abs(right.amount - case.npv.amount)
    return gap / abs(right.amount) if right.amount else gap


def _roi_gap(case: BusinessCase, scope: Scope) -> Any:
    right = _right_roi(case, scope)
    return None if right is None or case.roi is None else abs(right - case.roi)


_MONEY = {
    "bac": "the performance baseline: approved without contingency",
    "pv": "planned value at the status date",
    "ev": "earned value at the status date",
    "ac": "actual cost at the status date, with what is received and not invoiced",
    "cv": "earned value less actual cost",
    "sv": "earned value less planned value",
    "eac": "the forecast cost that counts: by efficiency once a fifth is done, before that the manager's",
    "etc": "what is still to be spent of it",
    "vac": "the performance baseline less that forecast",
}
_NUMBERS = {
    "cpi": "earned value for each unit spent",
    "spi": "earned value against planned value",
    "spi_t": "planned time earned for each month that has passed",
    "tcpi": "the efficiency that the rest needs to end within the baseline",
    "complete": "the share of the work that is done",
    "months_needed": "months from start to end at the speed so far",
}
_FUNDS = {
    "contingency_left": "contingency less what was drawn from it",
    "released_left": "released less spent and ordered",
}
FIGURES: Mapping[str, Computed] = MappingProxyType(
    {
        "has_earned_value": Computed(
            shape=BOOL,
            get=lambda plan, scope: _earned(plan, scope).applies,
            about="whether earned value is asked of it",
        ),
        **{name: Computed(shape=MONEY, get=_amount(name), about=about) for name, about in _MONEY.items()},
        **{name: Computed(shape=NUMBER, get=_number(name), about=about) for name, about in _NUMBERS.items()},
        **{name: Computed(shape=MONEY, get=_funding(name), about=about) for name, about in _FUNDS.items()},
        "p50_end": Computed(shape=DATE, get=_pace("p50"), about="when the increments are done, as likely as not"),
        "p80_end": Computed(shape=DATE, get=_pace("p80"), about="when they are done in four cases of five"),
    }
)
"""For a project."""
WORTH: Mapping[str, Computed] = MappingProxyType(
    {
        "right_npv": Computed(shape=MONEY, get=_right_npv, about="the NPV that the cash flows give"),
        "right_roi": Computed(shape=NUMBER, get=_right_roi, about="the ROI of the cash flows"),
        "npv_gap": Computed(shape=NUMBER, get=_npv_gap, about="share by which the stated NPV is off"),
        "roi_gap": Computed(shape=NUMBER, get=_roi_gap, about="points by which the stated ROI is off"),
        "npv_left": Computed(shape=MONEY, get=_npv_left, about="the NPV of what is still to come; what was spent is gone"),
        "npv_expected": Computed(
            shape=MONEY, get=_npv_expected, about="the NPV with the cost and the end that are expected instead of approved"
        ),
    }
)  # fmt: skip
"""For a business case."""
