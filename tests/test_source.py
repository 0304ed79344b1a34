"""Strict reading: scalars, positions, limits, and that nothing a file holds makes the reader raise."""

import re
import time
from decimal import Decimal

import pytest
import yaml
from handrail.remark import Loc, Span
from handrail.source import (
    MAX_DEPTH,
    MAX_NODES,
    MAX_REMARKS,
    Places,
    locate,
    read_front_matter,
    read_prose,
    read_yaml,
    span_of,
    spans,
)
from hypothesis import given, settings
from hypothesis import strategies as st


def value_of(text):
    document = read_yaml("f.yaml", text.encode())
    assert not document.remarks, document.remarks
    return document.value


def first_of(text):
    return read_yaml("f.yaml", text.encode()).remarks[0].message


@pytest.mark.parametrize(
    "word",
    [
        *("yes", "no", "Yes", "NO", "y", "n", "on", "off", "On", "True", "TRUE", "False", "FALSE", "Null", "NULL", "~"),
        *("012", "0o14", "0x1F", "0b11", "1_000", "+3", ".5", "5.", "1e3", "1E3", ".inf", "-.inf", ".nan", "00"),
        *(
            "12:30",
            "190:20:30",
            "1,5",
            "1.000,5",
            "2026-10-05",
            "2026-10-05T10:30",
            "2026-1-5",
            "=",
            "1.2.3",
            "40%",
        ),
    ],
)
def test_what_yaml_calls_something_else_stays_text(word):
    assert value_of(f"a: {word}\n") == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("0", 0), ("-3", -3), ("48000", 48000), ("0.5", Decimal("0.5")), ("1.50", Decimal("1.50")), ("-0", Decimal("-0")),
        ("true", True), ("false", False), ("null", None), ("", None),
    ],
)  # fmt: skip
def test_plain_numbers_and_three_words_are_values(word, value):
    found = value_of(f"a: {word}\n")["a"]
    assert found == value
    assert type(found) is type(value)
    assert str(found) == str(value)


@pytest.mark.parametrize("quoted", ["'12'", '"12"', "'true'", "'null'", "''", '"2.5"'])
def test_quotes_make_text(quoted):
    assert value_of(f"a: {quoted}\n") == {"a": quoted[1:-1]}


def test_a_number_longer_than_any_figure_is_text():
    assert value_of("a: " + "9" * 5000)["a"] == "9" * 5000
    assert value_of("a: 1." + "9" * 5000)["a"].startswith("1.9")


def test_keys_are_always_text():
    assert value_of("'<<': 1\n") == {"<<": 1}
    assert value_of("1: a\ntrue: b\nnull: c\n2026-10: d\n012: e\n") == {
        "1": "a", "true": "b", "null": "c", "2026-10": "d", "012": "e",
    }  # fmt: skip


POSITIONS = [
    ("a: 1\nbc: two\n", ("bc",), (2, 1, 2, 3), (2, 5, 2, 8)),
    ("a:\n  b:\n  - x\n  - y: 1\n", ("a", "b", 1, "y"), (4, 5, 4, 6), (4, 8, 4, 9)),
    ("a:\n  b:\n  - x\n  - y: 1\n", ("a", "b", 0), (3, 5, 3, 6), (3, 5, 3, 6)),
    ("a: {b: [1, {c: 2}]}\n", ("a", "b", 1, "c"), (1, 13, 1, 14), (1, 16, 1, 17)),
    ("a: |\n  one\n  two\nb: 1\n", ("a",), (1, 1, 1, 2), (1, 4, 4, 1)),
    ("a: 'one\n  two'\nb: 1\n", ("a",), (1, 1, 1, 2), (1, 4, 2, 7)),
    ("a: one\n  two\nb: 1\n", ("b",), (3, 1, 3, 2), (3, 4, 3, 5)),
    ("é😀: 日本\n", ("é😀",), (1, 1, 1, 3), (1, 5, 1, 7)),
    ("a: 😀😀\nb: {c😀: 1, d: 2}\n", ("b", "d"), (2, 12, 2, 13), (2, 15, 2, 16)),
    ("a: 1\r\nb:\r\n  c: 2\r\n", ("b", "c"), (3, 3, 3, 4), (3, 6, 3, 7)),
    ("\ufeffa: 1\n", ("a",), (1, 1, 1, 2), (1, 4, 1, 5)),
    ("# one\n\n# two\na: 1\n", ("a",), (4, 1, 4, 2), (4, 4, 4, 5)),
    ("a:\nb: 1\n", ("a",), (1, 1, 1, 2), (1, 3, 1, 3)),
]


