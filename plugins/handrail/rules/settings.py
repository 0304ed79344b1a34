"""When a rule bites in this organisation: its own setting, the policy's, and the planned days of observation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.compute.binding import ahead
from handrail.compute.facts import Portfolio
from handrail.model.organisation import StandardRecord
from handrail.model.policy import Enforcement, RuleSetting
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleFile
from handrail.model.words import Tier
from handrail.remark import EnforceAt


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Setting:
    """How one rule is enforced on one day. `enforce_at` None: the organisation has switched the rule off.

    waiting: what does not bite yet while the organisation observes; a check that bites later than its rule waits with it.
    chosen: whether the policy says for this rule when it bites; then no check of it says otherwise.
    """

    enforce_at: EnforceAt | None
    params: Mapping[str, Any]
    tier_params: Mapping[str, Mapping[str, Any]]
    waiting: frozenset[EnforceAt] = frozenset()
    chosen: bool = False

    def for_tier(self, tier: Tier | None) -> Mapping[str, Any]:
        """The rule's figures for one tier."""
        own = self.tier_params.get(tier or "")
        return {**self.params, **own} if own else self.params


_BITES = ("off", "watch", "gate", "merge")


_HELD = frozenset({"GOV-04"})
"""Rules that a project may be permitted to depart from, and that no setting of the policy weakens all the same."""


def is_held(rule: str, *, waivable: bool) -> bool:
    """Whether a rule is its own floor: everything else rests on it, so that no setting makes it bite later."""
    return not waivable or rule in _HELD


def is_weaker(chosen: str, own: str) -> bool:
    """Whether a setting lets a rule bite later than it says itself, or not at all."""
    return _BITES.index(chosen) < _BITES.index(own)


def setting_of(  # noqa: PLR0913 - what a setting follows from
    rule: str, own: EnforceAt, params: Mapping[str, Any], policy: Enforcement, as_of: date, *, waivable: bool = True
) -> Setting:
    """What holds for a rule on a day. A setting whose day has not come changes nothing yet.

    A rule that nobody can waive is its own floor: the policy cannot weaken it, only let the whole house watch at first.
    """
    chosen = next((one for one in policy.rules if one.rule == rule and (one.from_ is None or one.from_ <= as_of)), None)
    given = {**params, **(chosen.params if chosen else {})}
    tiers = chosen.tiers if chosen else {}
    return Setting(
        enforce_at=_enforce_at(
            own, None if is_held(rule, waivable=waivable) and _weakens(chosen, own) else chosen, policy, as_of
        ),
        params={name: plain(value) for name, value in given.items()},
        tier_params={tier: {name: plain(value) for name, value in more.items()} for tier, more in tiers.items()},
        waiting=_waiting(policy, as_of),
        chosen=chosen is not None and chosen.enforce_at is not None,
    )


def standing(rule: RuleFile, setting: Setting, standard: StandardRecord | None, as_of: date) -> Setting:
    """The setting of a rule as far as its requirement binds on a day.

    Before the requirement's first day and in a draft a rule only watches; what it would stop later is announced. The rules
    of a standard that is retired are over. What nobody can waive stays as it is: everything else rests on it.
    """
    if standard is None or setting.enforce_at is None or is_held(rule.id, waivable=rule.waivable):
        return setting
    if standard.status == "retired":
        return replace(setting, enforce_at=None, chosen=True)
    if standard.status == "draft" or ahead(standard, rule.requirement, as_of) is not None:
        return replace(setting, enforce_at="watch", chosen=True)
    return setting


def on_day(rule: RuleFile, repository: Repository, as_of: date) -> Setting:
    """How a rule is enforced on a day: as it says itself, as the policy has it, and as far as its requirement binds."""
    setting = setting_of(
        rule.id, rule.enforce_at, rule.params, repository.policy.enforcement, as_of, waivable=rule.waivable
    )
    return standing(rule, setting, repository.standards.get(rule.requirement.split(".", 1)[0]), as_of)


def turns(rule: RuleFile, repository: Repository, as_of: date) -> list[date]:
    """The days to come on which a rule may begin to bite otherwise: those of the policy, and its requirement's first."""
    policy = repository.policy.enforcement
    days = {one.from_ for one in policy.rules if one.rule == rule.id} | {one.from_ for one in policy.plan}
    days.add(ahead(repository.standards.get(rule.requirement.split(".", 1)[0]), rule.requirement, as_of))
    return sorted(day for day in days if day is not None and day > as_of)


def first_day(rule: RuleFile, repository: Repository, as_of: date) -> date | None:
    """The next day on which a rule bites earlier than today; None where it bites as it will."""
    today = on_day(rule, repository, as_of).enforce_at or "off"
    return next(
        (
            day for day in turns(rule, repository, as_of)
            if is_weaker(today, on_day(rule, repository, day).enforce_at or "off")
        ),
        None,
    )  # fmt: skip


def params_of(rule: RuleFile, portfolio: Portfolio) -> Mapping[str, Any]:
    """The figures of a rule written in Python as this organisation has set them, on the day of the portfolio."""
    enforcement = portfolio.repository.policy.enforcement
    return setting_of(rule.id, rule.enforce_at, rule.params, enforcement, portfolio.as_of).params


def _waiting(policy: Enforcement, as_of: date) -> frozenset[EnforceAt]:
    if not policy.observe:
        return frozenset()
    begun = {step.enforce_at for step in policy.plan if step.from_ <= as_of}
    bites: tuple[EnforceAt, ...] = ("merge", "gate")
    return frozenset(one for one in bites if one not in begun)


def _weakens(chosen: RuleSetting | None, own: EnforceAt) -> bool:
    return chosen is not None and chosen.enforce_at is not None and is_weaker(chosen.enforce_at, own)


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
