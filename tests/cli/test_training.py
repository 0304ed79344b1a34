"""Quizzes and exercises through the command line: graded here, checked by themselves, and no answer on the site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import ROOT, digest, handrail

QUIZ = """module: first
version: 1.2.0
questions:
- {id: Q1, ask: Which day moves?, options: {a: planned, b: forecast}, answer: b, why: zanzibar-because}
- {id: Q2, ask: Who approves?, options: {a: Sponsor zanzibar-option, b: PMO, c: Board}, answer: [a, c], requirement: S-SCHEDULE.1}
- {id: Q3, ask: Third?, options: {a: x, b: y}, answer: a}
- {id: Q4, ask: Fourth?, options: {a: x, b: y}, answer: a}
- {id: Q5, ask: Fifth?, options: {a: x, b: y}, answer: a}
"""
RIGHT = "Q1: b\nQ2: [c, a]\nQ3: a\nQ4: A\nQ5: b\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "here"
    root.mkdir()
    for name in ("standards", "projects"):
        shutil.copytree(ROOT / name, root / name)
    training = root / "standards/training"
    (training / "quizzes").mkdir(parents=True, exist_ok=True)
    (training / "quizzes/first.yaml").write_text(QUIZ)
    (training / "first.md").write_text("---\nid: first\ntitle: First\nversion: 1.2.0\n---\n# First\n\nWords.\n")
    return root


def graded(repository: Path, answers: str, *more: str) -> tuple[int, str]:
    file = repository.parent / "mine.yaml"
    file.write_text(answers)
    done = handrail("quiz", "first", "--answers", file, *more, cwd=repository)
    return done.status, done.out + done.err


def test_four_of_five_pass_and_three_do_not(repository: Path) -> None:
    was = digest(repository)
    status, text = graded(repository, RIGHT)
    assert status == 0, text
    assert "4 of 5 right" in text
    assert "Q5" in text
    status, text = graded(repository, RIGHT.replace("[c, a]", "a"))
    assert status == 1
    assert "not passed" in text
    assert digest(repository) == was


def test_nothing_is_given_away(repository: Path) -> None:
    _, text = graded(repository, "Q1: a\n")
    assert "zanzibar" not in text
    assert "forecast" not in text


def test_a_pass_is_recorded_only_when_wished(repository: Path) -> None:
    status, text = graded(repository, RIGHT, "--record", "--person", "j.okafor")
    assert status == 0, text
    file = repository / "standards/people/completions.yaml"
    assert file.read_text().endswith("- person: j.okafor\n  module: first\n  version: 1.2.0\n  on: 2026-12-04\n")
    graded(repository, "Q1: a\n", "--record", "--person", "t.abebe")
    assert "t.abebe" not in file.read_text().split("- person: j.okafor")[-1]


@pytest.mark.parametrize(
    ("answers", "told"),
    [("Q9: a\n", "no question Q9"), ("- a\n", "cannot be understood"), ("Q1: [\n", "cannot be understood")],
)
def test_answers_that_are_none(repository: Path, answers: str, told: str) -> None:
    status, text = graded(repository, answers)
    assert status == 2
    assert told in text


def test_an_unknown_module_and_no_terminal(repository: Path) -> None:
    assert "Did you mean `first`" in handrail("quiz", "frist", cwd=repository).err
    assert "no terminal" in handrail("quiz", "first", cwd=repository).err
    assert "whose completion" in handrail("quiz", "first", "--record", cwd=repository).err


def test_no_answer_and_no_exercise_reaches_the_site(repository: Path) -> None:
    shutil.copy(ROOT / "mkdocs.yml", repository)
    done = handrail("build", cwd=repository)
    assert done.status == 0, done.err
    files = [path for path in (repository / "site").rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert not path.name.endswith(".yaml"), path
        data = path.read_bytes()
        assert b"zanzibar" not in data, path
        assert b"lists what differs by itself" not in data, path


DONE = {
    "first-plan": {"project.yaml": [("problem:  ", "problem: Queues "), ("in: []", "in: [Desk]"), ("out: []", "out: [Gate]"),
                                    ("accepted_when: []", "accepted_when: It stands"), ("accepted_by: ,", "accepted_by: pmo.head,")]},
    "late": {"project.yaml": [("forecast: 2027-02-01", "forecast: 2027-02-15")],
             "reports/2026-11-30.md": [("", "---\nas_of: 2026-11-30\nstatus: amber\nbecause: The joiner is late.\n---\nDone: much.\n")]},
    "risk": {"risks.yaml": [("impact: 4\n", ("impact: 4\n  response: reduce\n  action: Ask another\n  owner: first.manager\n"
                             "  due: 2026-12-12\n  review: 2027-01-05\n"))]},
    "change": {},
}  # fmt: skip


@pytest.mark.parametrize("name", DONE)
def test_an_exercise_is_missing_something_until_it_is_done(tmp_path: Path, name: str) -> None:
    made = handrail("sandbox", "here", "--exercise", name, "--as-of", "2026-11-30", cwd=tmp_path)
    assert made.status == 0, made.err
    root = tmp_path / "here"
    first = handrail("sandbox", "here", "--check", "--as-of", "2026-11-30", cwd=tmp_path)
    assert first.status == 1
    assert "missing" in first.out
    for file, edits in DONE[name].items():
        path = root / "projects/desk" / file
        path.parent.mkdir(exist_ok=True)
        text = path.read_text() if path.exists() else ""
        for old, new in edits:
            assert old in text
            text = text.replace(old, new, 1) if old else new
        path.write_text(text)
    if name == "change":
        done = handrail(
            "new",
            "change",
            "desk",
            "--set",
            "title=Later",
            "--set",
            "reason=Joiner",
            "--set",
            "other_options=Wait",
            cwd=root,
        )
        assert done.status == 0, done.err
    last = handrail("sandbox", "here", "--check", "--as-of", "2026-11-30", cwd=tmp_path)
    assert last.status == 0, last.out
    assert "All done." in last.out


def test_a_sandbox_is_a_repository_with_a_history(tmp_path: Path) -> None:
    handrail("sandbox", "here", "--exercise", "2", cwd=tmp_path)
    assert handrail("check", "--base", "HEAD", cwd=tmp_path / "here").status == 0
    again = handrail("sandbox", "here", cwd=tmp_path)
    assert again.status == 2
    assert "holds something already" in again.err
    assert "no exercise `9`" in handrail("sandbox", "there", "--exercise", "9", cwd=tmp_path).err


def test_names_come_from_outside_the_repository_and_stand_on_the_terminal_alone(repository: Path) -> None:
    told = {"HANDRAIL_PEOPLE": "d.martin: {name: Zanzibar Martin}"}
    plain, named = (handrail("training", cwd=repository, env=env) for env in ({}, told))
    assert "d.martin" in plain.out
    assert "Zanzibar Martin (d.martin)" in named.out
    assert [line.split("  ")[-1] for line in plain.out.splitlines()] == [
        line.split("  ")[-1] for line in named.out.splitlines()
    ]
    done = handrail("training", "--for", "d.martin", cwd=repository, env={"HANDRAIL_PEOPLE": "[not: a list"})
    assert (done.status, "HANDRAIL_PEOPLE" in done.err) == (2, True)
    assert "not: a" not in done.err