@pytest.mark.parametrize(("text", "path", "key", "value"), POSITIONS)
def test_positions(text, path, key, value):
    places = locate("f.yaml", text.encode())
    assert [_figures(span) for span in places[path]] == [key, value]


def _figures(span):
    return span.line, span.column, span.end_line, span.end_column


def test_front_matter_counts_lines_of_the_file():
    text = b"---\nas_of: 2026-11-30\nstatus: [x\n---\nbody\n"
    assert str(read_front_matter("r.md", text).remarks[0].loc.span) == "r.md:3:9"
    good = b"---\r\nas_of: 2026-11-30\r\n---\r\n\r\nbody\r\n"
    document = read_front_matter("r.md", good)
    assert (document.value, document.body) == ({"as_of": "2026-11-30"}, "body\r\n")
    assert _figures(locate("r.md", good)["as_of",][0]) == (2, 1, 2, 6)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\na: 1\n---\nprose\n", "prose\n"),
        ("prose\n", "prose\n"),
        ("prose\n\n---\n\nmore\n", "prose\n\n---\n\nmore\n"),
        ("---\nan open line, then prose\n", "---\nan open line, then prose\n"),
        ("Summary\n=======\n\nprose\n", "Summary\n=======\n\nprose\n"),
    ],
)
def test_prose_keeps_what_is_prose(text, body):
    assert read_prose("index.md", text.encode()) == (body, ())


def test_a_place_without_a_key_is_the_nearest_above_it():
    places = locate("f.yaml", b"# head\na: 1\nrisks:\n- id: R-1\n  title: x\n")
    of = lambda *path: str(span_of(places, Loc("f.yaml", path)))  # noqa: E731
    assert of() == "f.yaml:2:1"
    assert of("missing") == "f.yaml:2:1"
    assert of("risks", 0) == "f.yaml:4:3"
    assert of("risks", 0, "owner") == "f.yaml:4:3"
    assert of("risks", 7, "owner") == "f.yaml:3:1"
    assert str(span_of(Places(), Loc("f.yaml", ("a",)))) == "f.yaml:1:1"
    fixed = Span(file="f.yaml", line=9, column=9, end_line=9, end_column=10)
    assert span_of(places, Loc("f.yaml", ("a",), fixed)) == fixed


def test_spans_reads_each_file_once():
    read = []

    def reader(file):
        read.append(file)
        return None if file == "gone.yaml" else b"a: 1\nb: 2\n"

    locs = [Loc("f.yaml", ("a",)), Loc("f.yaml", ("b",)), Loc("gone.yaml", ("b",))]
    assert [str(one) for one in spans(locs, reader).values()] == ["f.yaml:1:1", "f.yaml:2:1", "gone.yaml:1:1"]
    assert read == ["f.yaml", "gone.yaml"]


def test_what_is_refused_is_marked_as_faulty():
    document = read_yaml("f.yaml", b"a: &x 1\nb: {c: *x}\nd: 1\nd: 2\n<<: *x\ne: 3\n")
    assert document.value == {"a": 1, "b": {"c": None}, "d": 1, "e": 3}
    assert document.faulty == {("a",), ("b", "c"), ("d",), ("<<",)}
    assert not document.broken


def test_depth_is_bounded_to_the_step():
    deep = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert not read_yaml("f.yaml", deep.encode()).remarks
    assert "levels deep" in first_of(f"[{deep}]")


