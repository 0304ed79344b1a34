"""Earned value of one project: planned, earned and actual cost on its status date, and what follows from the three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from handrail.compute import evm
from handrail.compute.earned import earned_of
from handrail.compute.evm import Figure, undefined
from handrail.compute.facts import Cost
from handrail.compute.funding import Funding, funding_of
from handrail.compute.phasing import Curve, curve_of
from handrail.compute.workdays import WorkDays
from handrail.model.money import Money
from handrail.model.policy import Lifecycle
from handrail.model.project import Plan

EARLY = Decimal("0.2")
"""Below this share of the work done, the efficiency so far says little about the rest (GAO-20-195G)."""
_NO_BASELINE = "The plan states no approved budget above its contingency."


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedValue:
    """Every figure of a project's earned value; amounts in `currency`, times in months, shares as fractions.

    why: why earned value is not asked of this project; every figure is then undefined with that reason. on: the day in
    whose evening the figures hold. counted_by: tasks, milestones or increments. spread: where the phasing comes from.
    eac: the forecast that counts: BAC / CPI once a fifth of the work is done (eac_by is then `cpi`), before that the
    manager's (`forecast`). planned_months: PD. months_needed: IEAC(t), how long it takes in all at the speed so far.
    """

    why: str
    on: date
    currency: str
    counted_by: str | None
    spread: str | None
    bac: Figure
    pv: Figure
    ev: Figure
    ac: Figure
    cv: Figure
    sv: Figure
    cpi: Figure
    spi: Figure
    complete: Figure
    es: Figure
    at: Figure
    sv_t: Figure
    spi_t: Figure
    planned_months: Figure
    months_needed: Figure
    eac: Figure
    eac_by: Literal["cpi", "forecast"] | None
    eac_cpi: Figure
    eac_budget_rate: Figure
    eac_cpi_spi: Figure
    etc: Figure
    vac: Figure
    tcpi: Figure
    tcpi_eac: Figure

    @property
    def applies(self) -> bool:
        """Whether earned value is asked of the project at all."""
        return not self.why

    def money(self, figure: Figure) -> Money | None:
        """A figure of this project as money; None where it is undefined."""
        return Money(figure.value, self.currency) if figure.value is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the figures of a plan depend on besides the plan: its status date, the day of the look, policy and calendar."""

    on: date
    as_of: date
    lifecycle: Lifecycle
    days: WorkDays


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    """The four amounts that all others follow from, and what they were taken from."""

    bac: Figure
    pv: Figure
    ev: Figure
    ac: Figure
    stated: Figure
    curve: Curve | None = None
    counted_by: str | None = None


def earned_value_of(plan: Plan, cost: Cost, setting: Setting) -> EarnedValue:
    """The earned value of a plan at its status date, by what is known on the day of the look."""
    why = _why_not(plan)
    if why:
        none = undefined(why)
        return _figures(_Basis(bac=none, pv=none, ev=none, ac=none, stated=none), cost.currency, setting, why)
    return _figures(_basis(plan, cost, setting), cost.currency, setting, "")


def value_earned(plan: Plan, cost: Cost, setting: Setting) -> Figure:
    """EV alone, as `earned_value_of` says it: without the curve and all that is forecast from it."""
    why = _why_not(plan)
    if why:
        return undefined(why)
    bac = funding_of(cost.budget or plan.budget, cost, setting.on, setting.as_of).bac
    if bac is None or bac.amount <= 0:
        return undefined(_NO_BASELINE)
    return earned_of(plan, bac, setting.on, setting.days).value


