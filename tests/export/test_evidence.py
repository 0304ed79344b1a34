"""A project's document says of each approval how well it is evidenced, from Git's history."""

from __future__ import annotations

import json
from pathlib import Path

from tests.gate.repository import Governed


def test_the_grade_follows_from_who_committed_the_record(tmp_path: Path) -> None:
    desk = Governed.sample(tmp_path, "visitor-desk")
    done = desk.handrail("approve", "change", "CR-003", "--project", "visitor-desk", "--by", "c.moreau")
    assert done.status == 0, done.err
    desk.commit("Agree", author="c.moreau@brightwater.example")
    told = json.loads(desk.handrail("export", "json", "projects/visitor-desk").out)["evidence"]
    assert [(one["approval"], one["grade"], one["from_history"]) for one in told] == [
        ("AP-001", "C", True), ("AP-002", "C", True), ("AP-003", "B", True),
    ]  # fmt: skip
    assert all(one["required"] == "C" and one["lacks"] is None for one in told)
    desk.remove(".git")
    told = json.loads(desk.handrail("export", "json", "projects/visitor-desk").out)["evidence"]
    assert {(one["grade"], one["from_history"]) for one in told} == {("C", False)}, (
        "without a history the file alone counts"
    )
