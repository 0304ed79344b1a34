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
"""Which figure of which rule is the limit of a check. The other limits are the customary ones."""


def limits_of(repository: Repository, tier: Tier) -> Limits:
    """What a project of this tier is held against; a limit that no rule sets stays the customary one."""
    found: dict[str, Any] = {}
    for name, (rule, param) in _WHERE.items():
        value = _number(_figure(repository, rule, param, tier))
        if value is not None:
            found[name] = int(value) if name == "duration_days" else value
    return replace(Limits(), **found)


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
