"""The summary of a pull request says of each approval how well it is evidenced."""

from __future__ import annotations

from pathlib import Path

from tests.gate.repository import Governed


def test_the_summary_says_how_well_an_approval_is_evidenced(tmp_path: Path) -> None:
    desk = Governed.sample(tmp_path, "visitor-desk").branch()
    desk.append("projects/visitor-desk/changes/CR-003.yaml", "\n# a word\n").replace(
        "projects/visitor-desk/changes/CR-003.yaml", "to: 50400", "to: 50500"
    )
    desk.commit("Ask", at="2026-12-04T10:00:00+0100")
    done = desk.handrail("approve", "change", "CR-003", "--project", "visitor-desk", "--by", "c.moreau")
    assert done.status == 0, done.err
    desk.commit("Agree", author="c.moreau@brightwater.example", at="2026-12-04T10:00:00+0100")
    words = ("check", "--base", "main", "--head", "HEAD", "--format", "markdown")
    assert "(approve, 4 Dec, grade B)" in desk.handrail(*words).out
    desk.git(
        "commit",
        "-q",
        "--amend",
        "--no-edit",
        "--reset-author",
        author="somebody@example.org",
        at="2026-12-04T10:00:00+0100",
    )
    assert "(approve, 4 Dec, grade C)" in desk.handrail(*words).out
