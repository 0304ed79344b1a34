"""Money in a plan: the budget, what was spent, and the business case."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from handrail.fields import Entity, entity, many, named, optional, required
from handrail.model.money import Money
from handrail.model.words import Currency, Item, ItemId, Month, Phase, Share


@entity
class BudgetLine(Entity):
    """One part of the budget."""

    id: ItemId = required("Id", "Names the line.", example="BL-1")
    name: str = required("Name", "What it pays for.", example="Joinery")
    kind: Literal["capex", "opex", "effort"] = required(
        "Kind", "Investment, running cost or own effort.", example="capex"
    )
    amount: Money = required("Amount", "What was approved for it.", example=18000, baselined=True)
    low: Money | None = optional("Low", "What it costs if all goes well, for forecasts.", example=16500)
    high: Money | None = optional("High", "What it costs if it goes badly.", example=23000)
    wbs: str | None = optional("Work package", "The work package it pays for.", example="W1.2")
    cost_code: str | None = optional("Cost code", "The code that finance posts under.", example="7741")
    phasing: Mapping[Month, Money] = named("Phasing", "The amount by month.", example={"2026-11": 6000})


@entity
class Drawdown(Entity):
    """A use of contingency."""

    on: date = required("On", "When.", example="2026-12-04")
    amount: Money = required("Amount", "How much.", example=2400)
    because: Item | None = optional(
        "Because of", "The risk that happened or the change that was approved.", example="R-002"
    )


@entity
class Actual(Entity):
    """Money spent in a month on one line."""

    month: Month = required("Month", "The month.", example="2026-11")
    amount: Money = required("Amount", "What was spent.", example=7350)
    line: Item | None = optional("Line", "The budget line.", example="BL-1")
    accrued: Money | None = optional("Accrued", "Received and not yet invoiced.", example=500)
    source: str | None = optional("Source", "The posting.", example="FI-2026-4711")
    posted_on: date | None = optional("Posted on", "When finance posted it.", example="2026-12-02")


@entity
class Commitment(Entity):
    """Money that is bound by an order and not yet spent."""

    what: str = required("What", "What was ordered.", example="Joinery, order 4711")
    amount: Money = required("Amount", "How much is still to come.", example=12000)
    supplier: Item | None = optional("Supplier", "Who will invoice it.", example="SUP-1")


@entity
class Budget(Entity):
    """What the project may cost, what it has cost and what it will cost. The currency stands once."""

    currency: Currency | None = optional("Currency", "Of every amount of this project.", example="EUR", baselined=True)
    approved: Money | None = optional(
        "Approved", "The approved budget, contingency included.", example=48000, baselined=True
    )
    contingency: Money | None = optional("Contingency", "The part held back for risks.", example=3000, baselined=True)
    management_reserve: Money | None = optional("Management reserve", "Outside the approved budget.", example=5000)
    by_phase: Mapping[Phase, Money] = named("By phase", "The approved budget by phase.", example={"planning": 6000})
    by_month: Mapping[Month, Money] = named("By month", "The approved budget by month.", example={"2026-11": 6000})
    lines: tuple[BudgetLine, ...] = many("Lines", "The approved budget in parts.")
    spent: Mapping[Month, Money] = named("Spent", "What was spent, by month.", example={"2026-10": 4200})
    actuals: tuple[Actual, ...] = many("Actuals", "What was spent, by line.")
    commitments: tuple[Commitment, ...] = many("Commitments", "What is ordered and not yet invoiced.")
    drawdowns: tuple[Drawdown, ...] = many("Drawdowns", "What was taken from contingency.")
    forecast: Money | None = optional("Forecast", "What it will cost in the end.", example=50400)


@entity
class CashFlow(Entity):
    """Money out and in during one year."""

    year: int = required("Year", "The year.", example=2027)
    cost: Money | None = optional("Cost", "Money out.", example=30000)
    benefit: Money | None = optional("Benefit", "Money in or saved.", example=15000)


@entity
class Option(Entity):
    """One way to solve the problem."""

    name: str = required("Name", "The option.", example="Do nothing")
    cost: Money | None = optional("Cost", "What it costs over its life.", example=0)
    benefit: Money | None = optional("Benefit", "What it brings over its life.", example=0)
    verdict: str | None = optional("Verdict", "Why it was taken or not.", example="Queues grow")
    complies: bool | None = optional("Complies", "For a duty: whether it meets the law.", example="yes")
    chosen: bool = optional("Chosen", "Whether it is the one.", default=False, example="no")


@entity
class BusinessCase(Entity):
    """Why the money is well spent: options, cash flows and what follows from them."""

    driver: Literal["value", "mandatory", "renewal"] = optional(
        "Driver", "For value, because the law demands it, or to replace what wears out.", default="value"
    )
    problem: str | None = optional("Problem", "What is wrong today.", example="Three systems, three truths")
    options: tuple[Option, ...] = many("Options", "At least two, doing nothing among them.")
    cash_flows: tuple[CashFlow, ...] = many("Cash flows", "Of the chosen option, by year.")
    discount_rate: Share | None = optional("Discount rate", "From the policy.", example="4%")
    base_year: int | None = optional("Base year", "The year that money is counted back to.", example=2026)
    npv: Money | None = optional("Net present value", "As calculated; checked against the cash flows.", example=120000)
    roi: Share | None = optional("Return on investment", "As calculated; checked.", example="35%")
    payback_years: Decimal | None = optional("Payback", "Years until the money is back.", unit="years", example=2.5)
    assumptions: tuple[str, ...] = many("Assumptions", "What the figures rest on.")
    sensitivity: str | None = optional("Sensitivity", "What happens when the main assumptions are wrong.")
