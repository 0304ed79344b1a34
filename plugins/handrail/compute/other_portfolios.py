"""Portfolios of other repositories, as they have exported them: shown beside the own one, marked, and with their age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handrail import english
from handrail.model.words import Colour

STALE_DAYS = 7
"""An export that is older than this is told to be old: it is made nightly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherProject:
    """One project of another repository, as its export says. Nothing of it was judged here."""

    id: str
    name: str
    unit: str | None
    tier: str | None
    phase: str | None
    state: str
    manager: str | None
    colour: Colour | None
    end_approved: date | None
    end_expected: date | None
    next_gate: str | None
    next_gate_expected: date | None
    report: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPortfolio:
    """One other repository. as_of: the day of its figures; age: days since then. projects: none where only counts are shown.

    colours: open projects by colour, `not known` for those without; restricted: those that the export only counts.
    fault: why nothing is known of it; empty where something is.
    """

    name: str
    as_of: date | None = None
    age: int | None = None
    projects: tuple[OtherProject, ...] = ()
    colours: Mapping[str, int] | None = None
    restricted: int = 0
    fault: str = ""

    @property
    def stale(self) -> bool:
        """Whether the figures are too old to be read beside today's."""
        return self.age is not None and self.age > STALE_DAYS

    @property
    def total(self) -> int:
        """How many projects it has that have not ended, restricted ones too."""
        return sum((self.colours or {}).values())


def in_words(one: OtherPortfolio) -> str:
    """One other repository in a sentence."""
    if one.fault:
        return f"{one.name}: {one.fault}"
    colours = one.colours or {}
    parts = [f"{colours[word]} {word}" for word in ("red", "amber", "green", "not known") if colours.get(word)]
    number = english.count(one.total, "open project")
    secret = f" ({one.restricted} of them restricted)" if one.restricted else ""
    day = english.day(one.as_of) if one.as_of else "no day"
    old = f"; {one.age} days old, ask for a new export" if one.stale else ""
    return f"{one.name}: {number}{secret}{': ' if parts else ''}{', '.join(parts)}, as of {day}{old}."


def tally(ones: tuple[OtherPortfolio, ...]) -> Mapping[str, int]:
    """Open projects of all other repositories by colour."""
    found: Counter[str] = Counter()
    for one in ones:
        found.update(one.colours or {})
    return found
