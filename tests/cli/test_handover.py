"""`handrail handover`: what is open changes hands in one change, what is over keeps its names, nothing else moves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import ROOT, digest, git, handrail


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("standards", "projects"):
        shutil.copytree(ROOT / name, tmp_path / name)
    git("init", "-q", cwd=tmp_path)
    git("add", "-A", cwd=tmp_path)
    git("commit", "-q", "-m", "start", cwd=tmp_path)
    return tmp_path


def test_everything_open_changes_hands(repository: Path) -> None:
    before = handrail("check", "--format", "json", cwd=repository).json
    done = handrail("handover", "j.okafor", "--to", "t.abebe", "--on", "2027-01-31", cwd=repository)
    assert done.status == 0, done.err
    assert "two pull requests, plans first" in done.out
    plan = (repository / "projects/visitor-desk/project.yaml").read_text()
    assert "manager: t.abebe\n" in plan
    assert "t.abebe: 40%" in plan
    assert "j.okafor" not in plan
    assert "owner: t.abebe" in (repository / "projects/visitor-desk/risks.yaml").read_text()
    role = (repository / "projects/visitor-desk/roles/RO-001.yaml").read_text()
    assert "role: project manager\nfrom: j.okafor\nto: t.abebe\non: 2027-01-31\n" in role
    people = (repository / "standards/people/people.yaml").read_text()
    assert "{id: j.okafor," in people
    assert next(line for line in people.splitlines() if "id: j.okafor" in line).count("to: 2027-01-31") == 2
    after = handrail("check", "--format", "json", cwd=repository).json
    unreadable = [one for one in after["remarks"] if one["rule"] == "DAT-01"]
    assert unreadable == [one for one in before["remarks"] if one["rule"] == "DAT-01"]


def test_what_is_over_keeps_its_names(repository: Path) -> None:
    handrail("handover", "j.okafor", "--to", "t.abebe", cwd=repository)
    issues = (repository / "projects/visitor-desk/issues.yaml").read_text()
    assert issues.count("closed_by: j.okafor") == 2
    assert "owner: t.abebe" in issues
    assert "j.okafor" in (repository / "projects/visitor-desk/changes/CR-003.yaml").read_text()
    changed = set(git("diff", "--name-only", cwd=repository).split())
    assert not [
        one
        for one in changed
        if any(part in one for part in ("/reports/", "/approvals/", "/baselines/", "/lessons/", "/changes/"))
    ]


def test_a_closed_project_does_not_move_but_for_its_benefits(repository: Path) -> None:
    handrail("handover", "k.ito", "--to", "t.abebe", cwd=repository)
    changed = {
        one for one in git("diff", "--name-only", cwd=repository).split() if one.startswith("projects/driver-tablets/")
    }
    assert changed <= {"projects/driver-tablets/benefits.yaml"}


def test_a_dry_run_writes_nothing_and_says_the_same(repository: Path) -> None:
    was = digest(repository)
    dry = handrail("handover", "c.moreau", "--to", "h.dubois", "--dry-run", cwd=repository)
    assert dry.status == 0
    assert digest(repository) == was
    wet = handrail("handover", "c.moreau", "--to", "h.dubois", cwd=repository)
    assert dry.out.replace("would change", "changed") == wet.out
    assert (repository / "standards/policy/boards.yaml").read_text().count("c.moreau") == 0


def test_other_lines_stay_as_they_are(repository: Path) -> None:
    handrail("handover", "j.okafor", "--to", "t.abebe", cwd=repository)
    for line in git("diff", "-U0", cwd=repository).splitlines():
        if line.startswith("-") and not line.startswith("---"):
            assert "j.okafor" in line or "t.abebe" in line, line


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["j.okafr", "--to", "t.abebe"], "knows nobody called `j.okafr`"),
        (["j.okafor", "--to", "j.okafor"], "to themselves"),
    ],
)
def test_what_cannot_be_is_refused(repository: Path, words: list[str], told: str) -> None:
    was = digest(repository)
    done = handrail("handover", *words, cwd=repository)
    assert done.status == 2
    assert told in done.err
    assert digest(repository) == was
