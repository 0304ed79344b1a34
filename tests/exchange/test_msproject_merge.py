"""Importing into a project again and again: the plan follows the file, and what people wrote in the plan stays."""

from __future__ import annotations

import pytest
from handrail.exchange.msproject.importer import import_plan
from handrail.exchange.msproject.tree import NotReadable
from handrail.load import FolderTree

from tests.exchange.plans import ORIGIN, bring, folder, link, notes, plan_file, plan_of, repository_of, sent, task

TWO = (
    task(1, "Dig", Duration="PT24H0M0S", DurationFormat=7),
    task(2, "Build", Duration="PT8H0M0S", DurationFormat=7, links=[link(1)]),
)


def schedule(path):
    return (path / "projects" / "bridge" / "schedule.yaml").read_text()


def change(path, before, after):
    file = path / "projects" / "bridge" / "schedule.yaml"
    text = file.read_text()
    assert text.count(before) == 1, text
    file.write_text(text.replace(before, after))


def test_a_first_import(tmp_path):
    folder(tmp_path)
    done = bring(tmp_path, plan_file(*TWO))
    assert done.report.created == ("T1", "T2")
    assert schedule(tmp_path) == (
        "scheduling:\n  start: 2027-01-11\ntasks:\n- id: T1\n  name: Dig\n  duration: 3d\n- id: T2\n  name: Build\n  duration: 1d\n"
        "  links:\n  - task: T1\n"
    )


def test_the_same_file_again_changes_nothing(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(*TWO))
    done = bring(tmp_path, plan_file(*TWO))
    assert (done.files, done.report.created, done.report.updated, done.report.notes) == ({}, (), (), ())


def test_a_changed_file_changes_just_that(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(*TWO))
    before = schedule(tmp_path).replace("name: Dig", "name: Dig  # by hand, Monday")
    (tmp_path / "projects/bridge/schedule.yaml").write_text(before)
    done = bring(tmp_path, plan_file(task(1, "Dig", Duration="PT32H0M0S", DurationFormat=7), TWO[1]))
    assert (done.report.updated, done.report.values) == (("T1",), 1)
    assert schedule(tmp_path) == before.replace("3d", "4d")


def test_a_hand_edit_stays_and_is_told(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(*TWO))
    change(tmp_path, "duration: 3d", "duration: 5d")
    done = bring(tmp_path, plan_file(task(1, "Dig deep", Duration="PT32H0M0S", DurationFormat=7), TWO[1]))
    assert notes(done) == [("Dig deep", "duration", "by hand")]
    assert [(one.name, one.duration) for one in plan_of(tmp_path).tasks] == [("Dig deep", "5d"), ("Build", "1d")]


def test_another_way_to_write_the_same_is_no_edit(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(*TWO))
    change(tmp_path, "duration: 3d", "duration: 2d 1d")
    done = bring(tmp_path, plan_file(task(1, "Dig", Duration="PT32H0M0S", DurationFormat=7), TWO[1]))
    assert (notes(done), plan_of(tmp_path).tasks[0].duration) == ([], "4d")


def test_fields_that_no_file_has_stay(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(*TWO))
    change(tmp_path, "  duration: 1d", "  duration: 1d\n  because: Rain\n  ev_method: 50/50")
    bring(tmp_path, plan_file(TWO[0], task(2, "Build it", Duration="PT8H0M0S", DurationFormat=7, links=[link(1)])))
    last = plan_of(tmp_path).tasks[1]
    assert (last.name, last.because, last.ev_method) == ("Build it", "Rain", "50/50")


def test_the_reason_of_a_constraint_stays(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(task(1, ConstraintType=4, ConstraintDate="2027-02-01T08:00:00")))
    change(tmp_path, "    date: 2027-02-01", "    date: 2027-02-01\n    reason: Road closed")
    bring(tmp_path, plan_file(task(1, ConstraintType=4, ConstraintDate="2027-02-08T08:00:00")))
    given = plan_of(tmp_path).tasks[0].constraint
    assert given is not None
    assert given.date is not None
    assert (given.date.isoformat(), given.reason) == ("2027-02-08", "Road closed")


def test_what_the_file_takes_away_goes(tmp_path):
    folder(tmp_path)
    bring(
        tmp_path, plan_file(TWO[0], task(2, "Build", ConstraintType=1, Deadline="2027-03-01T17:00:00", links=[link(1)]))
    )
    bring(tmp_path, plan_file(TWO[0], task(2, "Build")))
    last = plan_of(tmp_path).tasks[1]
    assert (last.links, last.constraint, last.deadline) == ((), None, None)


def test_a_new_task_comes_to_its_place(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(*TWO))
    done = bring(tmp_path, plan_file(TWO[0], task(9, "Pour"), TWO[1]))
    assert done.report.created == ("T9",)
    assert [one.id for one in plan_of(tmp_path).tasks] == ["T1", "T9", "T2"]


