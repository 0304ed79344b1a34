"""Money as bars on one scale, and month by month as a curve of what was planned and what was spent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from handrail.compute.facts import Cost
from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.render.words import capital, money, month, percent

_FULL = 100
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 220, 12, 14, 28
_MAX_LABELS = 6
_GAP, _ROOM = 14, 70


@dataclass(frozen=True, slots=True)
class MoneyBar:
    """One bar: its name, amount in words, its length, and the part of it that is set apart."""

    name: str
    text: str
    width: str
    kind: str
    part: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBars:
    """All bars on one scale and the sentence over them."""

    sentence: str
    bars: tuple[MoneyBar, ...]


def bars(cost: Cost, word: str = "approved") -> MoneyBars:
    """Approved, forecast, spent, committed and released, as far as the plan says."""
    given = (
        (capital(word), cost.approved, "base"), ("Forecast", cost.forecast, "forecast"), ("Spent", cost.spent, "spent"),
        ("Committed", cost.committed, "committed"), ("Released", cost.released, "released"),
    )  # fmt: skip
    known = [
        (name, value, kind) for name, value, kind in given if value is not None and value.currency == cost.currency
    ]
    top = max((value.amount for _, value, _ in known), default=Decimal(0))
    return MoneyBars(
        sentence=_sentence(cost, word),
        bars=tuple(
            MoneyBar(
                name, money(value), _share(value.amount, top), kind,
                _share(cost.contingency.amount, value.amount) if kind == "base" and cost.contingency else "",
                f"of it {money(cost.contingency)} contingency" if kind == "base" and cost.contingency else "",
            )
            for name, value, kind in known
        ),
    )  # fmt: skip


def _sentence(cost: Cost, word: str) -> str:
    if cost.approved is None:
        return f"No budget is {word} yet."
    text = f"{money(cost.approved)} {word}"
    if cost.forecast is not None:
        same = not cost.variance_share
        text += f", {money(cost.forecast)} expected" + (f" as {word}" if same else f" ({percent(cost.variance_share)})")
    if cost.spent is not None:
        text += f", {money(cost.spent)} spent"
        if cost.approved.amount > 0 and cost.spent.currency == cost.approved.currency:
            text += f" ({cost.spent.ratio(cost.approved) * 100:.0f}% of what is {word})"
    return text + "."


def _share(amount: Decimal, top: Decimal) -> str:
    if top <= 0:
        return "0%"
    return f"{max(Decimal(0), min(amount / top, Decimal(1))) * _FULL:.2f}%"


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place of the drawing."""

    x: str
    y: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of the drawing."""

    kind: str
    points: str
    dots: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SCurve:
    """Planned and spent money, summed up month by month; `table` holds the same in words."""

    sentence: str
    word: str
    width: int
    height: int
    curves: tuple[Curve, ...]
    labels: tuple[Label, ...]
    grid: tuple[tuple[str, str, str], ...]
    table: tuple[tuple[str, str, str], ...]


def s_curve(budget: Budget | None, currency: str, word: str = "approved") -> SCurve | None:
    """The curve; None where fewer than two months are known."""
    if budget is None:
        return None
    spent = _by_month(budget)
    planned = _planned(budget, currency)
    months = _all_months({*spent, *planned})
    if len(months) < 2:  # noqa: PLR2004
        return None
    pv, ac = _summed(months, planned), _summed(months, spent)
    if spent:  # after the last posted month nothing was spent, it is only not known yet
        last = max(spent)
        ac = [value if name <= last else None for name, value in zip(months, ac, strict=True)]
    top = max([value for value in (*pv, *ac) if value is not None] or [Decimal(0)]) or Decimal(1)
    curves = tuple(_curve(kind, values, top) for kind, values in (("base", pv), ("spent", ac)) if any(values))
    table = tuple(
        (month(name), _text(planned_sum, currency, known=bool(planned)), _text(spent_sum, currency, known=bool(spent)))
        for name, planned_sum, spent_sum in zip(months, pv, ac, strict=True)
    )
    return SCurve(
        sentence=_curve_sentence(months, (pv, ac), max(spent, default=None), currency), width=_WIDTH, height=_HEIGHT, curves=curves, word=_without(budget, planned, currency, word),
        labels=(*_axis(months), *_ends(pv, ac, top, word)), grid=_grid(top, currency), table=table,
    )  # fmt: skip


def _by_month(budget: Budget) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    posted = [*budget.spent.items(), *((one.month, one.amount) for one in budget.actuals)]
    for name, value in posted:
        found[name] = found.get(name, Decimal(0)) + value.amount
    return found


def _planned(budget: Budget, currency: str) -> Mapping[str, Decimal]:
    """The approved budget by month: as written, else as the lines are phased."""
    found: dict[str, Decimal] = {}
    given = list(budget.by_month.items()) or [pair for line in budget.lines for pair in line.phasing.items()]
    for name, value in given:
        if value.currency == currency:
            found[name] = found.get(name, Decimal(0)) + value.amount
    return found


def _without(budget: Budget, planned: Mapping[str, Decimal], currency: str, word: str) -> str:
    """What the months add up to: the budget as it is, or what is left of it without contingency."""
    whole, spare = budget.approved, budget.contingency
    if not planned or not whole or not spare or {whole.currency, spare.currency} != {currency}:
        return word
    return f"{word} without contingency" if sum(planned.values()) == whole.amount - spare.amount else word


def _all_months(given: set[str]) -> list[str]:
    if not given:
        return []
    found, last = [min(given)], max(given)
    while found[-1] < last and len(found) < 600:  # noqa: PLR2004 - fifty years, against a mistyped one
        year, _, number = found[-1].partition("-")
        following = int(year) * 12 + int(number)
        found.append(f"{following // 12:04d}-{following % 12 + 1:02d}")
    return found


def _summed(months: list[str], values: Mapping[str, Decimal]) -> list[Decimal | None]:
    total, found = Decimal(0), list[Decimal | None]()
    for name in months:
        total += values.get(name, Decimal(0))
        found.append(total if values else None)
    return found


def _x(index: int, count: int) -> float:
    return _LEFT + (_WIDTH - 2 * _LEFT - _ROOM) * index / max(count - 1, 1)


def _y(value: Decimal, top: Decimal) -> float:
    return _HEIGHT - _BOTTOM - float(value / top) * (_HEIGHT - _TOP - _BOTTOM)


def _curve(kind: str, values: list[Decimal | None], top: Decimal) -> Curve:
    spots = [
        (f"{_x(i, len(values)):.1f}", f"{_y(value, top):.1f}") for i, value in enumerate(values) if value is not None
    ]
    return Curve(kind, " ".join(f"{x},{y}" for x, y in spots), tuple(spots) if len(spots) <= 36 else ())  # noqa: PLR2004


def _axis(months: list[str]) -> tuple[Label, ...]:
    step = -(-len(months) // _MAX_LABELS)
    return tuple(
        Label(f"{_x(i, len(months)):.1f}", f"{_HEIGHT - 8}", month(name), "start" if i == 0 else "middle")
        for i, name in enumerate(months) if i % step == 0
    )  # fmt: skip


def _ends(pv: list[Decimal | None], ac: list[Decimal | None], top: Decimal, word: str) -> tuple[Label, ...]:
    """Names at the ends of the lines, pushed apart where they would touch."""
    found: list[tuple[float, float, str]] = []
    for name, values in ((word, pv), ("spent", ac)):
        known = [(i, value) for i, value in enumerate(values) if value is not None]
        if known and any(value for _, value in known):
            i, value = known[-1]
            # a line that ends on the way goes on as another: its name stands below
            lower = 4 if i == len(values) - 1 else _GAP
            found.append((_x(i, len(values)) + 8, _y(value, top) + lower, name))
    found.sort(key=lambda one: one[1])
    placed: list[tuple[float, float, str]] = []
    for x, y, name in found:
        close = placed and y - placed[-1][1] < _GAP and abs(x - placed[-1][0]) < _ROOM
        placed.append((x, placed[-1][1] + _GAP if close else y, name))
    return tuple(Label(f"{x:.1f}", f"{y:.1f}", name, "start") for x, y, name in placed)


def _grid(top: Decimal, currency: str) -> tuple[tuple[str, str, str], ...]:
    """Four steps of a round size, each with its place, the place of its words, and the words."""
    step = _round_step(top / 4)
    found = []
    value = Decimal(0)
    while value <= top:
        y = _y(value, top)
        found.append((f"{y:.1f}", f"{y - 3:.1f}", f"{int(value):,} {currency}" if value else ""))
        value += step
    return tuple(found)


def _round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20 ... that is not below."""
    size = Decimal(1)
    while size * 10 <= least:
        size *= 10
    return next(size * one for one in (1, 2, 5, 10) if size * one >= least or one == 10)  # noqa: PLR2004


def _text(value: Decimal | None, currency: str, *, known: bool) -> str:
    return money(Money(value, currency)) if known and value is not None else ""


def _curve_sentence(months: list[str], sums: tuple[list[Decimal | None], ...], last: str | None, currency: str) -> str:
    """What was planned and spent up to the last month that was posted."""
    if last is None:
        return "Nothing was spent yet."
    planned, spent = (one[months.index(last)] for one in sums)
    text = f"Up to {month(last)}: {_text(spent, currency, known=True)} spent"
    if planned is not None:
        text += f", {_text(planned, currency, known=True)} planned"
    return text + "."