def _basis(plan: Plan, cost: Cost, setting: Setting) -> _Basis:
    on, days, forecast = setting.on, setting.days, cost.forecast
    funding = funding_of(cost.budget or plan.budget, cost, on, setting.as_of)
    stated = (
        Figure(forecast.amount)
        if forecast is not None and forecast.currency == cost.currency
        else undefined("The manager states no forecast of the cost.")
    )
    bac = funding.bac
    if bac is None or bac.amount <= 0:
        none = undefined(_NO_BASELINE)
        return _Basis(bac=none, pv=none, ev=none, ac=_actual(funding, plan, cost), stated=stated)
    curve, earned = curve_of(plan, bac, setting.lifecycle, days), earned_of(plan, bac, on, days)
    spread = curve if isinstance(curve, Curve) else None
    return _Basis(
        bac=Figure(bac.amount),
        pv=Figure(curve.value(on, days)) if isinstance(curve, Curve) else undefined(curve),
        ev=earned.value,
        ac=_actual(funding, plan, cost),
        stated=stated,
        curve=spread,
        counted_by=earned.counted_by,
    )


def _why_not(plan: Plan) -> str:
    if plan.tier == "small":
        return "Small projects are not asked for earned value: milestones, money spent and the forecast say enough."
    budget = plan.budget
    efforts = {one.id for one in budget.lines if one.kind == "effort"} if budget else set()
    by_line = budget is not None and not budget.spent and any(one.line for one in budget.actuals)
    if budget and efforts and by_line and not any(one.line in efforts for one in budget.actuals):
        return "Own effort is budgeted and not booked, so what was spent is not what it cost."
    return ""


def _actual(funding: Funding, plan: Plan, cost: Cost) -> Figure:
    if funding.actual is not None:
        return Figure(funding.actual.amount)
    posted = plan.budget is not None and (plan.budget.spent or plan.budget.actuals)
    return undefined(
        (cost.unconverted or "Nothing was posted for months up to the status date.")
        if posted
        else "Nothing was posted yet."
    )


def _figures(basis: _Basis, currency: str, setting: Setting, why: str) -> EarnedValue:
    bac, pv, ev, ac, curve = basis.bac, basis.pv, basis.ev, basis.ac, basis.curve
    lacking = next((one for one in (bac, ev, ac) if one.value is None), None)
    b, e, a = (one.value or Decimal(0) for one in (bac, ev, ac))
    cpi, spi, complete = evm.cpi(ev, ac), evm.spi(ev, pv), evm.percent_complete(ev, bac)
    at = Figure(curve.elapsed(setting.on, setting.days)) if curve else pv
    es = evm.earned_schedule(curve.totals, ev.value) if curve and ev.value is not None else (pv if ev.known else ev)
    planned = Figure(Decimal(evm.planned_duration(curve.totals))) if curve else pv
    spi_t = evm.spi_t(es, at)
    eac_cpi = evm.eac_cpi(bac, cpi)
    eac, eac_by = _forecast(complete, eac_cpi, basis.stated)
    return EarnedValue(
        why=why, on=setting.on, currency=currency, counted_by=basis.counted_by, spread=curve.source if curve else None,
        bac=bac, pv=pv, ev=ev, ac=ac, cv=evm.cost_variance(ev, ac), sv=evm.schedule_variance(ev, pv), cpi=cpi, spi=spi,
        complete=complete, es=es, at=at, sv_t=evm.sv_t(es, at), spi_t=spi_t, planned_months=planned,
        months_needed=evm.ieac_t(planned, spi_t), eac=eac, eac_by=eac_by, eac_cpi=eac_cpi,
        eac_budget_rate=lacking or evm.eac_budget_rate(b, e, a),
        eac_cpi_spi=lacking or evm.eac_cpi_spi(b, e, a, cpi, spi), etc=evm.etc(eac, ac), vac=evm.vac(bac, eac),
        tcpi=lacking or evm.tcpi_bac(b, e, a), tcpi_eac=lacking or evm.tcpi_eac(b, e, a, eac),
    )  # fmt: skip


def _forecast(complete: Figure, by_index: Figure, stated: Figure) -> tuple[Figure, Literal["cpi", "forecast"] | None]:
    """The forecast that counts."""
    if complete.value is not None and complete.value >= EARLY and by_index.value is not None:
        return by_index, "cpi"
    if stated.value is not None:
        return stated, "forecast"
    early = complete.value is not None and complete.value < EARLY
    return (undefined(f"Less than a fifth of the work is done. {stated.why}") if early else stated), None
