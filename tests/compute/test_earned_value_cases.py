"""The published and hand-derived earned-value cases: every expected value, through the functions the product uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml
from handrail.compute import evm
from handrail.compute.evm import Figure

from tests.shared_data import shared


@cache
def document() -> Any:
    # floats as they are written: the cases are decimals
    return yaml.load(shared("evm_cases.yaml").read_text(encoding="utf-8"), Loader=_Exact)


class _Exact(yaml.SafeLoader):
    """Reads numbers as decimals."""


_Exact.add_constructor("tag:yaml.org,2002:float", lambda _, node: Decimal(str(node.value)))
_Exact.add_constructor("tag:yaml.org,2002:int", lambda _, node: Decimal(str(node.value)))


class Case:
    """The inputs of one case: given, or following from what is given."""

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        self.given = inputs

    def get(self, name: str) -> Decimal:
        if name in self.given:
            return Decimal(self.given[name])
        bac = self.given.get("bac")
        if name == "ev":
            return Decimal(bac * self.given["percent_complete"])
        if name == "pv" and "pv_cum" in self.given:
            return Decimal(self.given["pv_cum"][min(int(self.given["at"]), len(self.given["pv_cum"]) - 1)])
        if name == "pv":
            return Decimal(bac * self.given["pv_cum_fraction"][int(self.given["period"]) - 1])
        if name == "ac" and "period_costs" in self.given:
            return Decimal(sum(self.given["period_costs"][: int(self.given["period"])]))
        if name == "ac":
            return Decimal(self.given["cum_costs"][int(self.given["period"]) - 1])
        raise KeyError(name)

    def cpi(self) -> Figure:
        return Figure(self.given["cpi"]) if "cpi" in self.given else evm.cpi(self.get("ev"), self.get("ac"))

    def spi(self) -> Figure:
        return Figure(self.given["spi"]) if "spi" in self.given else evm.spi(self.get("ev"), self.get("pv"))

    def eac(self) -> Figure:
        return evm.eac_cpi(self.get("bac"), self.cpi())

    def es(self) -> Figure:
        return evm.earned_schedule(self.given["pv_cum"], self.get("ev"))


FORMULAS: Mapping[str, Callable[[Case], Figure]] = {
    "pv": lambda one: Figure(one.get("pv")),
    "ev": lambda one: Figure(one.get("ev")),
    "ac": lambda one: Figure(one.get("ac")),
    "sv": lambda one: evm.schedule_variance(one.get("ev"), one.get("pv")),
    "cv": lambda one: evm.cost_variance(one.get("ev"), one.get("ac")),
    "spi": Case.spi,
    "cpi": Case.cpi,
    "eac_cpi": Case.eac,
    "eac_budget_rate": lambda one: evm.eac_budget_rate(one.get("bac"), one.get("ev"), one.get("ac")),
    "eac_cpi_spi": lambda one: evm.eac_cpi_spi(one.get("bac"), one.get("ev"), one.get("ac"), one.cpi(), one.spi()),
    "eac_current_plan": lambda one: Figure(one.get("current_cost")),
    "etc_cpi": lambda one: evm.etc_cpi(one.get("bac"), one.get("ev"), one.cpi()),
    "etc_budget_rate": lambda one: evm.etc_budget_rate(one.get("bac"), one.get("ev")),
    "vac": lambda one: evm.vac(one.get("bac"), one.eac()),
    "tcpi_bac": lambda one: evm.tcpi_bac(one.get("bac"), one.get("ev"), one.get("ac")),
    "tcpi_eac": lambda one: evm.tcpi_eac(one.get("bac"), one.get("ev"), one.get("ac"), one.eac()),
    "es": Case.es,
    "sv_t": lambda one: evm.sv_t(one.es(), one.get("at")),
    "spi_t": lambda one: evm.spi_t(one.es(), one.get("at")),
    "ieac_t": lambda one: evm.ieac_t(one.get("pd"), evm.spi_t(one.es(), one.get("at"))),
}
VALUES = [
    pytest.param(case, name, id=f"{case['id']}-{name}") for case in document()["evm_cases"] for name in case["expected"]
]


@pytest.mark.parametrize(("case", "name"), VALUES)
def test_value(case: Mapping[str, Any], name: str) -> None:
    found = FORMULAS[name](Case(case["inputs"])).value
    assert found is not None
    assert abs(found - case["expected"][name]) <= case["tol"]


def test_the_table_of_all_values() -> None:
    """20 cases, 116 values; run with -s to read the table."""
    agreed = 0
    for case in document()["evm_cases"]:
        right = []
        for name, expected in case["expected"].items():
            found = FORMULAS[name](Case(case["inputs"])).value
            right.append(found is not None and abs(found - expected) <= case["tol"])
        agreed += sum(right)
        print(f"{case['id']:<24} {sum(right):>3} of {len(right)}")
    print(f"{'all':<24} {agreed:>3} of {len(VALUES)}")
    assert (len(document()["evm_cases"]), agreed, len(VALUES)) == (20, 116, 116)


def test_what_is_undefined_says_why() -> None:
    nothing, some = Decimal(0), Decimal(100)
    for figure in (
        evm.cpi(some, nothing),
        evm.spi(some, nothing),
        evm.eac_cpi(some, evm.cpi(nothing, some)),
        evm.eac_cpi(some, evm.cpi(some, nothing)),
        evm.eac_cpi_spi(some, nothing, some, evm.cpi(nothing, some), evm.spi(nothing, some)),
        evm.tcpi_bac(some, some / 2, some),
        evm.tcpi_eac(some, some, some, Figure(some)),
        evm.earned_schedule([nothing], some),
        evm.spi_t(Figure(nothing), nothing),
        evm.ieac_t(some, Figure(nothing)),
        evm.tspi(Decimal(10), Figure(Decimal(9)), Decimal(10)),
        evm.percent_complete(nothing, nothing),
    ):
        assert figure.value is None
        assert figure.why.endswith(".")
        assert not figure.known
