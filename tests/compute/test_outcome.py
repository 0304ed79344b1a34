"""A closed project against its first approved plan, worked out by hand from the sample's files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from handrail.compute.facts import Portfolio
from handrail.compute.outcome import outcome_of
from handrail.render.project.closing import reached
from handrail.run import run

from tests.command import ROOT

DAY = date(2026, 12, 4)


@pytest.fixture(scope="module")
def sample() -> Portfolio:
    return run(ROOT, today=DAY).portfolio


def test_the_closed_project_of_the_sample_against_its_first_plan(sample: Portfolio) -> None:
    project = sample.by_id["driver-tablets"]
    found = outcome_of(project, DAY)
    assert found is not None
    # closing was first approved for 30 June and took place then
    assert found.end is not None
    assert (found.end.original, found.end.actual, found.end.slip_original) == (date(2026, 6, 30), date(2026, 6, 30), 0)
    # 318,000 approved, 305,050 spent: 12,950 less, 12,950 / 318,000
    assert found.promised is not None
    assert found.cost is not None
    assert found.over == Decimal(-12950) / 318000
    # the app: 16 February, came on 4 March: 17, 18, 19, 20, 23 to 27 February, 2, 3 and 4 March = 12 working days
    late = {one.id: one.slip_original for one in found.deliverables}
    assert late == {"D1": -1, "D2": 12, "D3": 2}
    assert (found.accepted, found.dropped, found.added, found.concessions) == (3, (), (), 1)
    # minutes: from 9 to 4 of a promised 3, so 5 of 6; diversions: from 9 to 1 of a promised 1
    assert [round(one.realised or 0, 9) for one in found.benefits] == [round(Decimal(5) / 6, 9), 1]


def test_what_was_dropped_and_what_came_later_is_scope(sample: Portfolio) -> None:
    project = sample.by_id["driver-tablets"]
    first, *rest = project.plan.deliverables
    other = replace(project, plan=replace(project.plan, deliverables=(*rest, replace(first, id="D9"))))
    found = outcome_of(other, DAY)
    assert found is not None
    assert (found.dropped, found.added) == (("D1",), ("D9",))


def test_nothing_is_compared_before_the_end_or_without_a_first_plan(sample: Portfolio) -> None:
    assert outcome_of(sample.by_id["visitor-desk"], DAY) is None
    assert outcome_of(sample.by_id["harbour-gates"], DAY) is None, "stopped before a plan was approved"


def test_the_page_says_it_in_words(sample: Portfolio) -> None:
    rows = {
        row.cells[0].text: [one.text for one in row.cells[1:]] for row in reached(sample.by_id["driver-tablets"]).rows
    }
    assert rows["End"] == ["30 Jun 2026", "30 Jun 2026", "on the day"]
    assert rows["Cost"] == ["318,000 EUR", "305,050 EUR", "-4.1%"]
    assert rows["Scope"] == ["3 deliverables", "3 accepted, 1 concession", "the same deliverables"]
    assert rows["Duty app"] == ["16 Feb 2026", "4 Mar 2026", "12 working days late"]
    assert rows["Minutes a driver needs to find duty and route"][1:] == [
        "4 on 30 Sep 2026",
        "83.3% of the promised change",
    ]
