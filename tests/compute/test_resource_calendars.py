"""Tasks are worked on when those who do it are there: by the calendar of the resource, of several together, or of none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from handrail.compute.calendar import DAY, STANDARD, WEEK, WorkCalendar, instant
from handrail.compute.schedules import schedule
from handrail.compute.timed import Schedule
from handrail.run import run
from hypothesis import given
from hypothesis import strategies as st

HEAD = """\
id: a
name: A plan
tier: small
phase: execution
start: 2027-03-01
calendars:
- {id: EARLY, week: {monday: 06:00-10:00, tuesday: 06:00-10:00, wednesday: 06:00-10:00, thursday: 06:00-10:00}}
- {id: MORNING, week: {monday: 08:00-12:00, wednesday: 08:00-12:00, friday: 08:00-12:00}, holidays: [2027-03-03]}
- {id: WEEKEND, week: {saturday: 08:00-16:00}}
resources:
- {id: RS-1, name: Crane, kind: equipment, calendar: EARLY}
- {id: RS-2, name: Joiner, kind: person, person: l.petit, calendar: MORNING}
- {id: RS-3, name: Guard, kind: role, calendar: WEEKEND}
- {id: RS-4, name: Painter, kind: role}
"""


@pytest.fixture
def made(tmp_path: Path):
    def make(tasks: str, more: str = "") -> tuple[Schedule, list[str]]:
        home = tmp_path / "projects" / "a"
        home.mkdir(parents=True)
        (tmp_path / "standards").mkdir()
        (tmp_path / "standards/handrail.yaml").write_text("format: 1\norganisation: X\ncurrencies: [EUR]\n")
        (tmp_path / "standards/people").mkdir()
        (tmp_path / "standards/people/people.yaml").write_text("people: [{id: l.petit}, {id: j.okafor}]\n")
        (home / "project.yaml").write_text(HEAD + more)
        (home / "schedule.yaml").write_text("tasks:\n" + tasks)
        result = run(tmp_path, today=date(2027, 3, 1))
        (project,) = result.portfolio.projects
        found = schedule(project, result.portfolio.repository)
        assert found is not None
        return found, [one.message for one in result.remarks if one.rule == "SCH-10"]

    return make


def days(found: Schedule) -> dict[str, tuple[str, str]]:
    return {one.id: (f"{one.start:%m-%dT%H:%M}", f"{one.finish:%m-%dT%H:%M}") for one in found.tasks}


def test_whose_calendar_a_task_is_worked_by(made) -> None:
    found, told = made("""\
- {id: T1, name: Alone, duration: 1d}
- {id: T2, name: Crane, duration: 1d, assignees: [RS-1]}
- {id: T3, name: By handle, duration: 1d, assignees: [l.petit]}
- {id: T4, name: Both, duration: 4h, assignees: [RS-1, RS-2]}
- {id: T5, name: Crane anyhow, duration: 1d, assignees: [RS-1], ignore_resource_calendar: yes}
- {id: T6, name: No calendar, duration: 1d, assignees: [RS-4, j.okafor]}
- {id: T7, name: Own calendar too, duration: 4h, assignees: [RS-1], calendar: MORNING}
- {id: T8, name: After the crane, duration: 1d, links: [{task: T2}]}
""")
    assert told == []
    assert days(found) == {
        "T1": ("03-01T08:00", "03-01T17:00"),
        "T2": ("03-01T08:00", "03-03T08:00"),  # 2 + 4 + 2 hours: from the project's start at 8
        "T3": ("03-01T08:00", "03-05T12:00"),  # half of Monday and of Friday: Wednesday is off
        "T4": ("03-01T08:00", "03-08T10:00"),  # only Mondays from 8 to 10 have both
        "T5": ("03-01T08:00", "03-01T17:00"),
        "T6": ("03-01T08:00", "03-01T17:00"),
        "T7": ("03-01T08:00", "03-08T10:00"),
        "T8": ("03-03T08:00", "03-03T17:00"),
    }
    two = found.task("T2")
    assert two is not None
    assert two.days(two.duration) == 1, "a day of the task, whoever works half days on it"


def test_people_who_never_meet(made) -> None:
    found, told = made("- {id: T1, name: Lift, duration: 1d, assignees: [RS-1, RS-3]}\n")
    assert found.why
    (message,) = told
    assert message == 'Those who work on "Lift" are never there at the same time: EARLY, WEEKEND.'


def test_a_resource_with_a_calendar_that_is_not_there(made) -> None:
    _, told = made(
        "- {id: T1, name: Lift, duration: 1d}\n", "- {id: RS-5, name: Van, kind: equipment, calendar: GONE}\n"
    )
    assert told == ['"Van" works by the calendar `GONE`, which this project does not have.']


HOURS = st.sampled_from(
    ((), ((480, 720), (780, 1020)), ((0, DAY),), ((1320, 1800),), ((360, 600),), ((0, 60), (300, 301), (1380, 1440)))
)
MONDAY = date(2027, 3, 1)
SINGLE = st.dictionaries(st.sampled_from([date(2027, 3, day) for day in range(1, 15)]), HOURS, max_size=4)


@given(st.lists(HOURS, min_size=7, max_size=7), SINGLE, st.lists(HOURS, min_size=7, max_size=7), SINGLE)
def test_two_calendars_work_together_in_the_minutes_that_both_work(week, single, other_week, other_single) -> None:
    try:
        one, other = WorkCalendar(week, single), WorkCalendar(other_week, other_single)
        both = one.common(other)
    except ValueError:
        return
    begin = instant(MONDAY)
    for at in range(begin, begin + 2 * WEEK, 7):
        works = [each.between(at, at + 1) for each in (one, other, both)]
        assert works[2] == works[0] * works[1], at
    assert both.day == one.day


def test_a_calendar_with_itself_is_itself() -> None:
    same = STANDARD.common(STANDARD)
    begin = instant(MONDAY)
    assert [same.add(begin, minutes) for minutes in (1, 480, 481, 99_999)] == [
        STANDARD.add(begin, minutes) for minutes in (1, 480, 481, 99_999)
    ]
