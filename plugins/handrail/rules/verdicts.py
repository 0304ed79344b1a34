"""How one project stands to one rule on the day of the figures: what a table of rules by projects says in each cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from handrail.compute.facts import Project
from handrail.model.rule_file import RuleFile
from handrail.model.words import PHASES, Phase, Tier
from handrail.remark import Remark
from handrail.rules.settings import Setting

Verdict = Literal["open", "permitted", "kept", "at changes", "off", "not applicable"]
VERDICTS: tuple[Verdict, ...] = ("open", "permitted", "kept", "at changes", "off", "not applicable")
"""From the worst to what says nothing."""
BY_CHANGE = frozenset(
    {"AUD-03", "BSL-01", "GAT-03", "GOV-03", "GOV-05", "GOV-06", "GOV-08", "GOV-11", "STD-01"}
)  # fmt: skip
"""Built-in rules that look at a change: what they say of a state is nothing, so their verdict is that of the merges."""
_OLD = re.compile(r"\bold\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One cell. remarks: how many are open, or set aside by a waiver. waiver: which one."""

    verdict: Verdict
    remarks: int = 0
    waiver: str | None = None


@lru_cache(maxsize=1024)  # asked once for every project
def looks_at_changes(rule: RuleFile) -> bool:
    """Whether a rule speaks of what a change does, so that a state alone neither keeps nor breaks it."""
    code = " ".join([rule.when or "", rule.each or "", *(one.assert_ for one in rule.checks)])
    return rule.id in BY_CHANGE or bool(rule.on) or bool(_OLD.search(code))


def standing(rule: RuleFile, project: Project, said: Iterable[Remark], setting: Setting | None) -> Standing:
    """How a project stands to a rule. said: the remarks of this rule about this project, waived ones too."""
    ones = tuple(said)
    if ones:
        return _spoken(ones)
    if setting is not None and setting.enforce_at is None:
        return Standing(verdict="off")
    if rule.applies_to.kind in {"portfolio", "standard"} or not binds(rule, project):
        return Standing(verdict="not applicable")
    return Standing(verdict="at changes" if looks_at_changes(rule) else "kept")


def _spoken(said: Sequence[Remark]) -> Standing:
    """Where a rule had something to say."""
    open_ones = [one for one in said if one.state != "waived"]
    if open_ones:
        return Standing(verdict="open", remarks=len(open_ones))
    return Standing(verdict="permitted", remarks=len(said), waiver=said[0].waived_by)


def binds(rule: RuleFile, project: Project) -> bool:
    """Whether tier and phase of a project bring it under a rule; the rule's own condition may still leave it out."""
    tiers, first = rule.applies_to.tiers, rule.applies_to.from_phase
    if tiers and project.plan.tier not in tiers:
        return False
    return first is None or PHASES.index(project.plan.phase) >= PHASES.index(first)


def said_of(remarks: Iterable[Remark]) -> Mapping[tuple[str, str], tuple[Remark, ...]]:
    """Remarks by rule and project."""
    found: dict[tuple[str, str], list[Remark]] = {}
    for one in remarks:
        if one.project:
            found.setdefault((one.rule, one.project), []).append(one)
    return {key: tuple(ones) for key, ones in found.items()}


class Standings:
    """Every project by every rule. Cells that are alike are one value, found by tier and phase and not by project."""

    def __init__(self, projects: Iterable[Project], remarks: Iterable[Remark], settings: Mapping[str, Setting]) -> None:
        """Sort what is asked for again and again."""
        self._said: dict[str, dict[str, list[Remark]]] = {}
        for one in remarks:
            if one.project:
                self._said.setdefault(one.rule, {}).setdefault(one.project, []).append(one)
        self._alike: dict[tuple[Tier, Phase], list[Project]] = {}
        for project in projects:
            self._alike.setdefault((project.plan.tier, project.plan.phase), []).append(project)
        self._names = {place: [one.id for one in ones] for place, ones in self._alike.items()}
        self._settings = settings
        self._rows: dict[str, Mapping[str, Standing]] = {}

    def of(self, rule: RuleFile) -> Mapping[str, Standing]:
        """How each project stands to a rule, by its id."""
        if rule.id not in self._rows:
            setting, row = self._settings.get(rule.id), dict[str, Standing]()
            for place, ones in self._alike.items():
                row |= dict.fromkeys(self._names[place], standing(rule, ones[0], (), setting))
            for name, said in self._said.get(rule.id, {}).items():
                if name in row:
                    row[name] = _spoken(said)
            self._rows[rule.id] = row
        return self._rows[rule.id]
