"""Milestone trend analysis: what was forecast for each milestone, by the day on which it was forecast.

A line that stays level keeps its day; one that climbs slips by as much as it climbs; one that meets the diagonal is
reached. The classic chart of project control, drawn from what the plan said at each look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handrail.render import words
from handrail.render.charts.drawing import Dots, Drawing, Spot, Stroke, Words, beside, cut, points, pushed_apart
from handrail.render.charts.scale import DayScale
from handrail.render.table import Cell, Column, Table, rows_of

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 860, 360, 64, 16, 30
_SHOWN = 8
_ROOM, _ROOM_OF_MANY = 44, 56
"""Letters beside the lines; with the project's name in them the drawing is as much wider."""
_AND = " · "
_TABLE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One milestone through time: `seen` holds the day of each look and the day then expected. actual: when it was reached."""

    name: str
    seen: tuple[tuple[date, date], ...]
    actual: date | None = None
    href: str | None = None
    sub: str = ""

    @property
    def moved(self) -> int:
        """Days from the first expectation to the last."""
        return (self.seen[-1][1] - self.seen[0][1]).days if self.seen else 0


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where days stand: those of the looks from left to `right`, those expected from the bottom up."""

    looks: DayScale
    dues: DayScale
    right: float

    def x(self, day: date) -> float:
        """Of a look."""
        return self._along(self.looks.at(day))

    def y(self, day: date) -> float:
        """Of a day expected."""
        return self._up(self.dues.at(day))

    def _along(self, share: float) -> float:
        return _LEFT + share / 100 * (self.right - _LEFT)

    @staticmethod
    def _up(share: float) -> float:
        return _HEIGHT - _BOTTOM - share / 100 * (_HEIGHT - _TOP - _BOTTOM)

    def frame(self) -> Iterator[Stroke]:
        """Grid and the diagonal, where the day of the look is the day expected."""
        for mark in self.dues.marks():
            height = self._up(_share(mark.left))
            yield Stroke("grid", points([(_LEFT, height), (self.right, height)]))
        low, high = max(self.looks.start, self.dues.start), min(self.looks.end, self.dues.end)
        if low < high:
            yield Stroke("diagonal", points([(self.x(low), self.y(low)), (self.x(high), self.y(high))]))

    def axes(self) -> Iterator[Words]:
        """Months along, and months up."""
        for mark in self.looks.marks():
            yield Words(f"{self._along(_share(mark.left)):.1f}", f"{_HEIGHT - 10}", mark.text, "start", "axis")
        for mark in self.dues.marks():
            yield Words(f"{_LEFT - 6}", f"{self._up(_share(mark.left)) + 4:.1f}", mark.text, "end", "axis")


def _share(left: str) -> float:
    return float(left.rstrip("%"))


def mta(traces: Sequence[Trace], name: str) -> Drawing:
    """The chart of those that moved most, and all of them as a table."""
    known = [one for one in traces if one.seen]
    worst = sorted(known, key=lambda one: (-abs(one.moved), one.name))
    shown = worst[:_SHOWN]
    sentence = _sentence(known, worst)
    if not shown or all(len(one.seen) < 2 for one in shown):  # noqa: PLR2004 - a line needs two ends
        return Drawing(name=name, sentence=sentence, table=_table(name, worst))
    looks = DayScale.around([day for one in shown for day, _ in one.seen])
    dues = DayScale.around(
        [day for one in shown for _, day in one.seen] + [day for one in shown for day, _ in one.seen]
    )
    if looks is None or dues is None:
        return Drawing(name=name, sentence=sentence, table=_table(name, worst))
    labels = [_label(one) for one in shown]
    plot = _Plot(looks, dues, _WIDTH - min(beside(labels), beside(["m" * _ROOM])))
    strokes = list(plot.frame())
    dots: list[Dots] = []
    spots: list[Spot] = []
    ends = []
    along = {day: plot.x(day) for day in {seen for one in shown for seen, _ in one.seen}}
    up = {day: plot.y(day) for day in {due for one in shown for _, due in one.seen}}
    for number, one in enumerate(shown):
        css = _css(one, number)
        spread = tuple((along[seen], up[due]) for seen, due in one.seen)
        strokes.append(Stroke(css, points(spread)))
        dots.append(Dots(css.split(" ")[0], spread, _told(one)))
        spots += _reached(one, spread)
        ends.append(spread[-1])
    heights = pushed_apart([y for _, y in ends], _TOP + 4, _HEIGHT - _BOTTOM)
    texts = [*plot.axes(), *(
        Words(f"{plot.right + 10:.1f}", f"{height + 4:.1f}", label, "start", "name")
        for label, height in zip(labels, heights, strict=True)
    )]  # fmt: skip
    strokes += [
        Stroke("leader", points([end, (plot.right + 7, height)])) for end, height in zip(ends, heights, strict=True)
    ]
    more = len(known) - len(shown)
    return Drawing(
        name=name, sentence=sentence, width=round(plot.right + beside(labels)), height=_HEIGHT, from_end=True, strokes=tuple(strokes), dots=tuple(dots), spots=tuple(spots), texts=tuple(texts),
        note="Right: the day of the look. Up: the day expected then. A line that climbs slips; one that meets the dotted "
             "diagonal is reached."
             + (f" Drawn are the {len(shown)} that moved most; {words.count(more, 'other')} {words.verb(more, 'stands')} in the figures." if more else ""),
        key=(("slips", "later than first expected"), ("keeps", "on its day or earlier"), ("reached", "reached (diamond)")),
        table=_table(name, worst),
    )  # fmt: skip


