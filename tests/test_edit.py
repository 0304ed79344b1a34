"""Edits change one value and no other byte; what is written is read back as exactly the same value."""

from decimal import Decimal

import pytest
from handrail.edit import NotEditable, NotWritable, dump, remove_value, set_body, set_value, splice
from handrail.source import read_front_matter, read_yaml
from handrail.source.text import HIDDEN
from hypothesis import given, settings
from hypothesis import strategies as st

PLAN = """\
# A plan that people keep by hand
id: visitor-desk            # the folder's name
name: New visitor desk, Lyon
empty:
why:
  problem: |
    Visitors wait.

    Two incidents.
  objective: OBJ-4   # see strategy
scope: {in: [Desk, 'Badge printer'], out: []}
milestones:                 # planned = what was approved
- {id: M1, name: Start, planned: 2026-10-05}
- id: M3
  # moved twice already
  name: Desk opens
  planned: 2027-02-01

# money
budget:
    currency: EUR
    approved: 48000
# the end
"""


def lines_changed(before, after):
    old, new = before.splitlines(), after.splitlines()
    return [line for line in new if line not in old], [line for line in old if line not in new]


@pytest.mark.parametrize(
    ("path", "value", "added", "gone"),
    [
        (("name",), "Desk: Lyon", ["name: 'Desk: Lyon'"], ["name: New visitor desk, Lyon"]),
        (("id",), "other", ["id: other            # the folder's name"],
         ["id: visitor-desk            # the folder's name"]),
        (("empty",), Decimal("1.50"), ["empty: 1.50"], ["empty:"]),
        (("budget", "approved"), 50400, ["    approved: 50400"], ["    approved: 48000"]),
        (("budget", "forecast"), 1, ["    forecast: 1"], []),
        (("milestones", 0, "planned"), "2026-10-06", ["- {id: M1, name: Start, planned: 2026-10-06}"],
         ["- {id: M1, name: Start, planned: 2026-10-05}"]),
        (("milestones", 0, "actual"), "2026-10-06", ["- {id: M1, name: Start, planned: 2026-10-05, actual: 2026-10-06}"],
         ["- {id: M1, name: Start, planned: 2026-10-05}"]),
        (("milestones", 1, "forecast"), "2027-02-15", ["  forecast: 2027-02-15"], []),
        (("milestones", 2), {"id": "M4", "name": "Closed"}, ["- id: M4", "  name: Closed"], []),
        (("scope", "out", 0), "Car park", ["scope: {in: [Desk, 'Badge printer'], out: [Car park]}"],
         ["scope: {in: [Desk, 'Badge printer'], out: []}"]),
        (("scope", "in", 2), "a, b", ["scope: {in: [Desk, 'Badge printer', 'a, b'], out: []}"],
         ["scope: {in: [Desk, 'Badge printer'], out: []}"]),
        (("why", "problem"), "Short", ["  problem: Short"], ["  problem: |", "    Visitors wait.", "    Two incidents."]),
        (("why", "objective"), "one\ntwo", ["  objective: |-   # see strategy", "    one", "    two"],
         ["  objective: OBJ-4   # see strategy"]),
        (("extra", "department"), "DFT", ["extra:", "  department: DFT"], []),
        (("budget",), None, ["budget: null"], ["budget:", "    currency: EUR", "    approved: 48000"]),
        (("empty",), {"a": [1, {"b": True}]}, ["  a:", "  - 1", "  - b: true"], []),
    ],
)  # fmt: skip
def test_one_value_changes_and_nothing_else(path, value, added, gone):
    after = set_value(PLAN, path, value)
    assert lines_changed(PLAN, after) == (added, gone)


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (("name",), ["name: New visitor desk, Lyon"]),
        (("why", "problem"), ["  problem: |", "    Visitors wait.", "    Two incidents."]),
        (("milestones", 1), ["- id: M3", "  # moved twice already", "  name: Desk opens", "  planned: 2027-02-01"]),
        (("budget", "approved"), ["    approved: 48000"]),
    ],
)
def test_removal_takes_one_value(path, gone):
    assert lines_changed(PLAN, remove_value(PLAN, path)) == ([], gone)


def test_removal_takes_the_group_that_would_be_empty():
    assert remove_value("a: 1\nb:\n  c:\n    d: 1\n", ("b", "c", "d")) == "a: 1\n"
    assert remove_value("a: {x: 1, y: 2}\n", ("a", "y")) == "a: {x: 1}\n"
    assert remove_value("a: {x: 1, y: 2}\n", ("a", "x")) == "a: {y: 2}\n"
    assert remove_value("a:\n- x: 1\n  y: 2\n", ("a", 0, "x")) == "a:\n- y: 2\n"


def test_front_matter_is_edited_inside_its_fences():
    page = "---\nas_of: 2026-11-30   # the file's name\nstatus: amber\n---\nDone: permit.\n\n---\nNext: offer.\n"
    after = set_value(page, ("status",), "red")
    assert after == page.replace("amber", "red")
    after = set_value(page, ("because",), "The joiner's workshop burnt down")
    assert after == page.replace("amber\n", "amber\nbecause: The joiner's workshop burnt down\n")
    assert set_body(page, "New.\n") == page[: page.index("Done")] + "New.\n"
    assert read_front_matter("p.md", set_body(page, "New.\n").encode()).body == "New.\n"