def test_a_task_that_left_the_file_stays_and_is_told(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(*TWO))
    done = bring(tmp_path, plan_file(TWO[0]))
    assert done.report.absent == ("T2 (Build)",)
    assert [one.id for one in plan_of(tmp_path).tasks] == ["T1", "T2"]


def test_a_task_deleted_by_hand_is_not_brought_back(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(*TWO, task(3, "Paint", links=[link(2)])))
    change(tmp_path, "- id: T2\n  name: Build\n  duration: 1d\n  links:\n  - task: T1\n", "")
    change(tmp_path, "\n  links:\n  - task: T2", "")
    done = bring(tmp_path, plan_file(*TWO, task(3, "Paint", links=[link(2)])))
    assert ("Build", "Task", "by hand") in notes(done)
    assert [one.id for one in plan_of(tmp_path).tasks] == ["T1", "T3"]


def test_the_projects_own_tasks_are_left_alone(tmp_path):
    own = "# our own\ntasks:\n- {id: T1, name: Ours, duration: 2d}   # keep\n"
    folder(tmp_path, own)
    bring(tmp_path, plan_file(*TWO))
    assert schedule(tmp_path).startswith(own)
    assert [(one.id, one.name) for one in plan_of(tmp_path).tasks] == [("T1", "Ours"), ("T3", "Dig"), ("T2", "Build")]
    assert plan_of(tmp_path).tasks[2].links[0].task == "T3"


def test_an_empty_list_is_filled(tmp_path):
    folder(tmp_path, "# the work\ntasks: []   # none yet\n# the end\n")
    bring(tmp_path, plan_file(TWO[0]))
    assert schedule(tmp_path) == (
        "# the work\ntasks: # none yet\n- id: T1\n  name: Dig\n  duration: 3d\nscheduling:\n  start: 2027-01-11\n# the end\n"
    )


def test_large_numbers_get_small_ids(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(task(147302, "Dig"), task(2147483647, "Build", links=[link(147302)])))
    assert [(one.id, one.name) for one in plan_of(tmp_path).tasks] == [("T1", "Dig"), ("T2", "Build")]
    bring(tmp_path, plan_file(task(2147483647, "Build it", links=[link(147302)]), task(147302, "Dig")))
    assert [(one.id, one.name) for one in plan_of(tmp_path).tasks] == [("T1", "Dig"), ("T2", "Build it")]


def test_the_file_of_another_plan_is_refused(tmp_path):
    folder(tmp_path)
    bring(tmp_path, plan_file(*TWO, head="<GUID>AAAA</GUID>"))
    with pytest.raises(NotReadable, match="another plan"):
        bring(tmp_path, plan_file(*TWO, head="<GUID>BBBB</GUID>"))


def test_a_broken_project_is_refused(tmp_path):
    folder(tmp_path, "tasks:\n- {id: T1}\n")
    with pytest.raises(NotReadable, match="cannot be read as it stands"):
        import_plan(plan_file(*TWO), FolderTree(tmp_path), "bridge", ORIGIN)


# out to Microsoft Project and back


PLAN = """\
# our plan
scheduling: {start: 2027-01-11}
milestones:
- {id: M1, name: Open, planned: 2027-03-01, forecast: 2027-03-08, weight: 40%}
tasks:
- {id: T1, name: Dig, duration: 3d, assignees: [l.petit], because: Rain}   # the first
- id: B-7
  name: Build
  duration: 1w 2d
  links: [{task: T1, lag: +2d}]
"""


def test_out_and_back_changes_no_byte(tmp_path):
    folder(tmp_path, PLAN)
    done = bring(tmp_path, sent(tmp_path))
    assert (schedule(tmp_path), done.report.notes) == (PLAN, ())


def test_out_edited_there_and_back(tmp_path):
    folder(tmp_path, PLAN)
    data = (
        sent(tmp_path)
        .replace(b"<Name>Dig</Name>", b"<Name>Dig deep</Name>")
        .replace(b"2027-03-08T17", b"2027-03-15T17")
    )
    done = bring(tmp_path, data)
    assert schedule(tmp_path) == PLAN.replace("name: Dig,", "name: Dig deep,").replace("2027-03-08", "2027-03-15")
    assert (done.report.updated, done.report.notes) == (("M1", "T1"), ())


def test_out_edited_here_and_back_untouched(tmp_path):
    folder(tmp_path, PLAN)
    data = sent(tmp_path)
    change(tmp_path, "duration: 3d", "duration: 4d")
    done = bring(tmp_path, data)
    assert (plan_of(tmp_path).tasks[0].duration, done.report.notes) == ("4d", ())


def test_out_edited_on_both_sides(tmp_path):
    folder(tmp_path, PLAN)
    data = sent(tmp_path).replace(b"PT24H0M0S", b"PT40H0M0S")
    change(tmp_path, "duration: 3d", "duration: 4d")
    done = bring(tmp_path, data)
    assert plan_of(tmp_path).tasks[0].duration == "4d"
    assert notes(done) == [("Dig", "duration", "by hand")]


