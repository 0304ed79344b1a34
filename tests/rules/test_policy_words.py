"""A misspelt name in the policy gets a word, and what everything rests on cannot be switched off."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handrail.check import judge
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, load
from handrail.rules.registry import RULES

from tests.rules.two_sides import DAY, TwoSides

POLICY = "standards/policy"
ENFORCEMENT = f"{POLICY}/enforcement.yaml"


def told(tmp_path: Path, file: str, old: str, new: str) -> list[tuple[str, str]]:
    sides = TwoSides.sample(tmp_path, "visitor-desk").prepare(file, old, new)
    loaded = load(FolderTree(sides.before))
    remarks = judge(loaded, compute(loaded.repository, DAY)).remarks
    return [(one.message, one.fix) for one in remarks if one.rule == "DAT-01" and one.loc.file == file]


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "fix"),
    [
        (ENFORCEMENT, "rules: []", "rules: [{rule: RKS-01, enforce_at: watch}]", "There is no rule `RKS-01`", "RSK-01"),
        (ENFORCEMENT, "rules: []", "rules: [{rule: RSK-04, params: {dayz: 3}}]", "The rule RSK-04 has no figure `dayz`", ""),
        (ENFORCEMENT, "rules: []", "rules: [{rule: RSK-02, tiers: {huge: {rating: 3}}}]", "There is no tier `huge`", "large"),
        (ENFORCEMENT, "rules: []", "rules: [{rule: RSK-02, tiers: {large: {ratings: 3}}}]", "has no figure `ratings`", "`rating`"),
        (ENFORCEMENT, "rules: []", "rules: [{rule: RSK-01, enforce_at: watch}, {rule: RSK-01, enforce_at: gate}]", "set twice", "one of the two"),
        (ENFORCEMENT, "observe: no ", "observe: yes ", "no day is planned on which that ends", "enforce_at: merge"),
        (f"{POLICY}/lifecycle.yaml", "gates: [start, execute, close]", "gates: [start, exekute, close]", "called `exekute`", "`execute`"),
        (f"{POLICY}/lifecycle.yaml", "gates: [start, execute, close]", "gates: [execute, start, close]", "another order", ""),
        (f"{POLICY}/lifecycle.yaml", "{from: initiation, to: planning,", "{from: initation, to: planning,", "phase or state `initation`", "`initiation`"),
        (f"{POLICY}/lifecycle.yaml", "to: planning, needs: start}", "to: planning, needs: strat}", "gate or decision `strat`", "`start`"),
        (f"{POLICY}/lifecycle.yaml", "{from: active, to: cancelled,", "{from: active, to: closure,", "from a phase to a state", "apart"),
        (f"{POLICY}/lifecycle.yaml", "id: G2-1,", "id: G1-1,", "Two questions have the same id", ""),
        (f"{POLICY}/authority.yaml", "roles: [accepter]", "roles: [acepter]", "Nobody has the role `acepter`", "`accepter`"),
        (f"{POLICY}/authority.yaml", "decision: baseline, tiers: [small]", "decision: basline, tiers: [small]", "called `basline`", "`baseline`"),
        (f"{POLICY}/authority.yaml", "also: [sponsor]", "also: [sponser]", "the role `sponser`", "`sponsor`"),
        (f"{POLICY}/authority.yaml", "also: [sponsor]", "also: [auditor]", "Nothing asks the auditor to bear the risk", "under `roles`"),
        (f"{POLICY}/ownership.yaml", "owners: [auditor]", "owners: [auditer]", "the role `auditer`", "`auditor`"),
        (f"{POLICY}/boards.yaml", "chair: m.keller, members: [m.keller, ", "chair: m.keller, members: [", "is no member of it", "members"),
        ("standards/risk/rsk-01.rule.yaml", "requirement: S-RISK.1", "requirement: S-RISK.11", "no standard has a requirement", "S-RISK.1"),
        ("standards/risk/index.md", "verified_by: [RSK-01]", "verified_by: [RSK-10]", "There is no rule `RSK-10`", "one of `RSK-01`"),
        ("standards/risk/index.md", "verified_by: [RSK-01]", "verified_by: [RSK-1]", "There is no rule `RSK-1`", "`RSK-01`"),
        ("standards/risk/index.md", "verified_by: [RSK-01]", "verified_by: [rsk-01]", "There is no rule `rsk-01`", "`RSK-01`"),
        ("standards/risk/index.md", "verified_by: [RSK-01]", "verified_by: ['rule:RSK-01']", "There is no rule `rule:RSK-01`", "Choose one of"),
        ("projects/visitor-desk/project.yaml", "gate: start", "gate: strat", "The lifecycle has no gate `strat`", "`start`"),
        ("projects/visitor-desk/gates/G-01.yaml", "gate: start", "gate: begin", "The lifecycle has no gate `begin`", "`start`"),
    ],
)  # fmt: skip
def test_a_name_that_means_nothing_is_told(  # noqa: PLR0913, PLR0917 - one row of the table
    tmp_path: Path, file: str, old: str, new: str, message: str, fix: str
) -> None:
    found = told(tmp_path, file, old, new)
    assert any(message.lower() in one.lower() and fix in mend for one, mend in found), found


def test_feedback_on_a_rule_that_is_not_there(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, "visitor-desk")
    value: dict[str, Any] = {"id": "F-001", "about": "RSK-10", "kind": "unclear"}
    sides.write("projects/visitor-desk/feedback/F-001.yaml", value)
    assert any("There is no rule `RSK-10`" in one.message for one in sides.remarks())
    sides.write("projects/visitor-desk/feedback/F-001.yaml", {**value, "about": "RSK-01"})
    assert not [one for one in sides.remarks() if "There is no rule" in one.message]


INTEGRITY = ("DAT-01", "PRT-01", "GOV-02", "GOV-03", "GOV-05", "GOV-06", "GOV-08", "BSL-01", "GAT-01", "GOV-04", "GAT-04",
             "STD-01", "AUD-03", "RSK-03", "WVR-01")  # fmt: skip


@pytest.mark.parametrize("setting", ["off", "watch", "gate"])
@pytest.mark.parametrize("rule", INTEGRITY)
def test_what_everything_rests_on_cannot_be_weakened(tmp_path: Path, rule: str, setting: str) -> None:
    sides = TwoSides.sample(tmp_path).prepare(
        ENFORCEMENT, "rules: []", f"rules: [{{rule: {rule}, enforce_at: {setting}}}]"
    )
    loaded = load(FolderTree(sides.before))
    judgement = judge(loaded, compute(loaded.repository, DAY))
    assert judgement.settings[rule].enforce_at == "merge"
    assert any("cannot be weakened" in one.message and rule in one.fix for one in judgement.remarks)


def test_observing_first_is_planned_and_let(tmp_path: Path) -> None:
    plan = "observe: yes\nplan: [{from: 2027-01-01, enforce_at: merge}]\nrules: []\n"
    sides = TwoSides.sample(tmp_path).lay(ENFORCEMENT, plan)
    loaded = load(FolderTree(sides.before))
    for day, bites in ((date(2026, 12, 31), "watch"), (date(2027, 1, 1), "merge")):
        judgement = judge(loaded, compute(loaded.repository, day))
        assert {judgement.settings[one].enforce_at for one in INTEGRITY} == {bites}
        assert not [one for one in judgement.remarks if one.loc.file == ENFORCEMENT]


def test_a_rule_that_can_be_waived_can_be_set_otherwise(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path).prepare(ENFORCEMENT, "rules: []", "rules: [{rule: RSK-01, enforce_at: off}]")
    loaded = load(FolderTree(sides.before))
    judgement = judge(loaded, compute(loaded.repository, DAY))
    assert judgement.settings["RSK-01"].enforce_at is None
    assert not [one for one in judgement.remarks if one.loc.file == ENFORCEMENT]


def test_the_rules_that_everything_rests_on_say_so_themselves() -> None:
    held = {one.RULE.id for one in RULES if one.RULE.enforce_at == "merge" and not one.RULE.waivable}
    assert set(INTEGRITY) - held == {"GOV-02", "GOV-04", "RSK-03", "WVR-01"}, "these are written as data"
