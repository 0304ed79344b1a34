"""Rows become projects; a second import follows the list and never a person's edit."""

import json
from datetime import date
from decimal import Decimal

import pytest
from handrail.exchange.imports import FORMS, NotWritten, import_list, render, write
from handrail.load import FolderTree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.lists import HEADER, MAPPING, ROW, mapping, plan, remarks_of, run, table


@pytest.fixture
def into(tmp_path):
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "handrail.yaml").write_text("format: 1\norganisation: X\ncurrencies: [GBP]\n")
    return tmp_path


def text_of(into, name="project.yaml", project="a-1"):
    return (into / "projects" / project / name).read_text()


def change(into, old, new, name="project.yaml"):
    path = into / "projects" / "a-1" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def notes(done):
    return [note for row in done.report.rows for note in row.notes]


def test_a_row_becomes_a_project_in_the_house_style(into):
    done = run(into, table(ROW))
    assert (
        text_of(into)
        == """\
id: a-1
name: Bridge
tier: large
phase: execution
tags:
- building
unit: DFT
why:
  problem: To cross the river
milestones:
- id: M1
  name: End
  planned: 2025-03-31
budget:
  currency: GBP
  approved: 1234500000
"""
    )
    assert (
        text_of(into, "reports/2023-03-31.md") == "---\nas_of: 2023-03-31\nstatus: amber\nbecause: Steel is late\n---\n"
    )
    assert remarks_of(into) == []
    assert plan(into).reports[0].status == "amber"
    assert done.report.counts == {"kept": 5, "changed": 5, "empty": 1, "dropped": 1, "unreadable": 0, "by hand": 0}
    assert [(one.column, one.reason) for one in done.report.cells if one.outcome == "dropped"] == [
        ("clerk", "names of clerks are not imported")
    ]


def test_a_second_import_changes_no_byte(into):
    run(into, table(ROW))
    again = run(into, table(ROW))
    assert (again.files, [row.outcome for row in again.report.rows]) == ({}, ["unchanged"])


def test_hand_edits_elsewhere_stay_as_they_are(into):
    run(into, table(ROW))
    change(into, "name: Bridge\n", "# the town calls it the Arch\nname:   Bridge   # official\nsponsor: c.moreau\n")
    change(into, "  currency: GBP\n", "  currency: GBP\n  contingency: 5\n")
    before = text_of(into)
    done = run(into, table(ROW.replace("31.03.2025", "30.04.2025").replace("1,234.5", "1,300")))
    assert text_of(into) == before.replace("2025-03-31", "2025-04-30").replace("1234500000", "1300000000")
    assert [row.outcome for row in done.report.rows] == ["updated"]


def test_a_hand_edit_of_an_imported_field_is_kept_and_told(into):
    run(into, table(ROW))
    change(into, "2025-03-31", "2026-01-01")
    for _ in range(2):
        done = run(into, table(ROW.replace("31.03.2025", "30.04.2025")))
        assert "planned: 2026-01-01" in text_of(into)
        cell = next(one for one in done.report.cells if one.column == "end")
        assert (cell.outcome, cell.reason) == (
            "by hand", "the plan says `2026-01-01`, written by hand since the last import",
        )  # fmt: skip
        assert any("the list says `2025-04-30`" in note for note in notes(done))
    change(into, "2026-01-01", "2025-04-30")
    assert run(into, table(ROW.replace("31.03.2025", "30.04.2025"))).report.counts["by hand"] == 0
    run(into, table(ROW.replace("31.03.2025", "31.05.2025")))
    assert "planned: 2025-05-31" in text_of(into)


def test_a_field_deleted_by_hand_stays_deleted(into):
    run(into, table(ROW))
    change(into, "unit: DFT\n", "")
    done = run(into, table(ROW))
    assert "unit" not in text_of(into)
    assert any("deleted by hand" in note for note in notes(done))


def test_a_field_that_no_import_wrote_is_not_taken_over(into):
    run(into, table(ROW.replace("DFT", "")))
    change(into, "tags:", "unit: Roads\ntags:")
    done = run(into, table(ROW))
    assert "unit: Roads" in text_of(into)
    assert any("which no import wrote" in note for note in notes(done))


