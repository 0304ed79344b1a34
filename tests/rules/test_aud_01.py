"""AUD-01: whoever audits has no part in what is audited, whichever of the two is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.repository import DESK, Governed

AUDIT = """id: au-2027-1
title: Desk and shelter
type: compliance
projects: [{projects}]
auditors: [{auditor}]
started_on: 2026-12-01
state: {state}
"""
PLACE = "standards/audits/au-2027-1/audit.yaml"


def audit(auditor: str = "a.berger", projects: str = "visitor-desk", state: str = "running") -> str:
    """The plan of an audit."""
    return AUDIT.format(auditor=auditor, projects=projects, state=state)


@pytest.fixture
def plans(tmp_path: Path) -> Governed:
    """Two projects, and a branch for the auditor."""
    return Governed.sample(tmp_path, "visitor-desk", "depot-charging").branch("work")


@pytest.mark.parametrize(
    ("auditor", "part"),
    [
        ("c.moreau", "is its sponsor"), ("j.okafor", "is its project manager"), ("l.petit", "is its team member"),
        ("y.diallo", "is its board member"), ("s.lambert", "is its accepter"),
    ],
)  # fmt: skip
def test_an_audit_by_somebody_with_a_part_is_stopped(plans: Governed, auditor: str, part: str) -> None:
    plans.write(PLACE, audit(auditor)).commit("Begin")
    verdict = plans.check()
    found = verdict.of("AUD-01", "new")
    assert len(found) == 1, verdict.said()
    assert part in found[0]["message"]
    assert (found[0]["file"], found[0]["line"]) == (PLACE, 5)
    assert "AUD-01" in verdict.blocking()


def test_it_is_found_where_every_project_is_audited_too(plans: Governed) -> None:
    plans.write(PLACE, audit("c.moreau").replace("projects: [visitor-desk]\n", "")).commit("Begin")
    assert plans.check().of("AUD-01", "new")


@pytest.mark.parametrize("text", [audit(), audit("c.moreau", "depot-charging"), audit("c.moreau", state="cancelled")])
def test_an_independent_audit_merges(plans: Governed, text: str) -> None:
    if "depot-charging" in text:
        assert "c.moreau" not in plans.read("projects/depot-charging/project.yaml")
    plans.write(PLACE, text).commit("Begin")
    board = plans.check().of("AUD-01")
    assert [one for one in board if "board" not in one["message"]] == []


def test_an_auditor_who_joins_the_project_is_stopped(plans: Governed) -> None:
    plans.write(PLACE, audit()).commit("Begin")
    plans.switch("main").merge("work")
    plans.branch("join").replace(DESK, "team: {", "team: {a.berger: 10%, ").commit("Another hand")
    assert plans.check().of("AUD-01", "new")


@pytest.mark.parametrize(("begun", "fires"), [("2027-10-05", True), ("2027-10-06", True), ("2027-10-07", False)])
def test_a_gate_decided_in_the_twelve_months_before_counts_to_the_day(plans: Governed, begun: str, fires: bool) -> None:  # noqa: FBT001 - a column
    plans.write(PLACE, audit("c.moreau", state="closed").replace("2026-12-01", begun)).commit("Closed")
    said = [one["message"] for one in plans.check().of("AUD-01")]
    assert any("6 Oct 2026" in one for one in said) is fires
    assert not any(
        "is its" in one for one in said
    )  # what the plan says today takes nothing from an audit that has ended


def test_bad_news_merges_beside_a_running_audit(plans: Governed) -> None:
    plans.write(PLACE, audit()).commit("Begin")
    plans.switch("main").merge("work")
    plans.branch("late").replace(DESK, "forecast: 2027-02-15", "forecast: 2027-03-01").commit("Later still")
    assert not plans.check().blocks
