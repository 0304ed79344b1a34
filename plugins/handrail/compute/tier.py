"""The tier that the answers give: the lowest whose limits hold them all."""

from __future__ import annotations

from handrail.model.policy import TierLimits, Tiers
from handrail.model.project import Plan, TierAnswers
from handrail.model.words import TIERS, Tier

_COUNTED = ("budget", "effort_days", "months", "units", "suppliers", "interfaces")
_ASKED = (*_COUNTED, "regulated", "new_to_us")


def derived(plan: Plan, tiers: Tiers) -> Tier | None:
    """The tier that follows from the answers; None when nothing was answered or the policy says nothing.

    A question without an answer rules no tier out: a small project is not asked them all.
    """
    return derived_from(plan.tier_answers, tiers)


def derived_from(answers: TierAnswers | None, tiers: Tiers) -> Tier | None:
    """The same from the answers alone."""
    if answers is None or not tiers.tiers or all(getattr(answers, name) is None for name in _ASKED):
        return None
    order = sorted(tiers.tiers, key=lambda one: TIERS.index(one.tier))
    return next((one.tier for one in order if _holds(one, answers)), order[-1].tier)


def rank(tier: Tier) -> int:
    """0 for small, 1 for medium, 2 for large."""
    return TIERS.index(tier)


def _holds(limits: TierLimits, answers: TierAnswers) -> bool:
    for name in _COUNTED:
        limit, answer = getattr(limits, name), getattr(answers, name)
        if limit is not None and answer is not None and answer > limit:
            return False
    return (limits.regulated or not answers.regulated) and (limits.new_to_us or not answers.new_to_us)
