"""Calendar files (RFC 5545): days with a title, for every calendar program. The same events give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry that takes a whole day.

    uid: never changes while the thing is the same, so that a program updates it. link: an absolute address, or None.
    kinds: words to find it by. free: it takes no time of the day; all entries of ours do not.
    """

    uid: str
    day: date
    title: str
    text: str = ""
    link: str | None = None
    kinds: tuple[str, ...] = ()


def calendar(name: str, events: Iterable[Event], stamp: datetime) -> str:
    """A calendar file. `stamp` says as of when it is true: of the data, not of the clock, so that it can be made again."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Handrail//Handrail//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]  # fmt: skip
    when = stamp.astimezone(UTC)
    moment = f"{_day(when.date())}T{when:%H%M%S}Z"
    for event in events:
        lines += _event(event, moment)
    lines.append("END:VCALENDAR")
    parts = (line if _short(line) else "\r\n".join(folded(line)) for line in lines)
    return "\r\n".join((*parts, ""))


def escaped(text: str) -> str:
    """Text as a value: line breaks and the three signs that mean something are written out, control characters left out."""
    text = _CONTROL.sub("", _BREAK.sub("\n", text))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, as the standard asks; no character is torn apart."""
    if _short(line):
        yield line
        return
    if line.isascii():
        yield line[:_OCTETS]
        yield from (f" {line[at : at + _OCTETS - 1]}" for at in range(_OCTETS, len(line), _OCTETS - 1))
        return
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += octets
    yield piece


def _short(line: str) -> bool:
    """Nearly every line is."""
    return len(line) <= _OCTETS and line.isascii()


def _event(event: Event, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{re.sub(r'[^A-Za-z0-9.@_-]', '-', event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    if event.day < date.max:  # the end is the day after; the last day of all has none
        yield f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}"
    yield f"SUMMARY:{escaped(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{escaped(event.text)}"
    if event.link is not None and re.fullmatch(r"https?://[!-~]+", event.link):
        yield f"URL:{event.link}"
    if event.kinds:
        yield f"CATEGORIES:{','.join(escaped(one) for one in event.kinds)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"