def _reached(one: Trace, spread: Sequence[tuple[float, float]]) -> Iterator[Spot]:
    """The mark at the first look that knew that the milestone is reached."""
    for (x, y), (seen, _) in zip(spread, one.seen, strict=True):
        if one.actual is not None and seen >= one.actual:
            title = f"{one.name}: reached on {words.day(one.actual)}"
            yield Spot("reached", f"{x:.1f}", f"{y:.1f}", 3.5, "diamond", title)
            return


def _told(one: Trace) -> str:
    """What a pointer is told of a line."""
    (first, then), (last, now) = one.seen[0], one.seen[-1]
    return f"{one.name}: on {words.day(first)} expected {words.day(then)}, on {words.day(last)} {words.day(now)}"


def _css(one: Trace, number: int) -> str:
    """What a line means, and one of four dashes, so that neighbours can be told apart without colours."""
    meaning = "reached" if one.actual else "slips" if one.moved > 0 else "keeps"
    return f"{meaning} hr-d-dash{number % 4}"


def _label(one: Trace) -> str:
    """The slip and the name, with the project where several are drawn together: all of it within the room beside the lines."""
    by = "reached:" if one.actual else f"{one.moved:+d} d" if one.moved else "0 d"
    if not one.sub:
        return f"{by}  {cut(one.name, _ROOM - len(by) - 2)}"
    room = _ROOM_OF_MANY - len(by) - 2
    name = cut(one.name, max((room - len(_AND)) // 2, room - len(_AND) - len(one.sub)))
    return f"{by}  {name}{_AND}{cut(one.sub, room - len(_AND) - len(name))}"


def _sentence(known: Sequence[Trace], worst: Sequence[Trace]) -> str:
    if not known:
        return "No milestone has a day yet, so there is no trend."
    later = [one for one in known if one.moved > 0]
    if all(len(one.seen) < 2 for one in known):  # noqa: PLR2004
        return f"{words.count(len(known), 'milestone')} {words.verb(len(known), 'was')} looked at once so far; a trend needs a second look."
    if not later:
        return f"None of {words.count(len(known), 'milestone')} is expected later than at first."
    first = next(one for one in worst if one.moved > 0)
    return (
        f"{len(later):,} of {words.count(len(known), 'milestone')} {words.verb(len(later), 'is')} expected later than at first, "
        f'at most "{first.name}"{f" ({first.sub})" if first.sub else ""} by {words.count(first.moved, "day")}.'
    )


def _table(name: str, traces: Sequence[Trace]) -> Table:
    return Table(
        name=f"{name}, in figures",
        columns=(Column("Milestone", wide=True), Column("First expected", "date"), Column("Expected now", "date"), Column("Moved", "num"), Column("Looks", "num")),
        rows=rows_of(
            (Cell(one.name, href=one.href, sub=one.sub), Cell(words.day(one.seen[0][1]), sub=f"said on {words.day(one.seen[0][0])}"),
             Cell(words.day(one.seen[-1][1]), sub="reached" if one.actual else ""), Cell(f"{one.moved:+d} d" if one.moved else "0 d", sort=str(one.moved)), str(len(one.seen)))
            for one in traces[:_TABLE]
        ),
    )  # fmt: skip
