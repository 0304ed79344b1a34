"""Forecast risk: a seeded Monte Carlo over a network of durations, and over lines of cost.

Every run draws each duration from a triangle of optimistic, likely and pessimistic, and passes forwards and backwards
through the links; all runs of a task are computed at once with NumPy. Draws are rounded half to even to whole minutes, or
to the last digit of the currency, so everything after them is exact; the same seed gives the same bytes. Durations vary
independently of each other: where one cause hits many tasks, the truth spreads wider than the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from math import ceil
from types import ModuleType
from typing import Any, Literal

from handrail.model.money import Money, minor_digits

ITERATIONS, SEED = 1000, 20_210_401
MISSING = "Forecasts by simulation need NumPy: `pip install handrail[forecast]`."
_STEPS = 20
Tie = Literal["FS", "SS", "FF", "SF"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A duration in working minutes, or an amount in the currency's smallest unit: low, likely and high."""

    low: int
    likely: int
    high: int

    @classmethod
    def of(cls, likely: int, low: int | None = None, high: int | None = None) -> Spread:
        """A spread from what is given; what is left out is as likely, and what contradicts it is drawn to it."""
        return cls(low=min(likely, likely if low is None else low), likely=likely, high=max(likely, high or likely))


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A task of the network: how long it takes, and when at the earliest it may start (minutes after the beginning)."""

    duration: Spread
    earliest: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link between two tasks by their places in the list, with its lag in working minutes."""

    before: int
    after: int
    type: Tie = "FS"
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out of all runs. Values are sums of whole minutes, or of the smallest unit of a currency.

    p50, p80: half, four fifths of the runs end no later or dearer. curve: (share of runs, value) in steps of a twentieth.
    criticality: for each task the share of runs in which its delay would have delayed the end; empty for cost.
    plan: the value when everything is as likely; chance: the share of runs that keep to it.
    """

    iterations: int
    seed: int
    p50: int
    p80: int
    mean: Decimal
    curve: tuple[tuple[Decimal, int], ...]
    plan: int
    chance: Decimal
    criticality: tuple[Decimal, ...] = ()


class NumPyMissing(RuntimeError):  # noqa: N818 - named as a fact, as the message says it
    """The extra that brings NumPy is not installed; the text says how to get it."""

    def __init__(self) -> None:
        """Say how to get it."""
        super().__init__(MISSING)


def simulate(
    works: Sequence[Work], links: Sequence[Link], *, iterations: int = ITERATIONS, seed: int = SEED
) -> Outcome | str:
    """The minutes until the last task ends, over all runs; the reason as text where there is none.

    Raises NumPyMissing.
    """
    np = _numpy()
    order = order_of(len(works), links)
    if not works or iterations < 1:
        return "There are no tasks to simulate."
    if order is None:
        return "The links of the tasks go round in a circle."
    drawn = _draws([one.duration for one in works], iterations, seed, np)
    likely = np.array([[one.duration.likely] for one in works], dtype=np.int64)
    into, out = _sides(len(works), links)
    starts = _forward(works, drawn, order, into, np)
    ends = (starts + drawn).max(axis=0)
    planned = int((_forward(works, likely, order, into, np) + likely).max())
    latest = _backward(drawn, ends, order, out, np)
    critical = (latest - starts <= 0).sum(axis=1)
    return _outcome(ends, planned, (iterations, seed), tuple(_share(int(one), iterations) for one in critical), np)


def simulate_cost(
    lines: Sequence[tuple[Money, Money | None, Money | None]], *, iterations: int = ITERATIONS, seed: int = SEED
) -> Outcome | str:
    """The sum of lines, each (likely, low, high), in the smallest unit of their one currency. Raises NumPyMissing."""
    np = _numpy()
    currencies = {part.currency for line in lines for part in line if part is not None}
    if len(currencies) != 1 or iterations < 1:
        return "The lines are in several currencies." if lines else "There are no lines to simulate."
    digits = minor_digits(currencies.pop())
    spreads = [
        Spread.of(units(likely, digits), units(low, digits) if low else None, units(high, digits) if high else None)
        for likely, low, high in lines
    ]
    totals = _draws(spreads, iterations, seed, np).sum(axis=0)
    return _outcome(totals, sum(one.likely for one in spreads), (iterations, seed), (), np)


def units(money: Money, digits: int) -> int:
    """An amount in the smallest unit of its currency."""
    return int(money.amount.scaleb(digits).quantize(Decimal(1), ROUND_HALF_EVEN))


def order_of(count: int, links: Iterable[Link]) -> tuple[int, ...] | None:
    """The tasks so that each comes after those it waits for; None when the links go round in a circle."""
    into, out = _sides(count, links)
    waiting = [len(one) for one in into]
    ready = [number for number, left in enumerate(waiting) if left == 0]
    found: list[int] = []
    while ready:
        number = ready.pop()
        found.append(number)
        for link in out[number]:
            waiting[link.after] -= 1
            if waiting[link.after] == 0:
                ready.append(link.after)
    return tuple(found) if len(found) == count else None


def _sides(count: int, links: Iterable[Link]) -> tuple[list[list[Link]], list[list[Link]]]:
    into: list[list[Link]] = [[] for _ in range(count)]
    out: list[list[Link]] = [[] for _ in range(count)]
    for one in links:
        into[one.after].append(one)
        out[one.before].append(one)
    return into, out


def _draws(spreads: Sequence[Spread], iterations: int, seed: int, np: ModuleType) -> Any:
    """One row per spread, one column per run: the inverse of the triangle's distribution at evenly spread chances.

    Only sums, products and square roots are used: they are rounded alike on every machine.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    rows = np.empty((len(spreads), iterations), dtype=np.int64)
    for number, one in enumerate(spreads):
        chance = random.random(iterations)  # drawn for fixed ones too, so that a new range moves no other draw
        width = one.high - one.low
        if width <= 0:
            rows[number] = one.likely
            continue
        left, right = one.likely - one.low, one.high - one.likely
        rising = one.low + np.sqrt(chance * (width * left))
        falling = one.high - np.sqrt((1 - chance) * (width * right))
        rows[number] = np.rint(np.where(chance * width < left, rising, falling)).astype(np.int64)
    return rows


