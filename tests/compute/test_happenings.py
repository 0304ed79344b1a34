"""What happened between two days, worst first, as far as records carry days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handrail.compute.happenings import happenings
from handrail.model.policy import Policy
from handrail.model.records import ExceptionReport, Report
from handrail.model.registers import Issue, Risk
from handrail.model.schedule import Milestone

from tests.compute.facts import THRESHOLDS
from tests.compute.world import plan, portfolio

ON = date(2026, 12, 4)
USUAL = Policy()


def told(after, policy=USUAL, **given):
    found = happenings(portfolio(ON, plan(**given)).projects[0], after, ON, policy)
    return [(one.weight, one.text) for one in found]


def test_only_what_lies_in_between_is_told():
    issues = tuple(Issue(id=f"I-{i}", title=f"Day {i}", raised_on=date(2026, 12, i)) for i in (1, 2, 4, 5))
    assert [text for _, text in told(date(2026, 12, 1), issues=issues)] == [
        'An issue came up: "Day 4"', 'An issue came up: "Day 2"',
    ]  # fmt: skip


def test_the_worst_comes_first():
    found = told(
        date(2026, 11, 1),
        milestones=(Milestone(id="M1", name="Roof on", planned=date(2026, 11, 20), actual=date(2026, 11, 20)),),
        exceptions=(ExceptionReport(id="EX-1", title="Cost 14% over", raised_on=date(2026, 11, 3)),),
        risks=(
            Risk(id="R-1", title="Flood", probability=4, impact=5, raised_on=date(2026, 11, 10)),
            Risk(id="R-2", title="Rain", probability=2, impact=2, raised_on=date(2026, 11, 10)),
        ),
    )
    assert found == [
        (4, 'A tolerance was left: "Cost 14% over"'), (3, 'A risk was written down: "Flood" (20 of 25)'),
        (2, 'A risk was written down: "Rain" (4 of 25)'), (1, '"Roof on" was reached'),
    ]  # fmt: skip


def test_a_report_that_turns_says_from_what_to_what_and_why():
    reports = (
        Report(as_of=date(2026, 10, 31), status="green"),
        Report(as_of=date(2026, 11, 30), status="red", because="The workshop burnt down"),
    )
    assert told(date(2026, 11, 1), reports=reports) == [
        (4, "The manager reports red, before green: The workshop burnt down")
    ]
    assert told(date(2026, 11, 30), reports=reports) == []


def test_a_late_milestone_is_no_good_news():
    late = Milestone(id="M1", name="Roof on", planned=date(2026, 11, 20), actual=date(2026, 11, 24))
    assert told(date(2026, 11, 1), milestones=(late,)) == [(2, '"Roof on" was reached, 2 working days late')]


def test_the_policy_says_from_which_score_a_risk_is_bad_news():
    rain = (Risk(id="R-2", title="Rain", probability=2, impact=2, raised_on=date(2026, 11, 10)),)
    strict = Policy(thresholds=replace(THRESHOLDS, risk_high=4))
    usual, high = (told(date(2026, 11, 1), policy, risks=rain)[0][0] for policy in (USUAL, strict))
    assert (usual, high) == (2, 3)
