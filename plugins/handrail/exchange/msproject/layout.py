"""How a plan is laid out as a file: tasks in their outline, and a number for each task, resource and calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handrail.exchange.msproject.hours import Times, times_of
from handrail.exchange.msproject.units import Measures
from handrail.model.organisation import Organisation
from handrail.model.project import Plan
from handrail.model.schedule import Milestone, Moment, Task

STANDARD = "Standard"
_OWN_NUMBER = re.compile(r"T-?([1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the file."""

    task: Task | Milestone
    key: str
    uid: int
    outline: str
    level: int
    summary: bool


@dataclass(slots=True, kw_only=True)
class Layout:
    """Everything that has a number, and what could not be laid out as the plan says."""

    lines: list[Line] = field(default_factory=list)
    resources: dict[str, int] = field(default_factory=dict)
    calendars: dict[str, tuple[int, Times]] = field(default_factory=dict)
    resource_calendars: dict[str, tuple[int, int]] = field(default_factory=dict)
    project_calendar: str = STANDARD
    measures: Measures = field(default_factory=Measures)
    notes: list[str] = field(default_factory=list)

    @property
    def times(self) -> Times:
        """The project's working times."""
        return self.calendars[self.project_calendar][1]

    def times_for(self, calendar: str | None) -> Times:
        """The working times of a task."""
        return self.calendars[calendar][1] if calendar in self.calendars and calendar else self.times


def lay_out(plan: Plan, organisation: Organisation) -> Layout:
    """Give everything its place and number."""
    layout = Layout()
    _calendars(plan, organisation, layout)
    _measures(plan, layout)
    kept = imported(plan)
    _lines(plan, layout, kept.get("tasks", {}))
    names = [one.id for one in plan.resources]
    names += [name for task in plan.tasks for name in task.assignees]
    layout.resources = _numbered(names, {key: number_of(text) for key, text in kept.get("resources", {}).items()})
    _resource_calendars(plan, layout)
    return layout


def _resource_calendars(plan: Plan, layout: Layout) -> None:
    """A resource works by a calendar of its own there, which builds on the one that is named: its number, and that one's."""
    free = max(uid for uid, _ in layout.calendars.values())
    for one in plan.resources:
        if one.calendar in layout.calendars and one.calendar:
            free += 1
            layout.resource_calendars[one.id] = (free, layout.calendars[one.calendar][0])


def beginning(plan: Plan, times: Times) -> datetime | None:
    """Where the network begins: as stated, else with the first day of any task, else with the gate that starts it."""
    stated = plan.scheduling.start if plan.scheduling and plan.scheduling.start else plan.start
    days: list[Moment | None] = [stated]
    if stated is None:
        days = [day for one in plan.tasks for day in (one.actual_start, one.start, one.planned_start)]
    if not any(days):
        gates = [one.actual or one.planned for one in plan.milestones if one.gate == "start"]
        days = [*(day for day in gates if day)] or [one.actual or one.planned for one in plan.milestones]
    return min((day if isinstance(day, datetime) else times.start(day) for day in days if day), default=None)


def imported(plan: Plan) -> Mapping[str, Mapping[str, str]]:
    """What the last import left in `source`: for tasks, resources and others, a short line by id."""
    kept = plan.source.get("msproject")
    if not isinstance(kept, Mapping):
        return {}
    return {
        name: {str(key): str(text) for key, text in group.items()}
        for name, group in kept.items()
        if isinstance(group, Mapping)
    }


def number_of(text: str) -> int | None:
    """The number at the start of a line that an import left."""
    head = text.partition(" ")[0]
    return int(head) if head.isascii() and head.isdigit() and len(head) <= 10 else None  # noqa: PLR2004 - 32 bits


