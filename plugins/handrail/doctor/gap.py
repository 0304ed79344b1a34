"""One gap in the fence: what would slip through, how to close it, and where to click."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Weight = Literal["open", "weak", "note"]
WEIGHTS: tuple[Weight, ...] = ("open", "weak", "note")
"""open: an ungoverned change can go in. weak: it can, if somebody wants it and has some right. note: evidence or comfort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """id: names it for ever. what: the matter in a sentence. slips: what gets past because of it. where: the way to click."""

    id: str
    weight: Weight
    what: str
    slips: str
    fix: str
    where: str = ""


def worst_first(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """In the order in which they should be closed; the order of looking is kept within a weight."""
    return tuple(sorted(gaps, key=lambda one: WEIGHTS.index(one.weight)))
