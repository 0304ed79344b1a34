"""A whole file of Microsoft Project XML: settings, calendars, resources, tasks and who does them."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import Any

from handrail.exchange.cells import one_line
from handrail.exchange.msproject import elements as known
from handrail.exchange.msproject.calendars import Calendars, read_calendars
from handrail.exchange.msproject.hours import Times, calendar_fields, words
from handrail.exchange.msproject.noted import Found, Item, whole
from handrail.exchange.msproject.outline import read_outline
from handrail.exchange.msproject.tasks import TaskReader
from handrail.exchange.msproject.tree import Node, parse
from handrail.exchange.msproject.units import Measures, plain, read_instant, read_span

_UNASSIGNED = 0
_COST, _MATERIAL = 2, 0
ASSIGNEE = "assignee"
"""The group of a resource that a plan names in `assignees` without keeping a record of it."""
KINDS = frozenset({"person", "role", "equipment", "material"})
_PROJECT = "the project"
_DAY = 1440


def read(data: bytes) -> Found:
    """Read a file. Raises NotReadable when it is no plan at all; everything else is told in the notes."""
    root = parse(data)
    found = Found(title=str(one_line(root.get("Title") or root.get("Name")).value or ""), guid=root.get("GUID")[:80])
    _measures(root, found)
    calendars = read_calendars(root, found)
    _project_calendar(root, calendars, found)
    _settings(root, found)
    reader = _tasks(root, calendars, found)
    used = reader.used | _resources(root, calendars, found)
    _assignments(root, found)
    _say_measures(calendars, used, found)
    _calendars(calendars, used, found)
    return found


def _measures(root: Node, found: Found) -> None:
    """What a day, a week and a month mean. Durations in days are written by it, so it comes before every task."""
    given: dict[str, Decimal] = {}
    for tag, most in (("MinutesPerDay", _DAY), ("MinutesPerWeek", 7 * _DAY), ("DaysPerMonth", 31)):
        one = root.find(tag)
        number = whole(one.text) if one else None
        if number is not None and 0 < number <= most:
            given[tag] = Decimal(number)
        elif one is not None:
            found.note(_PROJECT, one, "unreadable", "this cannot be, so the usual value is taken")
    day, week = given.get("MinutesPerDay", Decimal(480)), given.get("MinutesPerWeek", Decimal(2400))
    found.measures = Measures(day=day, week=week, month=day * given.get("DaysPerMonth", Decimal(20)))


def _say_measures(calendars: Calendars, used: set[int], found: Found) -> None:
    """Said in the plan where a calendar that is used would say otherwise."""
    every = [found.project_times.measures, *(calendars.times[uid].measures for uid in sorted(used))]
    measures = found.measures
    if any(one.day != measures.day for one in every):
        found.scheduling["hours_per_day"] = _hours(measures.day)
    if any(one.week != measures.week for one in every):
        found.scheduling["hours_per_week"] = _hours(measures.week)
    if any(one.month != measures.month for one in every):
        found.scheduling["days_per_month"] = Decimal(plain(measures.month / measures.day))


def _hours(minutes: Decimal) -> Decimal:
    # rounded up, so that whoever takes whole minutes of it gets these
    return Decimal(plain((minutes / 60).quantize(Decimal("0.000001"), ROUND_CEILING)))


def _project_calendar(root: Node, calendars: Calendars, found: Found) -> None:
    uid = whole(root.get("CalendarUID"))
    if uid is None or uid not in calendars.names:
        if calendars.names:
            found.note(
                _PROJECT, root, "changed", "the project's calendar is missing, so the usual week is taken", str(uid)
            )
        return
    if not calendars.times[uid].working:
        reason = "the project's calendar has no working time, so the usual week is taken"
        found.note(_PROJECT, root, "unreadable", reason, calendars.names[uid])
        return
    found.project_calendar, found.project_times = calendars.names[uid], calendars.times[uid]


def _settings(root: Node, found: Found) -> None:
    start = root.find("StartDate")
    when = read_instant(start.text) if start else None
    if when is not None:
        found.scheduling["start"] = found.project_times.start_words(when)
    elif start is not None and start.text:
        found.note(_PROJECT, start, "unreadable", "this is no day and time of a plan")
    if not root.flag("HonorConstraints", otherwise=True):
        found.scheduling["honour_constraints"] = False
    status = root.find("StatusDate")
    when = read_instant(status.text) if status else None
    if when is not None and status is not None:
        text = found.project_times.finish_words(when)
        found.status_date = text[:10]
        if "T" in text:
            found.note(_PROJECT, status, "changed", "a plan holds its day, without the time", words(when))
    days = whole(root.get("CriticalSlackLimit"))
    if days is not None and days > 0:
        found.scheduling["critical_up_to"] = f"{days}d"
    _left(root, found)


def _left(root: Node, found: Found) -> None:
    """What of the project itself no plan can hold."""
    back = root.find("ScheduleFromStart")
    if back is not None and not root.flag("ScheduleFromStart", otherwise=True):
        found.note(_PROJECT, back, "dropped", "a plan that is scheduled from its finish: here it is from the start", "")
    for one in root.children:
        if one.tag in known.PROJECT_TOLD and known.says_something(one.text):
            found.note(_PROJECT, one, "dropped", known.PROJECT_TOLD[one.tag])
        elif one.children and one.tag not in known.PROJECT_GROUPS:
            found.note(_PROJECT, one, "dropped", "a part that is not known here", "")


def _tasks(root: Node, calendars: Calendars, found: Found) -> TaskReader:
    rows = read_outline(root, found)
    reader = TaskReader(
        found=found, calendars=calendars, aliases=_aliases(root), known_uids=frozenset(row.uid for row in rows)
    )
    for row in rows:
        item = reader.read(row)
        (found.milestones if item.kind == "milestones" else found.tasks).append(item)
    return reader


def _aliases(root: Node) -> dict[str, str]:
    return {
        one.get("FieldID"): one.get("Alias") or one.get("FieldName")
        for one in root.inside("ExtendedAttributes", "ExtendedAttribute")
    }


def _resources(root: Node, calendars: Calendars, found: Found) -> set[int]:
    """Read the resources; answers with the calendars by which they work."""
    used: set[int] = set()
    for node in root.inside("Resources", "Resource"):
        uid, name = whole(node.get("UID")), one_line(node.get("Name")).value
        if node.flag("IsNull") or (uid == _UNASSIGNED and not name):
            continue
        kind = whole(node.get("Type") or "1")
        if uid is None or name is None:
            found.note(
                str(name or "a resource"), node, "unreadable", "a resource without a number or name", node.get("UID")
            )
            continue
        if kind == _COST or node.flag("IsCostResource"):
            found.note(name, node, "dropped", "a cost is no resource: it stands in the budget", name)
            continue
        group = node.get("Group").strip()
        item = Item(uid=uid, line=node.line, key=node.get("Code").strip())
        item.fields = {"name": name, "kind": group if group in KINDS else "material" if kind == _MATERIAL else "role"}
        if group == ASSIGNEE:
            item.fields = {}
        elif kind != _MATERIAL and (by := _works_by(node, calendars, found)) is not None:
            used.add(by)
            item.fields["calendar"] = calendars.names[by]
        if group not in {ASSIGNEE, *KINDS}:
            _resource_notes(node, name, found)
            if group:
                found.note(name, node, "dropped", "the group of a resource", group)
        found.resources.append(item)
    return used


def _works_by(node: Node, calendars: Calendars, found: Found) -> int | None:
    """The calendar of a resource where it differs from the project's, or where our own export says that it has one.

    One that adds nothing is the one it builds on: Microsoft Project gives every resource one of its own.
    """
    uid = whole(node.get("CalendarUID"))
    if uid is None or uid not in calendars.times:
        return None
    if calendars.times[uid] == found.project_times and calendars.names[uid] != node.get("Code").strip():
        return None
    if not calendars.times[uid].working:
        found.note(node.get("Name"), node, "dropped", "a calendar without working time", calendars.names[uid])
        return None
    while uid not in calendars.own and calendars.base.get(uid) in calendars.times:
        uid = calendars.base[uid]
    return uid


def _resource_notes(node: Node, name: str, found: Found) -> None:
    units = node.find("MaxUnits")
    if units is not None and units.text not in {"", "1", "1.00", "1.0"} and known.says_something(units.text):
        found.note(name, units, "dropped", "how much of it there is, is said by `allocations`")
    for one in node.children:
        if one.tag in known.RESOURCE_TOLD and (one.children or known.says_something(one.text)):
            found.note(name, one, "dropped", known.RESOURCE_TOLD[one.tag])
        elif one.tag == "Rates" and len(list(one.all("Rate"))) > 1:
            found.note(name, one, "dropped", "tables of rates: rates are kept with the budget", "")


def _assignments(root: Node, found: Found) -> None:
    tasks = {one.uid: one for one in found.tasks}
    resources = {one.uid for one in found.resources}
    for node in root.inside("Assignments", "Assignment"):
        task, resource = tasks.get(whole(node.get("TaskUID")) or -1), whole(node.get("ResourceUID"))
        if task is None or resource is None or resource not in resources:
            # work that nobody is named for, and costs, which are told where they stand
            continue
        name = str(task.fields["name"])
        assigned: list[Any] = task.fields.setdefault("assignees", [])
        if resource in assigned:
            found.note(name, node, "changed", "one resource is assigned twice", str(resource))
        else:
            assigned.append(resource)
        _assignment_notes(node, name, found)


def _assignment_notes(node: Node, name: str, found: Found) -> None:
    units = node.find("Units")
    if units is not None and units.text.rstrip("0").rstrip(".") not in {"", "1"}:
        found.note(name, units, "dropped", "the share of a resource's time")
    for one in node.children:
        if one.tag in known.ASSIGNMENT_TOLD and known.says_something(one.text or one.get("Value")):
            found.note(name, one, "dropped", known.ASSIGNMENT_TOLD[one.tag], one.text or one.get("Value"))
    if _split(node, found.project_times):
        found.note(name, node, "dropped", "a split: work that rests in between; links or another task would say so", "")


def _split(node: Node, times: Times) -> bool:
    """Whether work day by day has a working day without any between two days with some."""
    parts = sorted(
        (when, bool(read_span(one.get("Value"))))
        for one in node.all("TimephasedData")
        if one.get("Type") in {"1", "2"}
        and (when := read_instant(one.get("Start"))) is not None
        and times.hours(when.date())
    )
    busy = [number for number, (_, work) in enumerate(parts) if work]
    return bool(busy) and not all(work for _, work in parts[busy[0] : busy[-1] + 1])


def _calendars(calendars: Calendars, used: set[int], found: Found) -> None:
    left = []
    for uid, name in calendars.names.items():
        if uid in used or name == found.project_calendar:
            found.calendars[name] = calendar_fields(calendars.times[uid])
        elif uid not in calendars.for_resource:
            left.append(name)
    if left:
        found.remarks.append(f"Calendars that neither the project nor a task uses were left out: {', '.join(left)}.")
