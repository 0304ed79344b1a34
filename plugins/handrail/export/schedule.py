"""A schedule as a table: one row per task, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from handrail.compute.calendar import DAY
from handrail.compute.facts import Project
from handrail.compute.jobs import Driver
from handrail.compute.timed import Schedule, Timed
from handrail.export.dataset import Dataset, Plain

COLUMNS = (
    "id", "name", "parent", "level", "summary", "milestone", "state", "percent", "duration_minutes", "remaining_minutes",
    "day_minutes", "start", "finish", "early_start", "early_finish", "late_start", "late_finish", "total_float_minutes",
    "free_float_minutes", "total_float_days", "free_float_days", "critical", "driver", "driver_task", "driver_link",
    "driver_lag", "planned_start", "planned_finish", "stated_finish", "expected_finish", "difference_days", "slip_days",
)  # fmt: skip
"""Moments are in the organisation's time; days of float are those of the task's calendar, the others working days."""


def schedule_data(project: Project, schedule: Schedule) -> Dataset:
    """The table of one project's tasks, with what is true of all of them."""
    about = {
        "project": project.id,
        "as_of": project.as_of.isoformat(),
        "status_date": _iso(schedule.status),
        "start": _iso(schedule.start),
        "finish": _iso(schedule.finish),
        "stated_finish": _iso(schedule.stated),
        "difference_days": schedule.difference,
        "percent": schedule.percent,
        "driving": list(schedule.driving),
        "why_not": schedule.why,
    }
    rows = tuple(_row(one) for one in schedule.tasks)
    return Dataset(path=f"schedules/{project.id}", columns=COLUMNS, rows=rows, project=project.id, about=about)


def _row(one: Timed) -> Mapping[str, Plain]:
    task = one.task
    return {
        "id": one.id, "name": task.name, "parent": task.parent, "level": one.level, "summary": one.summary,
        "milestone": one.milestone, "state": one.state, "percent": one.percent, "duration_minutes": one.duration,
        "remaining_minutes": one.remaining, "day_minutes": one.day, "start": _iso(one.start), "finish": _iso(one.finish),
        "early_start": _iso(one.early_start), "early_finish": _iso(one.early_finish), "late_start": _iso(one.late_start),
        "late_finish": _iso(one.late_finish), "total_float_minutes": one.total_float, "free_float_minutes": one.free_float,
        "total_float_days": one.days(one.total_float), "free_float_days": one.days(one.free_float), "critical": one.critical,
        "driver": one.driver.cause, "driver_task": one.driver.task, "driver_link": one.driver.type,
        "driver_lag": lag_words(one.driver, one.day), "planned_start": _iso(task.planned_start),
        "planned_finish": _iso(task.planned_finish), "stated_finish": _iso(one.stated), "expected_finish": _iso(one.expected),
        "difference_days": one.difference, "slip_days": one.slip,
    }  # fmt: skip


def lag_words(driver: Driver, day: int) -> str | None:
    """A driver's lag as people write it: `+2d`, `+30m`, `-50%`, `+1ed`; None without one."""
    amount, unit = driver.lag.amount, driver.lag.unit
    if not amount:
        return None
    if unit == "percent":
        return f"{(Decimal(amount) / 100).normalize():+f}%"
    elapsed = "e" if unit == "elapsed" else ""
    for length, name in ((DAY if elapsed else day, "d"), (60, "h")):
        if amount % length == 0:
            return f"{amount // length:+}{elapsed}{name}"
    return f"{amount:+}{elapsed}m"


def _iso(when: object) -> str | None:
    if isinstance(when, datetime):
        return when.isoformat(timespec="minutes")
    return None if when is None else str(when)
