"""Cases are only as good as what they notice: each rule is made a little weaker or stricter, and a case must fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from handrail.model.rule_file import RuleFile
from handrail.model.words import PHASES, TIERS
from handrail.rules import cases as running
from handrail.rules.compiled import CompiledRule, compile_rule

from tests.rules.case_repository import cases_of, shipped

REPOSITORY = shipped()
CASES = cases_of(REPOSITORY)
# no product of two steps from 1 to 5 is 14, and no report is ever overdue before execution
ALIKE = {("RSK-02", "rating -1"), ("REP-01", "from planning")}


def changed(rule: RuleFile) -> Iterator[tuple[str, RuleFile]]:
    """The rule without one of its checks, with another figure, for other tiers, from another phase, for every state."""
    yield from other_checks(rule)
    for name, value in rule.params.items():
        yield from other_figures(rule, name, value)
    yield from others_bound(rule)


def other_checks(rule: RuleFile) -> Iterator[tuple[str, RuleFile]]:
    for number, check in enumerate(rule.checks):
        if len(rule.checks) > 1:
            yield f"without check {number}", replace(rule, checks=(*rule.checks[:number], *rule.checks[number + 1 :]))
        if check.when:
            checks = [replace(one, when=None) if i == number else one for i, one in enumerate(rule.checks)]
            yield f"check {number} on every member", replace(rule, checks=tuple(checks))
    if rule.when:
        yield "on every member", replace(rule, when=None)


def other_figures(rule: RuleFile, name: str, value: object) -> Iterator[tuple[str, RuleFile]]:
    for sign, more in (("-1", Decimal("0.9")), ("+1", Decimal("1.1"))):
        if isinstance(value, str) and value.endswith("%"):
            yield f"{name} {sign}", with_figure(rule, name, f"{Decimal(value[:-1]) * more}%")
        elif isinstance(value, (int, Decimal)):
            yield f"{name} {sign}", with_figure(rule, name, value + int(sign))


def others_bound(rule: RuleFile) -> Iterator[tuple[str, RuleFile]]:
    applies = rule.applies_to
    if applies.when:
        yield "on everything", replace(rule, applies_to=replace(applies, when=None))
    for tier in TIERS if applies.kind != "standard" else ():
        tiers = tuple(one for one in applies.tiers or TIERS if one != tier)
        if tiers and tiers != applies.tiers:
            yield f"not for {tier} projects", replace(rule, applies_to=replace(applies, tiers=tiers))
    phase = PHASES.index(applies.from_phase or "initiation")
    for other in (phase - 1, phase + 1):
        if phase and 0 <= other < len(PHASES):
            yield f"from {PHASES[other]}", replace(rule, applies_to=replace(applies, from_phase=PHASES[other]))


def with_figure(rule: RuleFile, name: str, value: object) -> RuleFile:
    return replace(rule, params=MappingProxyType({**rule.params, name: value}))


@pytest.mark.parametrize("rule", REPOSITORY.rules.values(), ids=lambda one: one.id)
def test_some_case_notices_every_small_change(rule) -> None:
    cases, raw = CASES[rule.id]
    cases = running._with_empty(cases, raw)
    unnoticed = []
    for what, other in changed(rule):
        ready = compile_rule(other)
        if not isinstance(ready, CompiledRule) or (rule.id, what) in ALIKE:
            continue
        if not any(one.problems for one in running._run_file(REPOSITORY, ready, cases, cases.loc.file)):
            unnoticed.append(what)
    assert unnoticed == []
