"""The colour of a project: the worst of the computed ones, beside what the manager reports, and which of them counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import cast

from handrail.compute.approvals import decided
from handrail.compute.colours import Basis, colours_of
from handrail.compute.facts import Health, Verdict
from handrail.model.project import Plan
from handrail.model.records import Report
from handrail.model.words import DIMENSIONS, Colour

COLOURS: tuple[Colour, ...] = ("green", "amber", "red")
ENDED = {"cancelled": "The project was cancelled.", "closed": "The project is closed."}


def health_of(plan: Plan, report: Report | None, basis: Basis | None, as_of: date) -> Health:
    """All colours of a plan; without a basis, or once it has ended, there is nothing to compute them from."""
    reported = report.status if report else None
    if basis is None or plan.state in ENDED:
        nothing = Verdict(colour=None, why=ENDED.get(plan.state, "The policy sets no tolerance for this tier."))
        return Health(
            **dict.fromkeys(DIMENSIONS, nothing), overall=nothing, reported=reported, counts=None, watermelon=False
        )
    verdicts = colours_of(basis)
    overall = _worst(verdicts.items())
    agreed = _agreed(plan, report, as_of) if report else None
    counts = overall.colour
    if counts is not None and agreed is not None and rank(agreed) < rank(counts):
        counts = agreed
    melon = reported is not None and counts is not None and rank(reported) < rank(counts)
    if reported is not None and not melon:  # a manager who knows worse is believed at once
        counts = reported
    return Health(**verdicts, overall=overall, reported=reported, counts=counts, watermelon=melon)


def rank(colour: Colour) -> int:
    """0 for green, 1 for amber, 2 for red."""
    return COLOURS.index(colour)


def _worst(verdicts: Iterable[tuple[str, Verdict]]) -> Verdict:
    known = [(name, one) for name, one in verdicts if one.colour]
    if not known:
        return Verdict(colour=None, why="The plan has nothing yet that a colour could be computed from.")
    name, worst = max(known, key=lambda pair: (rank(cast("Colour", pair[1].colour)), pair[1].used or Decimal(0)))
    return Verdict(colour=worst.colour, why=f"{name.capitalize()}: {worst.why}", used=worst.used, figure=worst.figure)


def _agreed(plan: Plan, report: Report, as_of: date) -> Colour | None:
    """The better colour that the sponsor has agreed to for this report, while it lasts. Nobody agrees with themselves."""
    if report.override is None or report.override.expires < as_of or plan.sponsor == plan.manager:
        return None
    last = decided(plan.approvals, "report", report.as_of.isoformat(), as_of, lambda one: one.by == plan.sponsor)
    return report.override.status if last is not None and last.decision == "approve" else None
