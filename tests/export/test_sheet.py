"""The cells of the published sheets are those that openpyxl would write, to the letter."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from handrail.export.csv_file import safe, table
from handrail.export.dataset import Dataset
from handrail.export.sheet import MOST, sheet
from handrail.export.workbook import workbook
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

ON = date(2026, 12, 4)
PART = "xl/worksheets/sheet1.xml"


def plain_sheet(columns, rows):
    """The XML of a sheet as openpyxl writes it, from values that need no care."""
    book = openpyxl.Workbook(write_only=True)
    place = book.create_sheet("one")
    place.freeze_panes = "A2"
    for number, name in enumerate(columns):
        longest = max(
            (max(map(len, str(row[number]).split("\n"))) for row in rows if row[number] is not None), default=0
        )
        place.column_dimensions[get_column_letter(number + 1)].width = min(max(longest, len(name) + 2, 8), 50)
    place.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    titles = [WriteOnlyCell(place, value=name) for name in columns]
    for cell in titles:
        cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="0B4F6C")
    place.append(titles)
    for row in rows:
        place.append(row)
    out = io.BytesIO()
    book.save(out)
    return zipfile.ZipFile(out).read(PART).decode()


def our_sheet(columns, rows):
    data = Dataset(path="one", columns=columns, rows=tuple(dict(zip(columns, row, strict=True)) for row in rows))
    return zipfile.ZipFile(io.BytesIO(workbook([data], ON))).read(PART).decode()


def test_the_same_sheet_as_openpyxl_writes():
    columns = tuple(f"c{number}" for number in range(30))
    texts = [
        "plain",
        "a & <b> \"c\" 'd'",
        " led",
        "trailed\n",
        "two\nlines",
        "carriage\rreturn",
        "Köln 😀",
        "a\tb",
        "]]>",
        "x" * 80,
    ]
    numbers = [
        0,
        -3,
        10**14,
        Decimal("0.1"),
        Decimal("-1234.50"),
        Decimal("1E+3"),
        Decimal("0.30000000000000004"),
        2**53 + 1,
    ]
    rows = [
        [*texts, *numbers, *[None] * 12],
        [None] * 30,
        [*[f"text {number}" for number in range(29)], None],
    ]
    assert ET.canonicalize(our_sheet(columns, rows)) == ET.canonicalize(plain_sheet(columns, rows))


def test_a_day_is_the_day_that_openpyxl_writes():
    days = [date(1900, 3, 1), date(1999, 12, 31), date(2024, 2, 29), date(9999, 12, 31)]
    ours = our_sheet(("on",), [[one.isoformat()] for one in days])
    assert ET.canonicalize(ours) == ET.canonicalize(plain_sheet(("on",), [[one] for one in days]))


NO_DAY = st.text(max_size=40).filter(lambda one: not re.fullmatch(r"\d{4}-\d{2}-\d{2}", one))


@example(["2000-1-01", "=1", "\ufffe", " "])
@given(st.lists(NO_DAY, min_size=1, max_size=8))
def test_any_text_can_be_read_back_or_is_shortened_by_what_no_sheet_can_hold(texts):
    data = Dataset(path="one", columns=("text",), rows=tuple({"text": one} for one in texts))
    book = openpyxl.load_workbook(io.BytesIO(workbook([data], ON)))
    found = [row[0].value for row in book.worksheets[0].iter_rows(min_row=2, max_row=len(texts) + 1)]
    for text, value in zip(texts, [*found, *[None] * len(texts)], strict=False):
        held = "".join(one for one in safe(text) if one in "\t\n\r" or (one >= " " and one not in "\ufffe\uffff"))
        assert (value or "") == "".join(one for one in held if not "\ud800" <= one <= "\udfff")


@pytest.mark.parametrize(
    "number", [10**400, Decimal("1E+400"), Decimal("NaN"), Decimal("Infinity"), -Decimal("Infinity")]
)
def test_a_number_that_no_spreadsheet_has_stands_in_words(number):
    data = Dataset(path="one", columns=("number",), rows=({"number": number},))
    cell = openpyxl.load_workbook(io.BytesIO(workbook([data], ON))).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).lstrip("'").startswith(str(number)[0].lstrip("-"))


def test_a_sheet_ends_with_what_it_leaves_out():
    data = Dataset(path="one", columns=("n",), rows=tuple({"n": number} for number in range(MOST + 1)))
    assert sheet(data).span == f"A1:A{MOST + 1}"
    assert len(table(data)["n"]) == MOST + 1
