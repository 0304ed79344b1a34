"""Common causes as a table: a line for each risk, nothing of restricted projects, nothing of ended ones."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.compute.audience import seen
from handrail.export import Given, files
from handrail.export.causes import causes_table
from handrail.model.project import Plan
from handrail.model.registers import Risk

from tests.compute.world import eur, plan, portfolio

ON = date(2026, 12, 4)
SAME, AGAIN = "One crew for three districts.", "one crew for Three districts"


def project(name: str, risk: Risk, **given: Any) -> Plan:
    return plan(id=name, name=name.capitalize(), risks=(risk,), **given)


PLANS = (
    project("grid", Risk(id="R-001", title="Cable late", cause=SAME, probability=2, impact=3, owner="ann",
                         probability_pct=Decimal("0.5"), cost_impact=eur(1000))),
    project("yard", Risk(id="R-004", title="Dark yard", cause=AGAIN, probability=4, impact=4)),
    project("vault", Risk(id="R-001", title="Gold gone", cause=SAME), sensitivity="restricted"),
    project("old", Risk(id="R-001", title="Long ago", cause=SAME), state="closed"),
)  # fmt: skip


def rows(*plans: Plan) -> list[dict[str, Any]]:
    found = portfolio(ON, *plans)
    return [dict(one) for one in next(causes_table(Given(portfolio=found, seen=seen(found, (), "internal")))).rows]


def test_each_risk_of_a_common_cause_has_its_line() -> None:
    first, second = rows(*PLANS)
    assert (first["project"], first["risk"], first["title"], first["score"]) == ("yard", "R-004", "Dark yard", 16)
    assert (second["project"], second["risk"], second["score"], second["owner"]) == ("grid", "R-001", 6, "ann")
    for one in (first, second):
        assert (one["kind"], one["worst"], one["projects"]) == ("cause", 16, 2)
        assert (one["exposure"], one["currency"]) == (500, "EUR")


def test_what_only_a_restricted_or_an_ended_project_shares_is_no_line() -> None:
    assert rows(PLANS[0], PLANS[2]) == []
    assert rows(PLANS[0], PLANS[3]) == []


def test_the_table_is_written_with_its_columns_even_when_it_is_empty() -> None:
    found = portfolio(ON, PLANS[0])
    written = dict(files(Given(portfolio=found, seen=seen(found, (), "internal")), workbooks=False, own=False))
    (head,) = csv.reader(io.StringIO(written["common_causes.csv"].decode("utf-8-sig")))
    assert head[:4] == ["kind", "cause", "worst", "projects"]
