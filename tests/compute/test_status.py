"""How fresh a plan is, and from which day on a report is missing."""

from datetime import date

import pytest
from handrail.compute.status import first_needed
from handrail.compute.workdays import WorkDays

from tests.compute.facts import TODAY, baseline, day, plan, project, report

NEW_YEAR = WorkDays(holidays=frozenset([date(2026, 12, 25), date(2027, 1, 1)]))


@pytest.mark.parametrize(
    ("as_of", "needed", "why"),
    [
        # December 2026 begins on a Tuesday: its working days are 1, 2, 3, 4 and 7
        ("2026-12-04", "2026-10-15", "the fourth working day: November's report may still come"),
        ("2026-12-05", "2026-10-15", "a Saturday in between"),
        ("2026-12-07", "2026-10-15", "the fifth working day, until its end"),
        ("2026-12-08", "2026-11-15", "the day after: November's is owed"),
        ("2026-12-31", "2026-11-15", "until the end of the month"),
        # January 2027: Friday the first is a holiday, so its working days are 4, 5, 6, 7 and 8
        ("2027-01-08", "2026-11-15", "the fifth working day after New Year"),
        ("2027-01-09", "2026-12-15", "the Saturday after it"),
        # August 2026 begins on a Saturday: 3, 4, 5, 6 and 7
        ("2026-08-07", "2026-06-15", "a month that begins on a weekend"),
        ("2026-08-08", "2026-07-15", "the day after"),
    ],
)
def test_a_report_is_due_by_the_fifth_working_day(as_of: str, needed: str, why: str) -> None:
    assert first_needed(date.fromisoformat(as_of), 5, NEW_YEAR) == day(needed), why


@pytest.mark.parametrize(
    ("due", "as_of", "needed"),
    [
        (0, "2026-12-01", "2026-11-15"),
        (1, "2026-12-01", "2026-10-15"),
        (30, "2026-12-04", "2026-09-15"),  # later than a month: October's is due on 11 December
        (30, "2026-12-14", "2026-10-15"),
        (10**9, "2026-12-04", "2025-11-15"),  # no deadline is later than a year
    ],
)
def test_other_days_of_the_policy(due: int, as_of: str, needed: str) -> None:
    assert first_needed(date.fromisoformat(as_of), due, WorkDays()) == date.fromisoformat(needed)


@pytest.mark.parametrize(
    ("what", "given", "overdue"),
    [
        ("no report ever", plan(), True),
        ("on the 15th of the month it speaks for it", plan(reports=(report("2026-10-15"),)), False),
        ("on the 14th it speaks for the month before", plan(reports=(report("2026-10-14"),)), True),
        ("a report about next month counts then", plan(reports=(report("2026-12-31"),)), True),
        ("nothing is owed in planning", plan(phase="planning"), False),
        ("while it is closed, it is owed", plan(phase="closure"), True),
        ("a suspended project owes none", plan(state="suspended"), False),
        ("nor a cancelled one", plan(state="cancelled"), False),
        ("nor a closed one", plan(state="closed", phase="closure"), False),
        ("approved after that month", plan(baselines=(baseline("BL-001", "2026-10-16"),)), False),
        ("approved in that month, in time for it", plan(baselines=(baseline("BL-001", "2026-10-15"),)), True),
        ("a later baseline does not wash it away", plan(baselines=(
            baseline("BL-001", "2026-06-01"), baseline("BL-002", "2026-11-20"))), True),
    ],
)  # fmt: skip
def test_overdue(what, given, overdue) -> None:
    assert project(given).report_overdue is overdue, what


def test_the_newest_report_and_the_one_before_it() -> None:
    ones = (report("2026-11-30"), report("2026-12-31"), report("2026-09-30"), report("2026-10-31"))
    found = project(plan(reports=ones, status_date=date(2026, 12, 2)))
    assert found.report is ones[0]
    assert found.previous is ones[3]
    assert (found.report_age, found.status_date) == (4, date(2026, 11, 30))


def test_without_a_report_the_plan_says_its_day() -> None:
    found = project(plan(status_date=date(2026, 12, 2)))
    assert (found.report, found.previous, found.report_age, found.status_date) == (None, None, None, date(2026, 12, 2))
    assert project(plan(), TODAY).status_date is None
