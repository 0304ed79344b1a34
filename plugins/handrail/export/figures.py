"""Computed figures in plain terms: earned value, funding, business case, benefits, pace, and who is overbooked.

What is undefined is null, and stands with its reason under `undefined`. Amounts are in the digits of their currency,
ratios have four decimal places; standards/how-we-work/figures.md says what each means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from handrail.compute import figures
from handrail.compute.audience import Seen
from handrail.compute.baseline import drift_of
from handrail.compute.demand import load_of
from handrail.compute.earned_value import EarnedValue
from handrail.compute.evm import Figure
from handrail.compute.facts import Portfolio, Project
from handrail.compute.forecast import Forecast
from handrail.compute.months import month_of, name_of
from handrail.compute.reference_class import Spread, classes
from handrail.compute.resources import Overload, overloads
from handrail.compute.workdays import WorkDays
from handrail.export.dataset import Plain, plain
from handrail.model.money import EXACT, minor_digits
from handrail.model.repository import Repository

AHEAD = 12
"""Months to come for which overloads are looked for."""
AMOUNTS = frozenset(
    {"bac", "pv", "ev", "ac", "cv", "sv", "eac", "eac_cpi", "eac_budget_rate", "eac_cpi_spi", "etc", "vac"}
)
CLASSES = ("tier", "what", "projects", "p10", "median", "p80", "p90", "why")
DEMAND = ("month", "kind", "name", "project", "share", "source")
BENEFITS = ("project", "id", "what", "owner", "state", "due", "days_late", "realised", "interim")
OVERLOADS = ("month", "kind", "name", "demand", "capacity", "over", "projects", "free")
_FINE = Decimal("0.0001")


def figures_of(project: Project, repository: Repository) -> dict[str, Plain]:
    """The figures of one project; what does not apply to it is left out."""
    found: dict[str, Plain] = {"funding": _funding(project)}
    earned = figures.earned_value(project, repository)
    found["earned_value"] = _earned(earned) if earned.applies else {"applies": False, "why": earned.why}
    if worth := figures.case_worth(project, repository):
        found["business_case_worth"] = {
            "driver": worth.driver, "npv": plain(worth.whole), "npv_left": plain(worth.left), "roi": fine(worth.roi),
            "payback_years": fine(worth.payback), "cheapest_way": worth.cheapest.name if worth.cheapest else None,
            "dearer_than_that": plain(worth.dearer), "own_rate": worth.own_rate, "years_beyond_horizon": list(worth.beyond),
        }  # fmt: skip
    if pace := figures.pace(project, repository):
        found["pace"] = {
            "accepted": pace.accepted, "left": pace.left, "per_working_day": pace.pace, "p50_end": plain(pace.p50),
            "p80_end": plain(pace.p80), "why": pace.why or None,
        }  # fmt: skip
    if range_ := figures.cost_range(project):
        found["cost_range"] = {
            "p50": plain(range_.p50), "p80": plain(range_.p80), "chance": range_.chance, "why": range_.why or None,
        }  # fmt: skip
    if end := figures.end_range(project, repository):
        found["end_range"] = {"why": end} if isinstance(end, str) else _end_range(end)
    if checks := figures.schedule_checks(project, repository):
        found["schedule_checks"] = [
            {"number": one.number, "id": one.id, "name": one.name, "count": one.count, "of": one.of, "figure": one.figure,
             "unit": one.unit, "limit": one.limit, "passed": one.passed, "items": list(one.items), "why": one.why or None}
            for one in checks
        ]  # fmt: skip
    if project.baseline and (drift := drift_of(project.plan)):
        found["drift"] = {
            "index": drift.index, "scope": fine(drift.scope), "date": fine(drift.date), "cost": fine(drift.cost),
            "objective": fine(drift.objective),
        }  # fmt: skip
    if states := figures.benefits(project):
        found["benefit_states"] = [
            {"id": one.benefit.id, "what": one.benefit.what, "state": one.state, "due": plain(one.due),
             "realised": fine(one.realised), "interim": one.interim, "days_late": one.days_late}
            for one in states
        ]  # fmt: skip
    return found


def _end_range(end: Forecast) -> dict[str, Plain]:
    return {
        "plan": plain(end.plan), "p50": plain(end.p50), "p80": plain(end.p80), "chance": end.chance,
        "runs": end.outcome.iterations, "seed": end.outcome.seed, "criticality": dict(end.criticality),
        "curve_minutes": [[share, minutes] for share, minutes in end.outcome.curve],
    }  # fmt: skip


def overload_rows(portfolio: Portfolio, seen: Seen) -> tuple[Mapping[str, Plain], ...]:
    """Everybody who is asked for too much this month or in the twelve to come. Hidden projects are counted, not named."""
    days = WorkDays.of(portfolio.repository.organisation.calendar)
    first = month_of(portfolio.as_of)
    load = load_of(portfolio, days, first, first + AHEAD)
    # outsiders learn of nobody who is on no project that they may see
    outside = any(one.plan.sensitivity == "internal" for one in seen.hidden)
    return tuple(
        _overload(one, seen, outside=outside)
        for one in overloads(load, portfolio.repository, days)
        if any(part.project in seen.names for part in one.parts)
    )


def demand_rows(portfolio: Portfolio, seen: Seen) -> tuple[Mapping[str, Plain], ...]:
    """What each project that is shown asks of whom, this month and in the twelve to come."""
    days = WorkDays.of(portfolio.repository.organisation.calendar)
    first = month_of(portfolio.as_of)
    return tuple(
        {"month": name_of(one.month), "kind": one.kind, "name": one.name, "project": one.project, "share": fine(one.share),
         "source": one.source}
        for one in load_of(portfolio, days, first, first + AHEAD).demands
        if one.project in seen.names
    )  # fmt: skip


def benefit_rows(seen: Seen) -> tuple[Mapping[str, Plain], ...]:
    """Every benefit with its state, as the page of benefits has them."""
    return tuple(
        {"project": one.project, "id": one.benefit.id, "what": one.benefit.what, "owner": one.benefit.owner,
         "state": one.state, "due": plain(one.due), "days_late": one.days_late, "realised": fine(one.realised),
         "interim": one.interim}
        for one, _ in figures.promised(seen.projects)
    )  # fmt: skip


def class_rows(portfolio: Portfolio, seen: Seen) -> tuple[Mapping[str, Plain], ...]:
    """How far approved projects slipped and grew, by tier. Where some are hidden, they do not count either."""
    shown = replace(portfolio, projects=seen.projects)
    return tuple(
        _class(one.tier, what, spread)
        for one in classes(shown)
        for what, spread in (("slip", one.slip), ("growth", one.growth))
    )


def _class(tier: str | None, what: str, spread: Spread) -> Mapping[str, Plain]:
    figures_ = {name: fine(getattr(spread, name)) for name in ("p10", "median", "p80", "p90")}
    return {"tier": tier or "all", "what": what, "projects": spread.count, **figures_, "why": spread.why or None}


def _overload(one: Overload, seen: Seen, *, outside: bool) -> Mapping[str, Plain]:
    named = [part.project if part.project in seen.names else "(not shown)" for part in one.parts]
    return {
        "month": name_of(one.month), "kind": one.kind, "name": one.name, "demand": fine(one.demand),
        "capacity": fine(one.capacity), "over": fine(one.over), "projects": named,
        "free": [] if outside else [free.person for free in one.free],
    }  # fmt: skip


def _earned(one: EarnedValue) -> dict[str, Plain]:
    step = Decimal(1).scaleb(-minor_digits(one.currency))
    values: dict[str, Plain] = {}
    reasons: dict[str, str] = {}
    for spot in fields(one):
        figure = getattr(one, spot.name)
        if isinstance(figure, Figure):
            values[spot.name] = (
                None if figure.value is None else _round(figure.value, step if spot.name in AMOUNTS else _FINE)
            )
            if figure.value is None:
                reasons[spot.name] = figure.why
    return {
        "applies": True, "on": plain(one.on), "currency": one.currency, "counted_by": one.counted_by, "spread": one.spread,
        "eac_by": one.eac_by, **values, "undefined": reasons,
    }  # fmt: skip


def _funding(project: Project) -> dict[str, Plain]:
    found = figures.funding(project)
    names = ("approved", "bac", "contingency", "drawn", "contingency_left", "reserve", "actual", "committed", "bound",
             "released", "released_left")  # fmt: skip
    return {
        **{name: plain(getattr(found, name)) for name in names},
        "gaps": [{"what": one.what, "stated": plain(one.stated), "summed": plain(one.summed)} for one in found.gaps],
    }


def fine(value: Decimal | None) -> Decimal | None:
    """A ratio to four decimal places."""
    return None if value is None else _round(value, _FINE)


def _round(value: Decimal, step: Decimal) -> Decimal:
    try:
        return value.quantize(step, ROUND_HALF_EVEN, EXACT)
    except InvalidOperation:  # so large that it has no such digits
        return value
