"""Tasks and milestones as Microsoft Project reads them, every element at the place where that program itself writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from handrail.exchange.msproject import elements as known
from handrail.exchange.msproject.hours import Times
from handrail.exchange.msproject.layout import Layout, Line
from handrail.exchange.msproject.markup import Markup
from handrail.exchange.msproject.units import (
    CONSTRAINTS,
    LINKS,
    NUMBERS,
    STARTS,
    parse_lag,
    parse_words,
    write_instant,
    write_span,
)
from handrail.model.schedule import Link, Milestone, Moment, Task

_FIXED_DURATION = 1
_USUAL_PRIORITY = 500
_DAYS = NUMBERS["d"]
_FULL = 100
_NO_TIME = "PT0H0M0S"


@dataclass(slots=True, kw_only=True)
class TaskWriter:
    """Writes one row after the other. `dates`: computed starts and finishes by task; `states`: marks by row."""

    out: Markup
    layout: Layout
    dates: Mapping[str, tuple[datetime, datetime]]
    states: Mapping[str, str]
    uids: dict[str, int] = field(default_factory=dict)

    def write(self) -> None:
        """Write every row."""
        self.uids = {line.task.id: line.uid for line in self.layout.lines if isinstance(line.task, Task)}
        with self.out.group("Tasks"):
            for number, line in enumerate(self.layout.lines, 1):
                with self.out.group("Task"):
                    if isinstance(line.task, Milestone):
                        self._milestone(line, line.task, number)
                    else:
                        self._task(line, line.task, number)

    def _task(self, line: Line, task: Task, number: int) -> None:
        out, times = self.out, self.layout.times_for(task.calendar)
        minutes, unit = self._span(task, task.duration, "duration")
        if line.summary and not task.manual:
            minutes = None
        start, finish = self.dates.get(task.id, (None, None))
        if task.manual:
            start, finish = _start(times, task.start), _finish(times, task.finish)
        elif task.start or task.finish:
            self._told(task, "start and finish are for manual tasks")
        remaining, _ = self._span(task, task.remaining, "remaining duration")
        out.puts(UID=line.uid, ID=number, Name=task.name, Active=int(task.active), Manual=int(task.manual))
        out.puts(Type=_FIXED_DURATION, IsNull=0, WBS=task.wbs or line.outline, OutlineNumber=line.outline)
        out.puts(OutlineLevel=line.level, Priority=_USUAL_PRIORITY if task.priority is None else task.priority)
        out.puts(Start=_said(start), Finish=_said(finish), Duration=_length(minutes))
        if task.manual:
            out.puts(ManualStart=_said(start), ManualFinish=_said(finish), ManualDuration=_length(minutes))
        out.put("DurationFormat", unit)
        if task.effort_hours and not line.summary:
            out.put("Work", write_span(task.effort_hours * 60))
        milestone = minutes == 0 and not line.summary
        out.puts(EffortDriven=0, Recurring=0, Estimated=0, Milestone=int(milestone), Summary=int(line.summary))
        self._progress(line, task, minutes, remaining, times)
        self._constraint(task, times)
        if task.note:
            out.put("Notes", task.note)
        for link in task.links:
            self._link(task, link)
        self._custom(line)
        self._baseline(_start(times, task.planned_start), _finish(times, task.planned_finish))

    def _milestone(self, line: Line, one: Milestone, number: int) -> None:
        out, times = self.out, self.layout.times
        when = _said(_finish(times, one.actual or one.forecast or one.planned))
        actual = _said(_finish(times, one.actual))
        expected = _said(_finish(times, one.forecast or one.planned))
        out.puts(UID=line.uid, ID=number, Name=one.name, Active=1, Manual=1, Type=_FIXED_DURATION, IsNull=0)
        out.puts(WBS=line.outline, OutlineNumber=line.outline, OutlineLevel=1, Priority=_USUAL_PRIORITY)
        out.puts(Start=when, Finish=when, Duration=_NO_TIME)
        out.puts(ManualStart=expected, ManualFinish=expected, ManualDuration=_NO_TIME)
        out.puts(DurationFormat=_DAYS, Milestone=1, Summary=0)
        out.puts(PercentComplete=_FULL if one.actual else 0, ActualStart=actual, ActualFinish=actual, ConstraintType=0)
        out.put("CalendarUID", -1)
        self._custom(line)
        self._baseline(_finish(times, one.planned), _finish(times, one.planned))

    # parts of a task

    def _span(self, task: Task, text: str | None, what: str) -> tuple[Decimal | None, int]:
        found = parse_words(text, self.layout.measures) if text else None
        if text and found is None:
            self._told(task, f"its {what} `{text}` mixes working and elapsed time, or is longer than any calendar")
        if found is None:
            return None, _DAYS
        unit = found[1]
        days = self.layout.measures.month / self.layout.measures.day
        if unit == "mo" and days != days.to_integral_value():
            unit = "d"  # the file counts months in whole days
        return found[0], NUMBERS[unit]

    def _progress(
        self, line: Line, task: Task, minutes: Decimal | None, remaining: Decimal | None, times: Times
    ) -> None:  # fmt: skip
        if line.summary:
            return
        percent = Decimal(0) if task.percent is None else task.percent * 100
        whole = int(percent.to_integral_value(ROUND_HALF_EVEN))
        if whole != percent or not 0 <= whole <= _FULL:
            self._told(task, f"{percent:f}% is written as {max(0, min(whole, _FULL))}%")
        out = self.out
        out.puts(PercentComplete=max(0, min(whole, _FULL)), ActualStart=_said(_start(times, task.actual_start)))
        out.put("ActualFinish", _said(_finish(times, task.actual_finish)))
        if minutes is not None and (remaining is not None or task.actual_finish):
            done = minutes if remaining is None else max(minutes - remaining, Decimal(0))
            out.put("ActualDuration", write_span(done))
        out.put("RemainingDuration", _length(remaining))

    def _constraint(self, task: Task, times: Times) -> None:
        out, one = self.out, task.constraint
        kind = one.type if one else "ASAP"
        when = None
        if one and one.date:
            when = _start(times, one.date) if kind in STARTS else _finish(times, one.date)
        if kind not in {"ASAP", "ALAP"} and when is None:
            self._told(task, f"its constraint {kind} has no date")
            kind = "ASAP"
        out.put("ConstraintType", CONSTRAINTS.index(kind))
        calendar = self.layout.calendars.get(task.calendar or "")
        if task.calendar and calendar is None:
            self._told(task, f"there is no calendar {task.calendar}")
        out.put("CalendarUID", calendar[0] if calendar else -1)
        out.put("ConstraintDate", None if kind in {"ASAP", "ALAP"} else _said(when))
        out.put("Deadline", _said(_finish(times, task.deadline)))
        out.put("IgnoreResourceCalendar", int(task.ignore_resource_calendar))

    def _link(self, task: Task, link: Link) -> None:
        uid = self.uids.get(link.task)
        if uid is None:
            self._told(task, f"there is no task {link.task} to link to")
            return
        amount, unit = Decimal(0), "d"
        if link.lag:
            found = parse_lag(link.lag, self.layout.measures)
            if found is None:
                self._told(task, f"its lag `{link.lag}` is longer than any calendar")
            else:
                amount, unit = found
        whole = int(amount.to_integral_value(ROUND_HALF_EVEN))
        if whole != amount:
            self._told(
                task, f"its lag `{link.lag}` is written as {whole}{'%' if unit == '%' else ' tenths of a minute'}"
            )
        with self.out.group("PredecessorLink"):
            self.out.puts(PredecessorUID=uid, Type=LINKS.index(link.type), CrossProject=0)
            self.out.puts(LinkLag=whole, LagFormat=NUMBERS[unit])

    def _custom(self, line: Line) -> None:
        for name, value in ((known.KEY_FIELD, line.key), (known.BASE_FIELD, self.states.get(line.key))):
            if value:
                with self.out.group("ExtendedAttribute"):
                    self.out.puts(FieldID=name, Value=value)

    def _baseline(self, start: datetime | None, finish: datetime | None) -> None:
        if start or finish:
            with self.out.group("Baseline"):
                self.out.puts(Number=0, Start=_said(start), Finish=_said(finish))

    def _told(self, task: Task, what: str) -> None:
        self.layout.notes.append(f"task {task.id}: {what}")


def _start(times: Times, when: Moment | None) -> datetime | None:
    return when if isinstance(when, datetime) else times.start(when) if isinstance(when, date) else None


def _finish(times: Times, when: Moment | None) -> datetime | None:
    return when if isinstance(when, datetime) else times.finish(when) if isinstance(when, date) else None


def _said(when: datetime | None) -> str | None:
    return write_instant(when) if when else None


def _length(minutes: Decimal | None) -> str | None:
    return None if minutes is None else write_span(minutes)
