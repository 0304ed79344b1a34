"""A list in a workbook becomes the same projects as the same list in CSV, and every cell of it is accounted for."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

import openpyxl
from handrail.exchange.imports import import_list
from handrail.load import FolderTree

from tests.exchange.lists import HEADER, MAPPING, ROW, mapping, run, table

END = datetime(2025, 3, 31)  # noqa: DTZ001 - a spreadsheet knows no zones
HEAD = HEADER.split(";")


def book(*rows, above=(), sheet="Portfolio", others=()):
    made = openpyxl.Workbook()
    place = made.worksheets[0]
    place.title = sheet
    for row in (*above, HEAD, *rows):
        place.append(list(row))
    for name in others:
        made.create_sheet(name).append(["something else"])
    return made


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


TYPED = (
    2023,
    "A_1",
    "Bridge",
    "DFT",
    "Building",
    "To cross the river",
    None,
    "Amber",
    "Steel is late",
    END,
    1234.5,
    "Bob",
)


def test_a_workbook_and_the_same_list_as_csv_are_the_same_projects(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    run(tmp_path / "a", table(ROW))
    done = run(tmp_path / "b", saved(book(TYPED)))
    assert [one.outcome for one in done.report.rows] == ["created"]
    for path in (tmp_path / "a").rglob("*.*"):
        other = tmp_path / "b" / path.relative_to(tmp_path / "a")
        assert other.read_text() == path.read_text()
    assert not run(tmp_path / "b", saved(book(TYPED))).files  # and importing it again changes nothing


def test_the_head_is_found_below_a_title_and_on_its_sheet(tmp_path):
    made = book(TYPED, above=[["Projects of the department"], [], ["as of", END]], others=["Notes", "Old"])
    made.move_sheet("Portfolio", 2)
    done = run(tmp_path, saved(made))
    assert [one.row for one in done.report.rows] == [5]
    said = " ".join(done.report.notes)
    assert "2 rows above the head" in said
    assert "Notes, Old" in said


def test_a_sheet_can_be_named(tmp_path):
    made = book(TYPED)
    other = made.create_sheet("Next year")
    other.append(HEAD)
    other.append(["2024", *TYPED[1:2], "Tunnel", *TYPED[3:]])
    assert b"Tunnel" in run(tmp_path, saved(made), sheet="next year").files["projects/a-1/project.yaml"]
    assert (
        "no sheet `Nowhere`"
        in import_list(saved(made), mapping(), FolderTree(tmp_path), sheet="Nowhere").remarks[0].message
    )


def test_figures_are_handed_over_in_the_list_s_own_writing(tmp_path):
    text = MAPPING.replace("numbers: {symbols: [£], thousands: ','}", "numbers: {decimal: ',', thousands: '.'}")
    done = run(tmp_path, saved(book(TYPED)), text)
    assert b"approved: 1234500000" in done.files["projects/a-1/project.yaml"]


def test_what_a_cell_hides_is_told(tmp_path):
    made = book(TYPED)
    place = made.worksheets[0]
    place["K2"] = "=1+1"
    place["F2"] = "#REF!"
    place["C3"] = "Lost"
    place.merge_cells("I2:I3")
    done = run(tmp_path, saved(made))
    said = " ".join(done.report.notes)
    assert "K2: it holds a formula whose result was not saved" in said
    assert "F2: it shows the error #REF!" in said
    assert "merged" in said
    assert [(one.row, one.outcome) for one in done.report.rows] == [(2, "created"), (3, "not imported")]


def test_what_is_no_workbook_is_refused_with_words(tmp_path):
    for data in (b"PK\x03\x04nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100):
        done = import_list(data, mapping(), FolderTree(tmp_path))
        assert len(done.remarks) == 1
        assert not done.files


def test_shares_days_and_texts_keep_what_they_say(tmp_path):
    text = MAPPING.replace(
        "- {to: because, from: comment, longest: 30, heading: Rating}", "- {to: because, from: comment}"
    )
    made = book((*TYPED[:8], "'=late", END, Decimal("0.1"), "Bob"))
    place = made.worksheets[0]
    place["L2"], place["L2"].number_format = 0.4, "0%"
    done = run(tmp_path, saved(made), text)
    assert b"because: =late" in done.files["projects/a-1/reports/2023-03-31.md"]
    assert next(one.value for one in done.report.cells if one.column == "clerk") == "40%"
