"""The Excel workbook and the calendars: read back by another program's rules, the same bytes each time, nothing that runs."""

import io
import re
import zipfile
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from handrail.export.dataset import Dataset
from handrail.export.workbook import MOST, workbook

SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def table(path="risks", rows=(), columns=("id", "text")):
    return Dataset(path=path, columns=columns, rows=tuple(rows))


def opened(data, number=1):
    packed = zipfile.ZipFile(io.BytesIO(data))
    assert packed.testzip() is None
    return ET.fromstring(packed.read(f"xl/worksheets/sheet{number}.xml"))


def cells(data, number=1):
    found = {}
    for one in opened(data, number).iterfind(".//m:c", SPACE):
        text = one.find("m:is/m:t", SPACE)
        value = one.find("m:v", SPACE)
        found[one.get("r")] = text.text if text is not None else ("number", value.text, one.get("s"))
    return found


def test_every_part_is_well_formed_and_named():
    data = workbook([table(rows=[{"id": "R-1", "text": "a & <b>"}]), table("projects/x/risks")])
    packed = zipfile.ZipFile(io.BytesIO(data))
    for name in packed.namelist():
        ET.fromstring(packed.read(name))
    names = [one.get("name") for one in ET.fromstring(packed.read("xl/workbook.xml")).iterfind(".//m:sheet", SPACE)]
    assert names == ["risks", "risks 2"]
    assert cells(data)["B2"] == "a & <b>"


@pytest.mark.parametrize("bad", ["=cmd()", "+1", "-1", "@x", "\t=1", " =1", "\uff1dA1"])
def test_no_text_becomes_a_formula(bad):
    data = workbook([table(rows=[{"id": "R-1", "text": bad}])])
    assert cells(data)["B2"].startswith("'")
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_numbers_days_and_money_stay_what_they_are():
    row = {
        "id": Decimal("-1234.50"),
        "text": {"amount": Decimal(48000), "currency": "EUR"},
        "on": "2026-12-04",
        "old": "1600-01-01",
        "ok": True,
    }
    found = cells(workbook([table(rows=[row], columns=("id", "text", "on", "old", "ok"))]))
    assert found["A2"] == ("number", "-1234.50", None)
    assert (found["B2"], found["C2"]) == (("number", "48000", None), "EUR")
    assert found["D2"] == ("number", "46360", "2")  # days since 30 Dec 1899
    assert found["E2"] == "1600-01-01"
    assert found["F2"] == "yes"


def test_what_no_sheet_can_hold_is_left_out_or_said():
    data = workbook([table(rows=[{"id": "\x00\x1b[31m\ud800", "text": "x" * 40_000}])])
    assert cells(data)["A2"] == "[31m"
    assert len(cells(data)["B2"]) == 32_767
    many = cells(workbook([table(rows=[{"id": n, "text": "t"} for n in range(MOST + 3)])]))
    assert many[f"A{MOST + 2}"] == f"The first {MOST:,} of {MOST + 3:,} rows; risks.csv has them all."


def test_the_same_tables_give_the_same_bytes_whatever_the_clock_says(monkeypatch):
    rows = [{"id": "R-1", "text": "x"}]
    first = workbook([table(rows=rows)])
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert workbook([table(rows=rows)]) == first
    assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_of_columns(count):
    names = tuple(f"c{n}" for n in range(count))
    data = workbook([table(columns=names, rows=[dict.fromkeys(names, "x")])])
    assert sum(bool(re.fullmatch("[A-Z]+2", one)) for one in cells(data)) == count
