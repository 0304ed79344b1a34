"""What a network is made of: jobs, the ties between them, and how they are to be scheduled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handrail.compute.calendar import STANDARD, WorkCalendar
from handrail.compute.duration import Lag

LinkType = Literal["FS", "SS", "FF", "SF"]
ConstraintType = Literal["ASAP", "ALAP", "SNET", "FNET", "SNLT", "FNLT", "MSO", "MFO"]
Cause = Literal["start", "status", "link", "constraint", "actual", "manual", "part"]
HARD: frozenset[str] = frozenset({"SNLT", "FNLT", "MSO", "MFO"})
"""Constraints that can forbid what the links ask for."""
WAIT = Lag()
"""No lag at all."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A predecessor, by its id: FS finish-start, SS start-start, FF finish-finish, SF start-finish (of the successor)."""

    task: str
    type: LinkType = "FS"
    lag: Lag = WAIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A task as the network sees it. Instants are minutes since 0001-01-01, lengths minutes of `calendar`.

    An elapsed duration has the calendar ELAPSED. A job that others name as `parent` is a summary, and its own length
    counts for nothing. start, finish: typed dates of a manual task. remaining: what is left of one that has begun.
    """

    id: str
    minutes: int = 0
    calendar: WorkCalendar = STANDARD
    ties: tuple[Tie, ...] = ()
    parent: str | None = None
    constraint: ConstraintType | None = None
    at: int | None = None
    deadline: int | None = None
    manual: bool = False
    start: int | None = None
    finish: int | None = None
    actual_start: int | None = None
    actual_finish: int | None = None
    remaining: int | None = None

    @property
    def begun(self) -> bool:
        """Whether work on it has started."""
        return self.actual_start is not None or self.actual_finish is not None

    @property
    def typed(self) -> bool:
        """Whether it keeps dates that somebody typed, instead of following its links."""
        return self.manual and (self.start is not None or self.finish is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a network is scheduled.

    start: the project's start. status: what is not done cannot lie before it; None computes the plan as it was made.
    honour: whether SNLT, FNLT, MSO and MFO win over links. critical_up_to: the total float, in minutes, up to which a
    task is critical. floor: no link starts work before the project; Microsoft Project keeps only finish-finish links to it.
    """

    start: int
    status: int | None = None
    honour: bool = True
    critical_up_to: int = 0
    floor: bool = True


@dataclass(frozen=True, slots=True)
class Driver:
    """What decides when a task begins.

    task: the predecessor of the deciding link; source: the task that really decides, which differs from it where the
    predecessor is a summary. via: the summary that carries the link.
    """

    cause: Cause
    task: str | None = None
    source: str | None = None
    type: LinkType | None = None
    lag: Lag = WAIT
    via: str | None = None