def test_fields_are_updated_in_the_file_where_they_were_moved(into):
    run(into, table(ROW))
    change(into, "budget:\n  currency: GBP\n  approved: 1234500000\n", "")
    (into / "projects/a-1/budget.yaml").write_text("budget: {currency: GBP, approved: 1234500000} # ours\n")
    run(into, table(ROW.replace("1,234.5", "7")))
    assert text_of(into, "budget.yaml") == "budget: {currency: GBP, approved: 7000000} # ours\n"
    assert remarks_of(into) == []


def test_the_record_of_the_import_may_be_moved_too(into):
    run(into, table(ROW))
    source = into / "projects/a-1/source.yaml"
    project = into / "projects/a-1/project.yaml"
    project.write_text(project.read_text() + source.read_text())
    source.unlink()
    run(into, table(ROW.replace("Bridge", "New bridge")))
    assert not source.exists()
    assert plan(into).name == "New bridge"
    assert run(into, table(ROW.replace("Bridge", "New bridge"))).files == {}


def test_a_renamed_project_keeps_its_id(into):
    by_name = MAPPING.replace("as_of: {from", "project_id: {from: title}\nas_of: {from", 1)
    run(into, table(ROW), by_name)
    run(into, table(ROW.replace("Bridge", "Great Crossing")), by_name)
    assert [path.name for path in (into / "projects").iterdir()] == ["bridge"]
    assert plan(into, "bridge").name == "Great Crossing"


def test_ids_that_collide_are_told_and_the_same_in_any_order(tmp_path):
    by_name = MAPPING.replace("as_of: {from", "project_id: {from: title, prefix: uk-}\nas_of: {from", 1)
    rows = [ROW, ROW.replace("A_1", "A_2"), ROW.replace("A_1", "A_3").replace("Bridge", "日本")]
    found = []
    for name, order in (("one", rows), ("two", rows[::-1])):
        done = run(
            tmp_path / name, table(*[row.encode("cp1252", "replace").decode("cp1252") for row in order]), by_name
        )
        found.append({row.key: row.project for row in done.report.rows})
        assert "the id `uk-bridge` was taken, so it is called `uk-bridge-2`" in notes(done)
    assert found[0] == found[1] == {"A_1": "uk-bridge", "A_2": "uk-bridge-2", "A_3": "uk"}


def test_a_folder_of_somebody_else_is_not_taken(into):
    (into / "projects/a-1").mkdir(parents=True)
    (into / "projects/a-1/project.yaml").write_text("id: a-1\nname: Other\ntier: small\nphase: planning\n")
    done = run(into, table(ROW))
    assert done.report.rows[0].project == "a-1-2"
    assert plan(into).name == "Other"


def test_rows_that_are_no_project_are_told(into):
    rows = [ROW, ROW, ROW.replace("A_1", ""), ROW.replace("A_1", "TOTAL"), ROW.replace("A_1;Bridge", "A_4;"),
            ROW.replace("A_1", "A_5").replace("Bridge", "Pilot")]  # fmt: skip
    done = run(into, table(*rows))
    assert [(row.row, row.outcome, row.notes) for row in done.report.rows] == [
        (2, "created", ()),
        (3, "not imported", ("row 2 has the same key `A_1`; only the first was imported",)),
        (4, "not imported", ("`number` is empty, so nothing tells which project this is",)),
        (5, "skipped", ("this is the line of totals",)),
        (6, "not imported", ("the plan would lack: Name",)),
        (7, "created", ("a pilot",)),
    ]


def test_exempt_rows_are_restricted_and_stay_so(into):
    exempt = ROW.replace("£1,234.5", "Exempt under Section 43 of the Act").replace("Amber", "Exempt under Section 24")
    done = run(into, table(exempt))
    assert plan(into).sensitivity == "restricted"
    assert plan(into).reports == ()
    assert [one.column for one in done.report.cells if one.reason == "exempt from publication"] == [
        "rating (2)",
        "cost",
    ]
    assert "reports/2023-03-31.md was not written, because it would lack: Status" in notes(done)
    run(into, table(ROW))
    assert plan(into).sensitivity == "restricted"
    assert plan(into).budget.approved.amount == 1_234_500_000


