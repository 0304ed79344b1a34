"""The examples of the handbook's page of figures give what they say."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from handrail.compute.business_case import worth
from handrail.compute.cost import cost_of
from handrail.compute.earned_value import EARLY, Setting, earned_value_of
from handrail.compute.workdays import WorkDays
from handrail.model.cost import Budget, BusinessCase, CashFlow
from handrail.model.policy import Lifecycle, Rates
from handrail.model.schedule import Task

from tests.compute.world import eur, plan

PAGE = Path(__file__).resolve().parents[2] / "standards" / "how-we-work" / "figures.md"
TEXT = PAGE.read_text(encoding="utf-8")
NAMES = {
    "PV": "pv", "EV": "ev", "AC": "ac", "CV": "cv", "SV": "sv", "CPI": "cpi", "SPI": "spi", "ES": "es", "SPI(t)": "spi_t",
    "EAC": "eac", "ETC": "etc", "VAC": "vac", "TCPI": "tcpi", "months needed": "months_needed",
}  # fmt: skip


def examples(kind: str) -> list[Any]:
    found = [yaml.safe_load(block) for block in re.findall(rf"```yaml\n# {kind}\n(.*?)```", TEXT, re.DOTALL)]
    assert found, f"the page has no example of {kind}"
    return found


def share(text: str) -> Decimal:
    return Decimal(text.removesuffix("%")) / 100


@pytest.mark.parametrize("example", examples("figures"))
def test_earned_value(example) -> None:
    months = {f"2026-{number:02}": eur(value) for number, value in enumerate(example["planned"], 1)}
    budget = Budget(
        currency="EUR", approved=eur(sum(example["planned"])), by_month=months, spent={"2026-01": eur(example["spent"])},
        forecast=eur(example["forecast"]) if "forecast" in example else None,
    )  # fmt: skip
    one = plan(budget=budget, tasks=(Task(id="T1", name="All of it", percent=share(example["done"])),))
    end = date(2026, example["month"] + 1, 1).toordinal() - 1
    on = date.fromordinal(end)
    setting = Setting(on=on, as_of=on, lifecycle=Lifecycle(), days=WorkDays())
    found = earned_value_of(one, cost_of(one, "EUR", on), setting)
    for name, right in example["gives"].items():
        value = getattr(found, NAMES[name]).value
        assert value is not None
        assert round(value, 4) == Decimal(str(right)), name


@pytest.mark.parametrize("example", examples("worth"))
def test_business_case(example) -> None:
    flows = tuple(
        CashFlow(year=one["year"], cost=eur(one.get("cost", 0)), benefit=eur(one.get("benefit", 0)))
        for one in example["cash_flows"]
    )
    found = worth(BusinessCase(cash_flows=flows, discount_rate=share(example["rate"])), Rates(), example["day"])
    assert found.whole == eur(str(example["gives"]["NPV"]))
    assert found.left == eur(str(example["gives"]["NPV of what is left"]))


def test_limits_of_the_page_are_those_of_the_code() -> None:
    from handrail.compute.currency import OLD
    from handrail.compute.quality_of_schedule import TEST_DAYS, Limits, Schedule, checks_of
    from handrail.compute.resources import LIMIT

    assert f"once {EARLY:.0%}" in TEXT
    assert f"more than {LIMIT:.0%}" in TEXT
    assert f"older than {OLD} days" in TEXT
    limits = Limits()
    assert f"above {limits.float_days} working days" in TEXT
    rows = re.findall(r"^\| (\d+) \| .*? \| .*? \| (.*?) \|$", TEXT, re.MULTILINE)
    assert len(rows) == 14
    for check, (number, limit) in zip(checks_of(Schedule(activities=(), relations=())), rows, strict=True):
        assert check.number == int(number)
        assert "none" in limit if check.limit == 0 else str(check.limit) in limit
    assert f"takes {TEST_DAYS} days more" in TEXT


def test_every_exported_figure_of_money_is_described() -> None:
    from handrail.compute.earned_value import EarnedValue

    assert set(NAMES.values()) <= set(EarnedValue.__dataclass_fields__)
