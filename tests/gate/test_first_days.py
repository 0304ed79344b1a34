"""A requirement binds from its first day: before it its rules only tell, whatever they would stop later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.repository import Governed

FOLDER = "standards/names"
PLAN = "projects/visitor-desk/project.yaml"
RULE = """id: NAM-01
title: The name of a project fits on a slide
requirement: S-NAMES.1
level: must
enforce_at: {bites}
why: A long name is cut.
ask: the PMO
applies_to: {{kind: project}}
params: {{length: 10}}
checks:
  - assert: size(project.name) <= params.length
    at: name
    message: The name is too long.
    fix: "Shorten it: `name: Desk`."
"""
STANDARD = """---
id: S-NAMES
title: Names of projects
version: {version}
status: active
owner: p.nowak
effective_from: {day}
reviewed_on: 2026-11-01
requirements:
  - id: S-NAMES.1
    text: The name of a project must be short.
    level: must
    rationale: It is cut where it does not fit.
    verified_by: [NAM-01]
    responsible: project manager
{own}---
# Names
"""
FIRST, LATER = "2027-03-01", "    effective_from: 2027-03-01\n"


def named(tmp_path: Path, *, version: str = "1.0.0", day: str = FIRST, own: str = "", bites: str = "merge") -> Governed:
    """A repository whose main branch has the standard, and a branch that gives a project another long name."""
    town = Governed.sample(tmp_path, "visitor-desk")
    town.write(f"{FOLDER}/index.md", STANDARD.format(version=version, day=day, own=own))
    town.write(f"{FOLDER}/nam-01.rule.yaml", RULE.format(bites=bites)).commit()
    town.branch().replace(PLAN, "name: New visitor desk, Lyon", "name: A newer visitor desk, Lyon").commit()
    return town


def bites_on(town: Governed, day: str) -> tuple[str, bool]:
    """When the remark bites on a day, and whether it stops the change."""
    verdict = town.check("main", "HEAD", "--as-of", day)
    (told,) = verdict.of("NAM-01")
    stopped = "NAM-01" in verdict.blocking()
    assert verdict.blocks or not stopped
    return told["enforce_at"], stopped


def bites_in_all(town: Governed, day: str) -> str:
    """When it bites on a day where everything is looked at, not a change."""
    (told,) = town.check_all("--as-of", day).of("NAM-01")
    return str(told["enforce_at"])


@pytest.mark.parametrize(
    ("version", "day", "own"),
    [("1.0.0", FIRST, ""), ("2.0.0", "2026-01-01", LATER), ("1.0.0", "2026-01-01", LATER)],
    ids=["a new standard", "a new duty", "a new duty of a first version"],
)
def test_a_rule_only_tells_until_its_requirement_binds(tmp_path: Path, version: str, day: str, own: str) -> None:
    town = named(tmp_path, version=version, day=day, own=own)
    assert (bites_on(town, "2027-02-28"), bites_in_all(town, "2027-02-28")) == (("watch", False), "watch")
    assert (bites_on(town, "2027-03-01"), bites_in_all(town, "2027-03-01")) == (("merge", True), "merge")
    said = town.handrail("explain", "NAM-01", "--as-of", "2027-02-28").out
    assert "From 1 Mar 2027: " in said


def test_the_day_of_a_later_version_suspends_nothing(tmp_path: Path) -> None:
    town = named(tmp_path, version="1.1.0", day="2099-01-01")
    assert bites_on(town, "2026-12-04") == ("merge", True)


def test_a_gate_rule_waits_too(tmp_path: Path) -> None:
    town = named(tmp_path, bites="gate")
    assert bites_on(town, "2027-02-28") == ("watch", False)
    assert bites_on(town, "2027-03-01") == ("gate", False)


CASES = "rule: NAM-01\ncases:\n  - {name: It fits, given: {name: Desk}}\n"
TOLD = "# Changes\n\n## 1.0.0, binding from 1 March 2027\n\nThe first version.\n\nSource: a slide.\nCost: nothing.\n"


def test_what_is_new_comes_with_cases_and_a_list_of_changes(tmp_path: Path) -> None:
    town = Governed.sample(tmp_path, "visitor-desk")
    town.branch().write(f"{FOLDER}/index.md", STANDARD.format(version="1.0.0", day=FIRST, own=""))
    town.write(f"{FOLDER}/nam-01.rule.yaml", RULE.format(bites="gate")).commit()
    verdict = town.check("main", "HEAD")
    assert {one["message"] for one in verdict.of("STD-01")} == {
        '"Names of projects" is new, and its list of changes does not say why.',
        '"Names of projects" is new, and nobody has estimated what that costs project managers.',
        '"The name of a project fits on a slide" is a new rule, and no case shows when it speaks and when it is silent.',
    }
    assert "STD-01" in verdict.blocking()
    town.write(f"{FOLDER}/CHANGELOG.md", TOLD).write(f"{FOLDER}/nam-01.test.yaml", CASES).commit()
    assert not town.check("main", "HEAD").of("STD-01")
