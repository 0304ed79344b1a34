"""The real networks of the shared data as plans, and what another reader finds in a file of ours."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handrail.model.organisation import Organisation
from handrail.model.project import Plan
from handrail.model.schedule import Calendar, Constraint, Link, Scheduling, Task

from tests.shared_data import shared

NUMBERS = range(1, 28)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CONSTRAINTS = {
    "START_NO_EARLIER_THAN": "SNET", "START_NO_LATER_THAN": "SNLT", "FINISH_NO_EARLIER_THAN": "FNET",
    "FINISH_NO_LATER_THAN": "FNLT", "MUST_START_ON": "MSO", "MUST_FINISH_ON": "MFO", "AS_LATE_AS_POSSIBLE": "ALAP",
    "AS_SOON_AS_POSSIBLE": "ASAP", "START_ON": "MSO", "FINISH_ON": "MFO",
}  # fmt: skip
ORGANISATION = Organisation(format=1, organisation="Test")


def network(number: int) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(shared(f"cpm/network-{number:02}.json").read_text(encoding="utf-8"))
    return data


def plan_of_network(data: dict[str, Any]) -> Plan:
    """The plan that a network describes. Minutes stay minutes where they are no whole days."""
    project = data["project"]
    day = project["minutes_per_day"]

    def span(minutes: float) -> str:
        exact = Decimal(str(minutes))
        return f"{exact // day}d" if exact % day == 0 else f"{exact.normalize():f}m"

    def lag(one: dict[str, Any]) -> str | None:
        if not one["lag"]:
            return None
        sign = "-" if one["lag"] < 0 else "+"
        size = abs(one["lag"])
        return f"{sign}{size:g}%" if one.get("lag_unit") == "percent" else f"{sign}{span(size)}"

    def moment(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    def day_of(text: str | None) -> date | None:
        return date.fromisoformat(text[:10]) if text else None

    def clock(minute: int) -> str:
        return f"{minute // 60:02}:{minute % 60:02}"

    used = {project["calendar"], *(one["calendar"] for one in data["tasks"])} - {None}
    calendars = tuple(
        Calendar(
            id=f"C{key}", alone=True,
            week={name: " ".join(f"{clock(a)}-{clock(b)}" for a, b in one["week"][str(number)])
                  for number, name in enumerate(DAYS, 1) if one["week"][str(number)]},
        )
        for key, one in data["calendars"].items() if key in used
    )  # fmt: skip
    ids = {one["uid"]: f"T{number}" for number, one in enumerate(data["tasks"], 1)}
    summaries = {one["uid"] for one in data["tasks"] if one["summary"]}
    tasks = []
    for one in data["tasks"]:
        given = one["constraint"]
        kind = CONSTRAINTS[given["type"]] if given else "ASAP"
        when = moment(given["date"]) if given else None
        tasks.append(
            Task(
                id=ids[one["uid"]], name=f"Task {one['uid']}", parent=ids.get(one["parent"]),
                duration=None if one["uid"] in summaries and not one["manual"] else span(one["duration"]),
                links=tuple(Link(task=ids[each["pred"]], type=each["type"], lag=lag(each)) for each in one["links"]),
                constraint=Constraint(type=kind, date=when) if kind != "ASAP" else None,
                deadline=day_of(one["deadline"]),
                manual=one["manual"], start=moment(one["stored"]["start"]) if one["manual"] else None,
                finish=moment(one["stored"]["finish"]) if one["manual"] else None,
                calendar=f"C{one['calendar']}" if one["calendar"] else None,
                actual_start=None if one["summary"] else moment(one["actual_start"]),
                actual_finish=None if one["summary"] else moment(one["actual_finish"]),
                percent=Decimal(str(one["percent"])) / 100 if one["percent"] and not one["summary"] else None,
                remaining=span(one["remaining"])
                if one["actual_start"] and not one["actual_finish"] and not one["summary"] else None,
            )
        )  # fmt: skip
    return Plan(
        id="bridge", name="Bridge", tier="medium", phase="execution", tasks=tuple(tasks), calendars=calendars,
        status_date=day_of(project["status_date"]),
        scheduling=Scheduling(
            start=moment(project["start"]), calendar=f"C{project['calendar']}", honour_constraints=project["honor_constraints"],
            hours_per_day=Decimal(day) / 60, hours_per_week=Decimal(project["minutes_per_week"]) / 60, days_per_month=Decimal(20),
        ),
    )  # fmt: skip
