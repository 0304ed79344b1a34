"""The frozen facts about a plan's tasks: when each can be, must be and is expected to be, and what decides that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from handrail.compute.jobs import Driver, Job, Settings
from handrail.compute.network import Network
from handrail.compute.working_time import Problem
from handrail.model.schedule import Task

State = Literal["open", "begun", "done"]
_DIGITS = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Timed:
    """One task. Moments are in the organisation's time; lengths are minutes of the task's calendar, `day` of them a day.

    start, finish: as the network has them today: actual days where there are some, and nothing undone in the past.
    assumed: the task names no duration, and counts as a milestone.
    stated: what the manager expects; expected: the actual day, else `stated`, else the network's.
    difference: working days from the network's finish to the stated one. slip: from the approved finish to `expected`.
    percent: how much is done, by duration; None where nobody says. conflict: minutes by which its hard constraint
    cannot be kept.
    """

    task: Task
    level: int
    summary: bool
    state: State
    start: datetime
    finish: datetime
    early_start: datetime
    early_finish: datetime
    late_start: datetime
    late_finish: datetime
    duration: int
    remaining: int
    day: int
    total_float: int
    free_float: int
    critical: bool
    driver: Driver
    percent: Decimal | None
    stated: date | None
    expected: date
    difference: int | None
    slip: int | None
    conflict: int
    assumed: bool

    @property
    def id(self) -> str:
        """The task's id."""
        return self.task.id

    @property
    def milestone(self) -> bool:
        """Whether it takes no time."""
        return not self.summary and self.duration == 0

    def days(self, minutes: int) -> Decimal:
        """Minutes as days of the task's calendar, to two digits."""
        return (Decimal(minutes) / self.day).quantize(_DIGITS)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Schedule:
    """What follows from a plan's tasks on its status date.

    tasks: in the order of the plan; empty where `why` says what stands in the way. status: the day from which work that
    is not done goes on. finish: the network's; stated: what the manager expects of the last milestone; difference:
    working days from the one to the other. driving: the tasks that decide the finish, first to last. problems: what
    keeps the network from being computed. warnings: what is computed, but cannot come true as it is written.
    jobs, settings, network: what all this was computed from, for those who compute on.
    """

    tasks: tuple[Timed, ...] = ()
    start: datetime | None = None
    finish: datetime | None = None
    status: date | None = None
    stated: date | None = None
    difference: int | None = None
    driving: tuple[str, ...] = ()
    percent: Decimal | None = None
    why: str | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    jobs: tuple[Job, ...] = ()
    settings: Settings | None = None
    network: Network | None = None

    def task(self, name: str) -> Timed | None:
        """A task by its id."""
        return next((one for one in self.tasks if one.id == name), None)

    def chain(self, name: str) -> tuple[Timed, ...]:
        """The tasks that decide when one begins: it first, then back along the drivers to what only a date decides."""
        by_id = {one.id: one for one in self.tasks}
        found: dict[str, Timed] = {}
        here: str | None = name
        while here is not None and here in by_id and here not in found:
            found[here] = by_id[here]
            here = by_id[here].driver.source
        return tuple(found.values())

    @property
    def critical(self) -> tuple[Timed, ...]:
        """The tasks, summaries aside, that must not slip."""
        return tuple(one for one in self.tasks if one.critical and not one.summary)


def day_of_finish(when: datetime) -> date:
    """The day on which work ends: midnight still belongs to the day before."""
    day = when.date()
    return date.fromordinal(day.toordinal() - 1) if (when.hour, when.minute) == (0, 0) and day > date.min else day
