"""Declared fields: from Python's types to one flat description, and what entities can do."""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Literal

import pytest
from handrail.fields import (
    Entity,
    IncompleteError,
    Limits,
    NotEmpty,
    OneOrMany,
    Pattern,
    Percent,
    Ref,
    Short,
    attached,
    entity,
    fields_of,
    many,
    named,
    noun,
    optional,
    required,
)
from handrail.model.money import Money
from handrail.model.organisation import PersonRecord
from handrail.model.project import Plan
from handrail.model.records import ChangeRequest
from handrail.model.registers import RaciRow
from handrail.remark import Loc


@entity
class Part(Entity):
    """A part."""

    name: str = required("Name", "What it is.", example="Bolt")


@entity
class Sample(Entity):
    """A thing with a field of every type."""

    id: Annotated[str, Pattern("[A-Z]+", "capital letters")] = required("Id", "Names it.")
    text: str | None = optional("Text", "Any.")
    who: Annotated[str, Ref("person")] | None = optional("Who", "A person.")
    filled: Annotated[str, NotEmpty] | None = optional("Filled", "Never blank.")
    choice: Literal["a", "b"] = optional("Choice", "One of two.", default="a")
    yes: bool | None = optional("Yes", "Or no.")
    count: int | None = optional("Count", "Whole.")
    scale: Annotated[int, Limits(1, 5)] | None = optional("Scale", "One to five.")
    least: Annotated[Decimal, Limits(0)] | None = optional("Least", "Not below zero.")
    share: Annotated[Decimal, Percent] | None = optional("Share", "A percentage.", unit="of the whole")
    day: date | None = optional("Day", "A day.")
    moment: date | datetime | None = optional("Moment", "A day or an instant.")
    money: Money | None = optional("Money", "An amount.")
    part: Part | None = optional("Part", "A group.")
    short: Annotated[Part, Short("name")] | None = optional("Short", "A group or its name.")
    parts: tuple[Part, ...] = many("Parts", "A list of groups.")
    words: Annotated[tuple[str, ...], OneOrMany, NotEmpty] = many("Words", "One or many.")
    by_day: Mapping[Annotated[str, Pattern("[0-9]+", "digits")], Annotated[Decimal, Percent]] = named(
        "By day", "Names."
    )
    in_: Any = optional("In", "A word of Python.")
    beside: tuple[str, ...] = attached()


FOUND = {one.key: one for one in fields_of(Sample)}


@pytest.mark.parametrize(
    ("key", "kind", "words"),
    [
        ("id", "text", "capital letters"),
        ("text", "text", "text"),
        ("who", "text", "a staff handle such as c.moreau"),
        ("choice", "choice", "one of a, b"),
        ("yes", "yes_no", "yes or no"),
        ("count", "number", "a whole number such as 3"),
        ("scale", "number", "a whole number from 1 to 5"),
        ("least", "number", "a number of 0 or more"),
        ("share", "percent", "a percentage such as 40%"),
        ("day", "date", "a day such as 2027-02-15"),
        ("moment", "when", "a day such as 2027-02-15, or a day and time such as 2027-02-15T10:30"),
        ("money", "money", "an amount such as 48000 or 48000.50"),
        ("part", "group", "a group of fields"),
        ("short", "group", "text, or a group of fields"),
        ("parts", "list", "a list"),
        ("words", "list", "a list"),
        ("by_day", "map", "names, each with a value"),
        ("in", "any", "fields of your own"),
    ],
)
def test_types(key, kind, words):
    assert (FOUND[key].type.kind, FOUND[key].type.words) == (kind, words)


def test_what_python_cannot_say_is_kept():
    types = {key: one.type for key, one in FOUND.items()}
    assert (types["id"].pattern, types["who"].ref, types["choice"].values) == ("[A-Z]+", "person", ("a", "b"))
    assert (types["count"].integer, types["least"].integer) == (True, False)
    assert (types["scale"].minimum, types["scale"].maximum, types["least"].maximum) == (Decimal(1), Decimal(5), None)
    assert (types["part"].cls, types["short"].short) == (Part, "name")
    assert (types["words"].one_or_many, types["words"].not_empty, types["filled"].not_empty) == (True, True, True)
    assert types["parts"].item == types["part"]
    by_day = types["by_day"]
    assert by_day.key
    assert by_day.item
    assert (by_day.key.pattern, by_day.item.kind) == ("[0-9]+", "percent")


def test_declarations_are_told_in_order():
    assert [one.key for one in fields_of(Sample)][:3] == ["id", "text", "who"]
    assert "beside" not in FOUND
    assert (FOUND["in"].name, FOUND["in"].key) == ("in_", "in")
    assert (FOUND["id"].required, FOUND["text"].required) == (True, False)
    assert (FOUND["share"].unit, FOUND["share"].baselined) == ("of the whole", False)
    assert fields_of(Sample) is fields_of(Sample)


def test_what_is_left_out_has_its_default():
    made = Sample(id="A")
    assert (made.text, made.choice, made.parts, made.by_day, made.loc) == (None, "a", (), {}, Loc(""))
    assert isinstance(made.by_day, MappingProxyType)


@pytest.mark.parametrize(
    ("given", "words"),
    [({}, "id"), ({"id": "A", "wrong": 1}, "wrong"), ({"id": "A", "in": 1}, "in"), ({"wrong": 1}, "id")],
)
def test_making_is_strict(given, words):
    with pytest.raises(IncompleteError, match=f"Sample: missing or unknown: {words}$"):
        Sample(**given)
    with pytest.raises(TypeError):
        Sample("A")  # type: ignore[call-arg]


def test_entities_do_not_change():
    made = Sample(id="A")
    with pytest.raises(FrozenInstanceError):
        made.id = "B"
    with pytest.raises(FrozenInstanceError):
        del made.id
    with pytest.raises(FrozenInstanceError):
        made.other = 1  # type: ignore[attr-defined]
    assert not hasattr(made, "__dict__")


def test_equal_is_what_is_written_equally():
    one, same = Sample(id="A", loc=Loc("f")), Sample(id="A", loc=Loc("g"))
    assert one == same
    assert hash(one) == hash(same)
    assert one != Sample(id="A", text="x")
    assert one.__eq__("A") is NotImplemented
    assert len({one, same, Part(name="x"), Part(name="y")}) == 3


def test_replace_and_repr():
    made = replace(Sample(id="A", loc=Loc("f")), text="x")
    assert (made.text, made.loc) == ("x", Loc("f"))
    assert repr(made) == "Sample(id='A', text='x', choice='a')"
    assert [one.name for one in fields(made)][:3] == ["loc", "id", "text"]


@pytest.mark.parametrize(
    ("cls", "word"),
    [
        (Plan, "project"),
        (PersonRecord, "person"),
        (ChangeRequest, "change request"),
        (RaciRow, "line of responsibilities"),
    ],
)
def test_things_are_called_what_people_call_them(cls, word):
    assert noun(cls) == word
