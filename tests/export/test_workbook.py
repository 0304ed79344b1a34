"""The published workbooks: read back by openpyxl as what was written, the same bytes each time, nothing that runs."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from handrail.export.dataset import Dataset
from handrail.export.sheet import MOST, sheet
from handrail.export.workbook import books, workbook

DAY = date(2026, 12, 4)


def table(path="risks", rows=(), columns=("id", "text")):
    return Dataset(path=path, columns=columns, rows=tuple(rows))


def opened(data):
    packed = zipfile.ZipFile(io.BytesIO(data))
    assert packed.testzip() is None
    return openpyxl.load_workbook(io.BytesIO(data))


def written(*tables):
    return opened(workbook(tables, DAY)).worksheets[0]


def test_every_part_is_well_formed_and_every_sheet_named():
    data = workbook([table(rows=[{"id": "R-1", "text": "a & <b>"}]), table("projects/x/risks")], DAY)
    packed = zipfile.ZipFile(io.BytesIO(data))
    for name in packed.namelist():
        ET.fromstring(packed.read(name))
    assert packed.namelist()[0] == "[Content_Types].xml"
    book = opened(data)
    assert book.sheetnames == ["risks", "risks 2"]
    assert book["risks"]["B2"].value == "a & <b>"
    assert book["risks"].freeze_panes == "A2"
    assert book["risks"].auto_filter.ref == "A1:B2"


@pytest.mark.parametrize("bad", ["=cmd()", "+1", "-1", "@x", "\t=1", " =1", "\uff1dA1"])
def test_no_text_becomes_a_formula(bad):
    cell = written(table(rows=[{"id": "R-1", "text": bad}]))["B2"]
    assert cell.value.startswith("'")
    assert cell.data_type == "s"


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "TRUE", "007", "1e5"])
def test_text_that_a_spreadsheet_would_read_as_something_else_stays_text(text):
    cell = written(table(rows=[{"id": "R-1", "text": text}]))["B2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_numbers_days_and_money_stay_what_they_are():
    row = {
        "id": Decimal("-1234.50"),
        "text": {"amount": Decimal(48000), "currency": "EUR"},
        "on": "2026-12-04",
        "old": "1600-01-01",
        "ok": True,
        "exact": Decimal("0.1"),
    }
    sheet = written(table(rows=[row], columns=("id", "text", "on", "old", "ok", "exact")))
    found = [cell.value for cell in sheet[2]]
    assert found == [-1234.5, 48000, "EUR", datetime(2026, 12, 4), "1600-01-01", "yes", 0.1]  # noqa: DTZ001 - a day
    assert sheet["D2"].number_format == "yyyy-mm-dd"


def test_what_no_sheet_can_hold_is_left_out_or_said():
    sheet = written(table(rows=[{"id": "\x00\x1b[31m\ud800", "text": "x" * 40_000}]))
    assert sheet["A2"].value == "[31m"
    assert len(sheet["B2"].value) == 32_767
    many = written(table(rows=[{"id": n, "text": "t"} for n in range(MOST + 3)]))
    assert many[f"A{MOST + 2}"].value == f"The first {MOST:,} of {MOST + 3:,} rows; risks.csv has them all."


def test_the_same_tables_give_the_same_bytes_whatever_the_clock_says(monkeypatch):
    rows = [{"id": "R-1", "text": "x", "on": "2026-12-04"}]
    first = workbook([table(rows=rows)], DAY)
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert workbook([table(rows=rows)], DAY) == first
    packed = zipfile.ZipFile(io.BytesIO(first))
    assert {one.date_time for one in packed.infolist()} == {(2026, 12, 4, 0, 0, 0)}
    assert packed.read("docProps/core.xml").count(b"2026-12-04T00:00:00Z") == 2


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_of_columns(count):
    names = tuple(f"c{n}" for n in range(count))
    sheet = written(table(columns=names, rows=[dict.fromkeys(names, "x")]))
    assert sum(cell.value == "x" for row in sheet.iter_rows(min_row=2) for cell in row) == count


def test_each_table_is_a_workbook_of_its_own_too():
    tables = [
        table("portfolio", rows=[{"id": "a", "text": "=x"}]),
        table(
            'R & "D" <1>',
            rows=[{"id": n, "text": "t", "on": "2026-12-04"} for n in range(40)],
            columns=("id", "text", "on"),
        ),
    ]
    sheets = [(one.path, sheet(one)) for one in tables]
    together, *singles = books(sheets, {"portfolio", tables[1].path})
    assert (together.path, together.data(DAY)) == ("portfolio.xlsx", workbook(tables, DAY))
    found = {one.path.removesuffix(".xlsx"): one.data(DAY) for one in singles}
    assert [one.path for one in books(sheets)] == ["portfolio.xlsx"]
    for one in tables:
        assert found[one.path] == workbook([one], DAY)
        book = opened(found[one.path])
        assert book.worksheets[0].auto_filter.ref == sheet(one).span
        assert book.worksheets[0].cell(1, 1).font.b
    assert opened(found["portfolio"]).worksheets[0]["B2"].value == "'=x"
    other = opened(found[tables[1].path]).worksheets[0]
    assert other["C2"].number_format == "yyyy-mm-dd"
    assert other.max_row == 41
