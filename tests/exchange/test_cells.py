"""A cell becomes a value, exactly, and says what was changed on the way."""

from datetime import date
from decimal import Decimal

import pytest
from handrail.exchange import cells
from handrail.exchange.cells import NumberStyle

POUNDS = NumberStyle(symbols=("£",), times=Decimal(1_000_000))
EURO = NumberStyle(symbols=("EUR", "€"), decimal=",", thousands=".")
FORMATS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d %B %Y")


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("plain", "plain", ()),
        ("", None, ()),
        (" x ", "x", ("spaces around it were taken off",)),
        ("a\u00a0b", "a b", ("no-break spaces became spaces",)),
        ("a\r\nb", "a b", ("line ends made alike", "its lines were joined")),
        ("a\x07\u202eb", "ab", ("invisible characters were taken out",)),
        ("a  b", "a b", ("double spaces became one",)),
        ("=1+1", "=1+1", ()),
        ("<b>x</b>", "<b>x</b>", ()),
    ],
)
def test_text(text, value, notes):
    cell = cells.one_line(text)
    assert (cell.value, cell.notes, cell.problem) == (value, notes, None)


def test_prose_keeps_its_lines():
    assert cells.prose("one\ntwo") == cells.Cell(value="one\ntwo")
    assert cells.prose("\none \n\n\n\ntwo\n").value == "one\n\ntwo"


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("2027-02-15", date(2027, 2, 15), None),
        ("15.02.2027", date(2027, 2, 15), "the day is written year first"),
        (" 15/02/2027 ", date(2027, 2, 15), "the day is written year first"),
        ("15 February 2027", date(2027, 2, 15), "the day is written year first"),
        ("03/04/2027", date(2027, 4, 3), "read as %d/%m/%Y, although it could also mean 2027-03-04"),
    ],
)
def test_days(text, value, note):
    cell = cells.day(text, FORMATS)
    assert cell.value == value
    assert cell.notes[-1:] == ((note,) if note else ())


@pytest.mark.parametrize("text", ["soon", "31.02.2027", "2027", "15.02.27"])
def test_what_is_no_day_is_not_guessed(text):
    assert cells.day(text, ("%d.%m.%Y",)).problem == "this is no day written like 15.02.2027"


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("£1,234.5", POUNDS, 1_234_500_000),
        ("0", POUNDS, 0),
        ("£0.00", POUNDS, 0),
        ("-30.69", POUNDS, -30_690_000),
        ("(12)", NumberStyle(), -12),
        ("0.1", NumberStyle(), Decimal("0.1")),
        ("1.234,50 €", EURO, Decimal("1234.5")),
        ("EUR 12", EURO, 12),
        ("\u00a07", NumberStyle(), 7),
        ("0.000001", POUNDS, 1),
    ],
)
def test_figures_are_exact(text, style, value):
    cell = cells.number(text, style, digits=2)
    assert (cell.value, type(cell.value)) == (value, type(value))


@pytest.mark.parametrize("text", ["n/a", "1,23", "12,3456", "1.2.3", "£", "--1", "1e3", "٣"])
def test_what_is_no_figure_is_not_guessed(text):
    assert cells.number(text, POUNDS).problem


def test_rounding_is_told():
    cell = cells.number("1.005", NumberStyle(), digits=2)
    assert (cell.value, cell.notes) == (1, ("rounded from 1.005 to 2 decimal places",))
    assert cells.number("9" * 60, POUNDS).problem == "this number is too long"


def test_shares_words_and_lists():
    assert cells.percent("40 %", NumberStyle()).value == "40%"
    assert cells.percent("0.4", NumberStyle(times=Decimal(100))).value == "40%"
    assert cells.yes_no("Y").value == "yes"
    assert cells.yes_no("maybe").problem
    assert cells.items("a, b,,c", ",").value == ["a", "b", "c"]
    assert cells.mapped("AMBER", {"Amber": "amber"}, ignore_case=True).value == "amber"
    assert cells.mapped("AMBER", {"Amber": "amber"}, ignore_case=False).problem
