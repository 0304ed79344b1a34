"""Money: what was approved, spent, received, ordered, expected and set free. Two currencies are never added."""

from datetime import date
from decimal import Decimal

import pytest
from handrail.compute.exchange import converted
from handrail.model.cost import Actual, Budget, Commitment
from handrail.model.money import Money
from handrail.model.policy import Rate, Rates
from handrail.model.records import Approval

from tests.compute.facts import approval, baseline, budget, money, plan, project


def actual(month: str, amount: int, accrued: int | None = None, currency: str = "EUR") -> Actual:
    return Actual(month=month, amount=Money(Decimal(amount), currency), accrued=money(accrued))


@pytest.mark.parametrize(
    ("what", "months", "actuals", "spent", "accrued"),
    [
        ("nothing is said", {}, (), None, None),
        ("by month", {"2026-10": 4200, "2026-11": 7350}, (), 11550, None),
        ("by line", {}, (actual("2026-10", 4000), actual("2026-10", 200)), 4200, None),
        ("both, for different months", {"2026-10": 4200}, (actual("2026-11", 7350),), 11550, None),
        ("a month by line is not counted again by its sum", {"2026-10": 4200}, (actual("2026-10", 4200),), 4200, None),
        ("received, not invoiced", {}, (actual("2026-11", 100, 50), actual("2026-12", 0, 7)), 100, 57),
        ("a credit note", {"2026-10": 4200, "2026-11": -200}, (), 4000, None),
        ("another currency gives no sum", {"2026-10": 4200}, (actual("2026-11", 100, currency="GBP"),), None, None),
    ],
)
def test_spent(
    what: str, months: dict[str, int], actuals: tuple[Actual, ...], spent: int | None, accrued: int | None
) -> None:
    given = budget(1000, spent={month: money(amount) for month, amount in months.items()}, actuals=actuals)
    cost = project(plan(budget=given)).cost
    assert (cost.spent, cost.accrued) == (money(spent), money(accrued)), what


def test_ordered() -> None:
    orders = (Commitment(what="Desk", amount=money(700)), Commitment(what="Sign", amount=money(50)))
    assert project(plan(budget=budget(1000, commitments=orders))).cost.committed == money(750)
    assert project(plan(budget=budget(1000))).cost.committed is None


@pytest.mark.parametrize(
    ("what", "approved", "forecast", "variance", "share"),
    [
        ("dearer", money(48000), money(50400), money(2400), "0.05"),
        ("cheaper", money(48000), money(43200), money(-4800), "-0.1"),
        ("as approved", money(48000), money(48000), money(0), "0"),
        ("no forecast", money(48000), None, None, None),
        ("nothing approved", None, money(48000), None, None),
        ("zero approved has no share", money(0), money(100), money(100), None),
        ("two currencies have no difference", money(48000), money(48000, "GBP"), None, None),
    ],
)
def test_variance(
    what: str, approved: Money | None, forecast: Money | None, variance: Money | None, share: str | None
) -> None:
    cost = project(plan(budget=Budget(currency="EUR", approved=approved, forecast=forecast))).cost
    assert (cost.variance, cost.variance_share) == (variance, Decimal(share) if share else None), what


@pytest.mark.parametrize(
    ("what", "value", "original"),
    [
        ("a plain number is in the plan's currency", 40000, money(40000)),
        ("an amount brings its own", {"amount": 40000, "currency": "GBP"}, money(40000, "GBP")),
        ("cents", Decimal("40000.50"), money("40000.50")),
        ("text is no amount", "40000", money(48000)),
        ("nor is yes", True, money(48000)),
        ("an amount of text is none", {"amount": "much", "currency": "EUR"}, money(48000)),
        ("an amount without a currency is none", {"amount": 40000}, money(48000)),
    ],
)
def test_original(what: str, value: object, original: Money) -> None:
    given = plan(budget=budget(48000), baselines=(baseline("BL-001", "2026-10-06", budget={"approved": value}),))
    assert project(given).cost.original == original, what


def free(name: str, decision: str, amount: str | int | None, on: str = "2026-11-01", currency: str = "EUR") -> Approval:
    return approval("gate", "G-01", decision, id=name, releases=money(amount, currency), on=date.fromisoformat(on))


@pytest.mark.parametrize(
    ("what", "approvals", "released"),
    [
        ("nobody decided", (), None),
        ("decided without a sum", (free("AP-001", "go", None),), None),
        ("agreed in every word", tuple(free(f"AP-00{i}", word, 10**i) for i, word in enumerate(
            ("go", "go with conditions", "approve", "accept"))), money(1111)),
        ("a refusal frees nothing", tuple(free(f"AP-00{i}", word, 10) for i, word in enumerate(
            ("reject", "rework", "hold", "stop"))), None),
        ("nor does a decision of tomorrow", (free("AP-001", "go", 10), free("AP-002", "go", 90, "2026-12-05")), money(10)),
        ("two currencies are not added", (free("AP-001", "go", 10), free("AP-002", "go", 90, currency="GBP")), None),
    ],
)  # fmt: skip
def test_released(what: str, approvals: tuple[Approval, ...], released: Money | None) -> None:
    assert project(plan(approvals=approvals)).cost.released == released, what


def test_without_a_budget_only_the_currency_is_known() -> None:
    cost = project(plan()).cost
    assert cost.currency == "EUR"
    assert (cost.approved, cost.spent, cost.accrued, cost.committed, cost.forecast, cost.original) == (None,) * 6


RATES = Rates(
    rates=(
        Rate(currency="GBP", on=date(2026, 10, 1), rate=Decimal("1.17")),
        Rate(currency="GBP", on=date(2026, 12, 1), rate=Decimal("1.1555")),
        Rate(currency="JPY", on=date(2026, 10, 1), rate=Decimal("0.0061")),
        Rate(currency="XAU", on=date(2026, 10, 1), rate=Decimal(10) ** 40),
    )
)


@pytest.mark.parametrize(
    ("what", "amount", "on", "home", "result"),
    [
        ("at home nothing changes", money(100), "2020-01-01", "EUR", money(100)),
        ("the newest rate until then", money(100, "GBP"), "2026-11-30", "EUR", money("117.00")),
        ("from its day on", money(100, "GBP"), "2026-12-01", "EUR", money("115.55")),
        ("half to even, in cents", money("0.10", "GBP"), "2026-12-01", "EUR", money("0.12")),
        ("before the first rate there is none", money(100, "GBP"), "2026-09-30", "EUR", None),
        ("an unknown currency", money(100, "CHF"), "2026-12-01", "EUR", None),
        ("a rate beyond all measure", money(100, "XAU"), "2026-12-01", "EUR", None),
        ("a home without cents", money(100, "GBP"), "2026-12-01", "JPY", money(116, "JPY")),
    ],
)
def test_converted(what: str, amount: Money, on: str, home: str, result: Money | None) -> None:
    assert converted(amount, home, date.fromisoformat(on), RATES) == result, what
