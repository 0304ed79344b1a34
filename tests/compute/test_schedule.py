"""A plan's tasks through the network: written as people write them, read from a folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handrail.compute.schedules import schedule
from handrail.compute.timed import Schedule, Timed
from handrail.run import run

from tests.command import ROOT

TODAY = date(2027, 3, 1)
PLAN = "id: a\nname: A plan\ntier: small\nphase: execution\n"
Made = Callable[..., Schedule]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(tasks: str, more: str = "", settings: str = "") -> Schedule:
        home = tmp_path / "projects" / "a"
        home.mkdir(parents=True, exist_ok=True)
        (tmp_path / "standards").mkdir(exist_ok=True)
        law = f"format: 1\norganisation: X\ncurrencies: [EUR]\n{settings}"
        (tmp_path / "standards" / "handrail.yaml").write_text(law)
        (home / "project.yaml").write_text(PLAN + more)
        (home / "schedule.yaml").write_text("tasks:\n" + tasks)
        result = run(tmp_path, today=TODAY)
        (project,) = result.portfolio.projects
        found = schedule(project, result.portfolio.repository)
        assert found is not None
        assert schedule(project, result.portfolio.repository) is found
        return found

    return make


def days(found: Schedule) -> dict[str, tuple[str, str]]:
    return {one.id: (f"{one.start:%m-%dT%H:%M}", f"{one.finish:%m-%dT%H:%M}") for one in found.tasks}


def task(found: Schedule, name: str) -> Timed:
    one = found.task(name)
    assert one is not None
    return one


CHAIN = """\
- {id: T1, name: Sand, duration: 2d}
- {id: T2, name: Paint, duration: 3d, links: [{task: T1}]}
- {id: T3, name: Dry, duration: 2ed, links: [{task: T2}]}
- {id: T4, name: Ready, duration: 0d, links: [{task: T3}]}
- {id: T5, name: Sweep, duration: 4h, links: [{task: T1, type: SS, lag: +1d}]}
"""


def test_a_plan_that_has_not_begun(made: Made) -> None:
    found = made(CHAIN, "start: 2027-03-01\n")
    assert days(found) == {
        "T1": ("03-01T08:00", "03-02T17:00"),
        "T2": ("03-03T08:00", "03-05T17:00"),
        "T3": ("03-05T17:00", "03-07T17:00"),
        "T4": ("03-07T17:00", "03-07T17:00"),
        "T5": ("03-02T08:00", "03-02T12:00"),
    }
    assert found.driving == ("T1", "T2", "T3", "T4")
    assert [one.id for one in found.critical] == ["T1", "T2", "T3", "T4"]
    assert task(found, "T5").days(task(found, "T5").total_float) == Decimal("3.50")
    assert [one.id for one in found.chain("T4")] == ["T4", "T3", "T2", "T1"]
    assert found.status is None
    assert found.percent == 0


@pytest.mark.parametrize(
    ("done", "t1", "t2"),
    [
        # nothing was done by Wednesday evening: everything begins on Thursday
        ("", ("03-04T08:00", "03-05T17:00"), ("03-08T08:00", "03-10T17:00")),
        # begun, half done: one day is left, and is done on Thursday
        (", actual_start: 2027-03-01, percent: 50%", ("03-01T08:00", "03-04T17:00"), ("03-05T08:00", "03-09T17:00")),
        # begun, and the manager says what is left
        (", actual_start: 2027-03-01, remaining: 4h", ("03-01T08:00", "03-04T12:00"), ("03-04T13:00", "03-09T12:00")),
        # begun, and nobody says how far it has come: all of it is still to do
        (", actual_start: 2027-03-02", ("03-02T08:00", "03-05T17:00"), ("03-08T08:00", "03-10T17:00")),
        # done early: what follows still cannot have begun in the past
        (", actual_start: 2027-03-01, actual_finish: 2027-03-01", ("03-01T08:00", "03-01T17:00"), ("03-04T08:00", "03-08T17:00")),
        # done, says the percentage, but on no day: what follows can begin
        (", actual_start: 2027-03-01, percent: 100%", ("03-01T08:00", "03-03T17:00"), ("03-04T08:00", "03-08T17:00")),
    ],
)  # fmt: skip
def test_work_that_is_not_done_goes_on_from_the_status_date(made: Made, done, t1, t2) -> None:
    tasks = f"- {{id: T1, name: Sand, duration: 2d{done}}}\n- {{id: T2, name: Paint, duration: 3d, links: [{{task: T1}}]}}\n"
    found = made(tasks, "start: 2027-03-01\nstatus_date: 2027-03-03\n")
    assert days(found) == {"T1": t1, "T2": t2}
    assert found.status == date(2027, 3, 3)


def test_a_manual_task_keeps_its_dates_unless_they_are_past(made: Made) -> None:
    tasks = (
        "- {id: T1, name: Fair, manual: yes, start: 2027-03-10, finish: 2027-03-11}\n"
        "- {id: T2, name: After, duration: 1d, links: [{task: T1}]}\n"
        "- {id: T3, name: Missed, manual: yes, start: 2027-02-10, finish: 2027-02-11}\n"
        "- {id: T4, name: Going on, manual: yes, start: 2027-03-02, finish: 2027-03-09, actual_start: 2027-03-01}\n"
        "- {id: T5, name: Late, duration: 3d, manual: yes, finish: 2027-03-02, actual_start: 2027-03-01, remaining: 1d}\n"
    )
    found = made(tasks, "status_date: 2027-03-03\n")
    assert days(found) == {
        "T1": ("03-10T08:00", "03-11T17:00"),
        "T2": ("03-12T08:00", "03-12T17:00"),
        "T3": ("03-04T08:00", "03-05T17:00"),
        "T4": ("03-01T08:00", "03-09T17:00"),
        "T5": ("03-01T08:00", "03-04T17:00"),
    }
    assert [one.driver.cause for one in found.tasks] == ["manual", "link", "status", "actual", "actual"]


def test_a_cancelled_project_is_left_as_it_was(made: Made) -> None:
    found = made(CHAIN, "start: 2027-02-01\nstatus_date: 2027-03-03\nstate: cancelled\n")
    assert found.status is None
    assert found.tasks[0].start.date() == date(2027, 2, 1)


def test_stated_forecasts_stand_beside_those_of_the_network(made: Made) -> None:
    tasks = "- {id: T1, name: Sand, duration: 2d, planned_start: 2027-03-01, planned_finish: 2027-03-02, forecast: 2027-03-05}\n"
    milestones = "milestones:\n- {id: M1, name: Open, planned: 2027-03-02, forecast: 2027-03-09}\n"
    found = made(tasks, "start: 2027-03-01\n" + milestones)
    one = task(found, "T1")
    assert (one.finish.date(), one.stated, one.difference, one.expected, one.slip) == (
        date(2027, 3, 2), date(2027, 3, 5), 3, date(2027, 3, 5), 3,
    )  # fmt: skip
    assert (found.stated, found.difference) == (date(2027, 3, 9), 5)


def test_summaries_roll_up(made: Made) -> None:
    tasks = """\
