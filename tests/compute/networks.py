"""Real plans as numbers: reads the shared networks, computes them, and compares with the dates that were stored."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any, cast

from handrail.compute.calendar import ELAPSED, Shift, WorkCalendar, instant
from handrail.compute.duration import Lag, LagUnit
from handrail.compute.jobs import ConstraintType, Job, Settings, Tie
from handrail.compute.network import Network, Times, compute

FIGURES = ("ES", "EF", "LS", "LF", "start slack", "finish slack", "total slack", "free slack", "critical")
_CONSTRAINTS: dict[str, ConstraintType] = {
    "AS_SOON_AS_POSSIBLE": "ASAP", "AS_LATE_AS_POSSIBLE": "ALAP", "START_NO_EARLIER_THAN": "SNET",
    "FINISH_NO_EARLIER_THAN": "FNET", "START_NO_LATER_THAN": "SNLT", "FINISH_NO_LATER_THAN": "FNLT",
    "MUST_START_ON": "MSO", "MUST_FINISH_ON": "MFO", "START_ON": "MSO", "FINISH_ON": "MFO",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One figure of one task."""

    task: int
    figure: str
    stored: Any
    ours: Any
    equal: bool


class Stored:
    """One network: its jobs, its settings, and the dates that were stored with it."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.data = json.loads(path.read_text(encoding="utf-8"))
        self.calendars = {
            key: _calendar(one, self.data["project"])
            for key, one in self.data["calendars"].items()
            if any(one["week"].values())  # some files keep calendars by which nobody works and that no task uses
        }
        self.tasks = {str(one["uid"]): one for one in self.data["tasks"]}
        self.active = {key for key, one in self.tasks.items() if one["active"]}
        self.jobs = [self._job(one) for one in self.data["tasks"] if one["active"]]
        project = self.data["project"]
        self.settings = Settings(
            start=_at(project["start"]), honour=project["honor_constraints"], floor=False,
            critical_up_to=_whole(project["critical_slack_limit"] or 0),
        )  # fmt: skip

    def network(self) -> Network:
        """What we make of it."""
        return compute(self.jobs, self.settings)

    def compare(self) -> Iterator[Compared]:
        """Every stored figure beside ours. Dates are equal when no working time lies between them."""
        times = self.network().times
        hundredth = self._short_free_slack()
        for job in self.jobs:
            stored, one = self.tasks[job.id]["stored"], times[job.id]
            for key, ours in (
                ("ES", one.early_start),
                ("EF", one.early_finish),
                ("LS", one.late_start),
                ("LF", one.late_finish),
            ):
                if stored[key] is not None:
                    equal = job.calendar.between(_at(stored[key]), ours) == 0
                    yield Compared(task=int(job.id), figure=key, stored=stored[key], ours=ours, equal=equal)
            for key, field, ours in self._slacks(one):
                if stored[field] is not None:
                    right = _whole(stored[field] * (100 if hundredth and field == "free_slack" else 1))
                    yield Compared(task=int(job.id), figure=key, stored=right, ours=ours, equal=right == ours)
            critical = stored["critical"] if stored["critical"] is not None else stored["mpxj_critical"]
            if critical is not None:
                yield Compared(
                    task=int(job.id),
                    figure="critical",
                    stored=critical,
                    ours=one.critical,
                    equal=critical == one.critical,
                )

    @staticmethod
    def _slacks(one: Times) -> tuple[tuple[str, str, int], ...]:
        return (
            ("start slack", "start_slack", one.start_slack),
            ("finish slack", "finish_slack", one.finish_slack),
            ("total slack", "total_slack", one.total),
            ("total slack", "mpxj_total_slack", one.total),
            ("free slack", "free_slack", one.free),
        )

    def _short_free_slack(self) -> bool:
        """Files without start and finish slack come from an older format, which keeps free slack in hundredths."""
        return all(
            one["stored"]["start_slack"] is None and one["stored"]["total_slack"] is None for one in self.data["tasks"]
        )

    def _job(self, one: dict[str, Any]) -> Job:
        stored = one["stored"]
        calendar = (
            ELAPSED
            if one["duration_elapsed"]
            else self.calendars[one["effective_calendar"] or self.data["project"]["calendar"]]
        )
        constraint = one["constraint"] or {"type": "AS_SOON_AS_POSSIBLE", "date": None}
        fixed = one["manual"] or one["external"]
        return Job(
            id=str(one["uid"]), minutes=_whole(one["duration"]), calendar=calendar,
            ties=tuple(Tie(str(link["pred"]), link["type"], _lag(link)) for link in one["links"] if str(link["pred"]) in self.active),
            parent=str(one["parent"]) if str(one["parent"]) in self.active else None,
            constraint=_CONSTRAINTS[constraint["type"]], at=_maybe(constraint["date"]), deadline=_maybe(one["deadline"]),
            manual=fixed, start=_maybe(stored["start"]) if fixed else None, finish=_maybe(stored["finish"]) if fixed else None,
            actual_start=_maybe(one["actual_start"]), actual_finish=_maybe(one["actual_finish"]), remaining=_whole(one["remaining"]),
        )  # fmt: skip


def table(networks: list[Stored]) -> tuple[str, Counter[str], Counter[str]]:
    """How many stored figures there are and how many are equal, per network and in all."""
    lines = [f"{'network':<12}{'tasks':>6}" + "".join(f"{figure:>14}" for figure in FIGURES)]
    equal_all: Counter[str] = Counter()
    known_all: Counter[str] = Counter()
    for network in networks:
        found = list(network.compare())
        known = Counter(one.figure for one in found)
        equal = Counter(one.figure for one in found if one.equal)
        equal_all += equal
        known_all += known
        cells = "".join(f"{f'{equal[figure]}/{known[figure]}' if known[figure] else '-':>14}" for figure in FIGURES)
        lines.append(f"{network.name:<12}{len(network.jobs):>6}{cells}")
    cells = "".join(f"{f'{equal_all[figure]}/{known_all[figure]}':>14}" for figure in FIGURES)
    lines.append(f"{'all':<12}{sum(len(one.jobs) for one in networks):>6}{cells}")
    return "\n".join(lines), equal_all, known_all


def _calendar(one: dict[str, Any], project: dict[str, Any]) -> WorkCalendar:
    week = [[_shift(shift) for shift in one["week"][str(day)]] for day in range(1, 8)]
    days = {date.fromisoformat(day): [_shift(shift) for shift in shifts] for day, shifts in one["dates"].items()}
    return WorkCalendar(
        week, days, day=_whole(project["minutes_per_day"]), per_week=_whole(project["minutes_per_week"])
    )


def _shift(given: list[int]) -> Shift:
    return given[0], given[1]


def _lag(link: dict[str, Any]) -> Lag:
    unit = (link.get("lag_unit") or "working").split("_")[0].lower()
    amount = Decimal(str(link["lag"])) * (100 if unit == "percent" else 1)
    return Lag(_whole(amount), cast("LagUnit", unit if unit in {"percent", "elapsed"} else "working"))


def _at(text: str) -> int:
    return instant(datetime.fromisoformat(text))


def _maybe(text: str | None) -> int | None:
    return _at(text) if text else None


def _whole(amount: Any) -> int:
    return int(Decimal(str(amount or 0)).quantize(Decimal(1), ROUND_HALF_EVEN))
