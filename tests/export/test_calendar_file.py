"""Calendar files by the letter of RFC 5545: read back by a strict reader of our own, which refuses what the standard forbids."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from handrail.export.calendar_file import Event, calendar, escaped, folded

STAMP = datetime(2026, 12, 4, tzinfo=UTC)
DAY = date(2026, 12, 31)
_TEXT = {"SUMMARY", "DESCRIPTION", "CATEGORIES", "X-WR-CALNAME"}


def read(text: str) -> list[dict[str, str]]:
    """The events of a file, with text as it was before. Fails at anything that the standard does not allow."""
    data = text.encode()
    assert data.endswith(b"\r\n")
    physical = data.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    whole = [line.decode() for line in physical]  # no character is torn apart
    lines = "\r\n".join(whole).replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    inside = False
    for line in lines[1:-1]:
        match = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^:;,]+)*):(.*)", line)
        assert match, line
        name, value = match[1], match[3]
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
        if line in {"BEGIN:VEVENT", "END:VEVENT"}:
            assert inside == (line == "END:VEVENT")
            inside = not inside
            if inside:
                found.append({})
            continue
        if name in _TEXT:
            assert not re.search(r"(?<!\\)(?:\\\\)*[;]", value)
            value = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
        if inside:
            assert name not in found[-1], f"{name} stands twice"
            found[-1][name] = value
    assert not inside
    for event in found:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
    return found


def test_an_event_comes_back_as_it_was() -> None:
    event = Event(uid="lift.action.A-1@handrail", day=DAY, title="Ask; then, decide \\ or not", text="a\nb",
                  link="https://plans.example/projects/lift/", kinds=("action",))  # fmt: skip
    (found,) = read(calendar("Due: j.okafor", [event], STAMP))
    assert found["SUMMARY"] == event.title
    assert found["DESCRIPTION"] == "a\nb"
    assert (found["DTSTART"], found["DTEND"]) == ("20261231", "20270101")
    assert (found["URL"], found["DTSTAMP"]) == (event.link, "20261204T000000Z")


@pytest.mark.parametrize(
    "title",
    [
        "x\r\nATTENDEE:mailto:a@b.example", "x\nEND:VEVENT\nBEGIN:VALARM", "x\u2028END:VEVENT", "x\x85END:VEVENT", "x\x0bEND:VEVENT",
        "\x00\x07", "ü" * 200, "\U0001f6a7" * 80, "e\u0301" * 90, "\\n", "a" * 75, "half a letter \ud800",
    ],
)  # fmt: skip
def test_no_text_gets_out_of_its_line(title) -> None:
    event = Event(uid="a@handrail", day=DAY, title=title, text=title, kinds=(title,))
    (found,) = read(calendar(title, [event], STAMP))
    assert set(found) <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"}
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\ud800]|\r?\n", "", title)
    assert re.sub(r"\n", "", found["SUMMARY"]) == kept


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "projects/lift/", "https://x.example/\r\nX:1", "https://x.example/ü"]
)
def test_only_an_address_is_a_link(link) -> None:
    (found,) = read(calendar("c", [Event(uid="a", day=DAY, title="t", link=link)], STAMP))
    assert "URL" not in found


def test_a_long_line_is_folded_at_75_octets() -> None:
    line = "SUMMARY:" + "ä" * 100
    pieces = list(folded(line))
    assert [len(piece.encode()) for piece in pieces] == [74, 75, 61]
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def test_the_last_day_of_all_has_no_day_after() -> None:
    (found,) = read(calendar("c", [Event(uid="a", day=date.max, title="t")], STAMP))
    assert found["DTSTART"] == "99991231"
    assert "DTEND" not in found


def test_what_means_something_is_written_out() -> None:
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"