def test_what_the_list_no_longer_gives_is_removed_and_told(into):
    run(into, table(ROW))
    done = run(into, table(ROW.replace("31.03.2025", "").replace("To cross the river", "")))
    assert "milestones" not in text_of(into)
    assert "why" not in text_of(into)
    assert "milestones[M1].planned was removed, because the list no longer gives it" in notes(done)
    assert remarks_of(into) == []
    run(into, table(ROW))
    assert plan(into).milestones[0].planned == date(2025, 3, 31)


def test_a_list_without_a_column_removes_nothing(into):
    run(into, table(ROW))
    done = run(into, table("2023;A_1;Bridge;Amber", header="year;number;title;rating"))
    assert "planned: 2025-03-31" in text_of(into)
    assert "The list has no column `end`." in done.report.notes
    assert "The list has no column `cost` or `whole_cost`." in done.report.notes


def test_each_list_adds_its_report_and_an_older_one_touches_no_plan(into):
    newer = ROW.replace("2023;", "2024;").replace("Bridge", "Arch").replace("Amber", "Red")
    run(into, table(newer))
    done = run(into, table(ROW))
    assert plan(into).name == "Arch"
    assert [(one.as_of.year, one.status) for one in plan(into).reports] == [(2023, "amber"), (2024, "red")]
    assert any(
        one.reason == "the plan already follows the list of 2024-03-31, which is newer" for one in done.report.cells
    )
    assert run(into, table(newer)).files == {}


def test_a_report_keeps_what_people_added(into):
    long = ROW.replace("Steel is late", "Steel is late because the mill had a fire in May")
    run(into, table(long))
    report = "reports/2023-03-31.md"
    assert text_of(into, report).endswith("---\n## Rating\n\nSteel is late because the mill had a fire in May\n")
    change(into, "status: amber\n", "status: amber\nback_to_green: 2023-09-30   # promised\n", report)
    before = text_of(into, report)
    run(into, table(long.replace("Amber", "Red")))
    assert text_of(into, report) == before.replace("amber", "red")
    change(into, "had a fire", "burnt", report)
    done = run(into, table(long.replace("May", "June").replace("Amber", "Red")))
    assert "burnt in May" in text_of(into, report)
    assert next(one for one in done.report.cells if one.column == "comment").outcome == "by hand"


def test_projects_that_the_list_no_longer_names_are_told(into):
    run(into, table(ROW, ROW.replace("A_1", "A_2")))
    assert run(into, table(ROW)).report.absent == ("a-2 (A_2)",)


def test_a_broken_plan_is_told_and_hides_no_other(into):
    run(into, table(ROW, ROW.replace("A_1", "A_2")))
    change(into, "tier: large", "tier: [")
    before = text_of(into)
    done = run(into, table(ROW.replace("Bridge", "X"), ROW.replace("A_1", "A_2").replace("Bridge", "Y")))
    assert [row.outcome for row in done.report.rows] == ["not imported", "updated"]
    assert "projects/a-1/project.yaml cannot be read as it stands" in done.report.rows[0].notes[0]
    assert text_of(into) == before


def test_two_projects_of_one_key_are_left_alone(into):
    run(into, table(ROW))
    other = into / "projects/b"
    other.mkdir()
    (other / "project.yaml").write_text(
        "id: b\nname: B\ntier: large\nphase: planning\nsource: {system: returns, key: A_1}\n"
    )
    done = run(into, table(ROW.replace("Bridge", "X")))
    assert done.files == {}
    assert "two projects carry this key" in done.report.rows[0].notes[0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty: it has no header and no rows."),
        (
            b"a;b\n1;2\n",
            "The list has no column `number`, which tells one project from another, so nothing was imported.",
        ),
    ],
)
def test_a_list_that_is_none_stops_the_import(into, data, message):
    done = run(into, data)
    assert [one.message for one in done.remarks] == [message]
    assert done.files == {}


