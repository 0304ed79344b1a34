"""Things that did not go but went elsewhere: another id, another register, a risk that happened, a folder renamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from handrail.change.naming import noun, thing, title_of
from handrail.change.things import things_of_plan
from handrail.change.words import low, quoted
from handrail.fields import Entity, fields_of
from handrail.model.project import Plan

Placed = tuple[str, Any]
"""A kind and a thing of it."""
_ALIKE = 0.6


def renamed(gone: list[Placed], come: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs of what is gone and what came that are one thing; both are taken out of their lists.

    Either the kind is the same and everything but the id, or the title is the same and the kind another.
    """
    for same in (_same_content, _same_title):
        for placed in tuple(gone):
            partner = next((other for other in come if same(placed, other)), None)
            if partner is not None:
                gone.remove(placed)
                come.remove(partner)
                yield placed, partner


def sentence(old: Placed, new: Placed, year: int | None) -> str:
    """How a move is said."""
    (kind, one), (now, other) = old, new
    if kind == now:
        return f"{thing(kind, one, year)} has another id: {one.id} -> {other.id}"
    return f"{quoted(title_of(other))} was {low(noun(kind))} {one.id}, now {low(noun(now))} {getattr(other, 'id', '')}".rstrip()


def _same_content(old: Placed, new: Placed) -> bool:
    kind, one = old
    if kind != new[0] or getattr(one, "id", None) is None or not title_of(one) or title_of(one) == one.id:
        return False
    return all(
        getattr(one, field.name) == getattr(new[1], field.name) for field in fields_of(type(one)) if field.key != "id"
    )


def _same_title(old: Placed, new: Placed) -> bool:
    title = title_of(old[1])
    return old[0] != new[0] and bool(title) and title == title_of(new[1]) and title != getattr(old[1], "id", None)


def folders(gone: Sequence[Plan], come: Sequence[Plan]) -> Iterator[tuple[Plan, Plan]]:
    """Projects whose folder has another name: most of what is in it is the same."""
    left = list(come)
    named: dict[str, list[Plan]] = {}
    for new in come:  # looked up, so that a thousand projects that go and come are not all held against each other
        for mark in _marks(new):
            named.setdefault(mark, []).append(new)
    for old in gone:
        found = (named[mark] for mark in _marks(old) if mark in named)
        likeness = [(_likeness(old, new), new) for new in next(found, ()) if any(new is one for one in left)]
        best = max(likeness, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] >= _ALIKE:
            left.remove(best[1])
            yield old, best[1]


def _marks(plan: Plan) -> Iterator[str]:
    """What a project that was only renamed still says word for word: its name, or its milestones or risks."""
    yield f"name {plan.name}"
    yield from (f"things {[(one.id, title_of(one)) for one in ones]}" for ones in (plan.milestones, plan.risks) if ones)


def _likeness(old: Plan, new: Plan) -> float:
    """The share of fields and things that are equal, of those that either plan has."""
    total = same = 0
    for field in fields_of(Plan):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.key == "id" or not (before or after) or isinstance(before, tuple):
            continue
        total, same = total + 1, same + (before == after)
    others = things_of_plan(new)
    for kind, things in things_of_plan(old).items():
        mine, theirs = list(things), list(others[kind])
        total += max(len(mine), len(theirs))
        same += sum(any(_equal(one, other) for other in theirs) for one in mine)
    return same / total if total else 0.0


def _equal(one: Entity, other: Entity) -> bool:
    return one == other
