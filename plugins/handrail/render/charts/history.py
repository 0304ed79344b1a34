"""The reports of a project as a strip of colours, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.model.records import Report
from handrail.render.words import Light, day, light, short_day

_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Step:
    """One report."""

    short: str
    long: str
    light: Light


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The newest reports and how many came before them."""

    steps: tuple[Step, ...]
    earlier: int


def history(reports: tuple[Report, ...], today: date) -> History:
    """What was reported, up to today."""
    known = sorted((one for one in reports if one.as_of <= today), key=lambda one: one.as_of)
    shown = known[-_SHOWN:]
    steps = tuple(Step(short_day(one.as_of), day(one.as_of), light(one.status)) for one in shown)
    return History(steps=steps, earlier=len(known) - len(shown))
