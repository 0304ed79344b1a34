"""Benefits: what was promised, what has come of it, and whether somebody must look now; also after a project has closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from handrail.compute.facts import Portfolio
from handrail.model.money import EXACT
from handrail.model.project import Plan
from handrail.model.registers import Benefit, Measurement

State = Literal["no day", "waiting", "on the way", "due", "reached", "missed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitState:
    """One benefit on a day.

    due: when it is to be measured: its review, else the day of its target. newest: the last reading until the day.
    realised: the share of the promised change that the newest reading shows; below 0 it went the wrong way; None where
    nothing was measured or nothing was promised. interim: that reading was taken before the promised day and proves
    nothing yet. state: no day is promised; waiting for its day without a reading, or on the way with one; due and not
    measured since; or measured: reached or missed. days_late: how long the measuring has been due, else 0.
    """

    project: str
    benefit: Benefit
    due: date | None
    newest: Measurement | None
    realised: Decimal | None
    interim: bool
    state: State
    days_late: int


def benefits_of(plan: Plan, on: date) -> tuple[BenefitState, ...]:
    """Every benefit of a plan, that under `why` first."""
    own = (plan.why.benefit,) if plan.why and plan.why.benefit else ()
    return tuple(state_of(one, plan.id, on) for one in (*own, *plan.benefits))


def state_of(benefit: Benefit, project: str, on: date) -> BenefitState:
    """One benefit on a day."""
    readings = [one for one in benefit.measured if one.on <= on]
    newest = max(readings, key=lambda one: one.on, default=None)
    due = benefit.review or benefit.by
    promised = benefit.by or benefit.review
    interim = newest is not None and promised is not None and newest.on < promised
    realised = _realised(benefit, newest)
    overdue = due is not None and on > due and (newest is None or interim)
    return BenefitState(
        project=project,
        benefit=benefit,
        due=due,
        newest=newest,
        realised=realised,
        interim=interim,
        state=_state(realised, due=due, read=newest is not None, interim=interim, overdue=overdue),
        days_late=(on - due).days if overdue and due else 0,
    )


def due_until(portfolio: Portfolio, until: date) -> tuple[BenefitState, ...]:
    """Benefits of all projects that are due and not measured, or come due until a day, the longest overdue first.

    Closed projects are among them; cancelled ones promised nothing any more.
    """
    found = [
        one
        for project in portfolio.projects
        if project.plan.state != "cancelled"
        for one in benefits_of(project.plan, portfolio.as_of)
        if one.due is not None and one.due <= until and one.state in {"waiting", "on the way", "due"}
    ]
    return tuple(sorted(found, key=_order))


def _order(one: BenefitState) -> tuple[date, str, str]:
    return one.due or date.max, one.project, one.benefit.what


def _realised(benefit: Benefit, newest: Measurement | None) -> Decimal | None:
    """(reading - now) / (target - now)."""
    if newest is None or benefit.now is None or benefit.target is None or benefit.now == benefit.target:
        return None
    return EXACT.divide(EXACT.subtract(newest.value, benefit.now), EXACT.subtract(benefit.target, benefit.now))


def _state(realised: Decimal | None, *, due: date | None, read: bool, interim: bool, overdue: bool) -> State:
    if overdue:
        return "due"
    if read and not interim and realised is not None:
        return "reached" if realised >= 1 else "missed"
    if due is None:
        return "no day"
    return "on the way" if read else "waiting"


def realised_share(states: Iterable[BenefitState]) -> tuple[int, int]:
    """How many benefits have reached their target, of how many whose day has come and that were measured."""
    judged = [one for one in states if one.state in {"reached", "missed"}]
    return sum(one.state == "reached" for one in judged), len(judged)
