"""Computed colours. Colour follows tolerance: up to half of it green, within it amber, beyond it red (policy says how far)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from handrail.compute.dates import end_of, worst_slip
from handrail.compute.facts import Cost, Dated, Health, Verdict
from handrail.compute.risk import answered, open_threats, score
from handrail.model.policy import Thresholds
from handrail.model.project import Plan
from handrail.model.records import Report
from handrail.model.words import Colour

COLOURS: tuple[Colour, ...] = ("green", "amber", "red")
_ENDED = {"cancelled": "The project was cancelled.", "closed": "The project is closed."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The tolerance of one project, and the shares of it at which colours change."""

    time_days: int
    cost: Decimal
    scope: int
    quality: int
    benefit: Decimal
    risk: int
    green_up_to: Decimal
    amber_up_to: Decimal

    @classmethod
    def of(cls, plan: Plan, thresholds: Thresholds) -> Limits | None:
        """The project's own tolerance, filled up with its tier's; None when the policy has none for the tier."""
        tier = next((one for one in thresholds.tolerances if one.tier == plan.tier), None)
        if tier is None:
            return None
        own = plan.tolerance

        def pick(name: str) -> int | Decimal:
            given = getattr(own, name) if own else None
            return cast("int | Decimal", given if given is not None else getattr(tier, name))

        return cls(
            time_days=int(pick("time_days")), cost=Decimal(pick("cost")), scope=int(pick("scope")),
            quality=int(pick("quality")), benefit=Decimal(pick("benefit")), risk=int(pick("risk")),
            green_up_to=thresholds.green_up_to, amber_up_to=thresholds.amber_up_to,
        )  # fmt: skip

    def colour(self, figure: Decimal, tolerance: Decimal) -> tuple[Colour, Decimal]:
        """The colour of a deviation and the share of the tolerance that it uses; without tolerance any deviation is red."""
        if figure <= 0:
            return "green", Decimal(0)
        if tolerance <= 0:
            return "red", Decimal("Infinity")
        used = figure / tolerance
        if used <= self.green_up_to:
            return "green", used
        return ("amber" if used <= self.amber_up_to else "red"), used


def health_of(
    plan: Plan, report: Report | None, dates: tuple[Dated, ...], cost: Cost, thresholds: Thresholds | None, today: date
) -> Health:
    """All colours of a plan. `today` is the day that lateness of responses is measured against."""
    reported = report.status if report else None
    limits = Limits.of(plan, thresholds) if thresholds else None
    if limits is None or plan.state in _ENDED:
        why = _ENDED.get(plan.state, "The policy sets no tolerance for this tier.")
        nothing = Verdict(colour=None, why=why)
        return Health(
            time=nothing, cost=nothing, scope=nothing, quality=nothing, benefit=nothing, risk=nothing, overall=nothing,
            reported=reported, counts=None, watermelon=False,
        )  # fmt: skip
    verdicts = {
        "time": _time(dates, limits),
        "cost": _cost(cost, limits),
        "scope": _scope(plan, limits),
        "quality": _quality(plan, limits),
        "benefit": _benefit(plan, limits),
        "risk": _risk(plan, limits, today),
    }
    overall = _worst(verdicts.items())
    better = reported is not None and overall.colour is not None and rank(reported) < rank(overall.colour)
    agreed = better and report is not None and _agreed(plan, report, today)
    counts = overall.colour
    if reported is not None and (agreed or counts is None or rank(reported) > rank(counts)):
        counts = reported
    return Health(**verdicts, overall=overall, reported=reported, counts=counts, watermelon=better and not agreed)


def rank(colour: Colour) -> int:
    """0 for green, 1 for amber, 2 for red."""
    return COLOURS.index(colour)


def _worst(verdicts: Iterable[tuple[str, Verdict]]) -> Verdict:
    known = [(name, one) for name, one in verdicts if one.colour]
    if not known:
        return Verdict(colour=None, why="The plan has nothing yet that a colour could be computed from.")
    name, worst = max(known, key=lambda pair: (rank(cast("Colour", pair[1].colour)), pair[1].used or Decimal(0)))
    return Verdict(colour=worst.colour, why=f"{name.capitalize()}: {worst.why}", used=worst.used, figure=worst.figure)


def _time(dates: tuple[Dated, ...], limits: Limits) -> Verdict:
    worst = worst_slip(dates) or end_of(dates)
    if worst is None or worst.slip is None:
        return Verdict(colour=None, why="No milestone has an approved day.")
    slip = worst.slip
    colour, used = limits.colour(Decimal(slip), Decimal(limits.time_days))
    ends = int(limits.green_up_to * limits.time_days)
    verb = "was" if worst.done else "is expected"
    if slip > 0:
        why = f'"{worst.name}" {verb} {_days(slip)} late; green ends at {ends}, the tolerance is {limits.time_days}.'
    else:
        why = f'"{worst.name}" {verb} on time.' if slip == 0 else f'"{worst.name}" {verb} {_days(-slip)} early.'
    return Verdict(colour=colour, why=why, used=used, figure=Decimal(slip))


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"


