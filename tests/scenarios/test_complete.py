"""No rule about a change is left out: which rules there are is read off the rules, not typed here."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest
from handrail.load import load
from handrail.load.tree import FolderTree
from handrail.rules import registry
from handrail.rules.compiled import CompiledRule, compile_rule

from tests.command import ROOT
from tests.scenarios import test_life, test_office, test_plan, test_roles, test_traps
from tests.scenarios.stage import SCENARIOS, TRAPS

_OF_A_CHANGE = {"before", "olds", "pull", "pairs", "kept"}
"""What a module of a rule names when it looks at the state before, or at what Git tells."""
SUITES = (test_life, test_office, test_plan, test_roles, test_traps)
"""To read them fills the list of scenarios."""


def of_a_change() -> Iterator[str]:
    """Every rule that reads what stood before, or that stops a change by itself."""
    for rule in load(FolderTree(ROOT)).repository.rules.values():
        ready = compile_rule(rule)
        assert isinstance(ready, CompiledRule)
        looks = ready.reads_old or rule.on or any(one.reads_old for one in ready.checks)
        if looks or "merge" in {rule.enforce_at, *(one.enforce_at for one in rule.checks)}:
            yield rule.id
    for built_in in registry.RULES:
        names = set(_names(importlib.import_module(built_in.check.__module__)))
        if names & _OF_A_CHANGE or built_in.RULE.enforce_at == "merge":
            yield built_in.RULE.id


def _names(module: ModuleType) -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


@pytest.mark.parametrize("rule", sorted(set(of_a_change())))
def test_a_rule_has_its_three_scenarios(rule: str) -> None:
    assert {one.sort for one in SCENARIOS if one.rule == rule} == {"stops", "passes", "trap"}


def test_the_list_is_not_empty_by_mistake() -> None:
    known = {
        "GOV-08",
        "GOV-03",
        "GOV-05",
        "GOV-06",
        "QLT-03",
        "CST-05",
        "RSK-03",
        "RSK-05",
        "BSL-01",
        "BSL-03",
        "GAT-01",
    }
    assert known <= set(of_a_change())


def test_each_of_the_twelve_traps_has_its_test() -> None:
    assert len(TRAPS) == len(test_traps.TWELVE)
    assert set(TRAPS) == set(test_traps.TWELVE)
