"""The derived JSON Schema: sound, strict, and of one mind with a second validator and with the builder."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from handrail import schema
from handrail.build import Context, build, prune
from handrail.fault import Fault
from handrail.fields import Entity, FieldType, fields_of
from handrail.model.kinds import CONTAINERS, KINDS
from handrail.model.money import Money
from handrail.model.organisation import Organisation
from handrail.model.policy import Policy
from handrail.model.project import Plan
from handrail.model.records import Approval, Report
from handrail.model.registers import Risk
from handrail.schema_advice import flow, sample
from handrail.source import read_yaml
from hypothesis import given, settings
from hypothesis import strategies as st

CLASSES = sorted({kind.cls for kind in KINDS} | set(CONTAINERS.values()), key=lambda cls: cls.__name__)


def schema_of(cls: type[Entity]) -> dict[str, Any]:
    return schema.json_schema(cls)


def context() -> Context:
    return Context(file="f.yaml", currency="EUR")


def every_class() -> list[type[Entity]]:
    found: dict[str, type[Entity]] = {}
    waiting = [*CLASSES]
    while waiting:
        cls = waiting.pop()
        if cls.__name__ in found:
            continue
        found[cls.__name__] = cls
        for field in fields_of(cls):
            kind: FieldType | None = field.type
            while kind is not None:
                waiting += [kind.cls] if kind.cls else []
                kind = kind.item
    return [found[name] for name in sorted(found)]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_kind_has_a_sound_and_closed_schema(cls):
    made = schema_of(cls)
    jsonschema.Draft202012Validator.check_schema(made)
    jsonschema_rs.Draft202012Validator(made, offline=True)
    for part in parts_of(made):
        if "properties" in part:
            assert part["additionalProperties"] is False
            assert set(part.get("required", ())) <= set(part["properties"])


def parts_of(part):
    if isinstance(part, dict):
        yield part
        for one in part.values():
            yield from parts_of(one)
    elif isinstance(part, list):
        for one in part:
            yield from parts_of(one)


def test_a_fragment_demands_nothing():
    assert "required" not in schema.json_schema(Plan, whole=False)
    assert not schema.check(Plan, {"risks": []}, whole=False)
    assert schema.check(Plan, {"risks": []})


@pytest.mark.parametrize("cls", [*every_class(), Policy], ids=lambda cls: cls.__name__)
def test_every_example_fits_its_own_field(cls):
    for field in fields_of(cls):
        if field.example is None:
            continue
        value = read_yaml("f.yaml", f"{field.key}: {flow(field.example)}\n".encode()).value
        wrong = [one for one in schema.check(cls, value, whole=False) if one.path]
        assert not wrong, (cls.__name__, field.key, wrong)
        assert sample(field)


@pytest.mark.parametrize("cls", every_class(), ids=lambda cls: cls.__name__)
def test_fields_are_told_in_words(cls):
    for field in fields_of(cls):
        assert field.title
        assert field.title[0].isupper()
        assert field.description.endswith((".", "?")), (cls.__name__, field.key)
    assert (cls.__doc__ or "").strip()


ATOMS: Any = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**16), 10**16), st.decimals(-9999, 9999, places=2), st.sampled_from(
        ["", " ", "yes", "no", "small", "planning", "open", "green", "2026-02-28", "2026-02-30", "0000-01-01", "2026-10-05T10:30",
         "2026-10-05T25:00", "2026-1-5", "40%", "40 %", "-5.5%", "R-001", "r-1", "c.moreau", "EUR", "3d", "+2d", "OBJ-4", "x y"]
    ), st.text(max_size=5),
)  # fmt: skip


TEXTS = (
    "text",
    "R-001",
    "c.moreau",
    "EUR",
    "3d",
    "+2d",
    "S-RISK",
    "S-RISK.1",
    "1.0.0",
    "visitor-desk",
    "2026-10",
    "RSK-01",
)


def values_for(kind: FieldType, depth: int) -> Any:
    """Mostly what fits, sometimes anything."""
    good = _fitting(kind, depth)
    return st.integers(0, 9).flatmap(lambda number: ATOMS if number == 5 else good)


def _fitting(kind: FieldType, depth: int) -> Any:
    if kind.kind == "list" and kind.item:
        return st.lists(values_for(kind.item, depth), max_size=2)
    if kind.kind == "map" and kind.item:
        keys = (
            ["7", "007", ""]
            if not kind.key or not (kind.key.pattern or kind.key.values)
            else ["2026-10", "c.moreau", "time"]
        )
        return st.dictionaries(st.sampled_from(keys), values_for(kind.item, depth), max_size=2)
    if kind.kind == "group":
        return entities(kind.cls or Entity, depth - 1) if depth else st.none()
    fits: dict[str, Any] = {
        "text": st.sampled_from([one for one in TEXTS if not kind.pattern or re.fullmatch(kind.pattern, one)] or ["x"]),
        "choice": st.sampled_from(kind.values or ("x",)),
        "yes_no": st.sampled_from([True, False, "yes", "no"]),
        "number": st.integers(1, 5),
        "percent": st.just("40%"),
        "date": st.dates(min_value=date(1000, 1, 1)).map(str),
        "when": st.datetimes(min_value=datetime(1000, 1, 1)).map(lambda one: f"{one:%Y-%m-%dT%H:%M}"),  # noqa: DTZ001
        "money": st.integers(0, 10**6)
        | st.fixed_dictionaries({"amount": st.integers(0, 9), "currency": st.just("EUR")}),
        "any": ATOMS,
    }
    return fits[kind.kind]


def _later(kind: FieldType, depth: int) -> Any:
    return st.deferred(lambda: values_for(kind, depth))


def entities(cls: type[Entity], depth: int = 2) -> Any:
    needed = {one.key: values_for(one.type, depth) for one in fields_of(cls) if one.required}
    others = {one.key: _later(one.type, depth) for one in fields_of(cls) if not one.required}
    keys: Any = st.lists(st.sampled_from(sorted(others)), max_size=4, unique=True) if others else st.just([])
    more = keys.flatmap(lambda chosen: st.fixed_dictionaries({key: others[key] for key in chosen}))
    return st.tuples(st.fixed_dictionaries(needed), more).map(lambda pair: {**pair[0], **pair[1]})


def _second_opinion() -> Any:
    checker = jsonschema.FormatChecker(formats=())
    checker.checks("date", ValueError)(_is_date)
    checker.checks("day-or-instant", ValueError)(lambda text: not isinstance(text, str) or schema._is_instant(text))
    types = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "number": lambda _, one: isinstance(one, (int, Decimal)) and not isinstance(one, bool),
            "integer": lambda _, one: isinstance(one, (int, Decimal)) and not isinstance(one, bool) and one == int(one),
        }
    )
    return jsonschema.validators.extend(jsonschema.Draft202012Validator, type_checker=types), checker


def _is_date(text: object) -> bool:
    return not isinstance(text, str) or bool(date.fromisoformat(text))


SECOND, FORMATS = _second_opinion()


@settings(max_examples=400)
@given(
    st.sampled_from([Plan, Risk, Report, Approval, Organisation]).flatmap(
        lambda cls: st.tuples(st.just(cls), entities(cls))
    )
)
def test_two_validators_and_the_builder_are_of_one_mind(pair):
    cls, value = pair
    faults = schema.check(cls, value)
    # Python's `$` matches before a last line break; the first validator's does not
    if "\n" not in repr(value):
        assert SECOND(schema.json_schema(cls), format_checker=FORMATS).is_valid(value) == (not faults)
    for one in faults:
        assert re.match(r"[A-Z\"`']", one.message), one
        assert one.message.endswith("."), one
        assert one.fix, one
    rest = prune(value, {one.path for one in faults})
    while wrong := {path for path in schema.misfits(cls, rest) if path and _at(rest, path) is not None}:
        rest = prune(rest, wrong)
    made = build(cls, rest, context())
    assert made is None or type(made) is cls
    if not faults:
        assert made is not None


def _at(value, path):
    for step in path:
        value = value.get(step) if isinstance(value, dict) else value[step]
        if value is None:
            return None
    return value


def fault(cls: type[Entity], text: str) -> Fault:
    (one,) = schema.check(cls, read_yaml("f.yaml", text.encode()).value, whole=False)
    return one


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        (
            "due: 03/04/2026",
            "Write it as year-month-day: `due: 2026-04-03` for 3 April, or `due: 2026-03-04` for 4 March.",
        ),
        ("due: 04/04/2026", "Write it as year-month-day: `due: 2026-04-04`."),
        ("due: 31/12/2026", "Write it as year-month-day: `due: 2026-12-31`."),
        (
            "due: 40/50/2026",
            "Write the day that is meant as year-month-day: four digits, a hyphen, two, a hyphen, two.",
        ),
        ("due: 6 Dez 2026", "Write it as year-month-day: `due: 2026-12-06`."),
        ("due: 6 décembre 2026", "Write it as year-month-day: `due: 2026-12-06`."),
        ("due: 2026–12–06", "Write it with plain hyphens: `due: 2026-12-06`."),  # noqa: RUF001 - dashes are the point
        ("impact: 6", "The highest is `impact: 5`."),
        ("due: 2026-02-30", "The last day of that month is `due: 2026-02-28`."),
        ("due: 2028-02-30", "The last day of that month is `due: 2028-02-29`."),
        ("due: 2026-15-02", "There is no month 15; perhaps day and month are swapped: `due: 2026-02-15`."),
        ("due: Feb 15, 2027", "Write it as year-month-day: `due: 2027-02-15`."),
        (
            "cost_impact: 48,000",
            "Write it without a comma: `cost_impact: 48000`, or `cost_impact: 48.000` if it is less than 49.",
        ),
        ("cost_impact: 1.234,56", "Write it as a plain number: `cost_impact: 1234.56`."),
        ("cost_impact: '1,234.56'", "Write it as a plain number: `cost_impact: 1234.56`."),
        ("cost_impact: 1'234'567", "Write it as a plain number: `cost_impact: 1234567`."),
        ("cost_impact: 2400 EUR", "Write it as a plain number: `cost_impact: 2400`."),
        ("cost_impact: '2400'", "Write it without quotes: `cost_impact: 2400`."),
        ("cost_impact: 0x1F", "Write it like this: `cost_impact: 2400`."),
        ("probability_pct: 0.3", "Write it as a percentage: `probability_pct: 30%`."),
        ("probability_pct: 12,5 %", "Write it with the percent sign and no space: `probability_pct: 12.5%`."),
        ("response: Reduce", "Did you mean `response: reduce`?"),
        ("owner: true", "Put it in quotes: `owner: 'true'`."),
        ("impact: 03", "Write it as a plain number: `impact: 3`."),
    ],
)
def test_the_fix_is_the_line_to_paste(line, fix):
    assert fault(Risk, line).fix == fix


def test_a_place_far_down_is_named_by_its_thing():
    assert fault(Plan, "risks: [{id: R-1, title: Joiner fails, impact: 9}]").message == (
        'Impact of "Joiner fails" must be a whole number from 1 to 5, but it is `9`.'
    )
    assert (
        fault(Plan, "issues: [{title: 'Burnt\n\n  down'}]").message
        == 'The field "Id" is missing in the issue "Burnt down".'
    )


def test_a_text_in_a_message_is_one_short_line():
    long = "x`y\n" * 5000
    (one,) = schema.check(Plan, {"unit": {}, long: 1}, whole=False)[1:]
    assert len(one.message) < 120
    assert "\n" not in one.message
    assert one.message.count("`") == 2


def test_too_many_faults_end_the_list():
    faults = schema.check(Plan, {f"field{i}": 1 for i in range(10_000)})
    assert len(faults) == schema.MAX_FAULTS + 1
    assert [one for one in faults if one.fatal] == [faults[-1]]


def test_left_out_items_keep_the_places_of_the_others():
    value = read_yaml("f.yaml", b"risks: [{id: R-1, title: x}, 3, {id: R-3, title: y}]").value
    made = build(
        Plan, {**prune(value, {("risks", 1)}), "id": "a", "name": "b", "tier": "small", "phase": "planning"}, context()
    )
    assert [(one.id, one.loc.path) for one in made.risks] == [("R-1", ("risks", 0)), ("R-3", ("risks", 2))]


def test_values_become_what_the_model_says():
    text = b"{id: R-1, title: 4711, impact: 3, probability_pct: 12.5%, cost_impact: 2400.50, due: 2026-12-12}"
    made = build(Risk, read_yaml("f.yaml", text).value, context())
    assert (made.title, made.impact, made.probability_pct, made.cost_impact, made.due.isoformat()) == (
        "4711", 3, Decimal("0.125"), Money(Decimal("2400.50"), "EUR"), "2026-12-12",
    )  # fmt: skip
    whole = build(Risk, {"id": "R-1", "title": "x", "impact": Decimal("3.0")}, context())
    assert type(whole.impact) is int


def test_what_lacks_its_core_is_left_out():
    assert build(Approval, {"id": "AP-1"}, context()) is None
    base = {"id": "a", "name": "b", "tier": "small", "phase": "planning"}
    made = build(
        Plan,
        {**base, "why": {"benefit": {"now": 3}}, "risks": [{"id": "R-1"}], "budget": {"approved": {"amount": 3}}},
        context(),
    )
    assert (made.why.benefit, made.risks, made.budget.approved) == (None, (), None)


def test_amounts_have_the_places_of_their_currency():
    asked = Context(file="f.yaml", currency="JPY")
    build(Risk, {"id": "R-1", "title": "x", "cost_impact": Decimal("12.50")}, asked)
    build(Risk, {"id": "R-1", "title": "x", "cost_impact": Decimal("12.00")}, asked)
    ((loc, message, fix),) = asked.problems
    assert loc.path == ("cost_impact",)
    assert message == "The amount `12.50` has more decimal places than JPY has (0)."
    assert fix == "Round it, for example to `12`."


@pytest.mark.parametrize(
    "text", ["plain", "a: b", "it's", "#x", "x #y", "- x", "@x", "a, b", "yes", "40%", "", "'q'", "[x]", "a:"]
)
def test_flow_is_read_back_as_it_was(text):
    assert read_yaml("f.yaml", f"a: {flow(text)}".encode()).value["a"] in {text, None if text == "" else text}
    assert read_yaml("f.yaml", f"a: {flow([text, text])}".encode()).value["a"] in ([text, text], [None, None])
