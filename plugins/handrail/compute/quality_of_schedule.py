"""How sound a schedule is: fourteen checks in the style of the DCMA's assessment, each with its count and share.

The wording is ours; definitions follow the DCMA-EA PAM 200.1 as far as it is public, and nobody claims conformance.
Summaries never count; milestones do not count where durations and resources are checked. What a plan does not say (no
baseline, no resources, no status date) is not judged, and the result gives the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from handrail.model.money import EXACT

LinkType = Literal["FS", "SS", "FF", "SF"]
Unit = Literal["%", "count", "days", "ratio"]
HARD = frozenset({"MSO", "MFO", "SNLT", "FNLT"})
TEST_DAYS = 600
"""By so many working days a critical task is made longer to see whether the end follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What the checks need to know of a task. Days are working days; instants are numbers in working or clock minutes,
    of which only the order counts: `start` and `finish` as forecast now, `baseline_*` as approved.
    """

    id: str
    summary: bool = False
    milestone: bool = False
    done: bool = False
    days: Decimal = Decimal(0)
    baseline_days: Decimal | None = None
    total_float: Decimal | None = None
    constraint: str | None = None
    loaded: bool = False
    start: int | None = None
    finish: int | None = None
    actual_start: int | None = None
    actual_finish: int | None = None
    baseline_start: int | None = None
    baseline_finish: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A link; lag in working days, below zero for a lead."""

    before: str
    after: str
    type: LinkType = "FS"
    lag: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A whole schedule. status: the instant up to which actuals are in. slip: working days by which the end moved when a
    critical task was made 600 longer. path_days: working days from the status date to the end; float_to_baseline: from
    the end to its approved day, below zero when late.
    """

    activities: tuple[Activity, ...]
    relations: tuple[Relation, ...]
    status: int | None = None
    slip: Decimal | None = None
    path_days: Decimal | None = None
    float_to_baseline: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The thresholds, shares in percent; an organisation may set its own."""

    logic: Decimal = Decimal(5)
    leads: Decimal = Decimal(0)
    lags: Decimal = Decimal(5)
    finish_to_start: Decimal = Decimal(90)
    hard_constraints: Decimal = Decimal(5)
    high_float: Decimal = Decimal(5)
    negative_float: Decimal = Decimal(0)
    high_duration: Decimal = Decimal(5)
    invalid_dates: Decimal = Decimal(0)
    resources: Decimal = Decimal(0)
    missed: Decimal = Decimal(5)
    cpli: Decimal = Decimal("0.95")
    bei: Decimal = Decimal("0.95")
    float_days: int = 44
    duration_days: int = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check. figure: what is held against the limit, in `unit`; None with the reason where it is not judged.

    passed: None where it is not judged. items: the tasks, or links as "A > B", that were counted against it.
    """

    number: int
    id: str
    name: str
    count: int
    of: int
    figure: Decimal | None
    unit: Unit
    limit: Decimal
    passed: bool | None
    items: tuple[str, ...] = ()
    why: str = ""


def checks_of(schedule: Schedule, limits: Limits | None = None) -> tuple[Check, ...]:
    """All fourteen, in their usual order."""
    given = limits or Limits()
    tasks = [one for one in schedule.activities if not one.summary]
    return (*_by_task(tasks, schedule, given), *_over_time(tasks, schedule, given))


def _by_task(tasks: list[Activity], schedule: Schedule, limits: Limits) -> Iterable[Check]:
    """The first eight: what can be seen from the network alone."""
    open_ = [one for one in tasks if not one.done]
    lasting = [one for one in open_ if not one.milestone]
    before = Counter(one.after for one in schedule.relations)
    after = Counter(one.before for one in schedule.relations)
    names = {one.id for one in open_}
    links = [one for one in schedule.relations if one.after in names]
    floating = [one for one in open_ if one.total_float is not None]

    def ties(chosen: Callable[[Relation], bool]) -> list[str]:
        return [f"{one.before} > {one.after}" for one in links if chosen(one)]

    def picked(ones: Sequence[Activity], chosen: Callable[[Activity], bool]) -> list[str]:
        return [one.id for one in ones if chosen(one)]

    loose = picked(open_, lambda one: not before[one.id] or not after[one.id])
    yield _share(1, "logic", "Missing logic", loose, len(open_), limits.logic)
    yield _share(2, "leads", "Leads", ties(lambda one: one.lag < 0), len(links), limits.leads)
    yield _share(3, "lags", "Lags", ties(lambda one: one.lag > 0), len(links), limits.lags)
    others = ties(lambda one: one.type != "FS")
    yield _share(
        4, "relationship_types", "Finish-to-start links", others, len(links), limits.finish_to_start, rest=True
    )
    hard = picked(open_, lambda one: one.constraint in HARD)
    yield _share(5, "hard_constraints", "Hard constraints", hard, len(open_), limits.hard_constraints)
    high = picked(floating, lambda one: (one.total_float or 0) > limits.float_days)
    yield _share(6, "high_float", "High float", high, len(floating), limits.high_float)
    negative = picked(floating, lambda one: (one.total_float or 0) < 0)
    yield _share(7, "negative_float", "Negative float", negative, len(floating), limits.negative_float)
    long = picked(
        lasting, lambda one: (one.days if one.baseline_days is None else one.baseline_days) > limits.duration_days
    )
    yield _share(8, "high_duration", "High duration", long, len(lasting), limits.high_duration)


def _over_time(tasks: list[Activity], schedule: Schedule, limits: Limits) -> Iterable[Check]:
    """The other six: what needs a status date, resources, a baseline or a second run of the network."""
    status = schedule.status
    invalid = [one.id for one in tasks if status is not None and _invalid(one, status)]
    yield _count(9, "invalid_dates", "Invalid dates", invalid, len(tasks), limits.invalid_dates)
    lasting = [one for one in tasks if not one.done and not one.milestone and one.days >= 1]
    bare = [one.id for one in lasting if not one.loaded]
    why = "" if any(one.loaded for one in tasks) else "No task names resources or cost, so the plan is not loaded."
    yield _share(10, "resources", "Resources", bare, len(lasting), limits.resources, why=why)
    due = [
        one for one in tasks if status is not None and one.baseline_finish is not None and one.baseline_finish <= status
    ]
    missed = [one.id for one in due if _late(one)]
    why = "" if due else "No task was to be finished by the status date."
    yield _share(11, "missed_tasks", "Missed tasks", missed, len(due), limits.missed, why=why)
    slip = schedule.slip
    yield Check(
        number=12, id="critical_path_test", name="Critical path test", count=0, of=0, figure=slip, unit="days",
        limit=Decimal(TEST_DAYS), passed=None if slip is None else slip == TEST_DAYS,
        why="" if slip is not None else "The network was not computed a second time.",
    )  # fmt: skip
    length, spare = schedule.path_days, schedule.float_to_baseline
    cpli = EXACT.divide(EXACT.add(length, spare), length) if length and spare is not None and length > 0 else None
    why = "The end has no approved day, or nothing is left to do."
    yield _ratio(13, "cpli", "Critical path length index", cpli, limits.cpli, why)
    finished = sum(one.actual_finish is not None for one in tasks)
    unplanned = sum(one.baseline_start is None or one.baseline_finish is None for one in tasks)
    # without any baseline there is nothing to keep up with
    wanted = len(due) + unplanned if any(one.baseline_finish is not None for one in tasks) else 0
    bei = EXACT.divide(Decimal(finished), Decimal(wanted)) if wanted else None
    why = "No task was to be finished by the status date."
    yield _ratio(14, "bei", "Baseline execution index", bei, limits.bei, why, (finished, wanted))


def _invalid(one: Activity, status: int) -> bool:
    """Expected before the status date and not done, or done after it."""
    if any(actual is not None and actual > status for actual in (one.actual_start, one.actual_finish)):
        return True
    waiting = ((one.start, one.actual_start), (one.finish, one.actual_finish))
    return any(planned is not None and planned < status and actual is None for planned, actual in waiting)


def _late(one: Activity) -> bool:
    """Whether it ended, or will end, after its approved day."""
    end = one.actual_finish if one.actual_finish is not None else one.finish
    return end is not None and one.baseline_finish is not None and end > one.baseline_finish


def _share(  # noqa: PLR0913, PLR0917 - the columns of a table
    number: int, name: str, title: str, items: list[str], of: int, limit: Decimal, *, rest: bool = False, why: str = ""
) -> Check:
    """A share in percent, rounded for showing only: the limit is held against the exact one. rest: of those not counted."""
    count = of - len(items) if rest else len(items)
    exact = EXACT.divide(Decimal(100 * count), Decimal(of)) if of and not why else None
    good = None if exact is None else exact >= limit if rest else exact <= limit
    figure = None if exact is None else exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    return Check(
        number=number, id=name, name=title, count=count, of=of, figure=figure, unit="%", limit=limit, passed=good,
        items=tuple(items), why=why or ("" if of else "There is nothing of this kind to check."),
    )  # fmt: skip


def _count(number: int, name: str, title: str, items: list[str], of: int, limit: Decimal) -> Check:  # noqa: PLR0913, PLR0917
    return Check(
        number=number, id=name, name=title, count=len(items), of=of, figure=Decimal(len(items)), unit="count", limit=limit,
        passed=len(items) <= limit, items=tuple(items),
    )  # fmt: skip


def _ratio(  # noqa: PLR0913, PLR0917
    number: int,
    name: str,
    title: str,
    value: Decimal | None,
    limit: Decimal,
    why: str,
    counts: tuple[int, int] = (0, 0),
) -> Check:
    return Check(
        number=number, id=name, name=title, count=counts[0], of=counts[1], unit="ratio", limit=limit,
        figure=None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_EVEN),
        passed=None if value is None else value >= limit, why="" if value is not None else why,
    )  # fmt: skip
