"""Rules about a change through the shipped command line, on real Git: one that is stopped, one that passes, one trap each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.repository import DESK, Governed

GENEVA = "projects/geneva-signs/project.yaml"
GO = """\
id: AP-001
decision: go
subject: {kind: gate, id: G-01}
by: h.dubois
role: board
on: 2026-12-04
minutes: {ref: Minutes of 4 December 2026, present: [h.dubois], recorded_by: p.nowak}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Governed:
    return Governed.sample(tmp_path, "visitor-desk", "geneva-signs").branch()


def judged(repository: Governed, message: str = "Change") -> list[str]:
    repository.commit(message)
    return repository.check("main", "HEAD").blocking()


def test_a_phase_moves_with_its_gate(desk: Governed) -> None:
    desk.replace(GENEVA, "phase: initiation", "phase: planning")
    assert "GAT-01" in judged(desk)
    desk.write("projects/geneva-signs/approvals/AP-001.yaml", GO)
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "Decide", author="p.nowak@example.org")
    assert "GAT-01" not in desk.check("main", "HEAD").blocking()


def test_a_risk_is_closed_and_not_deleted(desk: Governed) -> None:
    risks = "projects/visitor-desk/risks.yaml"
    text = desk.read(risks)
    desk.replace(risks, "- id: R-002", "- id: R-092")
    assert "RSK-03" in judged(desk)
    desk.write(risks, text).replace(DESK, "state: active ", "state:   active ")
    assert judged(desk) == []


def test_plans_and_law_come_apart(desk: Governed) -> None:
    desk.replace("standards/policy/thresholds.yaml", "risk_high: 15", "risk_high: 25")
    assert "GOV-05" not in judged(desk)
    desk.replace(DESK, "forecast: 50400", "forecast: 60400")
    assert "GOV-05" in judged(desk)


def test_the_sponsor_is_not_replaced_by_a_stroke(desk: Governed) -> None:
    desk.replace(DESK, "sponsor: c.moreau", "sponsor: y.diallo")
    assert "GOV-08" in judged(desk)


def test_a_project_is_not_deleted_and_a_split_is_no_deletion(desk: Governed) -> None:
    text = desk.read(DESK)
    head, _, tail = text.partition("milestones:")
    block, mark, rest = tail.partition("\nbudget:")
    desk.write(DESK, f"{head}budget:{rest}" if mark else text).write(
        "projects/visitor-desk/dates.yaml", f"milestones:{block}\n"
    )
    assert judged(desk) == []
    desk.remove("projects/visitor-desk")
    assert "PRT-01" in judged(desk)


def test_an_approved_plan_is_not_edited(desk: Governed) -> None:
    desk.replace("projects/visitor-desk/baselines/BL-001.yaml", "2027-02-01", "2027-05-01")
    assert "BSL-01" in judged(desk)


def test_undoing_what_suspended_is_a_decision(desk: Governed) -> None:
    desk.replace(DESK, "state: active ", "state: suspended ")
    desk.commit("Suspend")
    desk.git("branch", "-f", "main", "HEAD")
    desk.git("revert", "--no-edit", "HEAD")
    assert desk.check("main", "HEAD").blocking() == ["GAT-03"]


def test_bad_news_merges(desk: Governed) -> None:
    desk.replace(DESK, "forecast: 2027-02-15", "forecast: 2027-09-15").replace(
        DESK, "forecast: 50400", "forecast: 99000"
    )
    desk.append(
        "projects/visitor-desk/risks.yaml", "- {id: R-050, title: The landlord says no, probability: 5, impact: 5}\n"
    )
    assert judged(desk) == []


def test_the_approach_is_open_until_the_first_gate_and_then_takes_the_sponsor(desk: Governed) -> None:
    desk.replace(GENEVA, "approach: predictive", "approach: adaptive")
    assert judged(desk) == []
    desk.append(DESK, "approach: adaptive\n")
    assert judged(desk) == ["GOV-08"]
    done = desk.handrail("approve", "approach", "visitor-desk", "--project", "visitor-desk", "--by", "c.moreau")
    assert done.status == 0, done.err
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "Agree", author="c.moreau@brightwater.example")
    assert "GOV-08" not in desk.check().blocking()


def test_a_small_step_from_what_was_approved_is_the_managers(desk: Governed) -> None:
    request = "changes:\n  - {item: M3, field: planned, from: 2027-02-01, to: 2027-02-03}\n"
    desk.write(
        "projects/visitor-desk/changes/CR-004.yaml",
        "id: CR-004\ntitle: Two days\nrequested_by: j.okafor\nrequested_on: 2026-12-04\non: BL-001\nreason: Paint dries slowly\n"
        f"impact: None\n{request}",
    )
    frozen = desk.read("projects/visitor-desk/baselines/BL-001.yaml").replace("BL-001", "BL-002")
    frozen = frozen.replace("made_on: 2026-10-06", "made_on: 2026-12-04\nchange: CR-004")
    desk.write(
        "projects/visitor-desk/baselines/BL-002.yaml",
        frozen.replace("M3: {planned: 2027-02-01}", "M3: {planned: 2027-02-03}"),
    )
    desk.replace(DESK, "name: Desk opens, planned: 2027-02-01", "name: Desk opens, planned: 2027-02-03")
    assert judged(desk) == []


@pytest.mark.parametrize("target", ["main", "origin/release-2"])
def test_what_brings_a_register_back_names_what_it_was_held_against(tmp_path: Path, target: str) -> None:
    repository = Governed.sample(tmp_path, "visitor-desk")
    repository.git("update-ref", "refs/remotes/origin/release-2", "HEAD")
    repository.branch().remove("projects/visitor-desk/risks.yaml").commit("Tidy up")
    (one, *_) = repository.check(target).of("RSK-03", "new")
    command = f"git checkout {target} -- projects/visitor-desk/risks.yaml"
    assert f"`{command}`" in one["fix"]
    repository.git(*command.split()[1:])
    assert repository.commit("Back")
    assert repository.check(target).of("RSK-03") == []
