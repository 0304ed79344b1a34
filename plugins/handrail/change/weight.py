"""How much a change matters, from 0 to 100: what was approved, who decides and how it looks come before what is worked on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handrail.change.difference import Step
from handrail.compute.risk import HIGH, score
from handrail.model.kinds import BY_NAME
from handrail.model.money import Money

_ADDED: Mapping[str, int] = {
    "project": 60, "exception": 72, "issue": 52, "risk": 50, "change": 62, "baseline": 64, "gate": 62, "waiver": 63,
    "approval": 58, "report": 45, "closure": 66, "task": 20, "rule": 75, "requirement": 75, "standard": 74, "person": 60,
    "pmo approval": 58, "deliverable": 60, "milestone": 48,
}  # fmt: skip
_WORKED_ON = frozenset(
    {"task", "wbs node", "resource", "action", "stakeholder", "communication", "raci row", "calendar"}
)
_GOVERNING = frozenset(
    {"sponsor", "board", "assurance", "tier", "tier_answers", "tolerance", "sensitivity", "approach"}
)
_STRENGTH: Mapping[str, tuple[str, ...]] = {
    "enforce_at": ("off", "watch", "gate", "merge"),
    "level": ("may", "should", "must"),
    "severity": ("minor", "major", "critical"),
}
_LAW = frozenset({"person", "rule", "requirement", "standard", "organisation"})
_OVER = frozenset({"closed", "done", "dropped", "withdrawn", "decided"})


def of_arrival(kind: str, one: Any) -> int:
    """A new thing: the worse its news, the more it weighs."""
    if kind == "risk" and one.kind == "threat" and (score(one) or 0) >= HIGH:
        return 66
    if kind == "report":
        return {"red": 70, "amber": 55}.get(one.status, 45)
    return _ADDED.get(kind, 30)


def of_loss(kind: str) -> int:
    """A thing that is gone: records are never deleted, so that weighs most."""
    if kind not in BY_NAME or BY_NAME[kind].behaviour in {"report", "record"}:
        return 92
    return 25 if kind in _WORKED_ON else 90 if kind == "rule" else 70


def of_step(kind: str, step: Step) -> int:
    """One field: approved values and roles first, forecasts by their direction, texts last."""
    if step.how == "text":
        return 5
    if kind in _LAW or _is_policy(kind):
        return 88 if weaker(step) else 75
    if kind in BY_NAME and BY_NAME[kind].behaviour == "report":
        return 84  # published once and for all: that it changes is news by itself
    key = step.path[0]
    if kind == "project" and (key in _GOVERNING or key in {"phase", "state"}):
        return 85 if key in _GOVERNING else 82
    if kind in _WORKED_ON:
        return 35 if step.approved else 20
    return 80 if step.approved else _of_work(step)


def _of_work(step: Step) -> int:
    """A field that nobody approves."""
    key = step.path[0]
    if key in {"forecast", "budget"} and step.path[-1] in {"forecast", "amount"}:
        return 70 + min(5, _distance(step) // 10) if later_or_dearer(step) else 41
    if key == "status":
        return 35 if step.new in _OVER else 55
    return 45 if key in {"actual", "spent", "probability", "impact"} else 15


def weaker(step: Step) -> bool:
    """Whether a rule or requirement binds less than before."""
    order = _STRENGTH.get(step.path[-1])
    if order and step.old in order and step.new in order:
        return order.index(step.new) < order.index(step.old)
    if step.how == "added" and getattr(step.new, "enforce_at", None) in {"off", "watch"}:
        return True  # a setting of the policy that takes a rule's teeth
    return step.path[-1] == "waivable" and step.new is True


def stronger(step: Step) -> bool:
    """Whether a rule or requirement binds more than before."""
    order = _STRENGTH.get(step.path[-1])
    return bool(order and step.old in order and step.new in order and order.index(step.new) > order.index(step.old))


def later_or_dearer(step: Step) -> bool:
    """Whether a day moved back, or an amount grew."""
    old, new = step.old, step.new
    if isinstance(old, Money) and isinstance(new, Money):
        return old.currency != new.currency or new > old
    if isinstance(old, date) and isinstance(new, date):
        return _distance(step) > 0
    return old is None


def _distance(step: Step) -> int:
    old, new = step.old, step.new
    if isinstance(old, date) and isinstance(new, date):
        return (date(new.year, new.month, new.day) - date(old.year, old.month, old.day)).days
    return 0


def _is_policy(kind: str) -> bool:
    return kind in BY_NAME and BY_NAME[kind].pattern.startswith("standards/policy/")
