"""The chain from mission to decision as tables: the same links as the graph, parts that add up, nothing of hidden projects."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from handrail.compute.audience import seen
from handrail.compute.facts import Portfolio
from handrail.compute.strategy import strategy
from handrail.export.json_file import write
from handrail.export.source import Given
from handrail.export.strategy import strategy_tables
from handrail.run import run

from tests.command import ROOT


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return run(ROOT, today=date(2026, 12, 4)).portfolio


def tables(portfolio: Portfolio) -> dict[str, list[dict[str, object]]]:
    shown = seen(portfolio, (), "internal")
    return {
        one.path: json.loads(write(one), parse_float=Decimal)["rows"]
        for one in strategy_tables(Given(portfolio=portfolio, seen=shown))
    }


def test_every_link_of_what_is_shown_stands_once(portfolio: Portfolio) -> None:
    rows = tables(portfolio)["strategy"]
    links = {(one["below_kind"], one["below"], one["above_kind"], one["above"]) for one in rows}
    assert len(links) == len(rows)
    hidden = {one.id for one in portfolio.projects if one.plan.sensitivity == "restricted"}
    assert hidden
    wanted = {
        (*one.below, *one.above) for one in strategy(portfolio.repository).edges if one.below[1].split("/")[0] not in hidden
    }  # fmt: skip
    assert links == wanted
    assert ("objective", "OBJ-1", "objective", "MIS-1") in links
    assert ("deliverable", "ticket-app/D1", "objective", "OOB-4") in links


def test_a_project_is_shared_out_whole(portfolio: Portfolio) -> None:
    rows = tables(portfolio)["contributions"]
    charging = {one["objective"]: one for one in rows if one["project"] == "depot-charging"}
    assert sum(Decimal(str(one["weight"])) for one in charging.values()) == 1
    budget = next(
        one.plan.budget.approved for one in portfolio.projects if one.id == "depot-charging" and one.plan.budget
    )
    assert budget is not None
    assert sum(Decimal(str(one["budget"])) for one in charging.values()) == budget.amount
    assert len({one["roi"] for one in charging.values()}) == 1


def test_gaps_say_what_leads_nowhere_and_what_nothing_serves(portfolio: Portfolio) -> None:
    assert not [one for one in tables(portfolio)["strategy_gaps"] if one["what"] == "leads nowhere"]
    repository = portfolio.repository
    lost = tuple(replace(one, why=None, objectives=(), programme=None) for one in repository.plans)
    projects = tuple(replace(one, plan=plan) for one, plan in zip(portfolio.projects, lost, strict=True))
    rows = tables(replace(portfolio, repository=replace(repository, plans=lost), projects=projects))["strategy_gaps"]
    assert ("leads nowhere", "project", "visitor-desk") in {(one["what"], one["kind"], one["id"]) for one in rows}
    assert ("uncovered", "objective", "OBJ-4") in {(one["what"], one["kind"], one["id"]) for one in rows}
