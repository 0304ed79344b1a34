"""The limits of the schedule checks as this organisation has them: those of the rules, with the figures of its policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from handrail.compute.quality_of_schedule import Limits
from handrail.model.repository import Repository
from handrail.model.words import Tier

_WHERE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "logic": ("SCH-01", "share"),
        "lags": ("SCH-02", "share"),
        "hard_constraints": ("SCH-03", "share"),
        "high_duration": ("SCH-04", "share"),
        "duration_days": ("SCH-04", "days"),
    }
)
"""Which figure of which rule is the limit of a check; the other limits stand in the thresholds of the policy."""


_SHARES = ("leads", "finish_to_start", "high_float", "negative_float", "resources", "missed")
_PLAIN = ("float_days", "invalid_dates", "cpli", "bei")


def limits_of(repository: Repository, tier: Tier) -> Limits:
    """What a project of this tier is held against; a limit that neither policy nor rule sets stays the customary one."""
    found = _of_policy(repository)
    for name, (rule, param) in _WHERE.items():
        value = _number(_figure(repository, rule, param, tier))
        if value is not None:
            found[name] = int(value) if name == "duration_days" else value
    return replace(Limits(), **found)


def _of_policy(repository: Repository) -> dict[str, Any]:
    """What the thresholds say. Shares are fractions there, and stand in percent here."""
    thresholds = repository.policy.thresholds
    given = thresholds.schedule_checks if thresholds else None
    if given is None:
        return {}
    found: dict[str, Any] = {}
    for name in _SHARES:
        if (share := getattr(given, name)) is not None:
            found[name] = share * 100
    for name in _PLAIN:
        if (value := getattr(given, name)) is not None:
            found[name] = value
    return found


def _figure(repository: Repository, rule: str, param: str, tier: Tier) -> Any:
    own = repository.rules[rule].params if rule in repository.rules else {}
    setting = next((one for one in repository.policy.enforcement.rules if one.rule == rule), None)
    if setting is None:
        return own.get(param)
    return {**own, **setting.params, **setting.tiers.get(tier, {})}.get(param)


def _number(value: Any) -> Decimal | None:
    """`5%` is 5: shares stand in percent here."""
    try:
        return Decimal(str(value).removesuffix("%")) if value is not None else None
    except InvalidOperation:
        return None
