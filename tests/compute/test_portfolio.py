"""All projects of a repository on one day."""

from dataclasses import replace
from datetime import date

from handrail.compute.portfolio import compute
from handrail.model.repository import BrokenPlan

from tests.compute.facts import THRESHOLDS, TODAY, budget, milestone, plan, report, repository


def test_every_plan_is_there_in_its_order_and_broken_ones_beside_them() -> None:
    broken = BrokenPlan(id="torn", name="Torn", files=("projects/torn/project.yaml",))
    found = compute(replace(repository(plan(id="b"), plan(id="a")), broken=(broken,)), TODAY)
    assert [one.id for one in found.projects] == ["b", "a"]
    assert found.broken == (broken,)
    one = found.project("a")
    assert one is not None
    assert one.plan.id == "a"
    assert found.project("torn") is None


def test_an_empty_repository() -> None:
    assert compute(repository(), TODAY).projects == ()


def test_one_project_says_nothing_about_another() -> None:
    late = plan(id="late", milestones=(milestone("M1", "2026-01-05", "2027-01-05"),), budget=budget(100, 200))
    alone = compute(repository(plan(id="calm")), TODAY).projects[0]
    beside = compute(repository(late, plan(id="calm")), TODAY).projects[1]
    assert alone.health.overall.why == beside.health.overall.why


def test_the_day_decides_what_is_known() -> None:
    given = repository(plan(reports=(report("2026-10-31", "green"), report("2026-11-30", "red"))))
    seen = [compute(given, day).projects[0].health.reported for day in (date(2026, 10, 1), date(2026, 11, 15), TODAY)]
    assert seen == [None, "green", "red"]


def test_without_thresholds_reports_are_due_by_the_fifth_working_day() -> None:
    given = repository(plan(reports=(report("2026-10-31"),)), thresholds=None)
    assert [compute(given, date(2026, 12, day)).projects[0].report_overdue for day in (7, 8)] == [False, True]
    assert THRESHOLDS.report_due_working_day == 5
