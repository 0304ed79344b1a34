"""What projects need from each other, as boxes and arrows: givers to the left of takers, conflicts drawn apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handrail.render import words
from handrail.render.charts.drawing import Box, Curve, Drawing, Words, cut
from handrail.render.table import Column, Table, rows_of

_BOX, _TALL, _ACROSS, _DOWN, _EDGE, _NAME = 226, 34, 306, 52, 12, 33
_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One need: the giver must give the taker something; conflict: why that will not be in time, else empty."""

    giver: str
    taker: str
    what: str
    conflict: str = ""


def graph(edges: Sequence[Edge], names: Mapping[str, str], name: str) -> Drawing:
    """The graph of at most forty projects, those with conflicts first; the table holds all."""
    sentence = _sentence(edges)
    if not edges:
        return Drawing(name=name, sentence=sentence)
    ordered = sorted(edges, key=lambda one: (not one.conflict, one.giver, one.taker))
    kept: dict[str, None] = {}
    drawn: list[Edge] = []
    for one in ordered:
        if len({*kept, one.giver, one.taker}) <= _MOST:
            kept.update({one.giver: None, one.taker: None})
            drawn.append(one)
    ranks = _ranks(list(kept), drawn)
    columns: dict[int, list[str]] = {}
    for node in sorted(kept, key=lambda one: (ranks[one], names.get(one, one).casefold())):
        columns.setdefault(ranks[node], []).append(node)
    tallest = max(len(ones) for ones in columns.values())
    places: dict[str, tuple[float, float]] = {}
    for rank, ones in sorted(columns.items()):
        shift = (tallest - len(ones)) * _DOWN / 2
        ones.sort(key=lambda node: _beside(node, drawn, places))
        for row, node in enumerate(ones):
            places[node] = (_EDGE + rank * _ACROSS, _EDGE + shift + row * _DOWN)
    width = int(max(columns) * _ACROSS + _BOX + 2 * _EDGE)
    left_out = len({node for one in edges for node in (one.giver, one.taker)}) - len(kept)
    return Drawing(
        name=name, sentence=sentence, width=max(width, 520), height=int(tallest * _DOWN - (_DOWN - _TALL) + 2 * _EDGE),
        boxes=tuple(Box("node", f"{x:.0f}", f"{y:.0f}", str(_BOX), str(_TALL), names.get(node, node)) for node, (x, y) in places.items()),
        curves=tuple(part for one in drawn for part in _arrow(one, places)),
        texts=tuple(Words(f"{x + _BOX / 2:.0f}", f"{y + _TALL / 2 + 4:.0f}", cut(names.get(node, node), _NAME), "middle", "name") for node, (x, y) in places.items()),
        note="An arrow leads from who gives to who needs." + (f" {words.count(left_out, 'more project')} {words.verb(left_out, 'stands')} in the table." if left_out else ""),
        key=(("need", "in time"), ("conflict", "too late, not promised or without a day")),
        table=_table(name, ordered, names),
    )  # fmt: skip


def _ranks(nodes: Sequence[str], edges: Sequence[Edge]) -> Mapping[str, int]:
    """The column of each project: one to the right of the last that gives to it. Arrows that would close a circle do not count."""
    after: dict[str, list[str]] = {one: [] for one in nodes}
    ranks = dict.fromkeys(nodes, 0)
    for one in edges:
        if one.giver != one.taker and not _reaches(one.taker, one.giver, after):
            after[one.giver].append(one.taker)
    for _ in nodes:
        changed = False
        for giver, takers in after.items():
            for taker in takers:
                if ranks[taker] <= ranks[giver]:
                    ranks[taker] = ranks[giver] + 1
                    changed = True
        if not changed:
            break
    return ranks


def _table(name: str, edges: Sequence[Edge], names: Mapping[str, str]) -> Table:
    return Table(
        name=f"{name}, in words", columns=(Column("Gives", wide=True), Column("What"), Column("Needs it", wide=True), Column("In time")),
        rows=rows_of((names.get(one.giver, one.giver), one.what, names.get(one.taker, one.taker), one.conflict or "yes") for one in edges[:_TOLD]),
    )  # fmt: skip


_TOLD = 1000


def _beside(taker: str, drawn: Sequence[Edge], places: Mapping[str, tuple[float, float]]) -> float:
    """How high those stand, on average, who give to a project: at that height arrows cross least. Without any: on top."""
    heights = [places[one.giver][1] for one in drawn if one.taker == taker and one.giver in places]
    return sum(heights) / len(heights) if heights else 0.0


def _reaches(start: str, end: str, after: Mapping[str, Sequence[str]]) -> bool:
    open_, seen = [start], {start}
    while open_:
        node = open_.pop()
        if node == end:
            return True
        fresh = [one for one in after[node] if one not in seen]
        seen.update(fresh)
        open_ += fresh
    return False


def _arrow(one: Edge, places: Mapping[str, tuple[float, float]]) -> tuple[Curve, Curve]:
    (x1, y1), (x2, y2) = places[one.giver], places[one.taker]
    y1, y2 = y1 + _TALL / 2, y2 + _TALL / 2
    css = "conflict" if one.conflict else "need"
    if x2 > x1:
        start, end = x1 + _BOX, x2 - 7
        bend = (end - start) / 2
        line = f"M{start:.0f} {y1:.0f}C{start + bend:.0f} {y1:.0f} {end - bend:.0f} {y2:.0f} {end:.0f} {y2:.0f}"
        return Curve(css, line), Curve(f"head-{css}", f"M{end + 7:.0f} {y2:.0f}l-9-5v10z")
    # back, or to itself: below both boxes
    low = max(y1, y2) + _TALL
    start, end = x1 + _BOX / 2, x2 + _BOX / 2
    foot = y2 + _TALL / 2
    line = f"M{start:.0f} {y1 + _TALL / 2:.0f}C{start:.0f} {low:.0f} {end:.0f} {low:.0f} {end:.0f} {foot + 8:.0f}"
    return Curve(css, line), Curve(f"head-{css}", f"M{end:.0f} {foot:.0f}l-5 9h10z")


def _sentence(edges: Sequence[Edge]) -> str:
    if not edges:
        return "No project needs anything from another."
    bad = sum(bool(one.conflict) for one in edges)
    text = f"{words.count(len(edges), 'open need')} between projects"
    return text + (f", {bad} of them {words.verb(bad, 'is')} not safe." if bad else "; each is promised in time.")
