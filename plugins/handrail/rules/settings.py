"""When a rule bites in this organisation: its own setting, the policy's, and the planned days of observation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.model.policy import Enforcement, RuleSetting
from handrail.model.words import Tier
from handrail.remark import EnforceAt


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Setting:
    """How one rule is enforced on one day. `enforce_at` None: the organisation has switched the rule off."""

    enforce_at: EnforceAt | None
    params: Mapping[str, Any]
    tier_params: Mapping[str, Mapping[str, Any]]

    def for_tier(self, tier: Tier | None) -> Mapping[str, Any]:
        """The rule's figures for one tier."""
        own = self.tier_params.get(tier or "")
        return {**self.params, **own} if own else self.params


def setting_of(rule: str, own: EnforceAt, params: Mapping[str, Any], policy: Enforcement, as_of: date) -> Setting:
    """What holds for a rule on a day. A setting whose day has not come changes nothing yet."""
    chosen = next((one for one in policy.rules if one.rule == rule and (one.from_ is None or one.from_ <= as_of)), None)
    given = {**params, **(chosen.params if chosen else {})}
    tiers = chosen.tiers if chosen else {}
    return Setting(
        enforce_at=_enforce_at(own, chosen, policy, as_of),
        params={name: plain(value) for name, value in given.items()},
        tier_params={tier: {name: plain(value) for name, value in more.items()} for tier, more in tiers.items()},
    )


def _enforce_at(own: EnforceAt, chosen: RuleSetting | None, policy: Enforcement, as_of: date) -> EnforceAt | None:
    wanted: EnforceAt = own
    if chosen is not None and chosen.enforce_at is not None:
        if chosen.enforce_at == "off":
            return None
        wanted = chosen.enforce_at
    if policy.observe and wanted != "watch":
        started = any(step.enforce_at == wanted and step.from_ <= as_of for step in policy.plan)
        return wanted if started else "watch"
    return wanted


def plain(value: Any) -> Any:
    """A figure as rules calculate with it: `5%` is 0.05."""
    if isinstance(value, str) and value.endswith("%"):
        try:
            return Decimal(value[:-1]) / 100
        except ArithmeticError:
            return value
    return value
