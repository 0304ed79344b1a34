"""Whether the days and the money of a plan were approved, and so what to call them."""

from __future__ import annotations

from datetime import date

from handrail.compute.approvals import decided
from handrail.compute.dates import in_order
from handrail.compute.facts import Project
from handrail.model.project import Plan
from handrail.model.records import Baseline

APPROVED, PROPOSED = "approved", "proposed"


def agreed_baselines(plan: Plan, as_of: date) -> tuple[str, ...]:
    """The ids of the frozen plans that count on a day, the newest last; none while nothing is approved."""
    return tuple(one.id for one in in_order(plan.baselines) if counts(plan, one, as_of))


def counts(plan: Plan, baseline: Baseline, as_of: date) -> bool:
    """Whether a frozen plan is approved on a day: itself, or as what an approved change request led to."""
    subjects = [("baseline", baseline.id), *([("change", baseline.change)] if baseline.change else [])]
    found = (decided(plan.approvals, kind, name, as_of, lambda _: True) for kind, name in subjects)
    return any(last is not None and last.decision == "approve" for last in found)


def promised(project: Project) -> str:
    """What to call the plan's days and money: approved only once a frozen plan is."""
    return PROPOSED if project.baseline is None else APPROVED