def _cost(cost: Cost, limits: Limits) -> Verdict:
    if cost.variance is None or cost.variance_share is None or cost.forecast is None or cost.approved is None:
        return Verdict(colour=None, why="The plan states no approved budget with a forecast.")
    share = cost.variance_share
    colour, used = limits.colour(share, limits.cost)
    side = "over" if share > 0 else "under"
    ends = _percent(limits.green_up_to * limits.cost)
    if share == 0:
        why = f"The forecast of {cost.forecast.format()} is what was approved."
    else:
        why = (
            f"The forecast of {cost.forecast.format()} is {_percent(abs(share))} {side} the approved "
            f"{cost.approved.format()}; green ends at {ends}, the tolerance is {_percent(limits.cost)}."
        )
    return Verdict(colour=colour, why=why, used=used, figure=share)


def _percent(share: Decimal) -> str:
    return f"{round(share * 100, 1).normalize():f} %"


def _scope(plan: Plan, limits: Limits) -> Verdict:
    if not plan.deliverables:
        return Verdict(colour=None, why="No deliverables are named.")
    rejected = [one for one in plan.deliverables if one.status == "rejected"]
    if not rejected:
        return Verdict(colour="green", why="No deliverable was rejected.", used=Decimal(0), figure=Decimal(0))
    colour, used = limits.colour(Decimal(len(rejected)), Decimal(limits.scope))
    names = ", ".join(f'"{one.name}"' for one in rejected)
    why = f"Rejected: {names}; the tolerance is {limits.scope}."
    return Verdict(colour=colour, why=why, used=used, figure=Decimal(len(rejected)))


def _quality(plan: Plan, limits: Limits) -> Verdict:
    checked = [one for one in plan.quality_checks if one.result]
    if not checked:
        return Verdict(colour=None, why="No quality check has a result yet.")
    passed = {one.deliverable: one.done_on for one in checked if one.result == "pass" and one.done_on}
    failed = [
        one for one in checked
        if one.result == "fail" and not (one.done_on and (passed.get(one.deliverable) or date.min) >= one.done_on)
    ]  # fmt: skip
    if not failed:
        return Verdict(colour="green", why=f"All {len(checked)} checks passed.", used=Decimal(0), figure=Decimal(0))
    colour, used = limits.colour(Decimal(len(failed)), Decimal(limits.quality))
    why = f"{len(failed)} of {len(checked)} checks failed and were not repeated; the tolerance is {limits.quality}."
    return Verdict(colour=colour, why=why, used=used, figure=Decimal(len(failed)))


def _benefit(plan: Plan, limits: Limits) -> Verdict:
    own = (plan.why.benefit,) if plan.why and plan.why.benefit else ()
    worst: Verdict | None = None
    for one in (*own, *plan.benefits):
        if one.now is None or one.target is None or one.target == one.now or not one.measured:
            continue
        newest = max(one.measured, key=lambda reading: reading.on)
        promised, reached = one.target - one.now, newest.value - one.now
        missing = 1 - reached / promised
        colour, used = limits.colour(missing, limits.benefit)
        why = (
            f'"{one.what}" stands at {newest.value:f} of a promised {one.target:f} (it was {one.now:f}); '
            f"the tolerance is {_percent(limits.benefit)} of the difference."
        )
        verdict = Verdict(colour=colour, why=why, used=used, figure=missing)
        if worst is None or used > (worst.used or Decimal(0)):
            worst = verdict
    return worst or Verdict(colour=None, why="No benefit has been measured yet.")


def _risk(plan: Plan, limits: Limits, today: date) -> Verdict:
    threats = [one for one in open_threats(plan.risks) if score(one)]
    if not threats:
        why = "No open threat has been assessed." if open_threats(plan.risks) else "No open threat is written down."
        return Verdict(colour=None, why=why)
    top = max(score(one) or 0 for one in threats)
    high = [one for one in threats if (score(one) or 0) >= limits.risk]
    if not high:
        why = f"The highest open threat scores {top}; high begins at {limits.risk}."
        return Verdict(colour="green", why=why, figure=Decimal(top))
    late = [one for one in high if not answered(one) or (one.due is not None and one.due < today)]
    names = ", ".join(f'"{one.title}" ({score(one)})' for one in (late or high))
    if not late:
        why = f"High, with a response in date: {names}."
    else:
        why = f"High, and the response is missing or late: {names}."
    # one risk alone never makes a project red: it is a warning, not yet harm
    colour: Colour = "red" if late and len(high) > 1 else "amber"
    return Verdict(colour=colour, why=why, figure=Decimal(top))


def _agreed(plan: Plan, report: Report, today: date) -> bool:
    """Whether the sponsor has agreed with the better colour of this report, and it has not run out."""
    if report.override is None or report.override.expires < today:
        return False
    return any(
        one.subject.kind == "report" and one.subject.id == report.as_of.isoformat() and one.decision == "approve"
        and one.by == plan.sponsor and one.by != plan.manager
        for one in plan.approvals
    )  # fmt: skip
