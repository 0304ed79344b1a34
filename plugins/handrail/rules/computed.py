"""COMPUTED: what rules may read besides the fields of the model, in one table.

A computed name is a function of the thing and the scope; its description goes to the reference page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from handrail.compute import authority, breaches, risk, tier
from handrail.compute.approvals import standing
from handrail.compute.change_size import change_size
from handrail.compute.cost import total
from handrail.compute.dates import in_order
from handrail.compute.health import rank
from handrail.fields import Entity
from handrail.model.cost import Budget, BudgetLine, BusinessCase
from handrail.model.money import Money
from handrail.model.project import Deliverable, Plan
from handrail.model.records import Approval, Baseline, ChangeRequest, ExceptionReport, Lesson, Report, Waiver
from handrail.model.registers import Benefit, Risk, Supplier
from handrail.model.schedule import Dependency, Increment, Milestone, Provision, Task, WbsNode
from handrail.model.words import PHASES
from handrail.rules import framework_names
from handrail.rules.between import GIFTS, NEEDS
from handrail.rules.computing import Computed, Get, Scope, facts
from handrail.rules.deeds import DEEDS, DELIVERABLE, REQUEST
from handrail.rules.figures import FIGURES, WORTH
from handrail.rules.parties import BROKEN_DOWN, PACKAGE, SUPPLIER, TASK
from handrail.rules.permits import APPROVAL, WAIVER
from handrail.rules.scheduled import NETWORK, TASKS
from handrail.rules.shapes import ANY, BOOL, DATE, MONEY, NUMBER, TEXT, ListOf, ObjectShape
from handrail.rules.soundness import SOUND


def _fact(name: str) -> Get:
    return lambda plan, scope: getattr(facts(plan, scope), name)


def _cost(name: str) -> Get:
    return lambda plan, scope: getattr(facts(plan, scope).cost, name)


def _slip(one: Any, scope: Scope) -> int | None:
    return next((dated.slip for dated in facts(scope["project"], scope).milestones if dated.id == one.id), None)


def _budget_sum(name: str) -> Get:
    def get(budget: Budget, _: Scope) -> Money | None:
        found = getattr(budget, name)
        amounts = list(found.values()) if isinstance(found, Mapping) else [one.amount for one in found]
        return total(amounts, amounts[0].currency) if amounts else None

    return get


def _bound(plan: Plan, scope: Scope) -> Money | None:
    """Spent, received and not invoiced, ordered and not spent: what the project has bound already."""
    cost = facts(plan, scope).cost
    parts = [one for one in (cost.spent, cost.accrued, cost.committed) if one is not None]
    return total(parts, parts[0].currency) if parts else None


def _benefits(plan: Plan, _: Scope) -> tuple[Benefit, ...]:
    own = (plan.why.benefit,) if plan.why and plan.why.benefit else ()
    return (*own, *plan.benefits)


def _frozen(plan: Plan, _: Scope) -> str | None:
    return in_order(plan.baselines)[-1].id if plan.baselines else None


def _baselined_on(plan: Plan, _: Scope) -> date | None:
    return max((one.made_on for one in plan.baselines), default=None)


def _risks_reviewed_on(plan: Plan, scope: Scope) -> date | None:
    return max((one.as_of for one in plan.reports if one.risks_reviewed and one.as_of <= scope["as_of"]), default=None)


def _looked_at(one: Risk, scope: Scope) -> date | None:
    days = [day for day in (one.raised_on, _risks_reviewed_on(scope["project"], scope)) if day]
    return max(days, default=None)


def _better(report: Report, scope: Scope) -> tuple[str, ...]:
    computed = facts(scope["project"], scope).health.dimensions
    return tuple(
        name for name, said in report.colours.items()
        if name in computed and (colour := computed[name].colour) is not None and rank(said) < rank(colour)
    )  # fmt: skip


def _unknown_tags(lesson: Lesson, scope: Scope) -> tuple[str, ...]:
    known = {one.id for one in scope["repository"].policy.taxonomy.tags}
    return tuple(tag for tag in lesson.tags if known and tag not in known)


def _rule_waivable(waiver: Waiver, scope: Scope) -> bool:
    rule = scope["repository"].rules.get(waiver.rule)
    return rule is not None and rule.waivable


def _approvals(plan: Plan, kind: str, name: str) -> tuple[Approval, ...]:
    return tuple(one for one in standing(plan.approvals) if one.subject.kind == kind and one.subject.id == name)


def _decided(one: ExceptionReport, scope: Scope) -> bool:
    return bool(_approvals(scope["project"], "exception", one.id))


def _agreed(kind: str) -> Get:
    def get(one: Any, scope: Scope) -> bool:
        return any(
            approval.decision in {"approve", "go", "go with conditions", "accept"}
            for approval in _approvals(scope["project"], kind, one.id)
        )

    return get


def _change_state(change: ChangeRequest, scope: Scope) -> str:
    """Derived, never typed: PM2 appendix B.7 names the states."""
    plan = scope["project"]
    decisions = {one.decision for one in _approvals(plan, "change", change.id)}
    if any(one.change == change.id for one in plan.baselines):
        return "implemented"
    if "approve" in decisions:
        return "approved"
    if "reject" in decisions:
        return "rejected"
    if change.withdrawn_on:
        return "withdrawn"
    return "postponed" if change.postponed_until else "submitted"


def _dead_objectives(plan: Plan, scope: Scope) -> tuple[str, ...]:
    known = scope["repository"].objectives
    linked = [one.objective for one in plan.objectives]
    if plan.why and plan.why.objective:
        linked.append(plan.why.objective)
    return tuple(name for name in linked if name not in known or known[name].status != "active")


def _linked(plan: Plan, _: Scope) -> int:
    return len(plan.objectives) + bool(plan.why and plan.why.objective)


def _active(role: str) -> Get:
    def get(plan: Plan, scope: Scope) -> bool:
        day = facts(plan, scope).status_date or scope["as_of"]
        return authority.active(getattr(plan, role), day, scope["repository"])

    return get


_VERDICT = ObjectShape("colour", {"colour": TEXT, "why": TEXT, "used": NUMBER, "figure": NUMBER})
_BREACH = ObjectShape("breach", {"dimension": TEXT, "why": TEXT, "figure": NUMBER, "since": DATE})
_HEALTH = ObjectShape(
    "health",
    {
        **dict.fromkeys(("time", "cost", "scope", "quality", "benefit", "risk", "overall"), _VERDICT),
        "reported": TEXT, "counts": TEXT, "watermelon": BOOL,
    },
)  # fmt: skip
_DATED = ObjectShape(
    "day",
    {"id": TEXT, "name": TEXT, "original": DATE, "planned": DATE, "forecast": DATE, "actual": DATE, "expected": DATE,
     "slip": NUMBER, "slip_original": NUMBER},
)  # fmt: skip


_CHANGE_STATES = "submitted, approved, implemented, rejected, withdrawn or postponed"
COMPUTED: Mapping[type[Entity], Mapping[str, Computed]] = MappingProxyType(
    {
        Plan: {
            "status_date": Computed(shape=DATE, get=_fact("status_date"), about="the day the newest report speaks of"),
            "report": Computed(shape=ANY, of=Report, get=_fact("report"), about="the newest report"),
            "report_age": Computed(shape=NUMBER, get=_fact("report_age"), about="days since the newest report"),
            "report_overdue": Computed(shape=BOOL, get=_fact("report_overdue"), about="whether a report is overdue"),
            "derived_tier": Computed(shape=TEXT, get=_fact("derived_tier"), about="the tier that the answers give"),
            "tier_rank": Computed(shape=NUMBER, get=lambda plan, _: tier.rank(plan.tier), about="0 small to 2 large"),
            "derived_tier_rank": Computed(
                shape=NUMBER, about="the rank of the derived tier",
                get=lambda plan, scope: None if (one := facts(plan, scope).derived_tier) is None else tier.rank(one),
            ),
            "phase_rank": Computed(shape=NUMBER, get=lambda one, _: PHASES.index(one.phase), about="0 initiation to 3 closure"),
            "health": Computed(shape=_HEALTH, get=_fact("health"), about="computed and reported colours"),
            "end": Computed(shape=_DATED, get=_fact("end"), about="the last dated milestone"),
            "next_gate": Computed(shape=_DATED, get=_fact("next_gate"), about="the first gate not yet passed"),
            "spent": Computed(shape=MONEY, get=_cost("spent"), about="everything spent so far"),
            "committed": Computed(shape=MONEY, get=_cost("committed"), about="ordered and not yet invoiced"),
            "released": Computed(shape=MONEY, get=_cost("released"), about="set free by decisions so far"),
            "exposure": Computed(shape=MONEY, get=_fact("exposure"), about="probability times cost of open threats"),
            "baseline": Computed(shape=TEXT, get=_frozen, about="the id of the newest baseline, approved or not"),
            "rebaselined": Computed(shape=NUMBER, get=_fact("rebaselined"), about="how often the approved plan was replaced"),
            "bound": Computed(shape=MONEY, get=_bound, about="spent, received and ordered, together"),
            "all_benefits": Computed(
                shape=ANY, of=Benefit, many=True, get=_benefits, about="the benefit under `why` and those of the list"
            ),
            "baselined_on": Computed(shape=DATE, get=_baselined_on, about="the day of the newest baseline"),
            "risks_reviewed_on": Computed(
                shape=DATE, get=_risks_reviewed_on, about="the newest report that says the risks were gone through"
            ),
            "breaches": Computed(
                shape=ListOf(_BREACH), get=lambda plan, scope: breaches.breaches(facts(plan, scope)),
                about="broken tolerances without an exception: dimension, why, figure, since",
            ),
            "dead_objectives": Computed(shape=ListOf(TEXT), get=_dead_objectives, about="linked objectives not active"),
            "linked_objectives": Computed(shape=NUMBER, get=_linked, about="how many objectives are linked"),
            "sponsor_active": Computed(shape=BOOL, get=_active("sponsor"), about="whether the sponsor is here"),
            "manager_active": Computed(shape=BOOL, get=_active("manager"), about="whether the manager is here"),
            **FIGURES,
            **NETWORK,
            **SOUND,
            **framework_names.PLAN,
            **DEEDS,
        },
        Deliverable: {**DELIVERABLE, **framework_names.DELIVERABLE, **BROKEN_DOWN},
        Task: {**TASKS, **TASK},
        WbsNode: PACKAGE,
        Supplier: SUPPLIER,
        Dependency: NEEDS,
        Provision: GIFTS,
        Milestone: {"slip": Computed(shape=NUMBER, get=_slip, about="working days from planned to expected")},
        Increment: {"slip": Computed(shape=NUMBER, get=_slip, about="working days from planned to expected")},
        Risk: {
            "looked_at": Computed(shape=DATE, get=_looked_at, about="when it was raised or last gone through"),
            "score": Computed(shape=NUMBER, get=lambda one, _: risk.score(one), about="probability times impact"),
            "target_score": Computed(shape=NUMBER, get=lambda one, _: risk.target_score(one), about="after the response"),
            "answered": Computed(shape=BOOL, get=lambda one, _: risk.answered(one), about="whether a response is complete"),
        },
        Budget: {
            "lines_total": Computed(shape=MONEY, get=_budget_sum("lines"), about="the sum of the lines"),
            "by_phase_total": Computed(shape=MONEY, get=_budget_sum("by_phase"), about="the sum of the phases"),
            "by_month_total": Computed(shape=MONEY, get=_budget_sum("by_month"), about="the sum of the months"),
            "spent_total": Computed(shape=MONEY, get=_budget_sum("spent"), about="the sum of what was spent"),
        },
        BudgetLine: {
            "phasing_total": Computed(shape=MONEY, get=_budget_sum("phasing"), about="the sum of the line's months"),
        },
        BusinessCase: {
            **WORTH,
        },
        Baseline: {"approved": Computed(shape=BOOL, get=_agreed("baseline"), about="whether somebody approved it")},
        ChangeRequest: {
            **REQUEST,
            "approved": Computed(shape=BOOL, get=_agreed("change"), about="whether somebody approved it"),
            "state": Computed(shape=TEXT, get=_change_state, about=_CHANGE_STATES),
            "size": Computed(
                shape=TEXT, about="within delegation, within tolerance or beyond tolerance",
                get=lambda one, scope: change_size(one, scope["project"], scope["repository"]),
            ),
        },
        Report: {
            "better": Computed(shape=ListOf(TEXT), get=_better, about="dimensions told better than the figures say"),
        },
        **framework_names.OTHERS,
        Lesson: {
            **framework_names.LESSON,
            "unknown_tags": Computed(shape=ListOf(TEXT), get=_unknown_tags, about="tags that the taxonomy lacks"),
        },
        ExceptionReport: {
            "decided": Computed(shape=BOOL, get=_decided, about="whether the board has answered"),
        },
        Waiver: {
            "rule_waivable": Computed(shape=BOOL, get=_rule_waivable, about="whether its rule can be set aside"),
            "approved": Computed(shape=BOOL, get=_agreed("waiver"), about="whether somebody approved it"),
            "days": Computed(
                shape=NUMBER, about="how long it lasts",
                get=lambda one, _: (one.expires - one.starts).days if one.starts and one.expires else None,
            ),
            **WAIVER,
        },
        Approval: APPROVAL,
    }
)  # fmt: skip
"""Every computed name, by the class of its owner."""
