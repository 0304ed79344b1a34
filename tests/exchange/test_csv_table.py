"""A CSV file is read as it came; what had to be guessed is said."""

import csv
import io

import pytest
from handrail.exchange.csv_table import read_table
from hypothesis import given
from hypothesis import strategies as st


def cells(table):
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("data", "encoding", "delimiter"),
    [
        (b"a;b\n1;2\n", "utf-8", ";"),
        (b"a,b\n1,2\n", "utf-8", ","),
        (b"a\tb\r\n1\t2\r\n", "utf-8", "\t"),
        (b"\xef\xbb\xbfa|b\n1|2", "utf-8-sig", "|"),
        ("a;b\n1;2\n".encode("utf-16"), "utf-16", ";"),
        ("a;b\n1;2\n".encode("utf-16-le"), "utf-16-le", ";"),
        (b"a;b\r1;2\r", "utf-8", ";"),
    ],
)
def test_encoding_and_delimiter_show_by_themselves(data, encoding, delimiter):
    table = read_table(data)
    assert (table.encoding, table.delimiter, table.columns, cells(table)) == (
        encoding,
        delimiter,
        ("a", "b"),
        [("1", "2")],
    )
    assert table.why_encoding
    assert table.why_delimiter


def test_western_letters_are_read_and_the_reason_given():
    table = read_table("name;cost\nCafé;£1,234.5\n".encode("cp1252"))
    assert cells(table) == [("Café", "£1,234.5")]
    assert (table.encoding, table.why_encoding) == (
        "cp1252", "the bytes are no utf-8, and cp1252 is the next that the mapping names",
    )  # fmt: skip


def test_bytes_of_no_encoding_are_told():
    table = read_table(b"a;b\n\x81;2\n")
    assert cells(table) == [("\ufffd", "2")]
    assert "1 bytes are no cp1252 letters" in table.notes[0].message


def test_a_comma_inside_text_does_not_win_over_the_semicolon():
    assert read_table(b"id;what\n1;one, two, three\n2;four, five\n").delimiter == ";"


def test_quotes_hold_line_ends_delimiters_and_quotes():
    table = read_table(b'a;b\n"x;\n""y""";2\n3;4\n')
    assert cells(table) == [('x;\n"y"', "2"), ("3", "4")]
    assert [(row.number, row.line) for row in table.rows] == [(2, 2), (3, 4)]


def test_columns_of_one_name_are_numbered():
    table = read_table(b"rating;rating;rating (2);;n\n1;2;3;4;5\n")
    assert table.columns == ("rating", "rating (3)", "rating (2)", "column 4", "n")
    assert [note.message for note in table.notes] == [
        "Two columns are called `rating`; the later one is called `rating (3)` here.",
        "Column 4 has no name; it is called `column 4` here.",
    ]


def test_rows_that_do_not_fit_are_kept_and_told():
    table = read_table(b"a;b;c\n1;2\n1;2;3;4\n1;2;3\n")
    assert cells(table) == [("1", "2", "", ""), ("1", "2", "3", "4"), ("1", "2", "3", "")]
    assert [(note.line, note.message) for note in table.notes][1:] == [
        (2, "Row 2 has 2 cells, the header 3; the missing ones count as empty."),
        (3, "Row 3 has 4 cells, the header 3; those beyond it stand in columns without a name."),
    ]


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest():
    table = read_table(b'a;b\n"open;2\n3;4\n')
    assert cells(table) == [('"open', "2"), ("3", "4")]
    assert table.notes[0].message == "Row 2: a quote is opened and never closed; the cell ends with its line."


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_told(data):
    table = read_table(data)
    assert (table.columns, table.rows) == ((), ())
    assert "empty" in table.notes[-1].message


def test_zero_bytes_and_blank_lines_are_left_out():
    table = read_table(b"a;b\n\n1\x00;2\n\n")
    assert cells(table) == [("1", "2")]
    assert table.notes[0].message == "1 zero bytes stood in the file and were left out."


@given(st.binary(max_size=200))
def test_no_bytes_raise(data):
    table = read_table(data)
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=8)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=6), st.sampled_from(";,\t|"))
def test_what_a_spreadsheet_writes_is_read_back(rows, delimiter):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([("first", "second"), *rows])
    table = read_table(stream.getvalue().encode(), delimiters=(delimiter,))
    assert cells(table) == rows
    assert table.notes == ()
