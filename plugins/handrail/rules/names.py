"""What rules may name: the fields of the model, and the computed names, in one table.

A computed name is a function of the thing and the scope; its description goes to the reference page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from handrail.compute import authority, business_case, risk, tier
from handrail.compute.cost import total
from handrail.compute.facts import Portfolio, Project, Verdict
from handrail.fields import Entity, FieldType, fields_of, noun
from handrail.load.projects import ATTACHED
from handrail.model.cost import Budget, BudgetLine, BusinessCase
from handrail.model.kinds import BY_NAME
from handrail.model.project import Plan
from handrail.model.records import Approval, Baseline, ChangeRequest, Closure, Report, Waiver
from handrail.model.registers import RaciRow, Risk
from handrail.model.schedule import Increment, Milestone
from handrail.model.words import PHASES
from handrail.rules.shapes import ANY, BOOL, DATE, MONEY, NUMBER, TEXT, ListOf, ObjectShape, Shape

Scope = Mapping[str, Any]
_Get = Callable[[Any, Scope], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """One computed name: what it gives, how, and what it means."""

    shape: Shape
    get: _Get
    about: str


def facts(plan: Plan, scope: Scope) -> Project:
    """The computed facts of a plan."""
    found: Project = scope["facts"][plan.id]
    return found


def _fact(name: str) -> _Get:
    return lambda plan, scope: getattr(facts(plan, scope), name)


def _cost(name: str) -> _Get:
    return lambda plan, scope: getattr(facts(plan, scope).cost, name)


def _slip(one: Any, scope: Scope) -> int | None:
    expected = one.actual or one.forecast or one.planned
    return scope["workdays"](one.planned, expected) if one.planned and expected else None


def _sum(amounts: Any, currency: str) -> Any:
    return total(amounts, currency)


def _budget_sum(name: str) -> _Get:
    def get(budget: Budget, scope: Scope) -> Any:
        found = getattr(budget, name)
        amounts = list(found.values()) if isinstance(found, Mapping) else [one.amount for one in found]
        return _sum(amounts, amounts[0].currency) if amounts else None

    return get


def _approvals(plan: Plan, kind: str, name: str) -> tuple[Approval, ...]:
    return tuple(one for one in plan.approvals if one.subject.kind == kind and one.subject.id == name)


def _agreed(kind: str) -> _Get:
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


def _active(role: str) -> _Get:
    def get(plan: Plan, scope: Scope) -> bool:
        day = facts(plan, scope).status_date or scope["as_of"]
        return authority.active(getattr(plan, role), day, scope["repository"])

    return get


def _npv_gap(case: BusinessCase, _: Scope) -> Any:
    right = business_case.npv(case)
    if right is None or case.npv is None or right.currency != case.npv.currency:
        return None
    gap = abs(right.amount - case.npv.amount)
    return gap / abs(right.amount) if right.amount else gap


def _roi_gap(case: BusinessCase, _: Scope) -> Any:
    right = business_case.roi(case)
    return None if right is None or case.roi is None else abs(right - case.roi)




_VERDICT = ObjectShape("colour", {"colour": TEXT, "why": TEXT, "used": NUMBER, "figure": NUMBER})
_REPORT = ObjectShape("report", lambda: _members(Report))
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
            "report": Computed(shape=_REPORT, get=_fact("report"), about="the newest report"),
            "report_age": Computed(shape=NUMBER, get=_fact("report_age"), about="days since the newest report"),
            "report_overdue": Computed(shape=BOOL, get=_fact("report_overdue"), about="whether a report is overdue"),
            "derived_tier": Computed(shape=TEXT, get=_fact("derived_tier"), about="the tier that the answers give"),
            "tier_rank": Computed(shape=NUMBER, get=lambda plan, _: tier.rank(plan.tier), about="0 small to 2 large"),
            "derived_tier_rank": Computed(
                shape=NUMBER, about="the rank of the derived tier",
                get=lambda plan, scope: None if (one := facts(plan, scope).derived_tier) is None else tier.rank(one),
            ),
            "phase_rank": Computed(
                shape=NUMBER, get=lambda plan, _: PHASES.index(plan.phase), about="0 initiation to 3 closure"
            ),
            "health": Computed(shape=_HEALTH, get=_fact("health"), about="computed and reported colours"),
            "end": Computed(shape=_DATED, get=_fact("end"), about="the last dated milestone"),
            "next_gate": Computed(shape=_DATED, get=_fact("next_gate"), about="the first gate not yet passed"),
            "spent": Computed(shape=MONEY, get=_cost("spent"), about="everything spent so far"),
            "committed": Computed(shape=MONEY, get=_cost("committed"), about="ordered and not yet invoiced"),
            "released": Computed(shape=MONEY, get=_cost("released"), about="set free by decisions so far"),
            "exposure": Computed(shape=MONEY, get=_fact("exposure"), about="probability times cost of open threats"),
            "baseline": Computed(shape=TEXT, get=_fact("baseline"), about="the id of the current baseline"),
            "rebaselined": Computed(shape=NUMBER, get=_fact("rebaselined"), about="how often the baseline was replaced"),
            "dead_objectives": Computed(shape=ListOf(TEXT), get=_dead_objectives, about="linked objectives not active"),
            "linked_objectives": Computed(shape=NUMBER, get=_linked, about="how many objectives are linked"),
            "sponsor_active": Computed(shape=BOOL, get=_active("sponsor"), about="whether the sponsor is here"),
            "manager_active": Computed(shape=BOOL, get=_active("manager"), about="whether the manager is here"),
        },
        Milestone: {"slip": Computed(shape=NUMBER, get=_slip, about="working days from planned to expected")},
        Increment: {"slip": Computed(shape=NUMBER, get=_slip, about="working days from planned to expected")},
        Risk: {
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
            "phasing_total": Computed(shape=MONEY, get=_budget_sum("phasing"), about="the sum of the line's months")
        },
        BusinessCase: {
            "right_npv": Computed(
                shape=MONEY, get=lambda one, _: business_case.npv(one), about="the NPV that the cash flows give"
            ),
            "right_roi": Computed(
                shape=NUMBER, get=lambda one, _: business_case.roi(one), about="the ROI that the cash flows give"
            ),
            "npv_gap": Computed(shape=NUMBER, get=_npv_gap, about="share by which the stated NPV is off"),
            "roi_gap": Computed(shape=NUMBER, get=_roi_gap, about="points by which the stated ROI is off"),
        },
        Baseline: {
            "approved": Computed(shape=BOOL, get=_agreed("baseline"), about="whether somebody approved it")
        },
        ChangeRequest: {
            "approved": Computed(shape=BOOL, get=_agreed("change"), about="whether somebody approved it"),
            "state": Computed(shape=TEXT, get=_change_state, about=_CHANGE_STATES),
        },
        Waiver: {
            "approved": Computed(shape=BOOL, get=_agreed("waiver"), about="whether somebody approved it"),
            "days": Computed(
                shape=NUMBER, about="how long it lasts",
                get=lambda one, _: (one.expires - one.starts).days if one.starts and one.expires else None,
            ),
        },
        Approval: {
            "lacks": Computed(
                shape=TEXT, about="why it does not count, nothing when it does",
                get=lambda one, scope: authority.lacks_authority(one, scope["project"], scope["repository"]),
            )
        },
    }
)  # fmt: skip
"""Every computed name, by the class of its owner."""


@cache
def shape_of(cls: type[Entity]) -> ObjectShape:
    """The fields and computed names of an entity, as the rule language sees them."""
    names: dict[str, _Get] = {name: one.get for name, one in COMPUTED.get(cls, {}).items()}
    names |= {one.key: _reader(one.name) for one in fields_of(cls) if one.key != one.name}
    return ObjectShape("project" if cls is Plan else noun(cls), lambda: _members(cls), MappingProxyType(names))


def _reader(name: str) -> _Get:
    return lambda one, _: getattr(one, name)


@cache
def _members(cls: type[Entity]) -> Mapping[str, Shape]:
    found = {one.key: _shape(one.type) for one in fields_of(cls)}
    if cls is Plan:
        found |= {field: _attached_list(field) for field in ATTACHED.values()}
        found |= {"closure": shape_of(Closure), "narrative": TEXT}
    found |= {name: one.shape for name, one in COMPUTED.get(cls, {}).items()}
    return MappingProxyType(found)


def _attached_list(field: str) -> Shape:
    return ListOf(_attached_shape(field))


@cache
def _attached_shape(field: str) -> Shape:
    kind = next(name for name, one in ATTACHED.items() if one == field)
    return shape_of(BY_NAME[kind].cls)


def _shape(kind: FieldType) -> Shape:
    if kind.kind == "list" and kind.item is not None:
        return ListOf(_shape(kind.item))
    if kind.kind == "group" and kind.cls is not None:
        return shape_of(kind.cls)
    return _SCALARS.get(kind.kind, ANY)


_SCALARS: Mapping[str, Shape] = {
    "text": TEXT, "choice": TEXT, "yes_no": BOOL, "number": NUMBER, "percent": NUMBER, "date": DATE, "when": DATE,
    "money": MONEY,
}  # fmt: skip


def portfolio_shape() -> ObjectShape:
    """All projects on one day."""
    return ObjectShape("portfolio", lambda: {"projects": ListOf(shape_of(Plan)), "as_of": DATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioView:
    """The portfolio as rules see it: plans, whose computed names lead to their facts."""

    projects: tuple[Plan, ...]
    as_of: Any

    @classmethod
    def of(cls, portfolio: Portfolio) -> PortfolioView:
        """The view of a computed portfolio."""
        return cls(projects=tuple(one.plan for one in portfolio.projects), as_of=portfolio.as_of)
