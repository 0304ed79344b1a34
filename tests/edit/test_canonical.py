"""Canonical YAML: as the form editor's library writes it, with every value and comment kept."""

import subprocess
import sys
from pathlib import Path

import pytest
from handrail.canonical import NotFormattable, formatted
from handrail.edit import dump
from handrail.load.tree import FolderTree
from handrail.model.kinds import kind_of
from handrail.source import read_front_matter, read_yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.site import governed

ROOT = Path(__file__).resolve().parents[2]

# What the `yaml` library of npm (2.9) writes for {k: TEXT} with the form editor's options: block style, lineWidth 0,
# plain unless needed, single quotes, dashes at the name's column. Worked out with the library, kept here as a table.
AS_THE_LIBRARY = {
    "two words": "two words", "": "''", "yes": "yes", "on": "on", "Yes": "Yes", "true": "'true'", "TRUE": "'TRUE'",
    "Null": "'Null'", "~": "'~'", "~a": "~a", "1": "'1'", "1.5": "'1.5'", "-3": "'-3'", "007": "'007'", "1e3": "'1e3'",
    "0x1F": "'0x1F'", "0o14": "'0o14'", "1.": "'1.'", ".5": "'.5'", "+1": "'+1'", "1,000": "1,000", "1_000": "1_000",
    "2026-12-04": "2026-12-04", "2026-11": "2026-11", "10:30": "10:30", "40%": "40%", ".inf": "'.inf'", ".nan": "'.nan'",
    "a: b": "'a: b'", "a:b": "a:b", "a :b": "a :b", "a:": "'a:'", "a #b": "'a #b'", "a#b": "a#b", "#a": "'#a'",
    "- a": "'- a'", "-a": "-a", "-": "'-'", "1 -": "'1 -'", "?a": "?a", "? a": "'? a'", "?": "'?'", ":a": ":a",
    "@a": "'@a'", "`a": "'`a'", "&a": "'&a'", "*a": "'*a'", "!a": "'!a'", "%a": "'%a'", "|a": "'|a'", ">a": "'>a'",
    "[a]": "'[a]'", "{a}": "'{a}'", "a]": "a]", "]a": "']a'", ",a": "',a'", "a, b": "a, b", "(a)": "(a)", "/a": "/a",
    "=x": "=x", "$5": "$5", "_a": "_a", "€5": "€5", "...": "...", "it's": "it's", "'a'": "\"'a'\"", "'": '"\'"',
    '"a"': "'\"a\"'", "a'b: c": '"a\'b: c"', "a\\b's: x": '"a\\\\b\'s: x"', "a\"b'c: d": "'a\"b''c: d'", "a ": "'a '",
    " a": "' a'", "é 日本 😀": "é 日本 😀", "a\tb": "a\tb", "one\ntwo": "|-\n  one\n  two", "one\n": "|\n  one",
    "one\n\ntwo\n": "|\n  one\n\n  two", "one \ntwo": "|-\n  one \n  two", "a:\n- b": "|-\n  a:\n  - b",
    "a text that goes on and on and on and on and on and on and on and on and on and on: and further":
        "'a text that goes on and on and on and on and on and on and on and on and on and on: and further'",
}  # fmt: skip


@pytest.mark.parametrize("text", AS_THE_LIBRARY)
def test_texts_are_quoted_as_the_form_editor_does(text):
    written = dump({"k": text})
    assert written == f"k: {AS_THE_LIBRARY[text]}\n"
    assert read_yaml("x.yaml", written.encode()).value == {"k": text}


def test_groups_and_lists_stand_as_the_form_editor_writes_them():
    value = {"a": [], "b": {}, "c": [[1, 2], [{"x": 1, "y": [3]}]], "e": [{"id": "a", "l": ["x"], "m": {"q": 1}}],
             "key: colon": 1, "2026-11": 5, "yes": 1, "a b": 2, "#x": 1, "é": 1, "12": 1, "l": ["a\nb", ""]}  # fmt: skip
    assert dump(value) == (
        "a: []\nb: {}\nc:\n- - 1\n  - 2\n- - x: 1\n    y:\n    - 3\ne:\n- id: a\n  l:\n  - x\n  m:\n    q: 1\n'key: colon': 1\n"
        "2026-11: 5\nyes: 1\na b: 2\n'#x': 1\né: 1\n'12': 1\nl:\n- |-\n  a\n  b\n- ''\n"
    )


