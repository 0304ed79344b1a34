"""Which colour counts: the computed one, the manager's, or the better one that the sponsor has agreed to."""

from datetime import date

import pytest
from handrail.model.policy import Thresholds
from handrail.model.project import Plan

from tests.compute.facts import THRESHOLDS, approval, baseline, budget, milestone, money, plan, project, report

GREEN, AMBER, RED = budget(100, 100), budget(100, 108), budget(100, 120)
AGREED = approval("report", "2026-11-30")


@pytest.mark.parametrize(
    ("what", "given", "computed_reported_counts_melon"),
    [
        ("nobody reports", plan(budget=AMBER), ("amber", None, "amber", False)),
        ("both agree", plan(budget=AMBER, reports=(report(status="amber"),)), ("amber", "amber", "amber", False)),
        ("reported better", plan(budget=RED, reports=(report(status="green"),)), ("red", "green", "red", True)),
        ("reported worse is believed", plan(budget=GREEN, reports=(report(status="red"),)), ("green", "red", "red", False)),
        ("nothing can be computed", plan(reports=(report(status="amber"),)), (None, "amber", "amber", False)),
        ("nothing is known", plan(), (None, None, None, False)),
        ("a report of tomorrow is not there yet", plan(budget=RED, reports=(report("2026-12-05"),)), ("red", None, "red", False)),
        ("only the newest counts", plan(budget=RED, reports=(report("2026-10-31"), report(status="red"))), ("red", "red", "red", False)),
    ],
)  # fmt: skip
def test_reported_and_computed(what, given, computed_reported_counts_melon) -> None:
    health = project(given).health
    found = (health.overall.colour, health.reported, health.counts, health.watermelon)
    assert found == computed_reported_counts_melon, what


def asked(status: str = "green", better: str = "green", until: str = "2026-12-31", **more: object) -> Plan:
    """The figures say red, the report says better and asks the sponsor to agree; on 1 December she does."""
    given = {
        "budget": RED,
        "reports": (report(status=status, override=(better, until)),),
        "approvals": (AGREED,),
        **more,
    }
    return plan(**given)


@pytest.mark.parametrize(
    ("what", "given", "counts", "melon"),
    [
        ("the sponsor agreed", asked(), "green", False),
        ("on its last day it holds", asked(until="2026-12-04"), "green", False),
        ("the day after it does not", asked(until="2026-12-03"), "red", True),
        ("nobody agreed", asked(approvals=()), "red", True),
        ("she refused", asked(approvals=(approval("report", "2026-11-30", "reject"),)), "red", True),
        ("she took it back", asked(approvals=(AGREED, approval("report", "2026-11-30", "reject", on=date(2026, 12, 3)))), "red", True),
        ("of one day the later record counts", asked(approvals=(
            approval("report", "2026-11-30", "reject", id="AP-001"), approval("report", "2026-11-30", id="AP-002"))), "green", False),
        ("she agrees tomorrow", asked(approvals=(approval("report", "2026-11-30", on=date(2026, 12, 5)),)), "red", True),
        ("she agreed to another report", asked(approvals=(approval("report", "2026-10-31"),)), "red", True),
        ("she agreed to something else of that name", asked(approvals=(approval("gate", "2026-11-30"),)), "red", True),
        ("somebody else agreed", asked(approvals=(approval("report", "2026-11-30", by="eve"),)), "red", True),
        ("the manager agreed with himself", asked(approvals=(approval("report", "2026-11-30", by="ben"),)), "red", True),
        ("a manager who is his own sponsor too", asked(
            sponsor="ben", approvals=(approval("report", "2026-11-30", by="ben"),)), "red", True),
        ("she agreed to amber, not to green", asked(better="amber"), "amber", True),
        ("and amber is what was reported", asked(status="amber", better="amber"), "amber", False),
        ("it was reported, but not asked", plan(budget=RED, reports=(report(),), approvals=(AGREED,)), "red", True),
        ("a better colour never makes a green project worse", asked(budget=GREEN, better="amber"), "green", False),
        ("the next report begins anew", asked(reports=(
            report(override=("green", "2026-12-31")), report("2026-12-01"))), "red", True),
    ],
)  # fmt: skip
def test_a_better_colour_needs_the_sponsor_and_an_end(what, given, counts, melon) -> None:
    health = project(given).health
    assert health.overall.colour in {"red", "green"}
    assert (health.counts, health.watermelon) == (counts, melon), what


def test_the_worst_counts_and_says_which_it_is() -> None:
    given = plan(budget=AMBER, milestones=(milestone("M1", "2027-01-04", "2027-06-01"),))
    overall = project(given).health.overall
    assert overall.colour == "red"
    assert overall.why.startswith('Time: "Step M1" is expected')


def test_of_two_reds_the_one_that_uses_more_of_its_tolerance() -> None:
    late = milestone("M1", "2027-01-04", "2027-02-02")  # 21 of 20 days
    assert project(plan(budget=RED, milestones=(late,))).health.overall.why.startswith("Cost:")
    assert project(plan(budget=budget(100, "110.1"), milestones=(late,))).health.overall.why.startswith("Time:")


def test_what_cannot_be_computed_is_left_out_of_the_worst() -> None:
    health = project(plan(budget=GREEN)).health
    assert [name for name, one in health.dimensions.items() if one.colour is None] == [
        "time",
        "scope",
        "quality",
        "benefit",
        "risk",
    ]
    assert health.overall.colour == "green"


@pytest.mark.parametrize(
    ("state", "why"), [("cancelled", "The project was cancelled."), ("closed", "The project is closed.")]
)
def test_what_has_ended_has_no_colour_but_keeps_its_figures(state: str, why: str) -> None:
    given = plan(
        state=state, budget=budget(100, 120, spent={"2026-11": money(120)}), reports=(report(status="amber"),),
        milestones=(milestone("M1", "2026-10-01", actual="2026-11-02"),),
    )  # fmt: skip
    found = project(given)
    assert {one.colour for one in (*found.health.dimensions.values(), found.health.overall)} == {None}
    assert {one.why for one in found.health.dimensions.values()} == {why}
    assert (found.health.reported, found.health.counts, found.health.watermelon) == ("amber", None, False)
    assert found.end is not None
    assert (found.cost.variance, found.end.slip) == (money(20), 22)


def test_without_a_tolerance_nothing_has_a_colour() -> None:
    other = Thresholds(
        green_up_to=THRESHOLDS.green_up_to, amber_up_to=THRESHOLDS.amber_up_to, risk_high=15, report_due_working_day=5
    )
    for thresholds in (None, other):
        health = project(plan(budget=RED), thresholds=thresholds).health
        assert (health.counts, health.overall.why) == (None, "The policy sets no tolerance for this tier.")


def test_measured_against_the_plan_that_is_approved_today_with_the_first_one_beside_it() -> None:
    found = project(
        plan(
            budget=budget(120, 121), milestones=(milestone("M1", "2027-03-01"),),
            baselines=(baseline("BL-001", "2026-06-01", M1={"planned": "2027-01-04"}, budget={"approved": 100}),
                       baseline("BL-002", "2026-10-01", M1={"planned": "2027-03-01"}, budget={"approved": 120})),
        )
    )  # fmt: skip
    assert (found.health.time.colour, found.health.cost.colour) == ("green", "green")
    assert (found.milestones[0].slip_original, found.cost.original) == (40, money(100))