- {id: T1, name: All}
- {id: T2, name: First, parent: T1}
- {id: T3, name: Sand, parent: T2, duration: 1d, actual_start: 2027-03-01, actual_finish: 2027-03-01}
- {id: T4, name: Paint, parent: T2, duration: 3d, links: [{task: T3}]}
- {id: T5, name: Then, parent: T1, links: [{task: T2}]}
- {id: T6, name: Sweep, parent: T5, duration: 1d}
- {id: T7, name: Show, parent: T5, duration: 2d}
"""
    found = made(tasks, "start: 2027-03-01\n")
    assert days(found) == {
        "T1": ("03-01T08:00", "03-08T17:00"),
        "T2": ("03-01T08:00", "03-04T17:00"),
        "T3": ("03-01T08:00", "03-01T17:00"),
        "T4": ("03-02T08:00", "03-04T17:00"),
        "T5": ("03-05T08:00", "03-08T17:00"),
        "T6": ("03-05T08:00", "03-05T17:00"),
        "T7": ("03-05T08:00", "03-08T17:00"),
    }
    assert [one.level for one in found.tasks] == [0, 1, 2, 2, 1, 2, 2]
    assert [one.percent for one in found.tasks[:2]] == [Decimal("0.1429"), Decimal("0.2500")]
    assert task(found, "T6").driver.source == "T4"
    assert task(found, "T6").driver.via == "T5"
    assert [one.id for one in found.chain("T1")] == ["T1", "T7", "T4", "T3"]
    assert task(found, "T2").state == "begun"


def test_calendars_of_tasks_projects_and_the_organisation(made: Made) -> None:
    calendars = """\
