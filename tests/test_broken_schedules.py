"""Ten schedules that cannot be, in one repository beside the sample: each is told at its place, and hides nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.broken_repository import promised
from tests.command import ROOT, handrail

HEAD = "id: {id}\nname: A schedule with one fault\ntier: small\nphase: planning\nstart: 2027-01-04\n"
AFTER = "- {id: T9, name: After it, duration: 2d}\n"
DAY = ("--as-of", "2026-12-04")

BROKEN = {
    "a-cycle": """\
tasks:
- {id: T1, name: Sand, duration: 1d, links: [{task: T3}]}  # remark: SCH-10 @47 3 tasks wait for each other
- {id: T2, name: Paint, duration: 1d, links: [{task: T1}]}
- {id: T3, name: Dry, duration: 1d, links: [{task: T2}]}
- {id: T4, name: Sweep, duration: 1d, links: [{task: T3}]}
""",
    "a-self-link": """\
tasks:
- id: T1
  name: Sand
  duration: 1d
  links:
  - {task: T1}  # remark: SCH-10 @6 "Sand" waits for itself
""",
    "an-unknown-link": """\
tasks:
- {id: T1, name: Sand, duration: 1d, links: [{task: T2}]}  # remark: DAT-01 @47 this project has no task `T2`
""",
    "a-negative-duration": """\
tasks:
- {id: T1, name: Sand, duration: -3d}  # remark: DAT-01 @24 Duration of
""",
    "finish-before-start": """\
tasks:
- {id: T1, name: Sand, manual: yes, start: 2027-01-13, finish: 2027-01-11}  # remark: SCH-10 @37 "Sand" would end before it begins
- {id: T2, name: Paint, planned_start: 2027-01-13, planned_finish: 2027-01-11}  # remark: SCH-05 @25 "Paint" is planned to end
""",
    "an-actual-in-the-future": """\
tasks:
- {id: T1, name: Sand, duration: 1d, actual_start: 2026-12-04, actual_finish: 2026-12-05}  # remark: SCH-05 @64 has not come yet
""",
    "a-lag-without-unit": """\
tasks:
- {id: T1, name: Sand, duration: 1d}
- {id: T2, name: Paint, duration: 1d, links: [{task: T1, lag: +2}]}  # remark: DAT-01 @58 Lag of
- {id: T3, name: Polish, duration: 1d, links: [{task: T1, lag: 2}]}  # remark: DAT-01 @59 Lag of
""",
    "an-impossible-constraint": """\
tasks:
- {id: T1, name: Sand, duration: 10d}
- id: T2
  name: Paint
  duration: 1d
  links: [{task: T1}]
  constraint: {type: SNLT, date: 2027-01-11}  # remark: SCH-11 @28 only 5 working days later
""",
    "a-constraint-without-date": """\
tasks:
- {id: T1, name: Polish, duration: 1d, constraint: {type: MSO}}  # remark: SCH-10 @53 MSO of "Polish" has no date
""",
    "a-calendar-without-working-time": """\
calendars:
- {id: NEVER, week: {}}  # remark: SCH-10 @15 Nobody ever works by the calendar NEVER
- id: SHUT
  week: {monday: 08:00-08:00}  # remark: SCH-10 @10 The working hours `08:00-08:00`
- {id: ODD, week: {monday: 8 to 5}}  # remark: SCH-10 @20 The working hours `8 to 5`
tasks:
- {id: T1, name: Sand, duration: 1d, calendar: SHUT}
- {id: T2, name: Paint, duration: 1d, calendar: GONE}  # remark: SCH-10 @39 works by the calendar `GONE`
""",
    "a-calendar-that-no-task-uses": """\
calendars:
- {id: NEVER, week: {}}  # remark: SCH-10 @15 Nobody ever works by the calendar NEVER
""",
    "a-million-days": """\
