"""Are we getting better? The figures of the year against the same figures worked out by hand, step by step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handrail.compute.loop import Loop, balance, loop
from handrail.load import load

from tests.demo_year.year import Revision, merge_of

LAST = date(2026, 12, 4)


@pytest.fixture(scope="module")
def figures(year: Path) -> Loop:
    return loop(load(Revision(year, "main")).repository, LAST)


def test_from_capture_to_triage(figures: Loop) -> None:
    # captured -> triaged          days
    # driver-tablets/L-001  12 March -> 2 April     19 left of March + 2  = 21
    # driver-tablets/L-002  22 May   -> 11 June      9 left of May + 11   = 20
    # driver-tablets/L-003  15 June  -> 2 July      15 left of June + 2   = 17
    # harbour-gates/L-001   27 August -> 21 Sept.    4 left of August + 21 = 25
    # bike-shelter/L-001    22 October: nobody has looked at it yet
    # in order: 17, 20, 21, 25; the two in the middle: (20 + 21) / 2 = 20.5
    assert (figures.lessons, figures.waiting) == (5, 1)
    assert figures.to_triage == Decimal("20.5")


def test_from_triage_to_standard(figures: Loop) -> None:
    # One proposal has changed everything that it names: PP-001, on 1 June. Its lesson was triaged on 2 April:
    # 28 days left of April + 31 of May + 1 of June = 60. PP-002, from harbour-gates/L-001, is still open.
    assert figures.to_standard == 60
    # 1 of 5 lessons changed something
    assert figures.changed == Decimal("0.2")
    assert figures.unlanded == {}


def test_how_often_lessons_were_used_again(figures: Loop) -> None:
    # applied by: depot-charging, ticket-app and step-free-stops 3; depot-charging 1; ticket-app and geneva-signs 2;
    # depot-charging 1; step-free-stops 1 (depot-charging said "not applicable" to that one)
    # 3 + 1 + 2 + 1 + 1 = 8 uses of 5 lessons = 1.6
    assert figures.reuse == {
        "driver-tablets/L-001": 3, "driver-tablets/L-002": 1, "driver-tablets/L-003": 2, "bike-shelter/L-001": 1,
        "harbour-gates/L-001": 1,
    }  # fmt: skip
    assert figures.reuse_per_lesson == Decimal("1.6")


def test_whether_causes_came_again(figures: Loop) -> None:
    # PP-001 landed on 1 June. From then to 4 December: 29 + 31 + 31 + 30 + 31 + 30 + 4 = 186 days. As long before it:
    # from 27 November 2025.
    # estimate, before: driver-tablets I-001 (19 Jan), payment-gateway I-003 (26 Feb), driver-tablets L-001 (12 March),
    #                   depot-charging I-004 (20 April) = 4; after: ticket-app I-002 (13 July) = 1; 1 / 4
    assert [(one.proposal, one.cause, one.days, one.before, one.after, one.rate) for one in figures.recurrence] == [
        ("PP-001", "estimate", 186, 4, 1, Decimal("0.25")),
    ]


def test_the_cause_comes_up_more_seldom_from_month_to_month(year: Path) -> None:
    # The same list, seen earlier. To the end of July 60 days: 20 April is in, 13 July too: 1 to 1. To the end of August 91
    # days, from 2 March: 12 March and 20 April against 13 July: 1 to 2. To the end of September 121 days, from 31 January:
    # 26 February as well: 1 to 3. To the end of October 152 days, from 31 December: 19 January as well: 1 to 4.
    repository = load(Revision(year, "main")).repository
    ends = (date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), LAST)
    rates = [one.rate for day in ends for one in loop(repository, day).recurrence]
    assert rates == [1, Decimal(1) / 2, Decimal(1) / 3, Decimal(1) / 4, Decimal(1) / 4]


def test_on_the_day_before_the_change_nothing_had_changed(year: Path) -> None:
    before = loop(load(Revision(year, merge_of(year, "framework/pp-001") + "^1")).repository, date(2026, 5, 12))
    # only driver-tablets/L-001 was written down by then, and triaged after 21 days
    assert (before.lessons, before.waiting, before.to_triage) == (1, 0, Decimal(21))
    assert (before.to_standard, before.changed, before.recurrence) == (None, Decimal(0), ())
    assert [(name, len(targets)) for name, targets in before.unlanded.items()] == [("PP-001", 5)]
    # depot-charging and ticket-app use it already: 2 uses of 1 lesson
    assert before.reuse_per_lesson == 2


def test_discipline_and_agility(year: Path) -> None:
    found = balance(load(Revision(year, "main")).repository, LAST)
    # five pull requests are logged; 311, 318 and 334 were stopped at first, for 14, 95 and 31 minutes: the middle one is 31;
    # 3 + 6 + 0 + 1 + 4 = 14 remarks, of which 0 + 1 + 0 + 0 + 1 = 2 were set aside
    assert (found.pulls, found.blocked, found.to_green) == (5, Decimal(3) / 5, Decimal(31))
    assert found.dismissed == Decimal(2) / 14
