"""Signs that a project drifts before its colour says so: an end that keeps moving, float that is used up, work that gets dearer.

The three figures are those of the catalogue: the expected end moved later in three reports in a row, the float of the open
tasks fell by half within sixty days, and the cost efficiency fell by five points over two reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from handrail.compute.facts import Project
from handrail.model.project import Plan
from handrail.model.repository import Repository

REPORTS = 6
"""So many reports before the newest are looked at: enough to say since when a sign is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """How a project stood on a day: its expected end, its cost efficiency, and the float of its open tasks in working days."""

    on: date
    end: date | None = None
    cpi: Decimal | None = None
    floats: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on it is a sign. moves: reports in a row; days and share: of float; points: of efficiency, over two reports."""

    moves: int = 3
    days: int = 60
    share: Decimal = Decimal("0.5")
    points: Decimal = Decimal("0.05")


USUAL = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign. since: the report with which it was first seen and since when it has not gone away.

    values: what moved, the oldest first: ends, mean float in working days, or efficiencies.
    """

    kind: Literal["end", "float", "efficiency"]
    since: date
    values: tuple[date | Decimal, ...]


def stood(project: Project, repository: Repository) -> Earlier:
    """How a project stands on its day."""
    from handrail.compute.figures import earned_value  # noqa: PLC0415 - few projects are looked at so closely
    from handrail.compute.schedules import timed  # noqa: PLC0415

    tasks = timed(project, repository).values()
    return Earlier(
        on=project.as_of,
        end=project.end.expected if project.end else None,
        cpi=earned_value(project, repository).cpi.value,
        floats={one.id: int(one.total_float // one.day) for one in tasks if one.state != "done" and not one.summary and one.day},
    )  # fmt: skip


def days_of(plan: Plan, as_of: date, limits: Limits = USUAL) -> tuple[date, ...]:
    """The days that must be known: the eve of each of the newest reports, on which the one before it was the newest, and for
    the float the days so long before each report and before today.
    """  # fmt: skip
    reports = _reports(plan, as_of)
    eves = [one - timedelta(days=1) for one in reports[1:]]
    back = [one - timedelta(days=limits.days) for one in (*eves, as_of)]
    return tuple(sorted({*eves, *back}))


def signs_of(plan: Plan, now: Earlier, known: Mapping[date, Earlier], limits: Limits = USUAL) -> tuple[Sign, ...]:
    """Every sign that a project shows, given how it stood on the days that `days_of` names; days may be missing."""
    reports = _reports(plan, now.on)
    eves = [one - timedelta(days=1) for one in reports[1:]]
    # how it stood with each report: on the eve of the next one; with the newest, as it stands now
    states = [(one, known[eve]) for one, eve in zip(reports, eves, strict=False) if eve in known]
    states += [(reports[-1], now)] if reports else []
    return tuple(_all(states, known, limits))


def shows_a_sign(states: Sequence[Earlier], at: int, limits: Limits = USUAL) -> bool:
    """Whether the end keeps moving, or the work gets dearer, on one of several days that follow each other."""
    dated = [(one.on, one) for one in states]
    return _moved(dated, at, limits.moves) or _dearer(dated, at, limits.points)


def _all(states: Sequence[tuple[date, Earlier]], known: Mapping[date, Earlier], limits: Limits) -> Iterator[Sign]:
    if (run := _run([_moved(states, i, limits.moves) for i in range(len(states))])) is not None:
        ends = tuple(one.end for _, one in states[-limits.moves - 1 :] if one.end)
        yield Sign(kind="end", since=states[run][0], values=ends)
    if (run := _run([_used_up(one, known, limits) is not None for _, one in states])) is not None:
        found = _used_up(states[-1][1], known, limits)
        yield Sign(kind="float", since=states[run][0], values=found or ())
    if (run := _run([_dearer(states, i, limits.points) for i in range(len(states))])) is not None:
        yield Sign(kind="efficiency", since=states[run][0], values=tuple(one.cpi for _, one in states[-3:] if one.cpi))


def _reports(plan: Plan, as_of: date) -> list[date]:
    return sorted({one.as_of for one in plan.reports if one.as_of <= as_of})[-REPORTS - 1 :]


def _run(seen: Sequence[bool]) -> int | None:
    """Where the sign that holds today began to hold without a break; None where it does not hold today."""
    if not seen or not seen[-1]:
        return None
    first = len(seen) - 1
    while first > 0 and seen[first - 1]:
        first -= 1
    return first


def _moved(states: Sequence[tuple[date, Earlier]], at: int, moves: int) -> bool:
    ends = [one.end for _, one in states[max(at - moves, 0) : at + 1]]
    return len(ends) == moves + 1 and all(a is not None and b is not None and b > a for a, b in pairwise(ends))


def _used_up(now: Earlier, known: Mapping[date, Earlier], limits: Limits) -> tuple[Decimal, ...] | None:
    """The mean float then and now of the tasks open at both times, where it has fallen so far."""
    then = known.get(now.on - timedelta(days=limits.days))
    both = now.floats.keys() & then.floats.keys() if then else frozenset()
    if then is None or not both:
        return None
    was, is_ = (Decimal(sum(one.floats[name] for name in both)) / len(both) for one in (then, now))
    return (was, is_) if was > 0 and is_ <= was * (1 - limits.share) else None


def _dearer(states: Sequence[tuple[date, Earlier]], at: int, points: Decimal) -> bool:
    """Whether the efficiency fell over the last two reports, at each of them."""
    values = [one.cpi for _, one in states[max(at - 2, 0) : at + 1]]
    if len(values) < 3 or values[0] is None or values[1] is None or values[2] is None:  # noqa: PLR2004 - two periods
        return False
    return values[0] > values[1] > values[2] and values[0] - values[2] >= points