def test_line_ends_stay_as_they_are():
    after = set_value("a: 1\r\nb: 2\r\n", ("c", "d"), 3)
    assert after == "a: 1\r\nb: 2\r\nc:\r\n  d: 3\r\n"


def test_texts_without_a_value_are_filled():
    assert set_value("", ("a",), 1) == "a: 1\n"
    assert set_value("# only a word\n", ("a", "b"), 1) == "# only a word\na:\n  b: 1\n"
    assert set_value("a: 1", ("b",), 2) == "a: 1\nb: 2"


@pytest.mark.parametrize(
    ("text", "path"),
    [("a: [", ("a",)), ("a: 1\n", ("a", "b")), ("a: [1]\n", ("a", 5)), ("a: &x 1\n", ("b",)), ("- a\n", ("b",))],
)
def test_what_cannot_be_edited_is_refused(text, path):
    with pytest.raises(NotEditable):
        set_value(text, path, 1)


@pytest.mark.parametrize("value", ["\x00", "a\u202eb", "\ud800", float("1.5"), Decimal("NaN"), {"": 1}, {"<<": 1}])
def test_what_the_reader_would_refuse_is_not_written(value):
    with pytest.raises(NotWritable):
        dump({"a": value})


def test_house_style():
    value = {"risks": [{"id": "R-1", "title": "no", "effect": "a: b"}, {"id": "R-2"}], "none": [], "nested": [[1, 2]]}
    assert dump(value) == (
        "risks:\n- id: R-1\n  title: no\n  effect: 'a: b'\n- id: R-2\nnone: []\nnested:\n- - 1\n  - 2\n"
    )
    assert dump({"a": "one\ntwo\n", "b": "true", "c": "012", "d": "1.0"}) == (
        "a: |\n  one\n  two\nb: 'true'\nc: '012'\nd: '1.0'\n"
    )


def writable(text):
    return not HIDDEN.search(text)


texts = st.text(st.characters(codec="utf-8"), max_size=40).filter(writable) | st.text(
    " \n\t:#-'\"{}[],&*!|>%@`=?~\\abc019.", max_size=20
)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(
    lambda text: writable(text) and text.strip() not in {"", "<<"}
)
scalars = (
    texts | st.integers() | st.booleans() | st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2)
)
values = st.recursive(
    scalars, lambda one: st.lists(one, max_size=4) | st.dictionaries(names, one, max_size=4), max_leaves=12
)


@given(texts)
def test_any_text_is_read_back(text):
    assert read_yaml("a.yaml", dump({"a": text, "z": [text]}).encode()).value == {"a": text, "z": [text]}
    assert read_yaml("a.yaml", dump([text, {"k": text}]).encode()).value == [text, {"k": text}]


@given(values)
def test_any_value_is_read_back(value):
    document = read_yaml("a.yaml", dump({"a": value}).encode())
    assert (document.value, document.remarks) == ({"a": value}, ())


@settings(max_examples=300)
@given(st.dictionaries(names, values, max_size=4), names, values, values)
def test_any_value_can_be_set_changed_and_removed(whole, name, first, second):
    text = "# head\n" + (dump(whole) if whole else "") + "# foot\n"
    one = set_value(text, (name,), first)
    two = set_value(one, (name,), second)
    assert read_yaml("a.yaml", two.encode()).value == {**whole, name: second}
    assert two.startswith("# head\n")
    assert two.endswith("# foot\n") or not whole
    gone = remove_value(two, (name,))
    assert (read_yaml("a.yaml", gone.encode()).value or {}) == {key: one for key, one in whole.items() if key != name}


paths = st.lists(names | st.integers(0, 2), min_size=1, max_size=4).map(tuple)


@settings(max_examples=300)
@given(st.dictionaries(names, values, max_size=4), names, paths, scalars, st.booleans())
def test_edits_deep_down_are_exact_or_refused(whole, name, path, value, flow):
    from handrail.yaml_text import inline

    text = f"top:\n  {'a: ' + inline(whole) if flow else 'b: 1'}\n" + (dump(whole) if whole and not flow else "")
    before = read_yaml("a.yaml", text.encode()).value
    try:
        after = set_value(text, (name, *path), value)
    except NotEditable:
        return
    found = read_yaml("a.yaml", after.encode()).value
    for step in (name, *path):
        found = found[step]
    assert found == value
    assert read_yaml("a.yaml", after.encode()).value.get("top") == before.get("top") or name == "top"


MANY = [
    (("name",), False, "Desk", False),
    (("milestones", 1, "planned"), False, "2027-02-15", False),
    (("milestones", 1, "forecast"), False, "2027-02-22", False),
    (("milestones",), False, {"id": "M4", "name": "Closed"}, True),
    (("milestones",), False, {"id": "M5", "name": "Seen"}, True),
    (("budget", "approved"), True, None, False),
    (("why", "objective"), True, None, False),
]


def test_many_changes_at_once_are_what_they_are_one_by_one():
    text = PLAN
    for path, removed, value, append in MANY:
        items = read_yaml("p.yaml", text.encode()).value["milestones"]
        there = (*path, len(items)) if append else path
        text = remove_value(text, there) if removed else set_value(text, there, value)
    assert splice(PLAN, MANY) == text
    assert "# moved twice already" in text


def test_changes_that_meet_in_one_place_are_refused_as_a_whole():
    with pytest.raises(NotEditable):
        splice(PLAN, [(("budget",), True, None, False), (("budget", "approved"), False, 1, False)])