def test_many_values_are_bounded():
    assert not read_yaml("f.yaml", b"[" + b"1," * (MAX_NODES - 1) + b"]").remarks
    document = read_yaml("f.yaml", b"[" + b"1," * MAX_NODES + b"]")
    assert document.broken
    assert "250,000" in document.remarks[0].message


def test_many_remarks_are_bounded():
    document = read_yaml("f.yaml", b"a: 1\n" * 100_000)
    assert len(document.remarks) == MAX_REMARKS
    assert document.broken
    assert "More than 100" in document.remarks[-1].message


@pytest.mark.parametrize("data", [b"[" * 100_000, b"{a: " * 50_000, b"- " * 100_000, b"? " * 100_000, b"&a " * 50_000,
                                  b"a: [" + b"[1]," * 100_000, b'"' * 100_001, b"!" * 100_000, b"x" * 1_900_000,
                                  b"a:\n" + b" - \n" * 200_000, b"'" + b"\n" * 1_000_000])  # fmt: skip
def test_hostile_files_are_read_quickly(data):
    start = time.process_time()
    read_yaml("f.yaml", data)
    assert time.process_time() - start < 5


YAMLISH = st.lists(
    st.sampled_from(
        [*"{}[],:-?&*!|>'\"%@`#~ \t\n\r", ": ", "- ", "\n  ", "\n- ", "a", "id: ", "---\n", "...\n", "\ufeff", "\u2028", "\\x",
         "<<: ", "null", "1", "é", "😀"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=200), YAMLISH.map(str.encode), st.text(max_size=100).map(str.encode)))
def test_reading_never_raises(data):
    for document in (
        read_yaml("f.yaml", data),
        read_front_matter("f.md", data),
        read_front_matter("f.md", b"---\n" + data),
    ):
        assert document.remarks or not document.broken
        for remark in document.remarks:
            assert remark.message
            assert remark.fix
            assert re.fullmatch(r"f\.\w+:[1-9]\d*:[1-9]\d*", str(remark.loc.span))
    read_prose("f.md", data)
    locate("f.yaml", data)
    locate("f.md", b"---\n" + data)


LEAVES = st.one_of(
    st.integers(-999, 999), st.booleans(), st.none(), st.text("abcé😀 :#-'\"\n0", max_size=12), st.just("2026-10-05")
)
TREES = st.dictionaries(
    st.text("abcdé😀 0", min_size=1, max_size=6).filter(str.strip),
    st.recursive(
        LEAVES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=200)
@given(TREES, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_positions_agree_with_pyyaml(tree, flow, ending):
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, line_break=ending)
    wanted: dict[tuple[str | int, ...], object] = {}
    _walk(yaml.compose(text, Loader=yaml.SafeLoader), (), wanted)
    found = locate("f.yaml", text.encode())
    assert {path: tuple(map(_figures, pair)) for path, pair in found.items()} == wanted


def _walk(node, path, wanted, key=None):
    at = _marks(node)
    wanted[path] = (key or at, at)
    if isinstance(node, yaml.MappingNode):
        for name, inner in node.value:
            _walk(inner, (*path, name.value), wanted, _marks(name))
    elif isinstance(node, yaml.SequenceNode):
        for number, inner in enumerate(node.value):
            _walk(inner, (*path, number), wanted)


def _marks(node):
    first, last = node.start_mark, node.end_mark
    return first.line + 1, first.column + 1, last.line + 1, last.column + 1


@settings(max_examples=200)
@given(TREES)
def test_values_agree_with_pyyaml(tree):
    """What PyYAML's own reader makes of it when it may only know text."""
    text = yaml.safe_dump(tree, allow_unicode=True)
    document = read_yaml("f.yaml", text.encode())
    assert not document.remarks
    assert _texts(document.value) == _texts(yaml.load(text, Loader=yaml.BaseLoader))


def _texts(value):
    if isinstance(value, dict):
        return {key: _texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    if value is None or value == "null":
        return ""
    return re.sub(r"^(True|False)$", lambda found: found[0].lower(), str(value))
