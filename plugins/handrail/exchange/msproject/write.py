"""A plan as a file of Microsoft Project XML: the same plan gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from handrail.exchange.msproject import elements as known
from handrail.exchange.msproject.hours import DAY, Times, clock
from handrail.exchange.msproject.layout import Layout, beginning, lay_out
from handrail.exchange.msproject.markup import Markup
from handrail.exchange.msproject.read import ASSIGNEE
from handrail.exchange.msproject.tree import NAMESPACE
from handrail.exchange.msproject.units import parse_words, write_instant, write_span
from handrail.exchange.msproject.write_calendars import write_calendars
from handrail.exchange.msproject.write_tasks import TaskWriter
from handrail.fields import EMPTY
from handrail.model.organisation import Organisation
from handrail.model.project import Plan
from handrail.model.schedule import Task

_SAVE_VERSION = 14
_WORK, _MATERIAL = 1, 0
_USUAL_DAYS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The file, and what of the plan it could not say."""

    data: bytes
    notes: tuple[str, ...]


def write_plan(
    plan: Plan,
    organisation: Organisation,
    *,
    dates: Mapping[str, tuple[datetime, datetime]] = EMPTY,
    states: Mapping[str, str] = EMPTY,
) -> Written:
    """Write a plan. `dates`: computed starts and finishes by task; `states`: what the next import compares with."""
    layout = lay_out(plan, organisation)
    out = Markup()
    with out.group("Project", f' xmlns="{NAMESPACE}"'):
        _properties(out, plan, layout)
        with out.group("ExtendedAttributes"):
            for number, name, alias in ((known.KEY_FIELD, "Text29", known.KEY_ALIAS), (known.BASE_FIELD, "Text30", known.BASE_ALIAS)):  # fmt: skip
                with out.group("ExtendedAttribute"):
                    out.puts(FieldID=number, FieldName=name, Alias=alias)
        write_calendars(out, layout)
        TaskWriter(out=out, layout=layout, dates=dates, states=states).write()
        _resources(out, plan, layout)
        _assignments(out, plan, layout)
    return Written(data=out.data(), notes=tuple(layout.notes))


def _properties(out: Markup, plan: Plan, layout: Layout) -> None:
    times, measures, said = layout.times, layout.measures, plan.scheduling
    start, end = _usual_hours(times)
    begin = beginning(plan, times)
    days = measures.month / measures.day
    guid = plan.source.get("msproject", {}).get("guid") if isinstance(plan.source.get("msproject"), Mapping) else None
    out.puts(SaveVersion=_SAVE_VERSION, Name=f"{plan.id}.xml", GUID=guid, Title=plan.name, ScheduleFromStart=1)
    out.puts(StartDate=write_instant(begin) if begin else None, CriticalSlackLimit=_limit(plan, layout))
    out.put("CalendarUID", layout.calendars[layout.project_calendar][0])
    out.puts(DefaultStartTime=f"{clock(start)}:00", DefaultFinishTime=f"{clock(end % DAY)}:00")
    out.puts(MinutesPerDay=int(measures.day), MinutesPerWeek=int(measures.week))
    out.puts(DaysPerMonth=int(days) if days == days.to_integral_value() else _USUAL_DAYS, DefaultTaskType=1)
    out.puts(DurationFormat=7, WorkFormat=2, HonorConstraints=int(said.honour_constraints if said else True))
    out.puts(NewTasksEffortDriven=0, NewTasksEstimated=0, SplitsInProgressTasks=1)
    out.puts(
        StatusDate=write_instant(times.finish(plan.status_date)) if plan.status_date else None, NewTasksAreManual=0
    )


def _limit(plan: Plan, layout: Layout) -> int | None:
    """The float up to which a task is critical, in whole days."""
    text = plan.scheduling.critical_up_to if plan.scheduling else None
    if text is None:
        return None
    found = parse_words(text, layout.measures)
    days = found[0] / layout.measures.day if found and not found[1].startswith("e") else None
    if days is None or days != days.to_integral_value():
        layout.notes.append(f"`critical_up_to: {text}` is no whole number of working days, so it was left out")
        return None
    return int(days)


def _usual_hours(times: Times) -> tuple[int, int]:
    spans = [span for hours in times.week for span in hours] or [(480, 1020)]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _resources(out: Markup, plan: Plan, layout: Layout) -> None:
    known_ones = {one.id: one for one in plan.resources}
    with out.group("Resources"):
        for number, (key, uid) in enumerate(layout.resources.items(), 1):
            one = known_ones.get(key)
            material = one is not None and one.kind == "material"
            with out.group("Resource"):
                out.puts(UID=uid, ID=number, Name=one.name if one else key, Type=_MATERIAL if material else _WORK)
                out.puts(IsNull=0, Code=key, Group=one.kind if one else ASSIGNEE)
                if key in layout.resource_calendars:
                    out.put("CalendarUID", layout.resource_calendars[key][0])


def _assignments(out: Markup, plan: Plan, layout: Layout) -> None:
    materials = {one.id for one in plan.resources if one.kind == "material"}
    uids = {line.task.id: line.uid for line in layout.lines if isinstance(line.task, Task)}
    number = 0
    with out.group("Assignments"):
        for task in plan.tasks:
            work = _work(task, layout)
            for name in dict.fromkeys(task.assignees):
                number += 1
                with out.group("Assignment"):
                    out.puts(UID=number, TaskUID=uids[task.id], ResourceUID=layout.resources[name], Units=1)
                    if work is not None and name not in materials:
                        out.put("Work", write_span(work))


def _work(task: Task, layout: Layout) -> Decimal | None:
    """Each one's share of the effort; without an effort, the whole duration."""
    if task.effort_hours:
        return task.effort_hours * 60 / len(set(task.assignees) or {""})
    found = parse_words(task.duration, layout.measures) if task.duration else None
    return found[0] if found else None