def _forward(
    works: Sequence[Work], durations: Any, order: tuple[int, ...], into: list[list[Link]], np: ModuleType
) -> Any:
    """The earliest starts of all runs."""
    starts = np.empty(durations.shape, dtype=np.int64)
    for number in order:
        found = np.full(durations.shape[1], works[number].earliest, dtype=np.int64)
        for link in into[number]:
            bound = starts[link.before] + link.lag
            if link.type in {"FS", "FF"}:
                bound = bound + durations[link.before]
            if link.type in {"FF", "SF"}:
                bound = bound - durations[number]
            np.maximum(found, bound, out=found)
        starts[number] = found
    return starts


def _backward(durations: Any, ends: Any, order: tuple[int, ...], out: list[list[Link]], np: ModuleType) -> Any:
    """The latest starts of all runs that delay no end."""
    latest = np.empty(durations.shape, dtype=np.int64)
    for number in reversed(order):
        found = ends - durations[number]
        for link in out[number]:
            bound = latest[link.after] - link.lag
            if link.type in {"FF", "SF"}:
                bound = bound + durations[link.after]
            if link.type in {"FS", "FF"}:
                bound = bound - durations[number]
            np.minimum(found, bound, out=found)
        latest[number] = found
    return latest


def _outcome(
    values: Any, planned: int, setting: tuple[int, int], criticality: tuple[Decimal, ...], np: ModuleType
) -> Outcome:
    iterations, seed = setting
    ordered = [int(one) for one in np.sort(values)]
    shares = [Decimal(step) / _STEPS for step in range(1, _STEPS + 1)]
    return Outcome(
        iterations=iterations,
        seed=seed,
        p50=_reached(ordered, Decimal("0.5")),
        p80=_reached(ordered, Decimal("0.8")),
        mean=_share(sum(ordered), iterations),
        curve=tuple((share, _reached(ordered, share)) for share in shares),
        plan=planned,
        chance=_share(sum(one <= planned for one in ordered), iterations),
        criticality=criticality,
    )


def _reached(ordered: Sequence[int], share: Decimal) -> int:
    """The smallest value that the given share of all runs does not exceed (nearest rank)."""
    return ordered[max(ceil(share * len(ordered)), 1) - 1]


def _share(count: int, of: int) -> Decimal:
    return (Decimal(count) / of).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)


def _numpy() -> ModuleType:
    try:
        import numpy  # noqa: PLC0415, ICN001 - an extra that most commands do without
    except ImportError:
        raise NumPyMissing from None
    return numpy