def test_values_that_the_model_refuses_are_unreadable_cells(into):
    text = MAPPING.replace("to: unit, from: department", "to: priority, from: department, as: number")
    done = run(into, table(ROW.replace("DFT", "1.5")), text)
    cell = next(one for one in done.report.cells if one.column == "department")
    assert (cell.outcome, cell.reason[:26]) == ("unreadable", "Priority must be a whole n")
    assert remarks_of(into) == []


def test_hostile_texts_stay_text(into):
    evil = '"<script>alert(1)</script> [x](javascript:y) ![i](http://h) {{ 1 }}\r\n# head\r\n---\r\n=======\r\n<<<<<<< a\r\n- one\r\n- two"'
    run(into, table(ROW.replace("To cross the river", evil).replace("Bridge", "=1+1: #x").replace("DFT", "a\u00a0b")))
    assert plan(into).name == "=1+1: #x"
    assert text_of(into, "index.md") == (
        "## What it is for\n\n&lt;script>alert(1)&lt;/script> \\[x\\](javascript:y) !\\[i\\](http://h) \\{\\{ 1 }}\n\n"
        "\\# head\n\n\\---\n\n&#61;======\n\n&lt;&lt;&lt;&lt;&lt;&lt;&lt; a\n\n- one\n- two\n"
    )
    assert remarks_of(into) == []


def test_reports_in_every_form(into):
    done = run(into, table(ROW.replace("Bob", "=cmd|x").replace("Bridge", "\x1b[31mBridge")))
    for form, _ in FORMS:
        assert "\x1b" not in render(done.report, form) or form in {"csv", "json"}
    assert "'=cmd|x" in render(done.report, "csv")
    assert json.loads(render(done.report, "json"))["total"] == done.report.total
    assert "Cells: 12 = " in render(done.report, "text")


def test_nothing_is_written_outside_or_through_links(into, tmp_path):
    for path in ("../x.yaml", "projects/../x.yaml", "standards/x.yaml", "projects/a/.x.yaml", "/etc/x.yaml"):
        with pytest.raises(NotWritten):
            write(into, {path: b"x"})
    outside = tmp_path / "outside"
    outside.mkdir()
    (into / "projects").symlink_to(outside)
    with pytest.raises(NotWritten):
        write(into, {"projects/a/project.yaml": b"x"})
    assert list(outside.iterdir()) == []
    with pytest.raises(NotWritten):
        write(into, {}, beside={"a/b.md": b"x"})


def test_writing_touches_only_what_differs(into):
    assert write(into, {"projects/a/project.yaml": b"x"}, beside={"report.md": b"y"}) == (
        "projects/a/project.yaml", "report.md",
    )  # fmt: skip
    assert write(into, {"projects/a/project.yaml": b"x"}, beside={"report.md": b"y"}) == ()
    assert sorted(path.name for path in (into / "projects/a").iterdir()) == ["project.yaml"]


cell = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["", "31.03.2025", "£1,0", "12", "Amber", "Exempt under Section 1", "---", "- x\n- y", "true", "a: b", "TOTAL"]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(cell, min_size=12, max_size=12), max_size=4))
def test_whatever_a_list_holds_the_files_are_sound_and_the_sum_is_right(tmp_path_factory, rows):
    import csv
    import io

    into = tmp_path_factory.mktemp("any")
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL).writerows([HEADER.split(";"), *rows])
    data = stream.getvalue().encode()
    run(into, data, as_of=date(2023, 3, 31))
    assert remarks_of(into) == []
    assert run(into, data, as_of=date(2023, 3, 31)).files == {}


def test_amounts_never_pass_through_floats(into):
    run(into, table(ROW.replace("£1,234.5", "0.1")))
    assert plan(into).budget.approved.amount == Decimal(100_000)
    assert import_list(table(ROW), mapping(), FolderTree(into)).report.sha256
