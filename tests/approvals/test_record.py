"""The record of a merge: who reviewed which commit, what the gate says, and whether anything came past it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.gate.repository import Governed

DAY = "2026-12-04T10:00:00+0100"
SPONSOR, MANAGER = "c.moreau@brightwater.example", "j.okafor@brightwater.example"


@pytest.fixture
def desk(tmp_path: Path) -> Governed:
    return Governed.sample(tmp_path, "visitor-desk").branch("work")


def merged(desk: Governed) -> tuple[str, str]:
    head = desk.git("rev-parse", "work")
    desk.switch("main")
    return head, desk.merge("work")


def export(tmp_path: Path, head: str, merge: str, **review: str) -> Path:
    pull = {
        "number": 9, "user": {"login": "jokafor"}, "head": {"sha": head}, "base": {"sha": "0" * 40},
        "merged_at": "2026-12-05T08:00:00Z", "merge_commit_sha": merge, "merged_by": {"login": "vleroy"},
    }  # fmt: skip
    one = {"user": {"login": "cmoreau"}, "state": "APPROVED", "commit_id": head, "submitted_at": "2026-12-04T12:00:00Z"}
    file = tmp_path / "reviews.json"
    file.write_text(json.dumps({"pull": pull, "reviews": [[one | review]]}))
    return file


def record(desk: Governed, commit: str, *words: str | Path) -> dict[str, Any]:
    before = desk.state()
    done = desk.handrail("evidence", commit, *words)
    assert done.status == 0, done.err
    assert desk.state() == before
    found: dict[str, Any] = json.loads(done.out)
    return found


def approve(desk: Governed) -> None:
    done = desk.handrail("approve", "change", "CR-003", "--project", "visitor-desk", "--by", "c.moreau")
    assert done.status == 0, done.err


def test_a_reviewed_merge(desk: Governed, tmp_path: Path) -> None:
    approve(desk)
    desk.commit("Approve", author=MANAGER, at=DAY)
    head, merge = merged(desk)
    found = record(desk, merge, "--reviews", export(tmp_path, head, merge))
    assert (found["commit"], found["base"]) == (merge, desk.git("rev-parse", "main~1"))
    assert found["merged_at"] == "2026-12-05T08:00:00Z"
    assert found["pull"]["number"] == 9
    assert found["reviews"] == [
        {"login": "cmoreau", "person": "c.moreau", "state": "approved", "commit": head,
         "submitted_at": "2026-12-04T12:00:00Z", "of_head": True}
    ]  # fmt: skip
    (one,) = found["approvals"]
    assert (one["id"], one["by"], one["grade"]) == ("AP-003", "c.moreau", "A")
    assert "GOV-10" not in found["verdict"]["blocking"]


def test_a_review_before_the_last_push_vouches_for_nothing(desk: Governed, tmp_path: Path) -> None:
    approve(desk)
    desk.commit("Approve", author=MANAGER, at=DAY)
    head, merge = merged(desk)
    found = record(desk, merge, "--reviews", export(tmp_path, head, merge, commit_id="1" * 40))
    assert found["approvals"][0]["grade"] == "C"
    assert found["reviews"][0]["of_head"] is False
    assert "nobody had approved its last commit" in found["bypass"]


def test_what_was_pushed_past_everybody_is_said(desk: Governed) -> None:
    desk.switch("main")
    desk.replace("projects/visitor-desk/project.yaml", "state: active", "state: actve")
    commit = desk.commit("Quick", author=MANAGER, at=DAY)
    found = record(desk, commit)
    assert found["verdict"]["blocks"] is True
    assert "DAT-01" in found["verdict"]["blocking"]
    assert found["bypass"] == ["no pull request is known", "the gate would have stopped it"]


def test_reviews_of_another_merge_do_not_count(desk: Governed, tmp_path: Path) -> None:
    approve(desk)
    desk.commit("Approve", author=MANAGER, at=DAY)
    head, merge = merged(desk)
    found = record(desk, merge, "--reviews", export(tmp_path, head, "2" * 40))
    assert found["approvals"][0]["grade"] == "C"
    assert "the host names another commit as the merge" in found["bypass"]


def test_the_first_commit_and_what_is_not_there(desk: Governed, tmp_path: Path) -> None:
    found = record(desk, desk.git("rev-list", "--max-parents=0", "main"))
    assert (found["parents"], found["verdict"], found["bypass"]) == ([], None, [])
    assert desk.handrail("evidence", "nowhere").status == 2
    (tmp_path / "empty").write_text("")
    assert desk.handrail("evidence", "HEAD", "--reviews", tmp_path / "empty").status == 2
    done = desk.handrail("evidence", "HEAD", "--output", tmp_path / "record.json")
    assert done.status == 0
    assert json.loads((tmp_path / "record.json").read_text())["format"] == 1
