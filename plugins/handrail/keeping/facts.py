"""What is known of rules on earlier days, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from handrail.model.rule_file import RuleFile
from handrail.model.words import PHASES, Phase, Tier
from handrail.rules.verdicts import looks_at_changes

_ENDED = frozenset({"cancelled", "closed"})


class Stood(NamedTuple):
    """One project on a day: where it stood, the rules with an open remark, and those from which it was permitted to depart."""

    project: str
    tier: Tier
    phase: Phase
    state: str
    open: frozenset[str]
    permitted: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All projects at the end of a day. commit: the tip of the main line then."""

    on: date
    commit: str
    projects: Mapping[str, Stood]


class Fix(NamedTuple):
    """The commit of the main line after which a remark was gone, and its day."""

    commit: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Looks in their order, the oldest first; today is not among them. fixed: by rule and project, what mended it last.

    why: the reason, as a sentence, where there are no looks.
    """

    looks: tuple[Look, ...] = ()
    fixed: Mapping[tuple[str, str], Fix] = field(default_factory=dict)
    why: str = ""


def met(rules: Iterable[RuleFile], look: Look, shown: frozenset[str]) -> tuple[int, int]:
    """How many open projects met a requirement on a day, of how many at which a rule of it looked.

    rules: those that verify it, as they are today, without those that are switched off. shown: the projects that may be told of.
    """
    looking = [
        one for one in rules if one.applies_to.kind not in {"portfolio", "standard"} and not looks_at_changes(one)
    ]
    good = seen = 0
    for stood in look.projects.values():
        if stood.project not in shown or stood.state in _ENDED:
            continue
        bound = [one.id for one in looking if _binds(one, stood) or one.id in stood.open or one.id in stood.permitted]
        if bound:
            seen += 1
            good += not any(name in stood.open or name in stood.permitted for name in bound)
    return good, seen


def _binds(rule: RuleFile, stood: Stood) -> bool:
    tiers, first = rule.applies_to.tiers, rule.applies_to.from_phase
    if tiers and stood.tier not in tiers:
        return False
    return first is None or PHASES.index(stood.phase) >= PHASES.index(first)
