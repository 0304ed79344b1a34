"""Broken tolerances that the board has not been told about, and since when they show."""

from datetime import date

import pytest
from handrail.compute.breaches import breaches
from handrail.model.records import ExceptionReport

from tests.compute.facts import baseline, budget, day, milestone, plan, project, report

RED = {"budget": budget(100, 120)}


def told(raised_on: str | None, dimension: str = "cost") -> tuple[ExceptionReport, ...]:
    return (ExceptionReport(id="EX-001", title="Dearer", dimension=dimension, raised_on=day(raised_on)),)


@pytest.mark.parametrize(
    ("what", "given", "since"),
    [
        ("never reported: since nobody knows when", plan(**RED), [None]),
        ("red in the figures, green in the report", plan(**RED, reports=(report("2026-11-30", "green"),)), ["2026-11-30"]),
        ("the first of an unbroken row", plan(**RED, reports=(
            report("2026-08-31", "red"), report("2026-09-30"), report("2026-10-31", "red"), report("2026-11-30", "red"))), ["2026-10-31"]),
        ("the board was told", plan(**RED, exceptions=told("2026-12-01")), []),
        ("of something else", plan(**RED, exceptions=told("2026-12-01", "time")), [None]),
        ("it will be told tomorrow", plan(**RED, exceptions=told("2026-12-05")), [None]),
        ("of the plan before this one", plan(**RED, exceptions=told("2026-09-01"), baselines=(baseline("BL-001", "2026-10-06"),)), [None]),
        ("on the day it was approved", plan(**RED, exceptions=told("2026-10-06"), baselines=(baseline("BL-001", "2026-10-06"),)), []),
        ("amber is within the tolerance", plan(budget=budget(100, 108)), []),
        ("what has ended breaks nothing", plan(**RED, state="closed"), []),
    ],
)  # fmt: skip
def test_breaches(what, given, since) -> None:
    assert [one.since for one in breaches(project(given))] == [day(one) for one in since], what


def test_each_dimension_by_itself() -> None:
    given = plan(**RED, milestones=(milestone("M1", "2027-01-04", "2027-06-01"),), exceptions=told("2026-12-01"))
    (one,) = breaches(project(given, date(2026, 12, 4)))
    assert (one.id, one.dimension) == ("time", "time")
    assert one.why.startswith('"Step M1" is expected')
    assert one.figure == 106
