"""What reading a file comes to: tasks, calendars and resources as a plan would write them, and a note for all that is not so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from handrail.exchange.msproject.hours import Times
from handrail.exchange.msproject.tree import Node
from handrail.exchange.msproject.units import Measures

Fate = Literal["dropped", "changed", "unreadable", "by hand", "removed"]
FATES: tuple[Fate, ...] = ("unreadable", "by hand", "removed", "dropped", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One value that did not come as it is. `about` names the task, calendar or resource, as the file does."""

    about: str
    line: int
    element: str
    value: str
    fate: Fate
    reason: str
    item: str = ""


@dataclass(slots=True, kw_only=True)
class Item:
    """A task, milestone or resource: the number and line it has in the file, its own id if the file knows it, and its fields.

    start, finish: where the file has it, also for a task whose dates follow from its links.
    `base` is what the plan said when the file was written by us, in short marks; empty for a file that was not.
    """

    uid: int
    line: int
    key: str = ""
    base: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    start: datetime | None = None
    finish: datetime | None = None

    @property
    def kind(self) -> str:
        """The list of a plan that it came from, by the key that an export gave it: `visitor-desk/tasks/T12`."""
        parts = self.key.split("/")
        return parts[1] if len(parts) == 3 and parts[1] == "milestones" else "tasks"  # noqa: PLR2004 - project, list, id


@dataclass(slots=True, kw_only=True)
class Found:
    """A whole file. References between items are by number (`links`, `parent`) until ids are known."""

    title: str = ""
    guid: str = ""
    measures: Measures = field(default_factory=Measures)
    scheduling: dict[str, Any] = field(default_factory=dict)
    status_date: str | None = None
    calendars: dict[str, dict[str, Any]] = field(default_factory=dict)
    project_calendar: str = ""
    project_times: Times = field(default_factory=Times)
    resources: list[Item] = field(default_factory=list)
    tasks: list[Item] = field(default_factory=list)
    milestones: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def note(self, about: str, node: Node, fate: Fate, reason: str, value: str | None = None) -> None:
        """Tell what became of one element."""
        shown = node.text if value is None else value
        self.notes.append(Note(about=about, line=node.line, element=node.tag, value=shown, fate=fate, reason=reason))


def whole(text: str) -> int | None:
    """A whole number of a sane size, None for anything else."""
    plain = text.strip()
    digits = plain.removeprefix("-")
    return int(plain) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else None  # noqa: PLR2004 - 32 bits
