"""GAT-01, GAT-03 and GAT-04: a project moves by its gates, goes back openly, and stays as it ended."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handrail.check import judge
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, load

from tests.rules.two_sides import TwoSides, blocking

GENEVA, DESK, ROSTER, TABLETS = "geneva-signs", "visitor-desk", "roster-tool", "driver-tablets"


def plan(project: str) -> str:
    return f"projects/{project}/project.yaml"


def geneva(tmp_path: Path) -> TwoSides:
    """A medium project in initiation whose start is submitted and not decided."""
    return TwoSides.sample(tmp_path, GENEVA).edit(plan(GENEVA), "phase: initiation", "phase: planning")


def decide(sides: TwoSides, decision: str = "go", **given: Any) -> TwoSides:
    told = {
        "kind": "gate",
        "id": "G-01",
        "decision": decision,
        "by": "h.dubois",
        "role": "board",
        "on": date(2026, 12, 4),
    }
    return sides.approve(GENEVA, "AP-001", **{**told, **given})


def test_a_phase_without_its_gate_is_stopped(tmp_path: Path) -> None:
    sides = geneva(tmp_path)
    (one,) = [one for one in sides.remarks() if one.rule == "GAT-01"]
    assert one.message == (
        '"Live departure signs at the Geneva stops" goes from initiation to planning, but "Start approved" is not passed.'
    )
    assert (one.loc.file, one.loc.path, one.blocks) == (plan(GENEVA), ("phase",), True)
    assert "`phase: initiation`" in one.fix
    assert "The board decides" in one.fix


def test_with_the_decision_in_the_same_change_it_passes(tmp_path: Path) -> None:
    sides = decide(geneva(tmp_path))
    assert blocking(sides.remarks()) == set(), sides.said("GAT-01")


@pytest.mark.parametrize(
    ("decision", "given"),
    [
        ("rework", {}),
        ("hold", {}),
        ("stop", {}),
        ("reject", {}),
        ("go", {"on": date(2026, 12, 20)}),
        ("go", {"by": "b.rossi"}),
        ("go", {"by": "a.costa"}),
        ("go", {"role": "sponsor"}),
        ("go", {"kind": "baseline"}),
        ("go", {"value": "h1:" + "0" * 64}),
    ],
    ids=["rework", "hold", "stop", "reject", "tomorrow", "by the manager", "by somebody", "not the board", "other thing", "other terms"],
)  # fmt: skip
def test_a_decision_that_does_not_count_opens_nothing(tmp_path: Path, decision: str, given: dict[str, Any]) -> None:
    assert decide(geneva(tmp_path), decision, **given).said("GAT-01")


def test_rework_after_a_go_takes_it_back(tmp_path: Path) -> None:
    sides = decide(geneva(tmp_path), on=date(2026, 12, 3))
    told = {
        "kind": "gate",
        "id": "G-01",
        "decision": "rework",
        "by": "h.dubois",
        "role": "board",
        "on": date(2026, 12, 4),
    }
    assert sides.approve(GENEVA, "AP-002", **told).said("GAT-01")


def test_a_gate_with_open_questions_is_told(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, GENEVA)
    sides.prepare(f"projects/{GENEVA}/gates/G-01.yaml", "  - {question: G1-6, answer: partly}\n", "")
    sides.edit(plan(GENEVA), "phase: initiation", "phase: planning")
    (told,) = decide(sides).said("GAT-01")
    assert "unanswered" in told
    assert "paid for and staffed" in told


def test_nobody_jumps_over_a_phase(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, GENEVA).edit(plan(GENEVA), "phase: initiation", "phase: execution")
    (told,) = decide(sides).said("GAT-01")
    assert "cannot go from initiation to execution" in told


def test_a_large_project_passes_every_gate_of_its_path(tmp_path: Path) -> None:
    project = "depot-charging"
    sides = TwoSides.sample(tmp_path, project, "depot-grid").prepare(
        plan(project), "phase: execution", "phase: planning"
    )
    sides.edit(plan(project), "phase: planning", "phase: execution")
    assert not sides.said("GAT-01")
    sides.edit(f"projects/{project}/approvals/AP-002.yaml", "decision: go with conditions", "decision: rework")
    assert '"Plan approved" is not passed' in sides.said("GAT-01")[0]


def test_a_gate_more_is_a_line_of_data(tmp_path: Path) -> None:
    """A fifth gate of large projects: three lines of the policy, no line of code."""
    project, policy = "depot-charging", "standards/policy/lifecycle.yaml"
    sides = TwoSides.sample(tmp_path, project, "depot-grid").prepare(
        plan(project), "phase: execution", "phase: planning"
    )
    sides.prepare(policy, "gates: [start, plan, execute, close]", "gates: [start, plan, pilot, execute, close]")
    pilot = "  - id: pilot\n    name: Pilot passed\n    questions: [{id: P-1, ask: Did ten users manage alone?}]\n"
    sides.prepare(policy, "  - id: execute\n", f"{pilot}  - id: execute\n")
    sides.edit(plan(project), "phase: planning", "phase: execution")
    (told,) = sides.said("GAT-01")
    assert '"Pilot passed" is not passed' in told
    gate = {
        "id": "G-09", "gate": "pilot", "submitted_by": "t.abebe", "submitted_on": "2026-11-30", "recommendation": "go",
        "answers": [{"question": "P-1", "answer": True}],
    }  # fmt: skip
    sides.write(f"projects/{project}/gates/G-09.yaml", gate)
    told_yes = {
        "kind": "gate",
        "id": "G-09",
        "decision": "go",
        "by": "m.keller",
        "role": "board",
        "on": date(2026, 12, 1),
    }
    assert not sides.approve(project, "AP-009", **told_yes).said("GAT-01")


def test_a_small_project_has_no_gate_before_execution(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, DESK).prepare(plan(DESK), "phase: execution ", "phase: planning ")
    assert not sides.edit(plan(DESK), "phase: planning ", "phase: execution ").said("GAT-01")


@pytest.mark.parametrize("decision", ["stop", "reject"])
def test_a_rejected_start_leads_straight_to_closure(tmp_path: Path, decision: str) -> None:
    sides = TwoSides.sample(tmp_path, GENEVA).edit(plan(GENEVA), "phase: initiation", "phase: closure")
    assert sides.said("GAT-01")
    assert not decide(sides, decision).said("GAT-01")


def test_a_cancelled_project_was_stopped_by_somebody(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, GENEVA).edit(plan(GENEVA), "state: active", "state: cancelled")
    assert "nobody with authority has stopped it" in sides.said("GAT-01")[0]
    assert not decide(sides, "stop").said("GAT-01")


def test_a_closed_project_has_passed_its_last_gate(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, TABLETS).prepare(plan(TABLETS), "state: closed", "state: active")
    sides.edit(plan(TABLETS), "state: active", "state: closed")
    assert not sides.said("GAT-01")
    assert (
        '"Project closed" is not passed'
        in sides.edit(f"projects/{TABLETS}/approvals/AP-009.yaml", "decision: go", "decision: hold").said("GAT-01")[0]
    )


def test_a_new_project_begins_at_the_beginning(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path)
    for file in (ROOTS / DESK).rglob("*"):
        if file.is_file():
            sides.write(f"projects/{DESK}/{file.relative_to(ROOTS / DESK)}", file.read_text(encoding="utf-8"))
    (told,) = sides.said("GAT-01")
    assert "is new here and already stands in execution" in told


ROOTS = Path(__file__).resolve().parents[2] / "projects"
MIGRATION = {
    "id": "first-import", "title": "Plans from the old tool", "declared_by": "p.nowak", "declared_on": date(2026, 12, 1),
    "until": date(2026, 12, 31), "covers": ["GAT-01"], "projects": [DESK],
}  # fmt: skip
AGREED = {
    "id": "AP-101", "decision": "approve", "subject": {"kind": "migration", "id": "first-import"}, "by": "m.keller",
    "role": "board", "on": date(2026, 12, 2),
}  # fmt: skip


@pytest.mark.parametrize(
    ("migration", "agreed", "passes"),
    [
        ({}, {}, True),
        ({}, None, False),
        ({"projects": ["bike-shelter"]}, {}, False),
        ({"covers": ["GOV-05"]}, {}, False),
        ({"until": date(2026, 12, 3)}, {}, False),
        ({"until": None}, {}, False),
        ({"declared_by": "m.keller"}, {}, False),
        ({}, {"decision": "reject"}, False),
        ({}, {"by": "j.okafor", "role": "board"}, False),
        ({}, {"role": "sponsor"}, False),
        ({}, {"on": date(2026, 12, 24)}, False),
        ({}, {"value": "h1:" + "0" * 64}, False),
    ],
    ids=["approved", "not approved", "others", "another rule", "over", "without end", "by oneself", "rejected", "no member",
         "no say", "later", "other terms"],
)  # fmt: skip
def test_an_import_comes_in_under_an_approved_migration(
    tmp_path: Path, migration: dict[str, Any], agreed: dict[str, Any] | None, *, passes: bool
) -> None:
    sides = TwoSides.sample(tmp_path)
    value = {name: one for name, one in {**MIGRATION, **migration}.items() if one is not None}
    sides.lay("standards/migrations/first-import.yaml", value)
    if agreed is not None:
        sides.lay("standards/approvals/AP-101.yaml", {**AGREED, **agreed})
    for file in (ROOTS / DESK).rglob("*"):
        if file.is_file():
            sides.write(f"projects/{DESK}/{file.relative_to(ROOTS / DESK)}", file.read_text(encoding="utf-8"))
    assert bool(sides.said("GAT-01")) != passes


def test_a_change_cannot_bring_the_migration_that_lets_it_pass(tmp_path: Path) -> None:
    sides = geneva(tmp_path)
    sides.write("standards/migrations/first-import.yaml", {**MIGRATION, "projects": [GENEVA]})
    sides.write("standards/approvals/AP-101.yaml", AGREED)
    assert {"GAT-01", "GOV-05"} <= blocking(sides.remarks())


def suspend(tmp_path: Path) -> TwoSides:
    return TwoSides.sample(tmp_path, DESK).edit(plan(DESK), "state: active ", "state: suspended ")


STATE = {"kind": "state", "id": DESK, "by": "c.moreau", "role": "sponsor", "on": date(2026, 12, 4)}


def test_nobody_suspends_a_project_silently(tmp_path: Path) -> None:
    sides = suspend(tmp_path)
    assert sides.said("GAT-03") == ['"New visitor desk, Lyon" is suspended, and no decision says so.']
    assert blocking(sides.approve(DESK, "AP-003", **STATE).remarks()) == set()


def test_a_hold_at_the_gate_suspends(tmp_path: Path) -> None:
    hold = {**STATE, "kind": "gate", "id": "G-01", "decision": "hold"}
    assert not suspend(tmp_path).approve(DESK, "AP-003", **hold).said("GAT-03")


def test_a_go_after_a_hold_lets_it_run_again(tmp_path: Path) -> None:
    hold = {**STATE, "kind": "gate", "id": "G-01", "decision": "hold", "on": date(2026, 12, 3)}
    sides = suspend(tmp_path).approve(DESK, "AP-003", **hold)
    for name in (plan(DESK), f"projects/{DESK}/approvals/AP-003.yaml"):
        (sides.before / name).write_text((sides.after / name).read_text())
    sides.take_over().edit(plan(DESK), "state: suspended ", "state: active ")
    assert sides.said("GAT-03")
    assert not sides.approve(DESK, "AP-004", **{**hold, "decision": "go", "on": date(2026, 12, 4)}).said("GAT-03")


def test_a_decision_is_used_once(tmp_path: Path) -> None:
    sides = suspend(tmp_path).approve(DESK, "AP-003", **STATE)
    (sides.before / plan(DESK)).write_text((sides.after / plan(DESK)).read_text())
    approval = f"projects/{DESK}/approvals/AP-003.yaml"
    (sides.before / approval).write_text((sides.after / approval).read_text())
    sides.take_over().edit(plan(DESK), "state: suspended ", "state: active ")
    assert sides.said("GAT-03") == ['"New visitor desk, Lyon" runs again, and no decision says so.']
    sides.approve(DESK, "AP-004", **STATE)
    assert not sides.said("GAT-03")
    for name in (plan(DESK), approval.replace("003", "004")):
        (sides.before / name).write_text((sides.after / name).read_text())
    sides.take_over().edit(plan(DESK), "state: active ", "state: suspended ")
    assert sides.said("GAT-03"), "the first decision was taken back by the second"


def test_a_step_back_is_decided(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, DESK).edit(plan(DESK), "phase: execution ", "phase: planning ")
    assert "goes back from execution to planning" in sides.said("GAT-03")[0]
    assert not sides.approve(DESK, "AP-003", **{**STATE, "kind": "phase"}).said("GAT-03")


def test_a_revert_that_opens_a_closed_project_is_a_decision(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, TABLETS).edit(plan(TABLETS), "state: closed", "state: active")
    assert sides.said("GAT-03") == ['"Duty tablets for drivers" runs again, and no decision says so.']


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("project.yaml", "name: Duty tablets for drivers", "name: Tablets"),
        ("project.yaml", "actual: 2026-04-24", "actual: 2026-04-25"),
        ("risks.yaml", "title:", "kind: threat, title:"),
        ("closure.md", "outcome:", "outcome: Better,"),
        ("decisions.yaml", "because:", "because: Still,"),
    ],
)
def test_a_closed_project_is_frozen(tmp_path: Path, file: str, old: str, new: str) -> None:
    sides = TwoSides.sample(tmp_path, TABLETS)
    text = (sides.after / f"projects/{TABLETS}/{file}").read_text(encoding="utf-8")
    if old == "title:":
        new, old = "title: Really, ", "title: "
    assert old in text
    sides.edit(f"projects/{TABLETS}/{file}", old, new)
    assert [one.rule for one in sides.remarks() if one.rule in {"GAT-04", "DAT-01"}], sides.remarks()


def test_what_comes_after_the_end_is_let_in(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, TABLETS)
    sides.write(
        f"projects/{TABLETS}/lessons/L-009.md",
        "---\nid: L-009\ntitle: Late lesson\nraised_on: 2026-12-04\n---\nWords.\n",
    )
    sides.write(f"projects/{TABLETS}/feedback/F-001.yaml", {"id": "F-001", "about": "RSK-01", "kind": "good"})
    assert not sides.said("GAT-04")


def test_another_form_is_no_change(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, TABLETS)
    text = (sides.after / plan(TABLETS)).read_text(encoding="utf-8")
    _, tail = text.split("deliverables:\n", 1)
    block = "deliverables:\n" + tail.split("\nquality_checks:", 1)[0] + "\n"
    sides.write(plan(TABLETS), "# a comment\n" + text.replace(block, "").replace("tier: medium", "tier:   medium"))
    sides.write(f"projects/{TABLETS}/deliverables.yaml", block)
    assert not sides.said("GAT-04"), sides.remarks()
    assert blocking(sides.remarks()) == set()


def test_a_mistake_is_corrected_openly(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, TABLETS).edit(plan(TABLETS), "name: Duty tablets for drivers", "name: Tablets")
    sides.write(
        f"projects/{TABLETS}/errata.yaml",
        {
            "errata": [
                {
                    "id": "E-001",
                    "on": date(2026, 12, 4),
                    "what": ["name"],
                    "because": "It was misspelt",
                    "by": "p.nowak",
                }
            ]
        },
    )
    assert not sides.said("GAT-04")
    sides.edit(plan(TABLETS), "tags: [software, ", "tags: [")
    assert len(sides.said("GAT-04")) == 1


def test_the_sample_stands_where_its_gates_let_it() -> None:
    loaded = load(FolderTree(ROOTS.parent))
    remarks = judge(loaded, compute(loaded.repository, date(2026, 12, 4))).remarks
    assert [one.message for one in remarks if one.rule.startswith("GAT-0") and one.rule != "GAT-02"] == []


def test_a_plan_that_stands_behind_an_unpassed_gate_is_listed_for_the_next(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, GENEVA).prepare(plan(GENEVA), "phase: initiation", "phase: planning")
    loaded = load(FolderTree(sides.before))
    told = [one for one in judge(loaded, compute(loaded.repository, sides.day)).remarks if one.rule == "GAT-01"]
    assert [(one.enforce_at, one.blocks) for one in told] == [("gate", False)]
