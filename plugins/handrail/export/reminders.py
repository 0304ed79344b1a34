"""What is due, for reading: on the terminal, in an issue of the host, for programs, in a calendar."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from handrail import english
from handrail.compute.reminders import Reminder
from handrail.export.calendar_file import Event, calendar
from handrail.export.codeowners import Host, login_of
from handrail.load.overlay import NOBODY, Overlay
from handrail.model.organisation import Organisation, PersonRecord
from handrail.report.harmless import harmless
from handrail.report.safe import escaped, safe

_Grouped = Mapping[str, Sequence[Reminder]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a reminder leads: to its place on the site, else to the file on the host, else to the file by its path."""

    site: str | None
    organisation: Organisation

    def of(self, one: Reminder) -> str:
        """The address, or the path."""
        if self.site:
            return f"{self.site.rstrip('/')}/{one.page}"
        host = self.organisation.host
        if host and host.startswith(("https://", "http://")):
            between = "/-/tree/HEAD/" if self.organisation.host_kind == "gitlab" else "/tree/HEAD/"
            return f"{host.rstrip('/')}{between}{quote(one.file)}"
        return one.file


def text(found: _Grouped, as_of: date, links: Links, called: Overlay = NOBODY) -> str:
    """For the terminal; empty when nothing is due."""
    lines: list[str] = []
    for person, ones in found.items():
        lines += [f"{safe(called.called(person))}: {_summary(ones)}", *_rows(ones, as_of, links), ""]
    return "\n".join(lines)


def _rows(ones: Sequence[Reminder], as_of: date, links: Links) -> Iterator[str]:
    for one in ones:
        yield f"  {_when(one, as_of):<25}  {safe(one.what)}"
        yield f"  {'':<25}  {safe(one.name)}{f', {one.id}' if _has_id(one) else ''}: {safe(links.of(one))}"


def markdown(ones: Sequence[Reminder], as_of: date, links: Links) -> str:
    """One person's list, for an issue; empty when nothing is due. What was written in plans shows and does nothing."""
    if not ones:
        return ""
    parts = [f"{_summary(ones).capitalize()}, as of {english.day(as_of)}.\n"]
    for title, some in (
        ("Late", [one for one in ones if one.late]),
        ("Waits for your word", [one for one in ones if not one.late and one.due is None]),
        ("Due soon", [one for one in ones if not one.late and one.due is not None]),
    ):
        if some:
            parts.append(f"\n### {title}\n\n")
            parts += [_line(one, as_of, links) for one in some]
    parts.append(
        "\nThis list follows from the plans; it is brought up to date every week, and closed when nothing is due.\n"
    )
    return "".join(parts)


def _line(one: Reminder, as_of: date, links: Links) -> str:
    where = links.of(one)
    name = harmless(one.name) + (f", {harmless(one.id)}" if _has_id(one) else "")
    link = f"[{name}]({where})" if where.startswith(("https://", "http://")) else f"{name} (`{where}`)"
    return f"- **{_when(one, as_of)}**: {harmless(one.what)} · {link}\n"


def document(  # noqa: PLR0913, PLR0917 - what a program is told
    found: _Grouped, as_of: date, links: Links, people: Mapping[str, PersonRecord], host: Host, called: Overlay = NOBODY,
) -> str:  # fmt: skip
    """For programs: one entry per person, with the login on the host, the text of an issue, and name and mail where known."""
    value: dict[str, Any] = {"as_of": as_of.isoformat(), "people": []}
    for person, ones in found.items():
        rows = [
            {
                "kind": one.kind, "project": one.project, "name": one.name, "id": one.id, "what": one.what,
                "due": one.due.isoformat() if one.due else None, "since": one.since.isoformat() if one.since else None,
                "late": one.late, "file": one.file, "link": links.of(one),
            }
            for one in ones
        ]  # fmt: skip
        value["people"].append(
            {
                "person": person,
                "login": login_of(person, people, host),
                "name": called.names.get(person),
                "mail": called.mails.get(person),
                "markdown": markdown(ones, as_of, links),
                "reminders": rows,
            }
        )
    return escaped(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def ics(found: _Grouped, as_of: date, links: Links, title: str) -> str:
    """For a calendar: what has a day, on that day; empty when nothing has one."""
    events = [
        Event(
            uid=f"{one.project}.{one.kind}.{one.id}.{person}@handrail", day=one.due, title=f"{one.what} ({one.name})",
            text=f"{one.kind}, due from {person}\n{one.file}", link=links.of(one), kinds=(one.kind,),
        )
        for person, ones in found.items() for one in ones if one.due is not None
    ]  # fmt: skip
    stamp = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    return calendar(title, events, stamp) if events else ""


def _has_id(one: Reminder) -> bool:
    """Whether the id is one that people use, such as A-004."""
    return one.kind not in {"decision", "report", "assumption"} and one.id[:1].isupper()


def _summary(ones: Sequence[Reminder]) -> str:
    late = sum(one.late for one in ones)
    return english.count(len(ones), "thing") + (f", {late} of them late" if late else "")


def _when(one: Reminder, as_of: date) -> str:
    if one.due is None:
        return f"asked since {english.day(one.since)}" if one.since else "asked"
    if one.late:
        return f"{english.count((as_of - one.due).days, 'day')} late"
    return "today" if one.due == as_of else f"by {english.day(one.due)}"
