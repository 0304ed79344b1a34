"""One cause behind risks of several projects: recognised by written words only, and restricted projects count nowhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from handrail.compute.common_causes import CommonCause, common_causes
from handrail.model.money import Money
from handrail.model.policy import Policy, Tag, Taxonomy
from handrail.model.project import Plan
from handrail.model.registers import Risk, Supplier
from handrail.render.portfolio.registers import risks_page
from handrail.render.view import site_of

from tests.compute.world import THRESHOLDS, eur, plan, portfolio

ON = date(2026, 12, 4)
POLICY = Policy(thresholds=THRESHOLDS, taxonomy=Taxonomy(tags=(Tag(id="permit"), Tag(id="energy"))))


def risk(title: str = "Late", **given: Any) -> Risk:
    return Risk(**{"id": "R-001", "title": title, **given})


def project(name: str, *risks: Risk, **given: Any) -> Plan:
    return plan(id=name, name=name.capitalize(), risks=risks, **given)


def found(*plans: Plan) -> tuple[CommonCause, ...]:
    world = portfolio(ON, *plans, policy=POLICY)
    return common_causes(world.projects, world.repository, ON)


def told(*plans: Plan) -> list[tuple[str, str, list[str]]]:
    return [(one.kind, one.name, [each.id for each in one.projects]) for one in found(*plans)]


def page(*plans: Plan) -> str:
    return str(risks_page(site_of(portfolio(ON, *plans, policy=POLICY), (), {}, {})).body_html)


SAME = "One crew for  three districts."
AGAIN = "one crew for three Districts"


def test_the_same_words_are_one_cause_whatever_their_capitals_and_spaces() -> None:
    assert told(project("grid", risk(cause=SAME)), project("yard", risk(cause=AGAIN))) == [
        ("cause", SAME, ["grid", "yard"])
    ]


def test_other_words_are_another_cause_and_two_risks_of_one_project_are_no_common_one() -> None:
    assert found(project("grid", risk(cause=SAME)), project("yard", risk(cause="Two crews for three districts"))) == ()
    assert found(project("grid", risk(cause=SAME), risk(id="R-002", cause=AGAIN)), project("yard")) == ()


@pytest.mark.parametrize("other", [{"status": "closed"}, {"kind": "opportunity"}, {"cause": None}, {"cause": " . "}])
def test_what_does_not_threaten_or_gives_no_cause_does_not_count(other: dict[str, Any]) -> None:
    assert found(project("grid", risk(cause=SAME)), project("yard", risk(**{"cause": AGAIN, **other}))) == ()


def test_a_supplier_of_one_is_recognised_in_the_risks_of_others_as_whole_words() -> None:
    buys = project("grid", risk("Volt AG is late"), suppliers=(Supplier(id="SUP-1", party="Volt AG"),))
    assert told(buys, project("yard", risk(event="then volt ag stops"))) == [("supplier", "Volt AG", ["grid", "yard"])]
    assert found(buys, project("yard", risk(event="then Volt AGs stop"))) == ()


def test_a_closed_contract_names_nobody() -> None:
    bought = project(
        "grid", risk("Volt AG is late"), suppliers=(Supplier(id="SUP-1", party="Volt AG", status="closed"),)
    )
    assert found(bought, project("yard", risk("Volt AG is late"))) == ()


def test_a_tag_counts_where_project_and_risk_both_say_it_or_the_risk_has_it_as_a_field() -> None:
    says = project("grid", risk("No permit in time"), tags=("permit",))
    field = project("yard", risk(extra=MappingProxyType({"tags": ["permit", "unknown"]})))
    assert told(says, field) == [("tag", "permit", ["grid", "yard"])]
    assert found(says, project("yard", risk("No permit in time"))) == ()
    assert found(says, project("yard", risk("Noise"), tags=("permit",))) == ()


def test_the_worst_stands_first_and_money_is_summed_where_it_is_known() -> None:
    one, two, three = found(
        project("a", risk(cause="x", probability=4, impact=5, probability_pct=Decimal("0.5"), cost_impact=eur(1000)), risk(id="R-002", cause="y"), risk(id="R-003", cause="z", probability=1, impact=2)),
        project("b", risk(cause="x", probability=1, impact=1, probability_pct=Decimal("0.1"), cost_impact=eur(300)), risk(id="R-002", cause="y"), risk(id="R-003", cause="z")),
        project("c", risk(cause="x")),
    )  # fmt: skip
    assert (one.name, one.worst, one.exposure, one.counted, len(one.risks)) == ("x", 20, eur(530), 2, 3)
    assert (two.name, two.worst) == ("z", 2)
    assert (three.name, three.worst, three.exposure, three.counted) == ("y", None, None, 0)


def test_money_without_a_rate_is_not_known_rather_than_too_little() -> None:
    (one,) = found(
        project("a", risk(cause="x", probability_pct=Decimal("0.5"), cost_impact=eur(1000))),
        project("b", risk(cause="x", probability_pct=Decimal("0.5"), cost_impact=Money(Decimal(8), "CHF"))),
    )
    assert (one.exposure, one.counted) == (None, 2)


def test_no_project_and_no_risk_are_no_cause() -> None:
    assert found() == ()
    assert found(project("a"), project("b")) == ()


def test_the_page_tells_causes_and_never_a_restricted_project() -> None:
    open_ones = (project("grid", risk("Cable late", cause=SAME)), project("yard", risk("Dark yard", cause=AGAIN)))
    vault = project("vault", risk("Gold gone", cause=SAME), sensitivity="restricted")
    shown = page(*open_ones, vault)
    assert "1 cause stands behind open threats of several projects, 2 in all" in shown
    assert "Yard: Dark yard (R-001)" in shown
    assert "Gold" not in shown
    alone = page(open_ones[0], vault)
    assert "No open threats of two projects name the same cause" in alone


def test_two_hundred_projects_with_one_cause_are_one_row() -> None:
    (one,) = found(*(project(f"p{number:03}", risk(cause=SAME)) for number in range(200)))
    assert len(one.projects) == 200


def test_an_ended_project_threatens_nothing_any_more() -> None:
    shown = page(project("grid", risk(cause=SAME)), project("yard", risk(cause=AGAIN), state="closed"))
    assert "No open threats of two projects" in shown
