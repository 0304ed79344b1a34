"""The six computed colours, each with its sentence. What cannot be computed has no colour, never red."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handrail import english
from handrail.compute.cost import total
from handrail.compute.dates import end_of
from handrail.compute.facts import Cost, Dated, Verdict
from handrail.compute.risk import answered, late, open_threats, score
from handrail.compute.tolerance import Limits
from handrail.compute.workdays import WorkDays
from handrail.model.money import EXACT, Money
from handrail.model.project import Plan
from handrail.model.registers import Benefit, QualityCheck
from handrail.model.words import Colour


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Basis:
    """What colours are computed from. `today` is the day up to which the plan is kept; lateness is measured against it.

    agreed: whether the plan was approved; until then its days and its money are a proposal, and are called so.
    """

    plan: Plan
    dates: tuple[Dated, ...]
    cost: Cost
    limits: Limits
    days: WorkDays
    today: date
    agreed: bool = True


def colours_of(basis: Basis) -> Mapping[str, Verdict]:
    """The six dimensions by name."""
    return {
        "time": _time(basis),
        "cost": _cost(basis),
        "scope": _scope(basis),
        "quality": _quality(basis),
        "benefit": _benefit(basis),
        "risk": _risk(basis),
    }


def _time(basis: Basis) -> Verdict:
    """The open milestone that will be latest; when none is open, the last one."""
    late_by = [(slip, one) for one in basis.dates if not one.done and (slip := _slip(one, basis)) is not None]
    worst = max(late_by, key=lambda pair: pair[0])[1] if late_by else end_of(basis.dates)
    slip = _slip(worst, basis) if worst else None
    if worst is None or slip is None:
        return Verdict(colour=None, why=f"No milestone has {'an approved' if basis.agreed else 'a planned'} day.")
    limits = basis.limits
    colour, used = limits.colour(slip, limits.time_days)
    ends = int(limits.green_up_to * limits.time_days)
    late = "late" if basis.agreed else "later than proposed"
    verb = "was" if worst.done else "is expected"
    if slip <= 0:
        why = (
            f'"{worst.name}" {verb} {"on time" if basis.agreed else "on the proposed day"}.'
            if slip == 0
            else f'"{worst.name}" {verb} {english.count(-slip, "working day")} {"early" if basis.agreed else "earlier than proposed"}.'
        )
    elif slip == worst.slip:
        why = f'"{worst.name}" {verb} {english.count(slip, "working day")} {late}; green ends at {ends}, the tolerance is {limits.time_days}.'
    else:
        why = (
            f'"{worst.name}" was not reached on {english.day(worst.expected)} and is {english.count(slip, "working day")} {late} already; '
            f"green ends at {ends}, the tolerance is {limits.time_days}."
        )
    return Verdict(colour=colour, why=why, used=used, figure=Decimal(slip))


def _slip(one: Dated, basis: Basis) -> int | None:
    """Working days late. What is still open cannot be earlier than today, whatever was expected; a halted plan waits."""
    if (
        one.done
        or one.planned is None
        or one.expected is None
        or one.expected >= basis.today
        or basis.plan.state != "active"
    ):
        return one.slip
    return basis.days.between(one.planned, basis.today)


def _cost(basis: Basis) -> Verdict:
    """The forecast against the approved budget. It cannot be less than what is spent already."""
    cost, limits = basis.cost, basis.limits
    expected, what = _expected(cost)
    if cost.approved is None or expected is None:
        return Verdict(colour=None, why="The plan states no budget with a forecast.")
    if cost.approved.currency != expected.currency:
        return Verdict(colour=None, why="The budget and the forecast are in different currencies.")
    if cost.approved.amount <= 0:
        return Verdict(colour=None, why="The budget is zero, so nothing can be measured against it.")
    share = (expected - cost.approved).ratio(cost.approved)
    colour, used = limits.colour(share, limits.cost)
    return Verdict(
        colour=colour,
        why=_cost_words(what.format(expected.format()), share, cost.approved, basis),
        used=used,
        figure=share,
    )


def _expected(cost: Cost) -> tuple[Money | None, str]:
    """The forecast, or what is spent where that is more, with the words for it."""
    parts = [one for one in (cost.spent, cost.accrued) if one is not None]
    gone = total(parts, cost.currency) if parts else None
    least = cost.forecast or cost.approved
    if gone is not None and least is not None and gone.currency == least.currency and gone > least:
        return gone, "What is spent already, {},"
    return cost.forecast, "The forecast of {}"


def _cost_words(what: str, share: Decimal, budget: Money, basis: Basis) -> str:
    limits, word = basis.limits, "approved" if basis.agreed else "proposed"
    if share == 0:
        return (
            f"{what} is what was approved."
            if basis.agreed
            else f"{what} is the budget proposed; nothing is approved yet."
        )
    if share < 0:
        return f"{what} is {_percent(-share)} under the {word} {budget.format()}."
    ends, all_of_it = limits.green_up_to * limits.cost, limits.cost
    # where a cent too much turns the colour, the sentence must not say that it was just enough
    hidden = any(share > limit and _percent(share) == _percent(limit) for limit in (ends, all_of_it))
    much = f"a little more than {_percent(share)}" if hidden else _percent(share)
    return (
        f"{what} is {much} over the {word} {budget.format()}; green ends at {_percent(ends)}, "
        f"the tolerance is {_percent(all_of_it)}."
    )


def _scope(basis: Basis) -> Verdict:
    plan, limits = basis.plan, basis.limits
    if not plan.deliverables:
        return Verdict(colour=None, why="No deliverables are named.")
    rejected = [one for one in plan.deliverables if one.status == "rejected"]
    colour, used = limits.colour(len(rejected), limits.scope)
    if not rejected:
        return Verdict(colour=colour, why="No deliverable was rejected.", used=used, figure=Decimal(0))
    names = ", ".join(f'"{one.name}"' for one in rejected)
    why = f"Rejected: {names}; the tolerance is {limits.scope}."
    return Verdict(colour=colour, why=why, used=used, figure=Decimal(len(rejected)))


def _quality(basis: Basis) -> Verdict:
    limits = basis.limits
    checked = [one for one in basis.plan.quality_checks if one.result]
    if not checked:
        return Verdict(colour=None, why="No quality check has a result yet.")
    failed = [one for one in checked if one.result == "fail"]
    still = [one for one in failed if not any(_repeats(other, one) for other in checked)]
    colour, used = limits.colour(len(still), limits.quality)
    if still:
        were = "was" if len(still) == 1 else "were"
        why = (
            f"{len(still)} of {english.count(len(checked), 'check')} failed and {were} not passed since; "
            f"the tolerance is {limits.quality}."
        )
    elif failed:
        why = "Every check that failed was repeated and passed."
    else:
        why = "The only check so far passed." if len(checked) == 1 else f"All {len(checked)} checks passed."
    return Verdict(colour=colour, why=why, used=used, figure=Decimal(len(still)))


def _repeats(later: QualityCheck, failed: QualityCheck) -> bool:
    """Whether a check is the passed repetition of a failed one: the same thing, by the same method, not before it."""
    if later.result != "pass" or later.done_on is None or failed.done_on is None or later.done_on < failed.done_on:
        return False
    # a repetition may say so: "Load test, second try"
    return later.deliverable == failed.deliverable and later.method.casefold().startswith(failed.method.casefold())


def _benefit(basis: Basis) -> Verdict:
    """The benefit that misses most of what was promised. A reading before the promised day proves nothing yet."""
    plan = basis.plan
    own = (plan.why.benefit,) if plan.why and plan.why.benefit else ()
    judged = [one for benefit in (*own, *plan.benefits) if (one := _one_benefit(benefit, basis.limits)) is not None]
    if not judged:
        return Verdict(colour=None, why="No benefit has been measured on its promised day yet.")
    return max(judged, key=lambda one: one.figure or Decimal(0))


def _one_benefit(one: Benefit, limits: Limits) -> Verdict | None:
    if one.now is None or one.target is None or one.target == one.now or not one.measured:
        return None
    newest = max(one.measured, key=lambda reading: reading.on)
    missing = 1 - EXACT.divide(newest.value - one.now, one.target - one.now)
    if missing > 0 and one.by is not None and newest.on < one.by:
        return None
    colour, used = limits.colour(missing, limits.benefit)
    why = (
        f'"{one.what}" stands at {newest.value:f} of a promised {one.target:f} (it was {one.now:f}); '
        f"the tolerance is {_percent(limits.benefit)} of the difference."
    )
    return Verdict(colour=colour, why=why, used=used, figure=missing)


def _risk(basis: Basis) -> Verdict:
    """Threats from the tolerated score on. One alone is a warning, not yet harm: it is amber at most."""
    limits, threats = basis.limits, open_threats(basis.plan.risks)
    scored = [(value, one) for one in threats if (value := score(one)) is not None]
    if not scored:
        return Verdict(
            colour=None, why="No open threat has been assessed." if threats else "No open threat is written down."
        )
    top = max(value for value, _ in scored)
    high = [(value, one) for value, one in scored if value >= limits.risk]
    if not high:
        why = f"The highest open threat scores {top}; high begins at {limits.risk}."
        return Verdict(colour="green", why=why, figure=Decimal(top))
    open_ends = [(value, one) for value, one in high if not answered(one) or late(one, basis.today)]
    names = ", ".join(f'"{one.title}" ({value})' for value, one in (open_ends or high))
    if not open_ends:
        why = f"High, with a response in date: {names}."
    else:
        why = f"High, and the response is missing or late: {names}."
    colour: Colour = "red" if open_ends and len(high) > 1 else "amber"
    return Verdict(colour=colour, why=why, figure=Decimal(top))


def _percent(share: Decimal) -> str:
    return f"{round(share * 100, 1).normalize():f}%"