BY_HAND = """\
# about the file

id:   desk        # never changes
name: 'New desk'
cost: 48000.50
team: {j.okafor: 40%, 'l.petit': "20%"}   # shares


why:
    problem: |   # in the visitors' words
      They wait # long.

    benefit: >-
      folded into
      one line
    # benefit: {what: Waiting}
milestones:   # planned = approved
  # moved twice
  - {id: M1, name: "Start # 1", planned: 2026-10-05}   # done
  - id: M2
    name: 'M2: open'
    # why it moved
    forecast: 2027-02-15

# money
budget:
  {approved: 1.0, spent: {}}   # the currency stands once
# the end
"""
LAID_OUT = """\
# about the file
id: desk # never changes
name: New desk
cost: 48000.5
team: # shares
  j.okafor: 40%
  l.petit: 20%
why:
  problem: | # in the visitors' words
    They wait # long.
  benefit: folded into one line
  # benefit: {what: Waiting}
milestones: # planned = approved
# moved twice
- id: M1 # done
  name: 'Start # 1'
  planned: 2026-10-05
- id: M2
  name: 'M2: open'
  # why it moved
  forecast: 2027-02-15

# money
budget:
  approved: 1 # the currency stands once
  spent: {}
# the end
"""


def test_a_file_kept_by_hand_is_laid_out_with_its_comments():
    assert formatted(BY_HAND) == LAID_OUT
    assert formatted(LAID_OUT) == LAID_OUT
    assert formatted("\ufeff" + BY_HAND.replace("\n", "\r\n")) == LAID_OUT


def test_only_the_data_block_of_a_page_is_touched():
    page = "---\nid: L-001\ntags: [a, b]\n---\n\nIt  *happened*   so.\n\n---\nx: {a: 1}\n"
    assert formatted(page) == "---\nid: L-001\ntags:\n- a\n- b\n---\n\nIt  *happened*   so.\n\n---\nx: {a: 1}\n"
    assert formatted("# A page\n\nWithout data: {a: 1}\n", page=True) == "# A page\n\nWithout data: {a: 1}\n"


@pytest.mark.parametrize("text", ["a: [1", "a: 1\na: 2\n", "a: &x 1\n", "\ta: 1\n"])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(NotFormattable):
        formatted(text)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "- a\n", "text\n"])
def test_what_is_no_group_of_fields_stays(text):
    assert formatted(text) == text


def test_every_file_of_the_sample_keeps_its_values_and_its_comments():
    tree = FolderTree(ROOT)
    looked = 0
    for path in tree.paths():
        kind = kind_of(path)
        if kind is None or not path.endswith((".yaml", ".md")):
            continue
        text = tree.read(path).decode()
        after = formatted(text, page=path.endswith(".md"))
        read = read_front_matter if path.endswith(".md") else read_yaml
        old, new = read(path, text.encode()), read(path, after.encode())
        assert (new.value, new.body) == (old.value, old.body)
        assert after.count("#") == text.count("#")
        assert formatted(after, page=path.endswith(".md")) == after
        looked += 1
    assert looked > 100


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=12
)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.none() | st.integers(-999, 999),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(str.strip), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), VALUES, min_size=1, max_size=4))
def test_what_was_dumped_is_canonical(value):
    assert formatted(dump(value)) == dump(value)


@pytest.fixture
def repository(tmp_path):
    return governed.make(tmp_path / "here")


def fmt(root, *words):
    return subprocess.run(
        [Path(sys.executable).parent / "handrail", "fmt", *words], cwd=root, capture_output=True, text=True, check=False
    )


def test_the_command_lists_writes_and_is_then_content(repository):
    plan = repository / "projects/visitor-desk/project.yaml"
    report = repository / "projects/visitor-desk/reports/2026-11-30.md"
    before = plan.read_bytes(), report.read_bytes()
    told = fmt(repository, "--check")
    assert told.returncode == 1
    assert "projects/visitor-desk/project.yaml" in told.stdout
    assert plan.read_bytes() == before[0]
    assert fmt(repository, "projects/visitor-desk").returncode == 0
    assert plan.read_bytes() != before[0]
    assert "- id: M3\n  name: Desk opens\n" in plan.read_text()
    assert report.read_bytes() == before[1]  # published: never changed
    again = fmt(repository, "--check", "projects/visitor-desk")
    assert again.returncode == 0
    assert "all laid out already" in again.stdout


def test_the_command_says_what_it_leaves_alone(repository):
    told = fmt(repository)
    assert told.returncode == 0
    assert "projects/broken-plan/project.yaml was left as it is" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("path", ["nowhere", "mkdocs.yml", "/etc"])
def test_the_command_touches_nothing_else(repository, path):
    told = fmt(repository, path)
    assert told.returncode == 2
    assert "name a file or folder of projects/ or standards/" in told.stderr
