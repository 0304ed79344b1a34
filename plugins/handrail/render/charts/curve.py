"""The S-curve: planned value, earned value, actual cost and the forecast of the end, added up month by month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from handrail.compute.money_curve import MoneyCurve
from handrail.compute.months import name_of
from handrail.model.money import Money
from handrail.render import words
from handrail.render.charts.drawing import Drawing, Spot, Stroke, Words, points, pushed_apart
from handrail.render.table import Column, Table, rows_of

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 860, 320, 74, 120, 16, 30
_MARKS, _DOTS, _GRID = 8, 36, 5
_NAMES = {"base": "Planned (PV)", "earned": "Earned (EV)", "spent": "Spent (AC)", "forecast": "Forecast (EAC)"}


def s_curve(sums: MoneyCurve | None, name: str, why: str = "") -> Drawing:
    """The chart; without two months, the sentence says why there is none."""
    if sums is None or sums.months < 2:  # noqa: PLR2004 - a line needs two ends
        return Drawing(name=name, sentence=why or "No money is planned or spent by month, so there is no curve.")
    rows = [("base", sums.pv), ("earned", sums.ev), ("spent", sums.ac), ("forecast", sums.forecast)]
    known = [(css, values) for css, values in rows if any(one is not None for one in values)]
    top = max((one for _, values in known for one in values if one is not None), default=Decimal(0)) or Decimal(1)
    strokes = [
        Stroke("grid", points([(_LEFT, _y(step, top)), (_WIDTH - _RIGHT, _y(step, top))])) for step in _steps(top)
    ]
    spots: list[Spot] = []
    ends: list[tuple[str, float, float]] = []
    for css, values in known:
        spread = [(_x(i, sums.months), _y(one, top)) for i, one in enumerate(values) if one is not None]
        if len(spread) > 1:
            strokes.append(Stroke(css, points(spread)))
        if len(spread) <= _DOTS and css != "forecast":
            spots += [Spot(css, f"{x:.1f}", f"{y:.1f}", 2.6, "square" if css == "earned" else "dot") for x, y in spread]
        ends.append((css, *spread[-1]))
    heights = pushed_apart([one[2] for one in ends], _TOP, _HEIGHT - _BOTTOM)
    texts = [
        Words(f"{_WIDTH - _RIGHT + 8}", f"{height + 4:.1f}", _NAMES[css], "start", f"name hr-d-text-{css}")
        for (css, *_), height in zip(ends, heights, strict=True)
    ]
    strokes += [
        Stroke("leader", points([(x, y), (_WIDTH - _RIGHT + 5, height)]))
        for (_, x, y), height in zip(ends, heights, strict=True)
    ]
    texts += [
        Words(f"{_LEFT - 6}", f"{_y(step, top) + 4:.1f}", f"{_short(step)} {sums.currency}" if step else "0", "end", "axis")
        for step in _steps(top)
    ]  # fmt: skip
    every = -(-sums.months // _MARKS)
    texts += [
        Words(f"{_x(i, sums.months):.1f}", f"{_HEIGHT - 8}", words.month(name_of(sums.first + i)), "middle", "axis")
        for i in range(0, sums.months, every)
    ]
    return Drawing(
        name=name, sentence=_sentence(sums), width=_WIDTH, height=_HEIGHT, strokes=tuple(strokes), spots=tuple(spots),
        texts=tuple(texts), note=_note(sums), table=_table(name, sums),
        key=tuple((css, _NAMES[css].lower().replace("(pv)", "PV").replace("(ev)", "EV").replace("(ac)", "AC").replace("(eac)", "EAC")) for css, _ in known),
    )  # fmt: skip


def _x(index: int, months: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * index / max(months - 1, 1)


def _y(value: Decimal, top: Decimal) -> float:
    return _HEIGHT - _BOTTOM - float(value / top) * (_HEIGHT - _TOP - _BOTTOM)


def _steps(top: Decimal) -> Sequence[Decimal]:
    """From 0 in steps of 1, 2 or 5 times a power of ten, at most five of them."""
    size = Decimal(1)
    while size * 10 <= top / _GRID:
        size *= 10
    step = next(size * one for one in (1, 2, 5, 10) if size * one >= top / _GRID or one == 10)  # noqa: PLR2004
    return [step * i for i in range(int(top / step) + 1)]


def _short(value: Decimal) -> str:
    """12.5m, 800k: words on an axis."""
    for size, letter in ((Decimal(10**9), "bn"), (Decimal(10**6), "m"), (Decimal(1000), "k")):
        if value >= size:
            return f"{(value / size).quantize(Decimal('0.1')).normalize():f}{letter}"
    return f"{value:f}"


def _whole(value: Decimal | None, currency: str) -> str:
    return words.money(Money(value.quantize(Decimal(1)), currency)) if value is not None else ""


def _sentence(sums: MoneyCurve) -> str:
    """What the lines say at the last posting."""
    last = max((i for i, one in enumerate(sums.ac) if one is not None), default=None)
    if last is None:
        return f"Nothing is spent yet; {_whole(next((one for one in reversed(sums.pv) if one is not None), None), sums.currency) or 'nothing'} is planned."
    month = words.month(name_of(sums.first + last))
    pv, ev, ac = (values[last] if last < len(values) else None for values in (sums.pv, sums.ev, sums.ac))
    parts = [
        f"{_whole(value, sums.currency)} {word}"
        for value, word in ((pv, "planned"), (ev, "earned"), (ac, "spent")) if value is not None
    ]  # fmt: skip
    text = f"At the end of {month}: {words.listed(parts)}"
    if ev and ac:
        text += f"; each unit spent earned {ev / ac:.2f} (CPI)"
    final = next((one for one in reversed(sums.forecast) if one is not None), None)
    return text + (f". {_whole(final, sums.currency)} is expected in the end." if final is not None else ".")


def _table(name: str, sums: MoneyCurve) -> Table:
    def at(values: tuple[Decimal | None, ...], i: int) -> str:
        return _whole(values[i], sums.currency) if i < len(values) else ""

    return Table(
        name=f"{name}, month by month",
        columns=(Column("Month"), Column("Planned", "num"), Column("Earned", "num"), Column("Spent", "num"), Column("Forecast", "num")),
        rows=rows_of(
            (words.month(name_of(sums.first + i)), at(sums.pv, i), at(sums.ev, i), at(sums.ac, i), at(sums.forecast, i))
            for i in range(sums.months)
        ),
    )  # fmt: skip


def _note(sums: MoneyCurve) -> str:
    if sums.counted + sums.left_out == 1:
        return ""
    text = f"In it: {words.count(sums.counted, 'project')} with a budget by month and earned value."
    return text + (
        f" {words.count(sums.left_out, 'other')} {words.verb(sums.left_out, 'is')} not." if sums.left_out else ""
    )
