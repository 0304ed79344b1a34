"""Messages: how values read in a sentence, escapes, and that nothing ever raises."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum

import pytest
from handrail.model.money import Money
from handrail.rules.expression import Fault, Undecided
from handrail.rules.shapes import ANY, NUMBER, TEXT, ObjectShape, Shape
from handrail.rules.text import Template, compile_text, in_words
from hypothesis import given
from hypothesis import strategies as st

ROOTS: dict[str, Shape] = {"item": ObjectShape("risk", {"title": TEXT, "impact": NUMBER}), "it": ANY}


class State(StrEnum):
    OPEN = "open"


class Level(Enum):
    HIGH = "high"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "yes"),
        (False, "no"),
        ("text", "text"),
        (State.OPEN, "open"),
        (Level.HIGH, "high"),
        (7, "7"),
        (-1500, "-1500"),
        (Decimal("1.50"), "1.5"),
        (Decimal("100.00"), "100"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.0"), "0"),
        (Decimal(1) / 3, "0.333333"),
        (Decimal("-0.00000001"), "-0.00000001"),
        (date(2027, 2, 15), "15 Feb 2027"),
        (datetime(2027, 2, 5, 9, 30), "5 Feb 2027 09:30"),  # noqa: DTZ001 - plans' instants carry no zone of their own
        (Money(Decimal(48000), "EUR"), "48,000 EUR"),
        ((), "nothing"),
        (("a",), "a"),
        (("a", "b"), "a and b"),
        (["a", Decimal("2.0"), None], "a, 2 and nothing"),
        ({"title": "Lift"}, "Lift"),
        ({"id": "R-1"}, "R-1"),
        (object(), "?"),
        (Undecided(reason="no data"), "?"),
        pytest.param(10**5000, "?", id="too long to write"),
    ],
)
def test_in_words(value, words):
    assert in_words(value) == words


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("plain", "plain"),
        ("", ""),
        ("Risk {item.title}!", "Risk Lift!"),
        ("{item.title}{item.title}", "LiftLift"),
        ("{{item}} {{{item.title}}}", "{item} {Lift}"),
        ("{'}' == item.title}", "no"),
        ('{"{" + 1 == null ? 1 : 2}', None),
        ("{item.impact}", "nothing"),
        ("{item.impact * 2}", "?"),
        ("{it.anything}", "nothing"),
        ("two\nlines {1 + 1}", "two\nlines 2"),
    ],
)
def test_render(source, written):
    template = compile_text(source, ROOTS)
    if written is None:
        assert not isinstance(template, Template)
    else:
        assert isinstance(template, Template)
        assert template.render({"item": {"title": "Lift"}}) == written


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("Risk {item.titel}", [(11, 5)]),
        ("{item.a} and {item.b}", [(6, 1), (19, 1)]),
        ("a } b", [(2, 1)]),
        ("a { b", [(2, 1)]),
        ("{}", [(1, 1)]),
        ("{item.title", [(0, 1)]),
    ],
)
def test_faults_stand_in_the_message(source, places):
    faults = compile_text(source, ROOTS)
    assert not isinstance(faults, Template)
    assert [(fault.offset, fault.length) for fault in faults] == places


def test_reads():
    template = compile_text("{item.title} {it.owner}", ROOTS)
    assert isinstance(template, Template)
    assert template.reads == {"item.title", "it.owner"}


@given(st.text(alphabet=st.sampled_from("{}'\"\\ai.t+1 "), max_size=40))
def test_any_message_compiles_or_is_faulted_and_never_raises(source):
    template = compile_text(source, ROOTS)
    if isinstance(template, Template):
        assert isinstance(template.render({}), str)
    else:
        assert all(isinstance(fault, Fault) for fault in template)


@given(st.one_of(st.decimals(allow_nan=False, allow_infinity=False), st.integers(), st.dates(), st.booleans()))
def test_in_words_never_raises(value):
    assert in_words(value)
