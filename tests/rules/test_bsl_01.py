"""BSL-01 through the shipped command line: what was approved changes only through a change request."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, handrail

PLAN = "projects/visitor-desk/project.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for part in ("standards", "projects"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def said(repository: Path, *edits: tuple[str, str]) -> list[dict[str, Any]]:
    file = repository / PLAN
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    done = handrail("check", "--format", "json", cwd=repository)
    found = [one for one in done.json["remarks"] if one["rule"] == "BSL-01"]
    assert (done.status == 1) == bool(found)
    return found


MOVED = ("name: Desk opens, planned: 2027-02-01", "name: Desk opens, planned: 2027-02-15")


def test_a_moved_day_is_told_in_the_words_of_the_plan(repository: Path) -> None:
    (one,) = said(repository, MOVED)
    assert one["message"] == (
        '"Desk opens" was moved from 1 Feb 2027 to 15 Feb 2027, but the approved plan says 1 Feb 2027.'
    )
    assert "`forecast: 2027-02-15`" in one["fix"]
    assert "leave `planned: 2027-02-01` alone" in one["fix"]
    line = (repository / PLAN).read_text(encoding="utf-8").splitlines()[one["line"] - 1]
    assert "Desk opens" in line
    assert line[one["column"] - 1 :].startswith("planned")
    (other,) = one["related"]
    assert other["file"].endswith("BL-001.yaml")


@pytest.mark.parametrize(
    ("what", "edit", "words"),
    [
        ("money", ("approved: 48000", "approved: 50400"), "The approved budget was changed from 48,000 to 50,400"),
        ("scope", ("out: [Car park barrier]", "out: []"), "What does not belong to the project was promised"),
        ("benefit", ("target: 4, by", "target: 6, by"), "The promised benefit was changed from 4 to 6"),
        ("objective", ("objective: OBJ-4", "objective: OBJ-1"), "The objective was changed"),
        ("criterion", ("under 60 seconds each", "under 90 seconds each"), '"Desk in use", accepted when was changed'),
        ("a promise gone", ("  - {id: M4, name: Project closed, gate: close, planned: 2027-03-15, forecast: 2027-03-15}\n", ""),
         "was promised in the approved plan (15 Mar 2027) and is gone"),
        ("a promise besides", ("milestones: ", "milestones:\n  - {id: M9, name: Party, planned: 2027-03-01}\n  # "),
         '"Party" is not part of the approved plan: it says 1 Mar 2027'),
    ],
)  # fmt: skip
def test_every_promise_is_kept(repository: Path, what: str, edit: tuple[str, str], words: str) -> None:
    found = said(repository, edit)
    assert [one for one in found if words in one["message"].replace("48000", "48,000").replace("50400", "50,400")], (
        what,
        found,
    )


@pytest.mark.parametrize(
    "edit",
    [
        ("planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-02-01, forecast: 2027-06-30"),
        ("forecast: 50400", "forecast: 90000"),
        ("2026-11: 7350", "2026-11: 30000"),
        ("name: Desk opens", "name: The desk opens at last"),
        ("approved: 48000", "approved: 48000.00"),
        ("id: visitor-desk ", "id:   visitor-desk "),
    ],
)
def test_honest_news_and_mere_words_pass(repository: Path, edit: tuple[str, str]) -> None:
    assert said(repository, edit) == []


def test_a_frozen_change_passes(repository: Path) -> None:
    said(repository, MOVED)
    assert handrail("baseline", "visitor-desk", "--change", "CR-003", cwd=repository).status == 0
    assert said(repository) == []


def test_an_edited_baseline_is_seen(repository: Path) -> None:
    file = repository / "projects/visitor-desk/baselines/BL-001.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2027-02-01", "2027-05-01"), encoding="utf-8")
    assert said(repository)


def test_before_the_first_approval_everything_may_move(repository: Path) -> None:
    shutil.rmtree(repository / "projects/visitor-desk/baselines")
    (repository / "projects/visitor-desk/approvals/AP-001.yaml").unlink()  # what was never frozen was never approved
    (repository / "projects/visitor-desk/changes/CR-003.yaml").unlink()
    assert said(repository, MOVED) == []
