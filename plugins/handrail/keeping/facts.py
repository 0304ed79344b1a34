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


class Tally:
    """One day turned around: by rule, the projects that did not keep it, and by tier and phase those that it bound.

    A set of projects is a number with a bit for each, so that joining the rules of a requirement costs next to nothing.
    """

    def __init__(self, look: Look, shown: frozenset[str]) -> None:
        """Count the open projects that may be told of."""
        self._away: dict[str, int] = {}
        self._placed: dict[tuple[Tier, Phase], int] = {}
        self._bound: dict[tuple[tuple[Tier, ...], Phase | None], int] = {}
        bit = 1
        for one in look.projects.values():
            if one.project not in shown or one.state in _ENDED:
                continue
            place = one.tier, one.phase
            self._placed[place] = self._placed.get(place, 0) | bit
            for rule in one.open | one.permitted:
                self._away[rule] = self._away.get(rule, 0) | bit
            bit <<= 1

    def met(self, rules: Iterable[RuleFile]) -> tuple[int, int]:
        """How many projects met a requirement, of how many at which a rule of it looked.

        rules: those that verify it, as they are today, without those that are switched off.
        """
        away = seen = 0
        for one in rules:
            if one.applies_to.kind in {"portfolio", "standard"} or looks_at_changes(one):
                continue
            away |= self._away.get(one.id, 0)
            seen |= self._binds(one)
        seen |= away
        return (seen & ~away).bit_count(), seen.bit_count()

    def _binds(self, rule: RuleFile) -> int:
        key = tuple(rule.applies_to.tiers), rule.applies_to.from_phase
        if key not in self._bound:
            tiers, first = key
            least = PHASES.index(first) if first else 0
            ones = [
                bits
                for (tier, phase), bits in self._placed.items()
                if (not tiers or tier in tiers) and PHASES.index(phase) >= least
            ]
            self._bound[key] = sum(ones)  # each project is in one place, so no bit is counted twice
        return self._bound[key]
