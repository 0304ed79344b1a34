"""A bad mapping is told in its place with the way to mend it, and nothing is imported by half."""

from pathlib import Path

import pytest
from handrail.exchange.imports import FOLDER, read_mapping
from handrail.source import spans

ROOT = Path(__file__).resolve().parents[2]
HEAD = "format: 1\nid: m\ntitle: T\nsystem: s\nkey: no\n"
REST = "- {to: tier, value: small}\n- {to: phase, value: planning}\n"
GOOD = HEAD + "fields:\n- {to: name, from: title}\n" + REST


def told(text):
    read = read_mapping("m.yaml", text.encode())
    assert (read.mapping is None) == bool(read.remarks)
    places = spans([one.loc for one in read.remarks], lambda _: text.encode())
    return [f"{places[one.loc].line}: {one.message} {one.fix}" for one in read.remarks]


def test_a_good_mapping_has_no_remarks():
    assert told(GOOD) == []
    assert told("title: [") != []


@pytest.mark.parametrize("path", sorted((ROOT / FOLDER).glob("*.yaml")), ids=lambda path: path.name)
def test_shipped_mappings_are_good(path):
    read = read_mapping(path.name, path.read_bytes())
    assert read.remarks == ()
    assert read.mapping is not None
    assert read.mapping.id == path.stem


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (GOOD.replace("key: no\n", ""), 1, "`key:"),
        (GOOD.replace("{to: name", "{too: name"), 7, "`to`?"),
    ],
)
def test_what_the_reader_and_the_schema_refuse_is_told_in_its_place(text, line, word):
    assert any(one.startswith(f"{line}: ") and word in one for one in told(text))


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (GOOD + "- {to: budgt.approved, from: cost}\n", "10: `budgt` is no field there. Did you mean `budget`?"),
        (GOOD + "- {to: milestones.planned, from: end}\n",
         "10: `planned` stands below a list. Name the item by its id: `milestones[M1].planned`."),
        (GOOD + "- {to: budget, from: cost}\n",
         "10: `budget` is a group of fields, not one field. Go on to one of them, such as `budget.<field>`."),
        (GOOD + "- {to: id, from: no}\n", "10: `id` is written by the import itself. Delete this rule."),
        (GOOD + "- {to: unit, from: a, value: b}\n",
         "10: A field comes either from a column or has a fixed value. Give one of `from` and `value`."),
        (GOOD + "- {to: state, from: a}\n",
         "10: `state` is one of active, suspended, cancelled, closed; nothing says which text means which. Add `values`."),
        (GOOD + "- {to: state, value: gone}\n",
         "10: `gone` is not possible for `state`. It is one of active, suspended, cancelled, closed."),
        (GOOD + "- {to: unit, from: a, when: {column: b, matches: '('}}\n",
         "10: This pattern cannot be used: missing ): (. Correct it; RE2 knows no look-around and no back-references."),
        (GOOD + "- {to: unit, from: a, when: {column: b}}\n",
         "10: This condition asks for nothing. Add `matches`, `is`, `empty`, `before` or `after`."),
        (GOOD + "dates: [day.month]\n", "10: `day.month` is no format of a day. Write it like `%d.%m.%Y`, `%Y-%m-%d` or `%d %B %Y`."),
        (GOOD + "table: {encodings: utf-99}\n", "10: No encoding is called `utf-99`. Try `utf-8` or `cp1252`."),
        (GOOD + "records:\n- file: ../other.md\n",
         "11: Nothing in a project's folder is read at `../other.md`. Write `reports/{as_of}.md` or `lessons/L-001.md`."),
        (GOOD + "records:\n- file: reports/{as_of}.md\n  fields:\n  - {to: as_of, value: '{as_of}'}\n",
         "11: Status is missing: nothing in this mapping fills it in this file. Add `to: status`."),
        (HEAD + "fields:\n" + REST, "1: Name is missing: nothing in this mapping fills it in the plan. Add `to: name`."),
    ],
)  # fmt: skip
def test_faults_are_told_in_their_place(text, remark):
    assert remark in told(text)