tasks:
- {id: T1, name: Sand, duration: 1000000d}  # remark: SCH-10 @24 longer than 36,500 days
""",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken-schedules") / "plans"
    assert handrail("init", folder, "--sample", cwd=ROOT).status == 0
    return folder


@pytest.fixture(scope="module")
def before(sample: Path) -> str:
    """The figures of all projects before anything is broken."""
    return handrail("export", "json", *DAY, cwd=sample).out


@pytest.fixture(scope="module")
def broken(sample: Path, before: str) -> Path:
    for name, text in BROKEN.items():
        home = sample / "projects" / name
        home.mkdir()
        (home / "project.yaml").write_text(HEAD.format(id=name))
        (home / "schedule.yaml").write_text(text)
    return sample


def test_each_is_told_at_its_line_and_column(broken: Path) -> None:
    done = handrail("check", "--format", "json", *DAY, cwd=broken)
    assert done.status == 1
    places = [
        one for one in done.json["remarks"]
        if one["project"] in BROKEN and one["file"].endswith("schedule.yaml")
    ]  # fmt: skip
    told = {(one["file"], one["line"], one["column"], one["rule"]): one["message"] for one in places}
    expected = [one for name, text in BROKEN.items() for one in promised(f"projects/{name}/schedule.yaml", text)]
    assert sorted(told) == sorted({(one.file, one.line, one.column, one.rule) for one in expected})
    for one in expected:
        assert one.part in told[one.file, one.line, one.column, one.rule]
    assert all(one["fix"] for one in places)


def test_a_circle_names_every_task_on_it_and_nobody_else(broken: Path) -> None:
    done = handrail("check", "projects/a-cycle", "--format", "json", *DAY, cwd=broken)
    (one,) = [one for one in done.json["remarks"] if one["rule"] == "SCH-10"]
    assert '"Sand", "Paint", "Dry"' in one["message"]
    assert "Sweep" not in one["message"]
    assert [(other["line"], other["column"]) for other in one["related"]] == [(3, 48), (4, 46)]


def test_the_rest_of_the_portfolio_is_computed_as_before(broken: Path, before: str) -> None:
    rows = {row["id"]: row for row in json.loads(handrail("export", "json", *DAY, cwd=broken).out)["rows"]}
    was = {row["id"]: row for row in json.loads(before)["rows"]}
    assert set(rows) == set(was) | set(BROKEN)
    assert {name: rows[name] for name in was} == was


@pytest.mark.parametrize(
    "name", sorted(set(BROKEN) - {"finish-before-start", "an-actual-in-the-future", "an-impossible-constraint"})
)
def test_a_schedule_that_cannot_be_computed_says_so(broken: Path, name: str) -> None:
    done = handrail("schedule", name, *DAY, cwd=broken)
    assert done.status == 1
    assert "No dates can be computed." in done.out
    assert f"`handrail check projects/{name}` says where" in done.out
    assert handrail("schedule", name, "--format", "json", *DAY, cwd=broken).json["why_not"]


def test_the_organisations_calendar_is_told_once(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    assert handrail("init", folder, "--sample", cwd=ROOT).status == 0
    settings = folder / "standards" / "handrail.yaml"
    text = settings.read_text().replace("monday: 08:00-12:00 13:00-17:00", "monday: 8 to 5")
    settings.write_text(text)
    done = handrail("check", "--format", "json", *DAY, cwd=folder)
    told = [(one["rule"], one["file"], one["project"]) for one in done.json["remarks"] if one["rule"] == "SCH-10"]
    assert told == [("SCH-10", "standards/handrail.yaml", None)]
    assert "The organisation's calendar cannot be used" in handrail("schedule", "depot-grid", *DAY, cwd=folder).out


def test_projects_that_wait_for_each_other(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    assert handrail("init", folder, "--sample", cwd=ROOT).status == 0

    def plan(name: str, giver: str, given_on: str, needed_by: str) -> None:
        home = folder / "projects" / name
        home.mkdir(exist_ok=True)
        (home / "project.yaml").write_text(
            f"id: {name}\nname: Project {name}\ntier: small\nphase: planning\n"
            f"deliverables:\n- {{id: D1, name: Its part, planned: {given_on}}}\n"
            f"depends_on:\n- {{project: {giver}, what: D1, needed_by: {needed_by}}}\n"
        )

    def told() -> list[tuple[str, int, int]]:
        done = handrail("check", "--format", "json", *DAY, cwd=folder)
        return [(one["file"], one["line"], one["column"]) for one in done.json["remarks"] if one["rule"] == "SCH-10"]

    plan("one", "two", "2027-03-01", "2027-02-01")
    plan("two", "three", "2027-03-01", "2027-02-01")
    plan("three", "one", "2027-03-01", "2027-02-01")
    assert told() == [(f"projects/{name}/project.yaml", 8, 15 + len(giver)) for name, giver in
                      (("one", "two"), ("three", "one"), ("two", "three"))]  # fmt: skip
    plan("three", "one", "2027-01-15", "2027-02-01")  # given before it needs anything itself: no circle
    assert told() == []
