"""Value against risk, with the budget as size: which projects are worth their danger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handrail.render import words
from handrail.render.charts.drawing import LEAST_GAP, Drawing, Spot, Stroke, Words, cut, points
from handrail.render.table import Cell, Column, Table, rows_of

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 860, 360, 46, 40, 36, 44
_LEAST, _MOST, _NAMED, _NAME, _LETTER = 4.0, 26.0, 14, 34, 6.6
_DRAWN, _ROOMY, _LOWER = 60, 16, 12
_SCORES = (5, 10, 15, 20, 25)
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One project: what it is worth, its worst open threat (1 to 25), its budget as a plain number and in words."""

    name: str
    href: str | None
    value: Decimal
    value_text: str
    score: int
    size: Decimal
    size_text: str
    colour: str


def bubbles(ones: Sequence[Bubble], name: str, unit: str, left_out: int = 0) -> Drawing:
    """The chart; `unit` says what the way to the right counts. left_out: projects without the figures for it."""
    missing = (
        f" {words.count(left_out, 'project')} {words.verb(left_out, 'has')} no business case, so {'is' if left_out == 1 else 'are'} not here."
        if left_out
        else ""
    )
    if not ones:
        return Drawing(name=name, sentence="No project has a value that could be drawn." + missing)
    low, high = min(_NONE, *(one.value for one in ones)), max(_NONE, *(one.value for one in ones))
    span = (high - low) or Decimal(1)
    biggest = max(one.size for one in ones) or Decimal(1)
    ordered = sorted(ones, key=lambda one: -one.size)[:_DRAWN]
    # so many of them share the room that fewer have alone
    most = _MOST * min(1.0, (_ROOMY / len(ordered)) ** 0.5)

    def radius(one: Bubble) -> float:
        """Areas, not widths, are as the budgets."""
        return max(_LEAST, float((one.size / biggest).sqrt()) * most) if one.size > 0 else _LEAST

    def x(value: Decimal) -> float:
        return _LEFT + 20 + float((value - low) / span) * (_WIDTH - _LEFT - _RIGHT - 230)

    def y(score: int) -> float:
        return _HEIGHT - _BOTTOM - score / 25 * (_HEIGHT - _TOP - _BOTTOM)

    spots = [
        Spot(f"bubble hr-d-is-{one.colour}", f"{x(one.value):.1f}", f"{y(one.score):.1f}", radius(one), "dot",
             f"{one.name}: {one.value_text}, worst threat {one.score}, {one.size_text}")
        for one in ordered
    ]  # fmt: skip
    texts: list[Words] = []
    strokes: list[Stroke] = []
    taken = [
        (x(one.value) - r, x(one.value) + r, y(one.score) - r, y(one.score) + r)
        for one in ordered
        for r in (radius(one),)
    ]
    for one in ordered[:_NAMED]:
        name_of = cut(one.name, _NAME)
        start, level = x(one.value) + radius(one), y(one.score)
        left, wide = start + 4, len(name_of) * _LETTER
        height = next((at for at in _steps_down(level) if _free(left, wide, at, taken)), None)
        if height is None:
            continue
        taken.append((left, left + wide, height - LEAST_GAP / 2, height + LEAST_GAP / 2))
        if height > level:
            strokes.append(Stroke("leader", points([(start, level), (left, height)])))
        texts.append(Words(f"{left:.1f}", f"{height + 4:.1f}", name_of, "start", "name"))
    named = len(texts)
    strokes += [Stroke("grid", points([(_LEFT, y(step)), (_WIDTH - 10, y(step))])) for step in (0, *_SCORES)]
    if low < 0:
        strokes.append(Stroke("diagonal", points([(x(Decimal(0)), _TOP), (x(Decimal(0)), _HEIGHT - _BOTTOM)])))
    texts += [Words(f"{_LEFT - 6}", f"{y(step) + 4:.1f}", str(step), "end", "axis") for step in _SCORES]
    texts += [
        Words("4", "14", "↑ score of the worst open threat", "start", "axis"),
        Words(f"{_LEFT}", f"{_HEIGHT - 8}", "less worth", "start", "axis"),
        Words(f"{_WIDTH - 14}", f"{_HEIGHT - 8}", f"worth more: {unit} →", "end", "axis"),
    ]
    worst = max(ones, key=lambda one: (one.score, one.size))
    below = sum(one.value < 0 for one in ones)
    sentence = f"{words.count(len(ones), 'project')} by worth and worst threat; the highest threat ({worst.score}) is at {worst.name}, worth {worst.value_text}"
    sentence += f"; {below} {words.verb(below, 'is')} worth less than nothing." if below else "."
    return Drawing(
        name=name, sentence=sentence + missing, width=_WIDTH, height=_HEIGHT, strokes=tuple(strokes), spots=tuple(spots), texts=tuple(texts),
        key=tuple((f"bubble hr-d-is-{one.css}", one.word.lower()) for one in words.LIGHTS if any(each.colour == one.css for each in ones)),
        note=_note(len(ordered), named, len(ones)),
        table=Table(
            name=f"{name}, in figures",
            columns=(Column("Project", wide=True), Column(words.capital(unit), "num"), Column("Worst threat", "num"), Column("Budget", "num")),
            rows=rows_of((Cell(one.name, href=one.href), one.value_text, str(one.score), one.size_text) for one in sorted(ones, key=lambda one: -one.score)),
        ),
    )  # fmt: skip


def _steps_down(level: float) -> list[float]:
    """Where a name may stand: beside its bubble, or a little lower, never below the chart."""
    steps = [level + i * LEAST_GAP / 2 for i in range(_LOWER)]
    return [one for one in steps if one <= max(level, _HEIGHT - _BOTTOM)]


def _free(left: float, wide: float, height: float, taken: list[tuple[float, float, float, float]]) -> bool:
    """Whether nothing stands where a name would."""
    return left + wide <= _WIDTH and not any(
        left < right and left + wide > first and height - LEAST_GAP / 2 < down and height + LEAST_GAP / 2 > up
        for first, right, up, down in taken
    )


def _note(drawn: int, named: int, every: int) -> str:
    text = "Up: the score of the worst open threat. Size: the budget."
    if drawn < every:
        text += f" Drawn are the {drawn} with the largest budgets; {words.count(every - drawn, 'other')} {words.verb(every - drawn, 'stands')} in the figures."
    return text + (" Names stand where there is room for them." if named < drawn else "")
