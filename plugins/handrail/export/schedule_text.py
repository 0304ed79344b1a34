"""A schedule on a terminal: bars against time, the table of dates, and the reasons for one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from handrail import english
from handrail.compute.facts import Dated, Project
from handrail.compute.jobs import Driver
from handrail.compute.timed import Schedule, Timed, day_of_finish
from handrail.export.schedule import lag_words
from handrail.report.safe import safe
from handrail.report.text import paint

_NAME = 34
_LEAST = 24
_NEAR = 100
_DEEPEST = 12
LEGEND = "█ done  ▓ critical  ░ open  · float  ━ summary  ◆ milestone  ◇ as planned  │ status date"
_LINKS = {
    "FS": "{0} finishes on {2}", "SS": "{0} starts on {1}", "FF": "it must not finish before {0}, on {2}",
    "SF": "it must not finish before {0} starts, on {1}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to columns."""

    first: date
    days: int
    width: int

    def column(self, day: date) -> int:
        """The column of a day, kept inside."""
        return min(max((day - self.first).days * self.width // self.days, 0), self.width - 1)


def gantt(project: Project, schedule: Schedule | None, width: int, *, on: bool) -> Iterator[str]:
    """Bars of all tasks, then the milestones, on one scale of so many columns."""
    tasks = schedule.tasks if schedule else ()
    milestones = [one for one in project.milestones if one.expected]
    days = [
        day for one in tasks for day in (one.start.date(), day_of_finish(one.finish), day_of_finish(one.late_finish))
    ]
    days += [day for one in milestones for day in (one.expected, one.planned) if day]
    if not days:
        return
    first = min(days) - timedelta(days=1)
    label = min(_NAME, max([len(_label(one)) for one in tasks] + [len(_label(one)) for one in milestones]))
    room = max(width - label - 15, _LEAST)
    scale = _Scale(first, (max(days) - first).days + 1, room)
    status = schedule.status if schedule else project.status_date
    mark = scale.column(status) if status and first <= status <= max(days) else None
    for line in _axis(scale):
        yield paint(f"{'':<{label}}  {line}".rstrip(), "dim", on=on)
    for one in tasks:
        text = _ruled(_bar(one, scale), mark)
        text = paint(text, "red" if one.critical else "dim" if one.state == "done" else "bold", on=on)
        yield f"{_label(one)[:label]:<{label}}  {text}  {_day(one.finish):>11}"
    for dated in milestones:
        text = _ruled(_diamonds(dated, scale), mark)
        yield f"{_label(dated)[:label]:<{label}}  {text}  {_day(dated.expected):>11}"
    yield paint(LEGEND, "dim", on=on)


def table(schedule: Schedule, *, on: bool) -> Iterator[str]:
    """Early and late dates, float, and what decides each task."""
    heads = ("id", "early start", "early finish", "late start", "late finish", "float", "free", "crit", "done", "expected",
             "stated", "by", "driver")  # fmt: skip
    rows = [_cells(one) for one in schedule.tasks]
    widths = [max(len(head), *(len(row[i]) for row in rows)) for i, head in enumerate(heads)]
    yield paint("  ".join(head.ljust(width) for head, width in zip(heads, widths, strict=True)).rstrip(), "dim", on=on)
    for one, row in zip(schedule.tasks, rows, strict=True):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        yield paint(line, "red", on=on) if one.critical and not one.summary else line
    yield paint("float and free float in days of the task's calendar; by: working days from the network to what is stated",
                "dim", on=on)  # fmt: skip


def reasons(schedule: Schedule, name: str) -> Iterator[str]:
    """Why a task's date is what it is: the chain of what decides it, back to a date."""
    chain = schedule.chain(name)
    one = chain[0]
    spare = one.days(one.total_float).normalize()
    word = "critical" if one.critical else f"{spare:f} day{'' if spare == 1 else 's'} of float"
    when = _day(one.finish) if one.milestone else f"{_day(one.start)} to {_day(one.finish)}"
    yield f"{_named(one)}: {when}, {'done' if one.state == 'done' else word}."
    for i, link in enumerate(chain):
        other = chain[i + 1] if i + 1 < len(chain) else None
        yield f"{'  ' * min(i + 1, _DEEPEST)}{_because(link, other, schedule)}"


def _because(one: Timed, other: Timed | None, schedule: Schedule) -> str:
    driver = one.driver
    if driver.cause == "link" and other is not None:
        return _linked(one, other, driver)
    if driver.cause == "part" and other is not None:
        return f"it ends with {_named(other)}, the last of its tasks to finish"
    if driver.cause == "actual":
        return _happened(one, schedule)
    since = f"the status date, {_day(schedule.status)}"
    given = one.task.constraint
    words = {
        "status": f"{one.id} has not begun, and what is not done cannot lie before {since}",
        "constraint": f"{driver.via or one.id} has a constraint",
        "manual": f"the dates of {one.id} are typed, not computed",
    }
    if driver.cause == "constraint" and given is not None and driver.via is None:
        return f"{one.id} has the constraint {given.type} {_day(given.date)}".rstrip()
    return words.get(driver.cause, f"nothing comes before {one.id}: it starts with the project")


def _happened(one: Timed, schedule: Schedule) -> str:
    if one.state == "done":
        return f"{one.id} is done: {_day(one.start)} to {_day(one.finish)}"
    rest = one.days(one.remaining).normalize()
    left = "1 day of work is left" if rest == 1 else f"{rest:f} days of work are left"
    since = f", done from the status date on, {_day(schedule.status)}" if schedule.status else ""
    return f"{one.id} began on {_day(one.start)}; {left}{since}"


def _linked(one: Timed, other: Timed, driver: Driver) -> str:
    said = _LINKS[driver.type or "FS"].format(_named(other), _day(other.start), _day(other.finish))
    lag = lag_words(driver, one.day)
    wait = f", with a lag of {lag}" if lag else ""
    through = f", because of the link of its summary {driver.via}" if driver.via else ""
    summary = (
        f", the {'first' if driver.type in {'SS', 'SF'} else 'last'} task of {driver.task}"
        if driver.task != other.id
        else ""
    )
    return f"because {said}{summary} ({driver.type} link of {one.id}{wait}{through})"


def _cells(one: Timed) -> tuple[str, ...]:
    driver = one.driver
    link = (
        f"{driver.task} {driver.type}{lag_words(driver, one.day) or ''}" if driver.task and driver.type else driver.task
    )
    return (
        one.id, _day(_start(one, one.early_start)), _day(one.early_finish), _day(_start(one, one.late_start)),
        _day(one.late_finish), f"{one.days(one.total_float).normalize():f}",
        f"{one.days(one.free_float).normalize():f}", "yes" if one.critical else "",
        "" if one.percent is None else f"{round(one.percent * 100)}%", _day(one.expected), _day(one.stated),
        "" if one.difference is None else f"{one.difference:+}", link or driver.cause,
    )  # fmt: skip


def _start(one: Timed, when: datetime) -> date:
    """The day of a start; a milestone begins when it ends."""
    return day_of_finish(when) if one.milestone else when.date()


def _label(one: Timed | Dated) -> str:
    name = one.task.name if isinstance(one, Timed) else one.name
    return f"{'  ' * one.level if isinstance(one, Timed) else ''}{one.id} {safe(name)}"


def _bar(one: Timed, scale: _Scale) -> list[str]:
    cells = [" "] * scale.width
    begin, end = scale.column(one.start.date()), scale.column(day_of_finish(one.finish))
    for i in range(end + 1, scale.column(day_of_finish(one.late_finish)) + 1):
        cells[i] = "·" if not one.summary else " "
    if one.milestone:
        cells[end] = "◆"
        return cells
    sign = "━" if one.summary else "▓" if one.critical else "░"
    done = 0 if one.percent is None else round((end - begin + 1) * min(one.percent, Decimal(1)))
    for i in range(begin, end + 1):
        cells[i] = "█" if not one.summary and i < begin + done else sign
    return cells


def _diamonds(one: Dated, scale: _Scale) -> list[str]:
    cells = [" "] * scale.width
    if one.planned:
        cells[scale.column(one.planned)] = "◇"
    if one.expected:
        cells[scale.column(one.expected)] = "◆"
    return cells


def _ruled(cells: list[str], mark: int | None) -> str:
    """A row with the status date drawn where nothing else stands."""
    if mark is not None and cells[mark] in {" ", "·"}:
        cells[mark] = "│"
    return "".join(cells)


def _axis(scale: _Scale) -> Sequence[str]:
    """Years above months, or months above Mondays where few weeks are shown; what has no room is left out."""
    above, below = [" "] * scale.width, [" "] * scale.width
    days = [scale.first + timedelta(days=step) for step in range(scale.days)]
    near = scale.days <= _NEAR
    for day in days:
        if day.day == 1 and (near or day.month == 1):
            _write(above, scale.column(day), f"{day:%b %Y}" if near else str(day.year))
        if (near and day.weekday() == 0) or (not near and day.day == 1):
            _write(below, scale.column(day), str(day.day) if near else f"{day:%b}")
    _write(above, 0, f"{scale.first:%b %Y}" if near else str(scale.first.year))
    return "".join(above).rstrip(), "".join(below).rstrip()


def _write(cells: list[str], column: int, text: str) -> None:
    """Write where nothing stands yet, with a space on both sides."""
    end = column + len(text)
    if end <= len(cells) and all(cell == " " for cell in cells[max(column - 1, 0) : end + 1]):
        cells[column:end] = text


def _named(one: Timed) -> str:
    return f'{one.id} "{safe(one.task.name)}"'


def _day(when: datetime | date | None) -> str:
    if when is None:
        return ""
    day = day_of_finish(when) if isinstance(when, datetime) else when
    return english.day(day)
