"""The table-Gantt: a table whose last column shows when; approved, expected and done are marks on one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handrail.compute.facts import Dated
from handrail.model.schedule import Task
from handrail.render.charts.scale import DayScale, Mark
from handrail.render.words import as_day, count, day, number, slip, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What stands on one line: a span in percent, and marks with their places."""

    left: str
    width: str
    late: bool
    planned: str
    expected: str
    shape: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the chart with its words."""

    id: str
    name: str
    note: str
    approved: str
    original: str
    expected: str
    slip: str
    tone: str
    bar: Bar | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gantt:
    """The chart: lines, axis and the sentence that says what it shows."""

    label: str
    word: str
    sentence: str
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    today: str | None
    long: bool


_LONG = 40


def gantt(  # noqa: PLR0913, PLR0917 - what a chart is told
    ones: tuple[Dated, ...],
    today: date,
    label: str,
    noun: str,
    word: str = "approved",
    bad: frozenset[str] | None = None,
) -> Gantt:
    """Milestones, increments or deliverables against the approved plan. bad: those beyond green; None: all late ones."""
    days = [value for one in ones for value in (one.original, one.planned, one.expected) if value]
    scale = DayScale.around([*days, today] if days else [])
    return Gantt(
        label=label, word=word, sentence=_sentence(ones, noun), lines=tuple(_line(one, scale, today, bad) for one in ones),
        marks=scale.marks() if scale else (), today=scale.left(today) if scale else None, long=len(ones) > _LONG,
    )  # fmt: skip


def _sentence(ones: tuple[Dated, ...], noun: str) -> str:
    if not ones:
        return f"No {noun} is planned yet."
    done = sum(one.done for one in ones)
    late = [one for one in ones if not one.done and (one.slip or 0) > 0]
    text = f"{count(done, noun)} of {number(len(ones))} {verb(done, 'is')} reached"
    if late:
        worst = max(late, key=lambda one: one.slip or 0)
        text += f'; {count(len(late), "open one")} {verb(len(late), "is")} expected late, at most "{worst.name}" by '
        text += f"{count(worst.slip or 0, 'working day')}"
    elif done < len(ones):
        text += "; none of the others is expected late"
    return text + "."


_DONE = {False: "done", True: "done hr-line-slipped"}
"""A line that is done, and one that was done late: it is no bad news any more, and no good one either."""


def _line(one: Dated, scale: DayScale | None, today: date, bad: frozenset[str] | None) -> Line:
    late = (one.slip or 0) > 0
    overdue = not one.done and one.expected is not None and one.expected < today
    original = day(one.original) if one.original and one.original != one.planned else ""
    note = "gate" if one.gate else "increment" if one.what == "increment" else ""
    return Line(
        id=one.id, name=one.name, note=note, approved=day(one.planned, "no day"), original=original,
        expected=("done " if one.done else "") + day(one.expected, "no day"),
        slip="overdue" if overdue and not late else slip(one.slip) if one.slip or one.done else "",
        tone="late" if (overdue or (late if bad is None else one.id in bad)) and not one.done else _DONE[late] if one.done else "", bar=_bar(one, scale),
    )  # fmt: skip


def _bar(one: Dated, scale: DayScale | None) -> Bar | None:
    if scale is None or one.expected is None:
        return None
    planned = one.planned or one.expected
    return Bar(
        left=scale.left(min(planned, one.expected)), width=scale.width(planned, one.expected), late=one.expected > planned,
        planned=scale.left(planned), expected=scale.left(one.expected), shape="gate" if one.gate else "point", done=one.done,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One task as a stretch of days."""

    id: str
    name: str
    start: str
    finish: str
    progress: str
    left: str | None
    width: str
    tone: str
    critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkChart:
    """Tasks on one axis."""

    label: str
    sentence: str
    lines: tuple[Work, ...]
    marks: tuple[Mark, ...]
    today: str | None
    long: bool


def work(tasks: tuple[Task, ...], today: date, critical: frozenset[str] = frozenset()) -> WorkChart | None:
    """The tasks whose days are known, with those marked on which the end depends; None without tasks."""
    if not tasks:
        return None
    scale = DayScale.around([*_days(tasks), today])
    done = sum(one.actual_finish is not None for one in tasks)
    undated = sum(None in span_of(one) for one in tasks)
    sentence = f"{count(done, 'task')} of {number(len(tasks))} {verb(done, 'is')} done"
    sentence += f"; {count(undated, 'task')} {verb(undated, 'has')} no days yet." if undated else "."
    if critical:
        sentence += f" {count(len(critical), 'task')} still to do {verb(len(critical), 'is')} critical."
    return WorkChart(
        label="Tasks", sentence=sentence, lines=tuple(_work(one, scale, today, critical) for one in tasks),
        marks=scale.marks() if scale else (), today=scale.left(today) if scale else None, long=len(tasks) > _LONG,
    )  # fmt: skip


def span_of(task: Task) -> tuple[date | None, date | None]:
    """The days of a task as far as they are written: actual, then manual, then planned."""
    start = as_day(task.actual_start or task.start or task.planned_start)
    finish = as_day(task.actual_finish or task.forecast or task.finish or task.planned_finish)
    return start, finish


def _days(tasks: tuple[Task, ...]) -> Iterable[date]:
    return (value for one in tasks for value in span_of(one) if value)


def _work(task: Task, scale: DayScale | None, today: date, critical: frozenset[str]) -> Work:
    start, finish = span_of(task)
    done = task.actual_finish is not None
    late = not done and finish is not None and finish < today
    drawn = scale is not None and start is not None and finish is not None and finish >= start
    progress = "done" if done else f"{task.percent * 100:.0f}%" if task.percent is not None else ""
    return Work(
        id=task.id, name=task.name, start=day(start), finish=day(finish), progress=progress,
        left=scale.left(start) if drawn and scale and start else None,
        width=scale.width(start, finish) if drawn and scale and start and finish else "0%",
        tone="done" if done else "late" if late else "", critical=task.id in critical,
    )  # fmt: skip
