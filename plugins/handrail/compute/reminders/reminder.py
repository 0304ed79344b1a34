"""One thing that is due from one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What is due from whom.

    kind: what sort of thing, in a word. project: empty for what the framework asks; `name` then says what it is about. id: its id in the project, or the day of a report. due: by when; None where
    nobody set a day. since: since when it waits, where that is known. page: its place on the site. file: in the
    repository, a folder where it is still to be written. All text is as it was written: whoever prints it makes it safe.
    """

    kind: str
    project: str
    name: str
    id: str
    what: str
    person: str
    due: date | None
    since: date | None
    late: bool
    page: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is due, before it is known for whom it counts. anchor, file: where on the project's page, in its folder."""

    kind: str
    id: str
    what: str
    people: tuple[str, ...]
    due: date | None = None
    since: date | None = None
    anchor: str = "registers"
    file: str = ""
