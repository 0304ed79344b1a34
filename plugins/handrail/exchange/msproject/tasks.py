"""Tasks of a file as a plan would write them, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from handrail.exchange.cells import one_line, prose
from handrail.exchange.msproject import elements as known
from handrail.exchange.msproject.calendars import Calendars
from handrail.exchange.msproject.hours import Times, words
from handrail.exchange.msproject.links import read_links
from handrail.exchange.msproject.noted import Found, Item, whole
from handrail.exchange.msproject.outline import Row
from handrail.exchange.msproject.tree import Node
from handrail.exchange.msproject.units import CONSTRAINTS, ESTIMATED, FORMATS, STARTS, plain, read_instant, read_span
from handrail.exchange.msproject.units import words as span_words

_ASAP, _ALAP = CONSTRAINTS[0], CONSTRAINTS[1]
_USUAL_PRIORITY = 500
_FULL = 100


@dataclass(slots=True, kw_only=True)
class TaskReader:
    """Reads one task after the other. `aliases`: what custom fields are called; `known_uids`: what links may name."""

    found: Found
    calendars: Calendars
    aliases: dict[str, str]
    known_uids: frozenset[int]
    used: set[int] = field(default_factory=set)

    def read(self, row: Row) -> Item:
        """Read one task; notes say what of it no plan can hold."""
        node = row.node
        item = Item(
            uid=row.uid, line=node.line, start=read_instant(node.get("Start")), finish=read_instant(node.get("Finish"))
        )
        name = self._name(node, row.uid)
        self._custom(node, item, name)
        times = self._calendar(node, item, name)
        fields: dict[str, Any] = {"name": name, "parent": row.parent, "wbs": self._wbs(node)}
        if item.kind != "milestones":
            fields |= self._work(node, row, times, name)
        else:
            fields = {"name": name, **self._milestone(node, times)}
        item.fields = {key: value for key, value in {**fields, **item.fields}.items() if value is not None}
        self._rest(node, name, row)
        return item

    # the parts of a task

    def _work(self, node: Node, row: Row, times: Times, name: str) -> dict[str, Any]:
        outside = node.flag("ExternalTask")
        manual = node.flag("Manual") or outside
        dated = manual or not row.summary
        fields: dict[str, Any] = {
            "duration": self._span(node, ("ManualDuration", "Duration") if manual else ("Duration",), name)
            if dated
            else None,
            "effort_hours": None if row.summary else self._effort(node, name),
            "links": read_links(self.found, node, name, row.uid, self.known_uids) or None,
            "constraint": self._constraint(node, times, name),
            "deadline": self._day(node, "Deadline", times, name),
            "manual": True if manual else None,
        }
        if manual:
            fields["start"] = self._moment(node, ("ManualStart", "Start"), times.start_words, name)
            fields["finish"] = self._moment(node, ("ManualFinish", "Finish"), times.finish_words, name)
        fields |= self._baseline(node, times, name)
        if not row.summary:
            fields |= self._progress(node, times, name)
        if node.flag("IgnoreResourceCalendar"):
            fields["ignore_resource_calendar"] = True
        fields["active"] = None if node.flag("Active", otherwise=True) else False
        priority = whole(node.get("Priority"))
        fields["priority"] = None if priority in {None, _USUAL_PRIORITY} else max(0, min(priority or 0, 1000))
        note = prose(node.get("Notes"))
        fields["note"] = note.value
        return fields

    def _milestone(self, node: Node, times: Times) -> dict[str, Any]:
        def day(tag: str, within: Node = node) -> str | None:
            when = read_instant(within.get(tag))
            return None if when is None else times.finish_day(when).isoformat()

        baseline = next((one for one in node.all("Baseline") if one.get("Number") == "0"), None)
        return {
            "planned": day("Start", baseline) if baseline else None,
            "forecast": day("ManualStart") or day("Start"),
            "actual": day("ActualFinish"),
        }

    def _name(self, node: Node, uid: int) -> str:
        cell = one_line(node.get("Name"))
        if cell.value is None:
            self.found.note(f"task {uid}", node, "changed", "a task without a name got one", "")
            return f"Task {uid}"
        for why in cell.notes:
            self.found.note(str(cell.value), node.find("Name") or node, "changed", why)
        return str(cell.value)

    def _custom(self, node: Node, item: Item, name: str) -> None:
        for one in node.all("ExtendedAttribute"):
            alias = self.aliases.get(one.get("FieldID"), "")
            if alias == known.KEY_ALIAS:
                item.key = one.get("Value")
            elif alias == known.BASE_ALIAS:
                item.base = one.get("Value")
            elif known.says_something(one.get("Value")):
                called = alias or f"field {one.get('FieldID')}"
                self.found.note(name, one, "dropped", f"a custom field: {called}", one.get("Value"))

    def _calendar(self, node: Node, item: Item, name: str) -> Times:
        uid = whole(node.get("CalendarUID"))
        if uid is None or uid < 0:
            return self.found.project_times
        if uid not in self.calendars.names:
            self.found.note(name, node, "dropped", "its calendar is missing in the file", str(uid))
            return self.found.project_times
        if not self.calendars.times[uid].working:
            self.found.note(name, node, "dropped", "its calendar has no working time", self.calendars.names[uid])
            return self.found.project_times
        self.used.add(uid)
        item.fields["calendar"] = self.calendars.names[uid]
        return self.calendars.times[uid]

    def _wbs(self, node: Node) -> str | None:
        code = " ".join(node.get("WBS").split())
        return code if code and code != node.get("OutlineNumber") else None

    def _span(self, node: Node, tags: tuple[str, ...], name: str) -> str | None:
        one = next((found for tag in tags if (found := node.find(tag)) is not None and found.text), None)
        if one is None:
            return None
        minutes = read_span(one.text)
        if minutes is None or minutes < 0:
            self.found.note(name, one, "unreadable", "this is no duration, or longer than any calendar")
            return None
        return span_words(minutes, self._unit(node), self.found.measures)

    def _unit(self, node: Node) -> str:
        number = whole(node.get("DurationFormat")) or 7
        unit = FORMATS.get(number - ESTIMATED if number > ESTIMATED else number, "d")
        return "d" if unit.endswith("%") else unit

    def _effort(self, node: Node, name: str) -> Decimal | None:
        one = node.find("Work")
        if one is None or not known.says_something(one.text):
            return None
        minutes = read_span(one.text)
        if minutes is None or minutes < 0:
            self.found.note(name, one, "unreadable", "this is no amount of work")
            return None
        hours = (minutes / 60).quantize(Decimal("0.01"))
        if hours * 60 != minutes:
            self.found.note(name, one, "changed", "rounded to a hundredth of an hour")
        return Decimal(plain(hours)) if hours else None

    def _moment(self, node: Node, tags: tuple[str, ...], say: Any, name: str) -> str | None:
        for tag in tags:
            one = node.find(tag)
            if one is not None and one.text and one.text != "NA":
                when = read_instant(one.text)
                if when is not None:
                    return str(say(when))
                self.found.note(name, one, "unreadable", "this is no day and time of a plan")
        return None

    def _day(self, node: Node, tag: str, times: Times, name: str) -> str | None:
        """A day on which something ends; a time of day other than the end of work is told."""
        one = node.find(tag)
        text = self._moment(node, (tag,), times.finish_words, name)
        if one is None or text is None:
            return None
        if "T" in text:
            self.found.note(name, one, "changed", "a plan holds its day, without the time")
        return text[:10]

    def _constraint(self, node: Node, times: Times, name: str) -> dict[str, str] | None:
        one = node.find("ConstraintType")
        number = whole(one.text) if one else 0
        if one is not None and (number is None or number not in range(len(CONSTRAINTS))):
            self.found.note(name, one, "unreadable", "there is no such constraint")
            return None
        kind = CONSTRAINTS[number or 0]
        if kind == _ASAP:
            return None
        if kind == _ALAP:
            return {"type": kind}
        text = self._moment(
            node, ("ConstraintDate",), times.start_words if kind in STARTS else times.finish_words, name
        )
        if text is None:
            if one is not None:
                self.found.note(name, one, "dropped", "a constraint without a date", kind)
            return None
        return {"type": kind, "date": text}

    def _baseline(self, node: Node, times: Times, name: str) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for one in node.all("Baseline"):
            number = one.get("Number") or "0"
            if number != "0":
                value = f"{one.get('Start')} to {one.get('Finish')}"
                self.found.note(name, one, "dropped", f"baseline {number}: a plan holds one, the approved one", value)
                continue
            for tag, key, say in (
                ("Start", "planned_start", times.start_words), ("Finish", "planned_finish", times.finish_words),
            ):  # fmt: skip
                text = self._moment(one, (tag,), say, name)
                if text is not None:
                    fields[key] = text[:10]
                    if "T" in text:
                        self.found.note(name, one, "changed", f"baseline {tag.lower()}: a plan holds its day, without the time",
                                        text)  # fmt: skip
            for tag in ("Work", "Cost"):
                if known.says_something(one.get(tag)):
                    self.found.note(name, one, "dropped", f"baseline {tag.lower()}", one.get(tag))
        return fields

    def _progress(self, node: Node, times: Times, name: str) -> dict[str, Any]:
        percent = whole(node.get("PercentComplete")) or 0
        if not 0 <= percent <= _FULL:
            self.found.note(
                name, node, "unreadable", "percent complete lies between 0 and 100", node.get("PercentComplete")
            )
            percent = 0
        fields = {
            "actual_start": self._moment(node, ("ActualStart",), times.start_words, name),
            "actual_finish": self._moment(node, ("ActualFinish",), times.finish_words, name),
            "percent": f"{percent}%" if percent else None,
        }
        if fields["actual_start"] and not fields["actual_finish"]:
            fields["remaining"] = self._span(node, ("RemainingDuration",), name)
        return fields

    # what stays behind

    def _rest(self, node: Node, name: str, row: Row) -> None:
        for one in node.children:
            tag = one.tag
            if tag in known.TOLD:
                if known.says_something(one.text) and not (
                    row.summary and tag in {"Cost", "ActualCost", "OvertimeWork", "Estimated", "EffortDriven"}
                ):
                    fate = "changed" if tag in {"Recurring", "ExternalTask"} else "dropped"
                    self.found.note(name, one, fate, known.TOLD[tag])  # type: ignore[arg-type]
            elif tag not in known.TAKEN and tag not in known.COMPUTED and tag not in known.SHOWN:
                self.found.note(name, one, "dropped", "an element that is not known here", one.text[:200])
        for tag, element, reason in self._special(node, row):
            self.found.note(name, element, "dropped", reason, element.text if tag else "")

    def _special(self, node: Node, row: Row) -> Iterator[tuple[str, Node, str]]:
        for tag in ("StartText", "FinishText", "DurationText"):
            one = node.find(tag)
            if one is not None and one.text:
                yield tag, one, "words where a date or duration stands"
        for tag, reason in (("Project", "an inserted project"), ("TimephasedData", "work day by day")):
            one = node.find(tag)
            if one is not None:
                yield "", one, reason
        for one in node.all("OutlineCode"):
            yield "", one, "a custom code"
        span = read_span(node.get("Duration"))
        milestone = node.find("Milestone")
        if milestone is not None and node.flag("Milestone") and span and not row.summary:
            yield "Milestone", milestone, "the mark of a milestone on a task that takes time"
        kind = node.find("Type")
        if kind is not None and kind.text == "2":
            yield "Type", kind, "fixed work: here the duration is what is fixed"
        stop, again = read_instant(node.get("Stop")), read_instant(node.get("Resume"))
        resume = node.find("Resume")
        if stop and again and resume is not None and self._split(stop, again, row):
            yield "Resume", resume, f"a split: work stops at {words(stop)}; links or another task would say so"

    def _split(self, stop: datetime, again: datetime, row: Row) -> bool:
        """Whether work rests in between for longer than the calendar says."""
        if again <= stop or row.summary:
            return False
        times, day = self.found.project_times, stop.date()
        if again.date() - day > timedelta(days=31):
            return True
        while day <= again.date():
            for start, end in times.hours(day):
                first, last = times.start(day).replace(hour=0, minute=0) + timedelta(minutes=start), end
                finish = times.start(day).replace(hour=0, minute=0) + timedelta(minutes=last)
                if max(first, stop) < min(finish, again):
                    return True
            day += timedelta(days=1)
        return False
