"""Figures on demand: kept once, readable by rules, shown by status and export, and without names of hidden projects."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from handrail.compute import figures
from handrail.compute.audience import seen
from handrail.export.figures import AMOUNTS, class_rows, figures_of, overload_rows
from handrail.model.cost import Budget, BudgetLine, BusinessCase, CashFlow
from handrail.model.organisation import PersonRecord, Role
from handrail.model.project import Plan
from handrail.model.registers import Benefit, Measurement
from handrail.model.schedule import Increment, Link, Milestone, Task
from handrail.rules.computed import COMPUTED
from handrail.rules.expression import Program, compile_expression
from handrail.rules.figures import FIGURES
from handrail.rules.names import shape_of

from tests.command import ROOT, handrail
from tests.compute.world import eur, plan, portfolio

AS_OF = date(2026, 2, 27)
ONE = plan(
    budget=Budget(
        currency="EUR", approved=eur(1100), contingency=eur(100), by_month={"2026-01": eur(550), "2026-02": eur(550)},
        spent={"2026-01": eur(500)}, forecast=eur(1200),
    ),
    tasks=(Task(id="T1", name="All", percent=Decimal("0.4")),),
    milestones=(Milestone(id="M1", name="Start", planned=date(2026, 1, 5)), Milestone(id="M2", name="End", planned=date(2026, 6, 1))),
    team={"ann": Decimal(1)},
)  # fmt: skip


def test_they_are_computed_once() -> None:
    found = portfolio(AS_OF, ONE)
    project = found.projects[0]
    assert figures.earned_value(project, found.repository) is figures.earned_value(project, found.repository)
    assert figures.funding(project) is figures.funding(project)


def read(expression: str, *plans: Plan) -> Any:
    found = portfolio(AS_OF, *plans)
    scope = {"facts": {one.id: one for one in found.projects}, "repository": found.repository, "project": plans[0]}
    program = compile_expression(expression, {"project": shape_of(Plan)})
    assert isinstance(program, Program), program
    return program.run(scope)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("project.cpi", Decimal("0.8")),
        ("project.cpi < 0.9 && project.spi_t < 0.9", True),
        ("project.eac", eur(1250)),
        ("project.vac.amount", Decimal(-250)),
        ("project.complete == 40%", True),
        ("project.contingency_left", eur(100)),
        ("project.has_earned_value", True),
    ],
)
def test_rules_read_them(expression, value) -> None:
    assert read(expression, ONE) == value


def test_what_is_undefined_is_null_to_rules() -> None:
    small = plan(tier="small")
    for name in FIGURES:
        assert COMPUTED[Plan][name].about
        assert read(f"has(project.{name})", small) in {True, False}
    assert read("has(project.cpi)", small) is False
    assert read("project.has_earned_value", small) is False


def test_the_export_says_why_something_is_missing() -> None:
    found = portfolio(AS_OF, plan(budget=Budget(approved=eur(10)), increments=(Increment(id="N1", name="1"),)))
    row = figures_of(found.projects[0], found.repository)
    assert set(row) == {"funding", "earned_value", "pace"}
    earned = row["earned_value"]
    assert earned["bac"] == 10
    assert earned["cpi"] is None
    assert set(earned["undefined"]) == {name for name, value in earned.items() if value is None} - {"spread", "eac_by"}
    assert all(why.endswith(".") for why in earned["undefined"].values())
    assert set(earned) >= AMOUNTS
    small = portfolio(AS_OF, plan(tier="small"))
    assert figures_of(small.projects[0], small.repository)["earned_value"]["applies"] is False


def test_overloads_name_no_hidden_project() -> None:
    people = (
        PersonRecord(id="ann", roles=(Role(role="engineer"),)),
        PersonRecord(id="bob", roles=(Role(role="engineer"),)),
    )
    hidden = plan(id="secret", sensitivity="restricted", team={"ann": Decimal("0.5")}, milestones=ONE.milestones)
    found = portfolio(AS_OF, ONE, hidden, people=people)
    rows = overload_rows(found, seen(found, (), "internal"))
    assert [row["month"] for row in rows] == ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]
    assert rows[0]["projects"] == ["(not shown)", "one"]
    assert rows[0]["free"] == ["bob"]
    assert "secret" not in str(rows)
    # an outsider learns of nobody who is overbooked by what is not shown
    assert overload_rows(found, seen(found, (), "public")) == ()


def test_lines_with_ranges_give_a_range_of_cost(monkeypatch) -> None:
    lines = (
        BudgetLine(id="BL-1", name="A", kind="capex", amount=eur(1000), low=eur(900), high=eur(1600)),
        BudgetLine(id="BL-2", name="B", kind="opex", amount=eur("100.50")),
    )
    found = portfolio(AS_OF, plan(budget=Budget(currency="EUR", lines=lines)))
    row = figures_of(found.projects[0], found.repository)["cost_range"]
    assert 1100 < row["p50"]["amount"] < row["p80"]["amount"] < Decimal("1700.50")
    assert row["chance"] < Decimal("0.2")
    assert figures.cost_range(portfolio(AS_OF, ONE).projects[0]) is None
    monkeypatch.setitem(sys.modules, "numpy", None)
    again = figures.cost_range(portfolio(AS_OF, plan(budget=Budget(currency="EUR", lines=lines))).projects[0])
    assert again is not None
    assert "pip install" in again.why


def test_a_network_with_ranges_has_checks_and_a_range_of_ends() -> None:
    tasks = (
        Task(id="T1", name="1", duration="10d", optimistic="8d", pessimistic="20d", planned_start=date(2026, 3, 2),
             planned_finish=date(2026, 3, 13)),
        Task(id="T2", name="2", duration="5d", links=(Link(task="T1"),)),
    )  # fmt: skip
    found = portfolio(AS_OF, plan(tasks=tasks, start=date(2026, 3, 2)))
    row = figures_of(found.projects[0], found.repository)
    assert row["end_range"]["plan"] < row["end_range"]["p50"] <= row["end_range"]["p80"]
    assert row["end_range"]["criticality"] == {"T1": 1, "T2": 1}
    assert len(row["schedule_checks"]) == 14
    assert row["schedule_checks"][0]["items"] == ["T1", "T2"]
    none = portfolio(AS_OF, plan())
    assert {"end_range", "schedule_checks"} & set(figures_of(none.projects[0], none.repository)) == set()


HUGE = Decimal("9" * 400)


def test_what_is_beyond_all_measure_breaks_nothing() -> None:
    last = date.max
    increments = tuple(
        Increment(id=f"N{n}", name="N", start=date(2026, 1, 5), actual=day, size=HUGE)
        for n, day in enumerate([date(2026, 1, 6), date(2026, 1, 7), date(2026, 1, 8), None])
    )
    wild = plan(
        budget=Budget(approved=eur(10**14), by_phase={"planning": eur(1), "closure": eur(10**14 - 1)}),
        milestones=(Milestone(id="M1", name="1", planned=date.min), Milestone(id="M2", name="2", planned=last)),
        increments=increments, team={"ann": HUGE, "bob": Decimal("0.0001")},
        benefits=(Benefit(id="B1", what="W", now=HUGE, target=Decimal(0), by=date.min, measured=(Measurement(on=date.min, value=-HUGE),)),),
        business_case=BusinessCase(
            discount_rate=Decimal("-0.99"), cash_flows=(CashFlow(year=1, cost=eur(10**14)), CashFlow(year=9999, benefit=eur(10**14)))
        ),
    )  # fmt: skip
    slow = plan(id="slow", increments=(*(Increment(
        id=f"N{n}", name="N", start=date(2020, 1, 6), actual=date(2021 + n, 1, 6), size=Decimal(1)) for n in range(3)),
        Increment(id="N9", name="N", size=Decimal(10**9))))  # fmt: skip
    people = (PersonRecord(id="ann", to=last), PersonRecord(id="bob", from_=last, roles=(Role(role="x"),)))
    for day in (AS_OF, date(2, 1, 1), date(9999, 12, 31)):
        found = portfolio(day, wild, slow, people=people)
        for project in found.projects:
            assert figures_of(project, found.repository)
        if day == AS_OF:
            assert overload_rows(found, seen(found, (), "internal"))
            pace = figures.pace(found.projects[1], found.repository)
            assert pace is not None
            assert "more than a century" in pace.why


def test_the_reference_class_counts_only_what_is_shown() -> None:
    found = portfolio(AS_OF, ONE)
    rows = class_rows(found, seen(found, (), "public"))
    assert [(row["tier"], row["what"]) for row in rows][:2] == [("small", "slip"), ("small", "growth")]
    assert all(row["projects"] == 0 and row["why"] for row in rows)


def test_status_shows_the_block() -> None:
    done = handrail("status", "depot-charging", cwd=ROOT)
    assert "Earned value on 30 Nov 2026, counted by tasks" in done.out
    assert "CPI" in done.out
    assert "Contingency left: 595,000 EUR of 640,000 EUR" in done.out
    assert "DCMA-style checks passed" in done.out
    assert "Earned value" not in handrail("status", "visitor-desk", cwd=ROOT).out
    assert "Increments: " in handrail("status", "ticket-app", cwd=ROOT).out


def test_the_command_exports_them() -> None:
    found = handrail("export", "json", "projects/depot-charging", cwd=ROOT).json["figures"]
    assert found["earned_value"]["ev"] > 1_000_000
    assert found["business_case_worth"]["npv_left"]["currency"] == "EUR"
    overloads = handrail("export", "json", "overloads", cwd=ROOT).out
    assert "p.blanc" in overloads
    assert "depot-grid" in overloads