calendars:
- {id: NIGHT, week: {monday: 22:00-06:00, tuesday: 22:00-06:00}}
- {id: SHORT, week: {monday: 08:00-12:00, tuesday: 08:00-12:00}, exceptions: {2027-03-02: 10:00-12:00}}
scheduling: {calendar: SHORT}
start: 2027-03-01
"""
    tasks = """\
- {id: T1, name: Day, duration: 1d}
- {id: T2, name: Night, duration: 1d, calendar: NIGHT, links: [{task: T1}]}
- {id: T3, name: Day, duration: 1d 1h, links: [{task: T2}]}
"""
    holidays = "calendar:\n  holidays: [2027-03-08]\n"
    assert days(made(tasks, calendars, holidays)) == {
        "T1": ("03-01T08:00", "03-01T12:00"),
        "T2": ("03-01T22:00", "03-02T06:00"),
        "T3": ("03-02T10:00", "03-09T11:00"),  # the organisation's holiday of Monday holds here too
    }


def test_hours_that_the_plan_means_by_a_day(made: Made) -> None:
    found = made("- {id: T1, name: Sand, duration: 2d}\n", "start: 2027-03-01\nscheduling: {hours_per_day: 6}\n")
    assert days(found) == {"T1": ("03-01T08:00", "03-02T12:00")}


@pytest.mark.parametrize(
    ("honour", "start", "total", "conflict"), [("yes", "03-02T08:00", -2, 2), ("no", "03-04T08:00", 0, 2)]
)
def test_constraints_win_over_links_only_where_they_are_honoured(made: Made, honour, start, total, conflict) -> None:
    tasks = """\
- {id: T1, name: Sand, duration: 3d}
- {id: T2, name: Paint, duration: 1d, links: [{task: T1}], constraint: {type: MSO, date: 2027-03-02}}
"""
    found = made(tasks, f"start: 2027-03-01\nscheduling: {{honour_constraints: {honour}}}\n")
    one = task(found, "T2")
    assert (f"{one.start:%m-%dT%H:%M}", one.conflict) == (start, conflict * 480)
    assert task(found, "T1").total_float == total * 480
    assert [problem.name for problem in found.warnings] == ["T2 MSO"]


def test_as_late_as_possible(made: Made) -> None:
    tasks = """\
- {id: T1, name: Long, duration: 5d}
- {id: T2, name: Late, duration: 1d, constraint: {type: ALAP}}
- {id: T3, name: End, duration: 0d, links: [{task: T1}, {task: T2}]}
"""
    found = made(tasks, "start: 2027-03-01\n")
    one = task(found, "T2")
    assert (one.start.day, one.early_start.day, one.critical) == (5, 1, True)


def test_deadlines_take_float_and_move_nothing(made: Made) -> None:
    found = made("- {id: T1, name: Sand, duration: 3d, deadline: 2027-03-02}\n", "start: 2027-03-01\n")
    one = task(found, "T1")
    assert (one.finish.day, one.total_float) == (3, -480)
    assert found.warnings == ()


def test_what_does_not_belong_to_the_network(made: Made) -> None:
    tasks = """\
