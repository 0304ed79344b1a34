"""Figures through time as lines: one for each figure of the same unit, over the same days. What is not known is a gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from handrail.render import words
from handrail.render.charts.drawing import Drawing, Spot, Stroke, Words, beside, cut, points, pushed_apart
from handrail.render.charts.scale import DayScale
from handrail.render.table import Column, Table, rows_of

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 860, 220, 56, 14, 28
_GRID, _NAME, _DOTS = 4, 34, 60
_STYLES = (("spent", "dot"), ("earned", "square"), ("base", "diamond"), ("slips", "triangle"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure: a value for each day, None where it is not known."""

    name: str
    values: tuple[Decimal | int | None, ...]


def lines(
    name: str, sentence: str, days: Sequence[date], shown: Sequence[Line], said: Callable[[Decimal | int | None], str]
) -> Drawing:
    """The chart of at most four lines; `said` writes a value. Without two known days of any line only the sentence stands.

    The axis begins at the first day of which anything is known; the table has every day.
    """
    table = _table(name, days, shown, said)
    known = [one for one in shown if sum(value is not None for value in one.values) > 1][: len(_STYLES)]
    begins = next((i for i in range(len(days)) if any(one.values[i] is not None for one in known)), 0)
    days, known = days[begins:], [replace(one, values=one.values[begins:]) for one in known]
    scale = DayScale.around(days)
    if not known or scale is None:
        return Drawing(name=name, sentence=sentence, table=table)
    top = _round_up(
        max((Decimal(value) for one in known for value in one.values if value is not None), default=Decimal(0))
    )
    names = [cut(one.name, _NAME) for one in known]
    right = _WIDTH - beside(names)
    strokes = [Stroke("grid", points([(_LEFT, _y(step, top)), (right, _y(step, top))])) for step in _steps(top)]
    texts = [Words(f"{_LEFT - 6}", f"{_y(step, top) + 4:.1f}", said(step), "end", "axis") for step in _steps(top)]
    texts += [
        Words(f"{_along(float(mark.left.rstrip('%')), right):.1f}", f"{_HEIGHT - 8}", mark.text, "start", "axis")
        for mark in scale.marks()
    ]
    spots: list[Spot] = []
    ends: list[tuple[str, float, float]] = []
    for one, (css, shape) in zip(known, _STYLES, strict=False):
        spread = [
            (_along(scale.at(day), right), _y(Decimal(value), top), day, value)
            for day, value in zip(days, one.values, strict=True) if value is not None
        ]  # fmt: skip
        parts = _parts(days, one, lambda day: _along(scale.at(day), right), top)
        strokes += [Stroke(css, points(part)) for part in parts if len(part) > 1]
        spots += [
            Spot(css, f"{x:.1f}", f"{y:.1f}", 3, shape, f"{one.name}, {words.day(day)}: {said(value)}")  # type: ignore[arg-type]
            for x, y, day, value in spread if len(spread) <= _DOTS
        ]  # fmt: skip
        ends.append((css, *spread[-1][:2]))
    heights = pushed_apart([y for *_, y in ends], _TOP + 4, _HEIGHT - _BOTTOM)
    for told, (css, x, y), height in zip(names, ends, heights, strict=True):
        strokes.append(Stroke("leader", points([(x, y), (right + 7, height)])))
        texts.append(Words(f"{right + 10:.1f}", f"{height + 4:.1f}", told, "start", f"name hr-d-text-{css}"))
    return Drawing(
        name=name, sentence=sentence, width=_WIDTH, height=_HEIGHT, from_end=True, strokes=tuple(strokes), spots=tuple(spots),
        texts=tuple(texts), table=table, key=tuple((css, one.name) for one, (css, *_) in zip(known, ends, strict=True)),
    )  # fmt: skip


def _parts(
    days: Sequence[date], one: Line, along: Callable[[date], float], top: Decimal
) -> list[list[tuple[float, float]]]:
    """The line in pieces, broken where a value is not known."""
    found: list[list[tuple[float, float]]] = [[]]
    for day, value in zip(days, one.values, strict=True):
        if value is None:
            found.append([])
        else:
            found[-1].append((along(day), _y(Decimal(value), top)))
    return [part for part in found if part]


def _along(share: float, right: float) -> float:
    """A place between the axis and where the names begin, from one in percent."""
    return _LEFT + (right - _LEFT) * share / 100


def _y(value: Decimal, top: Decimal) -> float:
    return _HEIGHT - _BOTTOM - float(max(value, Decimal(0)) / top) * (_HEIGHT - _TOP - _BOTTOM)


def _round_up(value: Decimal) -> Decimal:
    """1, 2 or 5 times a power of ten, not below the value; 1 for nothing."""
    if value <= 0:
        return Decimal(1)
    size = Decimal(1).scaleb(value.adjusted())
    return next(size * one for one in (1, 2, 5, 10) if size * one >= value)


def _steps(top: Decimal) -> list[Decimal]:
    return [top * part / _GRID for part in range(_GRID + 1)]


def _table(
    name: str, days: Sequence[date], shown: Sequence[Line], said: Callable[[Decimal | int | None], str]
) -> Table:
    return Table(
        name=f"{name}, day by day", columns=(Column("Day", "date"), *(Column(one.name, "num") for one in shown)),
        rows=rows_of(
            (words.day(day), *(said(one.values[i]) or "not known" for one in shown)) for i, day in enumerate(days)
        ),
    )  # fmt: skip
