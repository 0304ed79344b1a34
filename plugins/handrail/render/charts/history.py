"""The reports of a project as a strip of colours, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from handrail.compute.trend import PointFacts
from handrail.model.records import Report
from handrail.render.charts.heat import Strip, strips
from handrail.render.words import Light, day, light, short_day

_SHOWN = 24
_MONTHS = 12


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
    by_month: Markup


def history(
    reports: tuple[Report, ...], today: date, before: tuple[tuple[date, PointFacts], ...] = (), why: str = ""
) -> History:
    """What was reported up to today, and how the project looked `before` by month; `why` says where that is unknown."""
    known = sorted((one for one in reports if one.as_of <= today), key=lambda one: one.as_of)
    shown = known[-_SHOWN:]
    steps = tuple(Step(short_day(one.as_of), day(one.as_of), light(one.status)) for one in shown)
    return History(steps=steps, earlier=len(known) - len(shown), by_month=_by_month(before, why))


def _by_month(before: tuple[tuple[date, PointFacts], ...], why: str) -> Markup:
    """The three colours at the last known day of each month of the last year, as Git has them."""
    last = {(on.year, on.month): (on, facts) for on, facts in before}
    shown = list(last.values())[-_MONTHS:]
    if not shown:
        return strips((), (), "Colours by month", why or "No earlier month of this project is in Git.")
    rows = [
        Strip(
            name=name,
            href=None,
            colours=tuple(light(getattr(facts, field)) if getattr(facts, field) else None for _, facts in shown),
        )
        for name, field in (("Counted", "colour"), ("Computed", "computed"), ("Reported", "reported"))
    ]
    differs = sum(
        one.computed is not None and one.reported is not None and one.computed != one.reported for _, one in shown
    )
    sentence = "As the main branch stood at the end of each month" + (
        f"; report and figures differed in {differs} of {len(shown)}." if differs else "."
    )
    return strips([on for on, _ in shown], rows, "Colours by month", sentence, first="Colour")
