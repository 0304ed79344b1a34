"""Tolerances that a forecast has left, and since when the reports have said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handrail.compute.facts import Project
from handrail.model.records import Report


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Breach:
    """One broken tolerance. `since`: the first report of the unbroken row of red ones, else the newest report."""

    id: str
    dimension: str
    why: str
    figure: Decimal | None
    since: date | None


def breaches(project: Project) -> tuple[Breach, ...]:
    """Every dimension whose computed colour is red, unless an exception was raised against today's approved plan."""
    plan = project.plan
    since = _red_since(plan.reports, project.as_of) or project.status_date
    approved = max((one.made_on for one in plan.baselines), default=None)
    told = {one.dimension for one in plan.exceptions if _counts(one.raised_on, approved, project.as_of)}
    return tuple(
        Breach(id=name, dimension=name, why=one.why, figure=one.figure, since=since)
        for name, one in project.health.dimensions.items()
        if one.colour == "red" and name not in told
    )


def _counts(raised: date | None, approved: date | None, as_of: date) -> bool:
    """Whether the board was told until a day, and not about a plan that was approved anew since. Without a day, it was."""
    return raised is None or (raised <= as_of and (approved is None or raised >= approved))


def _red_since(reports: tuple[Report, ...], as_of: date) -> date | None:
    first = None
    for one in sorted((one for one in reports if one.as_of <= as_of), key=lambda one: one.as_of, reverse=True):
        if one.status != "red":
            break
        first = one.as_of
    return first
