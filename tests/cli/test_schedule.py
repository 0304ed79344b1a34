"""`handrail schedule` on the sample: the chart, the table, the reasons, and the figures for other programs."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from tests.command import ROOT, handrail

DAY = ("--as-of", "2026-12-04")
PLAN = """\
id: a
name: "A plan \\x1b[31m"
tier: small
phase: execution
start: 2027-03-01
status_date: 2027-03-03
calendars: [{id: NIGHT, week: {monday: 22:00-06:00, tuesday: 22:00-06:00}}]
milestones: [{id: M1, name: Open, planned: 2027-03-12, forecast: 2027-03-19}]
tasks:
- {id: T1, name: Sand, parent: T5, duration: 2d, actual_start: 2027-03-01, actual_finish: 2027-03-02}
- {id: T2, name: Paint, parent: T5, duration: 4d, percent: 50%, actual_start: 2027-03-02, links: [{task: T1}]}
- {id: T3, name: Dry, duration: 2ed, links: [{task: T5, lag: +1ed}]}
- {id: T4, name: Sweep, duration: 4h, links: [{task: T2, type: SS, lag: +50%}], forecast: 2027-03-10}
- {id: T5, name: Surfaces}
- {id: T6, name: Ready, duration: 0d, links: [{task: T3}, {task: T4}]}
- {id: T7, name: Clean, duration: 1d, calendar: NIGHT, constraint: {type: SNET, date: 2027-03-09}}
"""


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schedule") / "plans"
    assert handrail("init", folder, "--sample", cwd=ROOT).status == 0
    home = folder / "projects" / "a"
    home.mkdir()
    (home / "project.yaml").write_text(PLAN.replace("\\x1b[31m", "in two parts"))
    return folder


def test_the_chart_and_the_table(plans: Path) -> None:
    done = handrail("schedule", "a", *DAY, cwd=plans, env={"COLUMNS": "100"})
    assert done.status == 0, done.err
    lines = done.out.splitlines()
    assert lines[0] == "A plan in two parts"
    assert lines[1] == (
        "1 Mar 2027 to 10 Mar 2027 by the network; status date 3 Mar 2027; 42% done; stated end 19 Mar 2027, "
        "7 working days later."
    )
    assert all(len(line) <= 100 for line in lines[2:14])
    bars = {line.split()[0]: line for line in lines if re.match(r" *T\d ", line) and ("█" in line or "◆" in line)}
    assert bars["T1"].startswith("  T1 Sand")
    assert bars["T1"].endswith("  2 Mar 2027")
    assert "◆" in next(line for line in lines if line.startswith("T6 Ready"))
    assert "━" in next(line for line in lines if line.startswith("T5 Surfaces"))
    assert "▓" in next(line for line in lines if line.startswith("T7 Clean"))
    assert "◇" in next(line for line in lines if line.startswith("M1 Open"))
    table = {line.split()[0]: re.split(r" {2,}", line) for line in lines if re.match(r"T\d +\d+ Mar 2027", line)}
    assert table["T2"][1:5] == ["2 Mar 2027", "5 Mar 2027", "2 Mar 2027", "5 Mar 2027"]
    assert table["T3"][-1] == "T5 FS+1ed"
    assert table["T4"][-1] == "T2 SS+50%"
    assert table["T7"][-1] == "constraint"
    assert lines[-1] == "Driving path: T7"


def test_why_a_date_is_what_it_is(plans: Path) -> None:
    done = handrail("schedule", "a", "--why", "T6", *DAY, cwd=plans)
    assert done.out.splitlines() == [
        'T6 "Ready": 8 Mar 2027, 1 day of float.',
        '  because T3 "Dry" finishes on 8 Mar 2027 (FS link of T6)',
        '    because T2 "Paint" finishes on 5 Mar 2027, the last task of T5 (FS link of T3, with a lag of +1ed)',
        "      T2 began on 2 Mar 2027; 2 days of work are left, done from the status date on, 3 Mar 2027",
    ]
    assert "T7 has the constraint SNET 9 Mar 2027" in handrail("schedule", "a", "--why", "T7", *DAY, cwd=plans).out
    assert "it ends with T2" in handrail("schedule", "a", "--why", "T5", *DAY, cwd=plans).out


def test_figures_for_other_programs(plans: Path) -> None:
    done = handrail("schedule", "a", "--format", "json", *DAY, cwd=plans)
    rows = {row["id"]: row for row in done.json["rows"]}
    assert done.json["finish"] == "2027-03-10T06:00"
    assert rows["T4"]["stated_finish"] == "2027-03-10"
    assert (rows["T4"]["driver"], rows["T4"]["driver_task"], rows["T4"]["driver_link"]) == ("link", "T2", "SS")
    table = list(csv.DictReader(io.StringIO(handrail("schedule", "a", "--format", "csv", *DAY, cwd=plans).out)))
    assert [row["id"] for row in table] == list(rows)
    assert {row["id"]: row["early_finish"] for row in table} == {
        name: row["early_finish"] for name, row in rows.items()
    }


def test_a_project_with_milestones_only_has_no_network(plans: Path) -> None:
    done = handrail("schedule", "visitor-desk", *DAY, cwd=plans)
    assert done.status == 0
    assert "Milestones only" in done.out
    assert "M3 Desk opens" in done.out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("visitor-dsk",), "Did you mean `visitor-desk`?"),
        (("a", "--why", "T99"), "there is no task `T99`"),
        (("visitor-desk", "--why", "T1"), "only milestones"),
    ],
)
def test_wrong_use_is_said(plans: Path, words: tuple[str, ...], part: str) -> None:
    done = handrail("schedule", *words, *DAY, cwd=plans)
    assert done.status == 2
    assert part in done.err


def test_rules_may_read_what_the_network_gives(plans: Path) -> None:
    rule = plans / "standards" / "schedule" / "sch-99.rule.yaml"
    rule.write_text("""\
id: SCH-99
title: A try
requirement: S-SCHEDULE.2
level: may
enforce_at: watch
applies_to: {kind: project, when: "project.id == 'a'"}
checks:
  - assert: "project.network_finish < date('2027-01-01')"
    message: "ends {project.network_finish}, driven by {size(project.driving_path)}"
  - each: project.tasks
    when: "!item.is_summary && item.total_float > 0 && !item.critical"
    assert: "item.late_finish <= item.early_finish"
    at: duration
    message: "{item.id}: {item.early_finish}, {item.late_finish}, {item.total_float}, {item.driver}, {item.days}, {item.days_left}"
""")
    done = handrail("check", "projects/a", "--format", "json", *DAY, cwd=plans)
    rule.unlink()
    told = [one["message"] for one in done.json["remarks"] if one["rule"] == "SCH-99"]
    assert "ends 10 Mar 2027, driven by 1" in told
    assert "T3: 8 Mar 2027, 10 Mar 2027, 1.54, T5, 2, 2" in told
