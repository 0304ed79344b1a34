"""Files that are no plan, or mean harm: a message with the line, never a traceback, and nothing is written."""

from __future__ import annotations

import pytest
from handrail.exchange.msproject import tree
from handrail.exchange.msproject.convert import foreign
from handrail.exchange.msproject.read import read
from handrail.exchange.msproject.tree import NotReadable

from tests.exchange.plans import NAMESPACE, plan_file, task

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Project xmlns="http://schemas.microsoft.com/project"><Title>&c;</Title></Project>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE Project [<!ENTITY file SYSTEM "file:///etc/passwd">]>
<Project xmlns="http://schemas.microsoft.com/project"><Title>&file;</Title></Project>"""
BAD = {
    "billion laughs": (LAUGHS, "document type", 2),
    "a file from outside": (OUTSIDE, "document type", 2),
    "a document type alone": ('<!DOCTYPE Project SYSTEM "http://bad.example/x.dtd">\n<Project/>', "document type", 1),
    "no XML": ("id;name\n1;Bridge\n", "cannot be read as XML", 1),
    "nothing": ("", "cannot be read as XML", 1),
    "half a file": (f'<Project xmlns="{NAMESPACE}">\n<Tasks>\n<Task>', "cannot be read as XML", 3),
    "an entity that nobody declared": (
        f'<Project xmlns="{NAMESPACE}">\n<Title>&bad;</Title></Project>',
        "cannot be read as XML",
        2,
    ),
    "another format": ("<html>\n<body/></html>", "no plan of Microsoft Project", 1),
    "another namespace": (
        '\n<Project xmlns="http://bad.example/project"><Tasks/></Project>',
        "no plan of Microsoft Project",
        2,
    ),
    "no namespace": ("<Project><Tasks/></Project>", "no plan of Microsoft Project", 1),
    "very deep": (f'<Project xmlns="{NAMESPACE}">' + "<a>" * 100_000, "nested too deeply", 1),
    "a very long text": (
        f'<Project xmlns="{NAMESPACE}">\n<Title>' + "x" * 1_100_000 + "</Title></Project>",
        "too long",
        2,
    ),
    "an unknown encoding": ('<?xml version="1.0" encoding="klingon"?><Project/>', "cannot be read as XML", None),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_is_no_plan(case):
    text, words, line = BAD[case]
    with pytest.raises(NotReadable) as caught:
        read(text.encode())
    assert words in caught.value.message
    assert caught.value.fix
    assert line is None or caught.value.line == line


def test_too_many_parts(monkeypatch):
    monkeypatch.setattr(tree, "MAX_NODES", 50)
    with pytest.raises(NotReadable, match="too many parts"):
        read(plan_file(task(1), task(2)))


def test_too_many_bytes(monkeypatch):
    monkeypatch.setattr(tree, "MAX_BYTES", 50)
    with pytest.raises(NotReadable, match="more than 50"):
        read(plan_file(task(1)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_every_encoding_that_says_its_name(encoding):
    name = encoding.removesuffix("-sig")
    data = plan_file(task(1, "Brücke")).decode().replace('encoding="UTF-8"', f'encoding="{name}"').encode(encoding)
    assert read(data).tasks[0].fields["name"] == "Brücke"


def test_absurd_numbers_are_told_and_never_kept():
    result = read(
        plan_file(
            task(1, Priority="9" * 400, PercentComplete="9" * 400, Duration="PT" + "9" * 400 + "H"),
            task("9" * 400, "Nobody"),
            head=f"<MinutesPerDay>{'9' * 300}</MinutesPerDay><MinutesPerWeek>-5</MinutesPerWeek><StartDate>0001-01-01T00:00:00</StartDate>",
        )
    )
    assert {one.element for one in result.notes} == {"Duration", "MinutesPerDay", "MinutesPerWeek", "StartDate", "Task"}
    assert [one.fields for one in result.tasks] == [{"name": "Task 1"}]


def test_what_another_reader_must_read_first():
    assert foreign(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more") == ".mpp"
    assert foreign(b"ERMHDR\t8.0") == ".xer"
    assert foreign(b'<?xml version="1.0"?><APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera"/>') == ".xml"
    assert foreign(plan_file()) is None
    assert foreign(b"anything else") is None
