"""What Git remembers of approvals that came in long ago, and what is shown of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from handrail.compute.approval_facts import approval_facts
from handrail.compute.evidence import hashed
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, load
from handrail.witness import remembered

from tests.approvals.signing import commit as sign
from tests.approvals.signing import ssh_signer
from tests.gate.repository import Governed

DAY = "2026-12-04T10:00:00+0100"
RECORD = "projects/visitor-desk/approvals/AP-003.yaml"
SPONSOR, MANAGER = "c.moreau@brightwater.example", "j.okafor@brightwater.example"


def approve(desk: Governed) -> None:
    done = desk.handrail("approve", "change", "CR-003", "--project", "visitor-desk", "--by", "c.moreau")
    assert done.status == 0, done.err


def facts(desk: Governed):
    whole = load(FolderTree(desk.folder)).repository
    assert whole.organisation.as_of is not None
    plan = compute(whole, whole.organisation.as_of).projects[0].plan
    files = [one.loc.file for one in plan.approvals]
    return {one.approval.id: one for one in approval_facts(plan, whole, remembered(desk.folder, "HEAD", files))}


def test_the_last_writer_counts_through_merges(tmp_path: Path) -> None:
    desk = Governed.sample(tmp_path, "visitor-desk").branch("work")
    approve(desk)
    desk.commit("Approve", author=SPONSOR, at=DAY)
    desk.switch("main").merge("work")
    found = facts(desk)
    assert (found["AP-003"].grade, found["AP-003"].why, found["AP-003"].lacks) == ("B", "committed by c.moreau", None)
    assert found["AP-001"].grade == "C", "whoever laid the sample down is nobody's sponsor"
    assert found["AP-001"].seen
    desk.append(RECORD, "releases: 2400\n").commit("And money", author=MANAGER, at=DAY)
    assert facts(desk)["AP-003"].grade == "C"


def test_a_stale_one_says_so_and_one_below_the_policy_too(tmp_path: Path) -> None:
    desk = Governed.sample(tmp_path, "visitor-desk")
    row = "  - {decision: change within tolerance, roles: [sponsor], up_to: 100000}"
    desk.replace("standards/policy/authority.yaml", row, row.replace("}", ", grade: B}"))
    approve(desk)
    desk.replace("projects/visitor-desk/changes/CR-003.yaml", "to: 50400", "to: 50500")
    desk.commit("Approve", author=MANAGER, at=DAY)
    one = facts(desk)["AP-003"]
    assert one.lacks == "what was approved has been changed since"
    assert (one.grade, one.required, one.below) == ("C", "B", True)


def test_signatures_are_remembered(tmp_path: Path) -> None:
    desk = Governed.sample(tmp_path, "visitor-desk")
    signer = ssh_signer(tmp_path, "claire")
    desk.write("standards/people/keys/claire.pub", signer.public.decode())
    mail = f"author: [{hashed(SPONSOR)}]"
    desk.replace("standards/people/people.yaml", mail, f"{mail}, keys: ['{signer.fingerprint}']")
    approve(desk)
    sign(desk.folder, signer, author=MANAGER)
    assert facts(desk)["AP-003"].why == "signed by c.moreau"


def test_where_nothing_can_be_known_nothing_is_claimed(tmp_path: Path) -> None:
    desk = Governed.sample(tmp_path, "visitor-desk")
    desk.commit("Again", author=SPONSOR)
    shallow = tmp_path / "shallow"
    desk.git("clone", "-q", "--depth", "1", f"file://{desk.folder}", str(shallow))
    assert remembered(shallow, "HEAD", [RECORD.replace("003", "001")]) == {}, "its oldest commit wrote nothing itself"
    assert remembered(desk.folder, "HEAD", []) == {}
    bare = tmp_path / "bare"
    bare.mkdir()
    assert remembered(bare, "HEAD", [RECORD]) == {}
    approve(desk)
    assert not facts(desk)["AP-003"].seen, "not committed yet"


def test_the_status_of_a_project_tells_its_approvals_by_grade(tmp_path: Path) -> None:
    desk = Governed.sample(tmp_path, "visitor-desk")
    approve(desk)
    desk.commit("Approve", author=SPONSOR, at=DAY)
    assert "Approvals: 3 by grade of evidence: 1 B, 2 C\n" in desk.handrail("status", "visitor-desk").out
    desk.replace("projects/visitor-desk/changes/CR-003.yaml", "to: 50400", "to: 50500")
    out = desk.handrail("status", "visitor-desk").out
    assert (
        "AP-003  change CR-003 by c.moreau, 4 Dec 2026: does not count: what was approved has been changed since" in out
    )


def keep(  # noqa: PLR0913 - what a record says
    desk: Governed,
    merge: str,
    *,
    state: str = "approved",
    of_head: bool = True,
    login: str = "cmoreau",
    commit: str = "",
) -> None:
    """What CI keeps after a merge, on its branch."""
    record = {
        "format": 1, "commit": commit or merge, "pull": {"host": "github", "number": 7},
        "reviews": [{"login": login, "person": "c.moreau", "state": state, "commit": "x", "of_head": of_head, "submitted_at": None}],
    }  # fmt: skip
    back = desk.git("rev-parse", "--abbrev-ref", "HEAD")
    desk.git("switch", "-q", "--orphan", "handrail-evidence")
    desk.write(f"evidence/{merge}.json", json.dumps(record)).commit("Keep")
    desk.git("switch", "-q", "-f", back)


@pytest.mark.parametrize(
    ("kept", "grade"),
    [
        ({}, "A"), ({"state": "changes_requested"}, "C"), ({"of_head": False}, "C"), ({"login": "pnowak"}, "C"),
        ({"commit": "0" * 40}, "C"),
    ],
)  # fmt: skip
def test_a_review_that_ci_kept_is_remembered(tmp_path: Path, kept: dict[str, Any], grade: str) -> None:
    """Of the merge with which the record came in, and of the pull request's last commit: nothing else is a review of it."""
    desk = Governed.sample(tmp_path, "visitor-desk").branch("work")
    approve(desk)
    desk.commit("Approve", author=MANAGER, at=DAY)
    merge = desk.switch("main").merge("work") or desk.git("rev-parse", "main")
    keep(desk, desk.git("rev-parse", "main"), **kept)
    assert merge
    one = facts(desk)["AP-003"]
    assert one.grade == grade
    if grade == "A":
        assert "c.moreau approved commit" in one.why
        assert "1 A" in desk.handrail("status", "visitor-desk").out


def test_a_review_of_an_older_content_is_none_of_the_present_one(tmp_path: Path) -> None:
    desk = Governed.sample(tmp_path, "visitor-desk").branch("work")
    approve(desk)
    desk.commit("Approve", author=MANAGER, at=DAY)
    desk.switch("main").merge("work")
    keep(desk, desk.git("rev-parse", "main"))
    desk.append(RECORD, "releases: 2400\n").commit("And money", author=MANAGER, at=DAY)
    assert facts(desk)["AP-003"].grade == "C"


def test_a_branch_of_evidence_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    desk = Governed.sample(tmp_path, "visitor-desk")
    approve(desk)
    desk.commit("Approve", author=MANAGER, at=DAY)
    name = desk.git("rev-parse", "main")
    desk.git("switch", "-q", "--orphan", "handrail-evidence")
    desk.write(f"evidence/{name}.json", "{" * 2000).write("evidence/notes.txt", "x").commit("Broken")
    desk.git("switch", "-q", "-f", "main")
    assert facts(desk)["AP-003"].grade == "C"
