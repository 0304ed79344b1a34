"""The table of capabilities: every one is in it, and what it names exists. A row without proof says what is missing."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest
from handrail.cli.table import COMMANDS
from handrail.render.frame import FRAMES
from handrail.rules.registry import RULES

from tests.command import ROOT

ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in (ROOT / "CAPABILITIES.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| C-")
]
BY_ID = {row[0]: row for row in ROWS}
PAGES = {"edit/mine/"} | {f"{frame.place}{path}" for frame in FRAMES for path in frame.paths}


def test_every_capability_has_its_row() -> None:
    assert [row[0] for row in ROWS] == [f"C-{number:02}" for number in range(1, 71)]
    assert all(len(row) == 4 and all(row) for row in ROWS)


@cache
def named_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def rule_exists(name: str) -> bool:
    return any(one.RULE.id == name for one in RULES) or any((ROOT / "standards").glob(f"*/{name.lower()}.rule.yaml"))


def page_exists(page: str) -> bool:
    if page in PAGES:
        return True
    if page.startswith("projects/"):
        return (ROOT / page / "project.yaml").is_file()
    return any((ROOT / "standards" / place).is_file() for place in (f"{page.rstrip('/')}.md", f"{page}index.md"))


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_what_a_row_names_exists(name: str) -> None:
    _, _, where, shown = BY_ID[name]
    marked = re.findall(r"`([^`]+)`", where)
    commands = [one.removeprefix("handrail ") for one in marked if one.startswith("handrail ")]
    rules = re.findall(r"\b[A-Z]{2,4}-\d\d\b", where)
    pages = [one for one in marked if not one.startswith("handrail ")]
    assert commands or rules or pages, "a row says where"
    assert [one for one in commands if one not in {each.name for each in COMMANDS}] == []
    assert [one for one in rules if not rule_exists(one)] == []
    assert [one for one in pages if not page_exists(one)] == []
    tests = [one.split("::") for one in re.findall(r"`([^`]+\.py::[^`]+)`", shown)]
    assert [f"{file}::{test}" for file, test in tests if test not in named_in(file)] == []
    if "CASES" in shown:
        data = [one for one in rules if any((ROOT / "standards").glob(f"*/{one.lower()}.test.yaml"))]
        assert data, "no rule of this row has cases"
    assert tests or "CASES" in shown, "a row names what shows it"


def test_what_is_missing_is_said_in_the_row() -> None:
    open_rows = [name for name, row in BY_ID.items() if "Not yet:" in row[3]]
    assert open_rows == [], "whoever closes one takes it out here, and whoever opens one names it"
