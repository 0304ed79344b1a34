"""What a closed project reached, held against what was first approved: time, cost, scope, quality and benefits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handrail.compute.benefits import BenefitState, benefits_of
from handrail.compute.dates import original_values
from handrail.compute.facts import Dated, Project
from handrail.model.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A project at its end. `end` and `deliverables` carry their first approved days and what became of them.

    promised, cost: the first approved budget, and the final cost; over: (cost - promised) / promised, None without both.
    dropped, added: deliverables of the first plan that are gone, and those that came later, by id. concessions: how many
    were agreed at acceptance. passed: quality checks that passed, of `checked` that were done.
    """

    end: Dated | None
    promised: Money | None
    cost: Money | None
    over: Decimal | None
    deliverables: tuple[Dated, ...]
    accepted: int
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    concessions: int
    passed: int
    checked: int
    benefits: tuple[BenefitState, ...]


def outcome_of(project: Project, on: date) -> Outcome | None:
    """The comparison up to a day; None for a project without a closing record or without an approved plan."""
    plan = project.plan
    if plan.closure is None or not plan.baselines:
        return None
    first = original_values(plan)
    was = {name for name, values in first.items() if "accepted_when" in values}
    now = {one.id for one in plan.deliverables}
    promised, cost = project.cost.original, plan.closure.final_cost
    comparable = promised and cost and promised.amount and promised.currency == cost.currency
    checks = [one for one in plan.quality_checks if one.done_on and one.done_on <= on]
    return Outcome(
        end=project.end, promised=promised, cost=cost,
        over=(cost.amount - promised.amount) / promised.amount if comparable and promised and cost else None,
        deliverables=project.deliverables, accepted=project.delivered.accepted,
        dropped=tuple(sorted(was - now)), added=tuple(sorted(now - was)),
        concessions=sum(len(one.concessions) for one in plan.deliverables),
        passed=sum(one.result == "pass" for one in checks), checked=len(checks), benefits=benefits_of(plan, on),
    )  # fmt: skip
