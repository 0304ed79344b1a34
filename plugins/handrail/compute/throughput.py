"""When an adaptive project will be through, from the pace at which its increments were accepted.

The pace of an increment is what was accepted of it per working day since the acceptance before. What is left is run
through many times, each increment at a pace drawn from those seen; the seed is fixed, so the same plan gives the same days.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from handrail.compute.workdays import WorkDays
from handrail.model.project import Plan
from handrail.model.schedule import Increment

FEWEST, RUNS, SEED = 3, 1000, 20_210_401
_LONGEST = 26_100  # working days of a century: beyond it a forecast says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """accepted, left: sizes in the team's own unit. pace: accepted per working day, over all so far.

    p50, p80: the days by which half, four fifths of the runs are through; None with the reason where too little is known.
    """

    accepted: Decimal
    left: Decimal
    pace: Decimal | None
    p50: date | None
    p80: date | None
    why: str = ""


def throughput_of(plan: Plan, on: date, days: WorkDays) -> Throughput | None:
    """The forecast in the evening of a day; None for a plan without increments."""
    if not plan.increments:
        return None
    done = sorted(
        ((one.actual, one) for one in plan.increments if one.actual and one.actual <= on),
        key=lambda pair: (pair[0], pair[1].id),
    )
    open_ = [one for one in plan.increments if one.actual is None or one.actual > on]
    accepted = sum((_size(one) for _, one in done), Decimal(0))
    left = sum((one.size or Decimal(0) for one in open_), Decimal(0))
    found = _forecast(done, open_, on, days)
    if isinstance(found, str):
        return Throughput(accepted=accepted, left=left, pace=None, p50=None, p80=None, why=found)
    pace, p50, p80 = found
    return Throughput(accepted=accepted, left=left, pace=pace, p50=p50, p80=p80)


def _forecast(
    done: list[tuple[date, Increment]], open_: list[Increment], on: date, days: WorkDays
) -> tuple[Decimal, date, date] | str:
    """The pace over all and the two days; the reason as text where there are none."""
    first = done[0][1].start if done else None
    why = _why_not(open_, len(done) if first else 0)
    if why or first is None:
        return why
    paces, before = [], first
    for day, one in done:
        worked = max(days.between(before, day), 1)  # what comes on the same day took at least one
        paces.append(_size(one) / worked)
        before = day
    seen = [one for one in paces if one > 0]
    if not seen:
        return "Nothing of the increments was accepted, so there is no pace."
    try:
        ends = _runs([float(one.size or 0) for one in open_], [float(one) for one in seen])
        whole = sum((_size(one) for _, one in done), Decimal(0)) / max(days.between(first, done[-1][0]), 1)
        pace = whole.quantize(Decimal("0.01"))
    except (ArithmeticError, ValueError):  # infinity divided by itself is no number
        return "The sizes are beyond any pace."
    if ends[-1] > _LONGEST:
        return "At the pace so far it takes more than a century."
    return pace, days.after(on, ends[ceil(RUNS * 0.5) - 1]), days.after(on, ends[ceil(RUNS * 0.8) - 1])


def _why_not(open_: list[Increment], done: int) -> str:
    if any(one.size is None for one in open_):
        return "Not every increment has a size."
    if not open_:
        return "Every increment is accepted."
    if done < FEWEST:
        return f"A pace can be seen from {FEWEST} accepted increments on, the first with its start."
    return ""


def _runs(sizes: list[float], paces: list[float]) -> list[int]:
    """Working days until everything is through, sorted."""
    source = random.Random(SEED)  # noqa: S311 - a repeatable draw, no secret
    return sorted(
        ceil(sum(size / paces[int(source.random() * len(paces))] for size in sizes)) for _ in range(RUNS)
    )  # fmt: skip


def _size(one: Increment) -> Decimal:
    return (one.size if one.done is None else one.done) or Decimal(0)
