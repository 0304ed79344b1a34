"""Training sessions as a calendar: the day, the hours in two zones, the place and the free seats; never who comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from handrail.compute.learning import Session
from handrail.export.calendar_file import Event, calendar


def sessions_calendar(ahead: Iterable[Session], organisation: str, as_of: date) -> str:
    """The sessions as an iCalendar file: the hours, in the organisation's zone and in UTC, stand in the text."""
    stamp = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    return calendar(f"{organisation}: training", (_event(one) for one in ahead), stamp)


def hours(one: Session) -> str:
    """09:30 to 11:30; empty where no hour is given."""
    begins, ends = one.record.begins, one.record.ends
    return f"{begins}{f' to {ends}' if ends else ''}" if begins else ""


def _event(one: Session) -> Event:
    clock = f"{hours(one)} ({one.begins:%H:%M %Z}, {one.begins.astimezone(UTC):%H:%M} UTC)" if one.begins else ""
    seats = "" if one.free is None else f"{one.free} of {one.record.capacity} seats free"
    text = "\n".join(part for part in (clock, one.record.place or "", seats) if part)
    return Event(uid=f"session-{one.record.id}", day=one.record.on, title=one.title, text=text, kinds=("training",))