def _calendars(plan: Plan, organisation: Organisation, layout: Layout) -> None:
    base = organisation.calendar
    own = plan.scheduling.calendar if plan.scheduling else None
    for one in plan.calendars:
        times, wrong = times_of(one, None if one.alone else base)
        layout.notes += [f"calendar {one.id}: `{text}` could not be read" for text in wrong]
        if one.id in layout.calendars:
            layout.notes.append(f"calendar {one.id} is there twice; the first was written")
            continue
        layout.calendars[one.id] = (len(layout.calendars) + 2, times)
    if own in layout.calendars and own:
        layout.project_calendar = own
        return
    if own:
        layout.notes.append(f"the project's calendar {own} is not among its calendars; the organisation's was written")
    name = STANDARD
    while name in layout.calendars:
        name += " of the organisation"
    times, wrong = times_of(base)
    layout.notes += [f"the organisation's calendar: `{text}` could not be read" for text in wrong]
    layout.calendars = {name: (1, times), **layout.calendars}
    layout.project_calendar = name


def _measures(plan: Plan, layout: Layout) -> None:
    usual, said = layout.times.measures, plan.scheduling
    day = said.hours_per_day * 60 if said and said.hours_per_day else usual.day
    week = said.hours_per_week * 60 if said and said.hours_per_week else usual.week
    day, week = day.quantize(usual.day.to_integral_value()), week.quantize(usual.day.to_integral_value())
    month = usual.month if week == usual.week else week * 4
    if said and said.days_per_month:
        month = day * said.days_per_month
    layout.measures = Measures(day=day, week=week, month=month)


def _lines(plan: Plan, layout: Layout, kept: Mapping[str, str]) -> None:
    rows: list[tuple[Task | Milestone, str, int, bool, str]] = []
    for number, milestone in enumerate(plan.milestones, 1):
        rows.append((milestone, f"{plan.id}/milestones/{milestone.id}", 1, False, str(number)))
    below: dict[str | None, list[Task]] = {}
    ids = {one.id for one in plan.tasks}
    for task in plan.tasks:
        below.setdefault(task.parent if task.parent in ids else None, []).append(task)
    top = len(plan.milestones)
    pending = [(task, 1, str(top + place)) for place, task in enumerate(below.get(None, []), 1)][::-1]
    done: set[str] = set()
    while pending:
        task, level, outline = pending.pop()
        if task.id in done:
            continue
        done.add(task.id)
        inner = below.get(task.id, [])
        rows.append((task, f"{plan.id}/tasks/{task.id}", level, bool(inner), outline))
        pending += [(one, level + 1, f"{outline}.{place}") for place, one in enumerate(inner, 1)][::-1]
    for task in plan.tasks:
        if task.id not in done:
            layout.notes.append(f"task {task.id}: its summary leads back to itself, so it stands at the top")
            done.add(task.id)
            top += 1
            rows.append((task, f"{plan.id}/tasks/{task.id}", 1, False, str(len(below.get(None, [])) + top)))
    uids = _uids([key for _, key, *_ in rows], kept)
    layout.lines = [
        Line(task=task, key=key, uid=uids[key], outline=outline, level=level, summary=summary)
        for task, key, level, summary, outline in rows
    ]


def _uids(keys: list[str], kept: Mapping[str, str]) -> dict[str, int]:
    """The number that a task had in the file it came from, else that of its id, else one that is free."""
    wanted: dict[str, int | None] = {}
    for key in keys:
        name = key.partition("/")[2].removeprefix("tasks/")
        own = _OWN_NUMBER.fullmatch(name)
        wanted[key] = number_of(kept.get(name, "")) if name in kept else None
        if wanted[key] is None and own and not any(number_of(text) == int(own.group(1)) for text in kept.values()):
            wanted[key] = int(own.group(1))
    return _numbered(keys, wanted)


def _numbered(keys: Iterable[str], wanted: Mapping[str, Any]) -> dict[str, int]:
    order = list(dict.fromkeys(keys))
    found: dict[str, int] = {}
    taken: set[int] = set()
    for key in order:
        number = wanted.get(key)
        if number and number not in taken:
            found[key] = number
            taken.add(number)
    free = max(taken, default=0)
    for key in order:
        if key not in found:
            free += 1
            found[key] = free
    return found