- {id: T1, name: Sand, duration: 3d}
- {id: T2, name: Dropped, duration: 9d, active: no, links: [{task: T1}]}
- {id: T3, name: Paint, duration: 1d, links: [{task: T2}, {task: T1}]}
- {id: T4, name: Talk}
"""
    found = made(tasks, "start: 2027-03-01\n")
    assert list(days(found)) == ["T1", "T3", "T4"]
    assert task(found, "T3").start.day == 4
    assert task(found, "T4").assumed


def test_a_task_without_duration_lasts_from_its_first_approved_day_to_its_last(made: Made) -> None:
    found = made("- {id: T1, name: Sand, planned_start: 2027-03-01, planned_finish: 2027-03-03}\n")
    assert task(found, "T1").duration == 3 * 480


def test_the_example_of_the_standard_is_computed(made: Made) -> None:
    page = (ROOT / "standards" / "schedule" / "index.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\ntasks:\n(.*?)```", page, re.DOTALL)
    found = made(example, "start: 2026-11-02\n")
    assert (found.why, found.warnings) == (None, ())
    assert found.driving == ("T6",)  # the grid is switched off on a day, whatever comes before
    assert [one.id for one in found.chain("T5")] == ["T5", "T2", "T1"]


@pytest.mark.parametrize(
    ("more", "first"),
    [
        ("start: 2027-03-08\n", "03-08T08:00"),
        ("scheduling: {start: 2027-03-09T10:30}\n", "03-09T10:30"),
        ("milestones: [{id: M1, name: Go, gate: start, planned: 2027-03-10, actual: 2027-03-11}]\n", "03-11T08:00"),
        ("", "03-01T08:00"),
    ],
)
def test_where_the_network_begins(made: Made, more, first) -> None:
    assert days(made("- {id: T1, name: Sand, duration: 1h}\n", more))["T1"][0] == first


HUNG = """\
milestones:
- {id: M1, name: Painted, planned: 2027-03-04, task: T2}
- {id: M2, name: Dry, planned: 2027-03-08, forecast: 2027-03-12, task: T3}
- {id: M3, name: Sanded, planned: 2027-03-02, actual: 2027-03-01, task: T1}
- {id: M4, name: Ready, planned: 2027-03-08, task: T4}
- {id: M5, name: Paid, planned: 2027-03-30}
"""


def test_a_milestone_takes_the_day_of_its_task_unless_one_is_stated(tmp_path: Path, made: Made) -> None:
    made(CHAIN.replace("name: Ready,", "name: Ready, forecast: 2027-03-10,"), f"start: 2027-03-01\n{HUNG}")
    result = run(tmp_path, today=TODAY)
    (project,) = result.portfolio.projects
    found = {one.id: (one.expected, one.network, one.slip, one.difference) for one in project.milestones}
    assert found == {
        "M1": (date(2027, 3, 5), date(2027, 3, 5), 1, None),
        "M2": (date(2027, 3, 12), date(2027, 3, 7), 4, 4),
        "M3": (date(2027, 3, 1), None, -1, None),
        "M4": (date(2027, 3, 10), date(2027, 3, 7), 2, None),  # the manager's word about the task counts
        "M5": (date(2027, 3, 30), None, 0, None),
    }
    assert not [one for one in result.remarks if one.rule == "DAT-01"]


def test_a_milestone_that_hangs_on_no_task_is_told(tmp_path: Path, made: Made) -> None:
    made(CHAIN, "start: 2027-03-01\nmilestones:\n- {id: M1, name: Painted, planned: 2027-03-04, task: T77}\n")
    told = [one.message for one in run(tmp_path, today=TODAY).remarks if one.rule == "DAT-01"]
    assert any("T77" in one for one in told), told