def test_a_copy_made_there_is_a_new_task(tmp_path):
    folder(tmp_path, PLAN)
    text = sent(tmp_path).decode()
    start = text.index("    <Task>\n      <UID>1<")
    end = text.index("</Task>\n", start) + len("</Task>\n")
    copy = text[start:end].replace("<UID>1<", "<UID>77<")
    bring(tmp_path, (text[:end] + copy + text[end:]).encode())
    assert [one.id for one in plan_of(tmp_path).tasks] == ["T1", "T77", "B-7"]


def test_an_export_of_one_project_into_another(tmp_path):
    folder(tmp_path / "one", PLAN)
    folder(
        tmp_path / "two",
        "tasks:\n- {id: T1, name: Ours}\n",
        project="id: bridge\nname: Bridge\ntier: medium\nphase: execution\n",
    )
    data = sent(tmp_path / "one").replace(b"bridge/", b"tunnel/")
    bring(tmp_path / "two", data)
    assert [(one.id, one.name) for one in plan_of(tmp_path / "two").tasks] == [
        ("T1", "Ours"),
        ("T2", "Dig"),
        ("B-7", "Build"),
    ]


def test_the_organisations_calendar_is_not_said_again(tmp_path):
    settings = "format: 1\norganisation: Test\ncurrencies: [EUR]\ntimezone: UTC\ncalendar: {holidays: [2027-01-18]}\n"
    folder(tmp_path, "scheduling: {start: 2027-01-11}\ntasks: [{id: T1, name: Dig, duration: 8d}]\n", settings=settings)
    data = sent(tmp_path)
    assert b"2027-01-18" in data
    bring(tmp_path, data)
    plan = plan_of(tmp_path)
    assert plan.scheduling is not None
    assert (plan.calendars, plan.scheduling.calendar) == ((), None)
    # another plan that keeps working on that day says so
    bring(tmp_path, plan_file(*TWO))
    plan = plan_of(tmp_path)
    assert plan.scheduling is not None
    assert (plan.scheduling.calendar, plan.calendars[0].alone, plan.calendars[0].holidays) == ("Standard", True, ())


def test_people_by_handle(tmp_path):
    folder(tmp_path)
    people = tmp_path / "standards" / "people"
    people.mkdir()
    (people / "people.yaml").write_text("people:\n- id: l.petit\n  roles: [team]\n")
    assert "l.petit" in repository_of(tmp_path).people
    more = (
        "<Resources><Resource><UID>4</UID><Name>Laure</Name><Code>l.petit</Code></Resource>"
        "<Resource><UID>5</UID><Name>Digger</Name></Resource></Resources><Assignments>"
        + "".join(
            f"<Assignment><TaskUID>1</TaskUID><ResourceUID>{uid}</ResourceUID><Units>1</Units></Assignment>"
            for uid in (4, 5)
        )
        + "</Assignments>"
    )
    bring(tmp_path, plan_file(task(1), more=more))
    plan = plan_of(tmp_path)
    assert plan.tasks[0].assignees == ("l.petit", "RS-1")
    assert [(one.id, one.name, one.kind) for one in plan.resources] == [("RS-1", "Digger", "role")]


# the dates of the file beside ours


def dated(uid, start, finish, **parts):
    return task(
        uid, Start=f"2027-01-{start}:00", Finish=f"2027-01-{finish}:00", Duration="PT24H0M0S", DurationFormat=7, **parts
    )


def test_dates_that_agree_are_counted(tmp_path):
    folder(tmp_path)
    # the second one in the file starts in the evening, here in the morning after: in working time that is the same
    done = bring(
        tmp_path, plan_file(dated(1, "11T08:00", "13T17:00"), dated(2, "13T17:00", "18T17:00", links=[link(1)]))
    )
    assert done.report.remarks == ("Dates: 2 of 2 tasks have the dates here that the file says.",)
    assert done.report.notes == ()


def test_dates_that_differ_are_told(tmp_path):
    folder(tmp_path)
    late = dated(2, "18T08:00", "20T17:00", links=[link(1)], LevelingDelay="9600", LevelingDelayFormat=7)
    done = bring(tmp_path, plan_file(dated(1, "11T08:00", "13T17:00"), late))
    assert done.report.remarks == ("Dates: 1 of 2 tasks have the dates here that the file says.",)
    assert [(one.element, one.value) for one in done.report.notes if one.fate == "changed"] == [
        ("Start", "2027-01-18T08:00, 2027-01-14T08:00"),
        ("Finish", "2027-01-20T17:00, 2027-01-18T17:00"),
    ]
    assert ("Task 2", "LevelingDelay", "dropped") in notes(done)


def test_dates_that_cannot_be_compared_say_why(tmp_path):
    folder(tmp_path)
    circle = (dated(1, "11T08:00", "13T17:00", links=[link(2)]), dated(2, "11T08:00", "13T17:00", links=[link(1)]))
    done = import_plan(plan_file(*circle), FolderTree(tmp_path), "bridge", ORIGIN)
    (remark,) = done.report.remarks
    assert "could not be compared: 2 tasks wait for each other" in remark
