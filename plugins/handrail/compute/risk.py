"""Risks as figures. Scores are ordinal: they are compared, never summed."""

from __future__ import annotations

from datetime import date

from handrail.compute.cost import total
from handrail.model.money import Money
from handrail.model.policy import Policy
from handrail.model.registers import Risk

HIGH = 15
"""The score from which a risk is high, where no policy says it."""


def high_from(policy: Policy) -> int:
    """The score from which a risk is high here."""
    return policy.thresholds.risk_high if policy.thresholds else HIGH


def score(risk: Risk) -> int | None:
    """Probability times impact, 1 to 25 (PM² appendix B.8); None until both are assessed."""
    return risk.probability * risk.impact if risk.probability and risk.impact else None


def target_score(risk: Risk) -> int | None:
    """The score that the response should bring."""
    return risk.target_probability * risk.target_impact if risk.target_probability and risk.target_impact else None


def open_threats(risks: tuple[Risk, ...]) -> tuple[Risk, ...]:
    """What may still do harm."""
    return tuple(one for one in risks if one.status == "open" and one.kind == "threat")


def exposure(risks: tuple[Risk, ...], currency: str) -> Money | None:
    """Sum of probability times cost impact of open threats that give both; None when none does, or currencies differ."""
    parts = [
        one.cost_impact * one.probability_pct
        for one in open_threats(risks)
        if one.cost_impact is not None and one.probability_pct is not None
    ]
    return total(parts, currency) if parts else None


def answered(risk: Risk) -> bool:
    """Whether a response with its next step is written down: an accepted risk needs a trigger and a review instead."""
    if risk.response == "accept":
        return bool(risk.trigger and risk.review)
    return bool(risk.response and risk.action and risk.owner and risk.due)


def late(risk: Risk, today: date) -> bool:
    """Whether the day of the next step has passed: the review of an accepted risk, the action of any other."""
    step = risk.review if risk.response == "accept" else risk.due
    return step is not None and step < today
