"""Every exercise of the training modules is missing something when it is laid down, and done when somebody has done it."""

from __future__ import annotations

from pathlib import Path

import pytest
from handrail.load import FolderTree, load
from handrail.model.training import Exercise, ModuleRecord, Quiz

from tests.command import ROOT, handrail

REPOSITORY = load(FolderTree(ROOT)).repository
DAY = ("--as-of", "2026-11-30")
ANSWERS = "\n".join(
    f"  - {{question: G1-{i}, answer: {'no' if i == 6 else 'yes'}, evidence: project.yaml}}" for i in range(1, 7)
)

EDITS = {
    "network": {"schedule.yaml": [(", {task: T3}", ""), (", lag: -3d", ""),
                                  ("Build the second desk, duration: 30d", "Build the second desk, duration: 30d, links: [{task: T5}]")]},
    "honest-colour": {
        "reports/2026-11-30.md": [("", ("---\nas_of: 2026-11-30\nstatus: red\nbecause: The permit came six weeks late.\nwhat_we_do: [I-001]\n"
                                   "decisions_asked:\n  - {ask: Open on 16 March, from: first.sponsor, by: 2026-12-07}\n---\nNext: the day.\n"))],
        "exceptions/EX-001.yaml": [("", ("id: EX-001\ntitle: The desk opens 31 working days late\ndimension: time\nraised_on: 2026-11-30\n"
                                    "cause: The permit came late\noptions: [Open on 16 March, Open half a desk]\nrecommendation: Open on 16 March\n"))]},
    "gate": {"gates/G-01.yaml": [("", (f"id: G-01\ngate: start\nsubmitted_by: first.manager\nsubmitted_on: 2026-11-30\n"
                                  f"recommendation: go with conditions\nanswers:\n{ANSWERS}\n"))]},
    "review": {"project.yaml": [("Desk opens, planned: 2027-02-15", "Desk opens, planned: 2027-02-01"), ("out: []", "out: [Car park barrier]"),
                                ("accepted_by: first.manager", "accepted_by: pmo.head"), ("execution: 34000", "execution: 37000")],
               "risks.yaml": [("due: 2026-12-12", "owner: first.manager, due: 2026-12-12")]},
}  # fmt: skip
COMMANDS = {
    "network": ("baseline", "desk", "--on", "2026-11-30"),
    "gate": ("approve", "gate", "G-01", "--project", "desk", "--by", "first.sponsor", "--on", "2026-11-30", "--decision",
             "go with conditions", "--condition", "Two people released, first.manager, 2026-12-18"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_exercise_can_be_done(tmp_path: Path, name: str) -> None:
    assert handrail("sandbox", "here", "--exercise", name, *DAY, cwd=tmp_path).status == 0
    assert handrail("sandbox", "here", "--check", *DAY, cwd=tmp_path).status == 1
    root = tmp_path / "here"
    for file, edits in EDITS[name].items():
        path = root / "projects/desk" / file
        path.parent.mkdir(exist_ok=True)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for old, new in edits:
            assert old in text, old
            text = text.replace(old, new, 1) if old else new
        path.write_text(text, encoding="utf-8")
    if name in COMMANDS:
        done = handrail(*COMMANDS[name], cwd=root)
        assert done.status == 0, done.err
    last = handrail("sandbox", "here", "--check", *DAY, cwd=tmp_path)
    assert last.status == 0, last.out


def test_every_module_has_a_quiz_of_its_version_and_exercises() -> None:
    modules = {one.id: one for one in REPOSITORY.every(ModuleRecord)}
    quizzes = {one.module: one for one in REPOSITORY.every(Quiz)}
    assert modules.keys() == quizzes.keys()
    known = {one.id for one in REPOSITORY.every(Exercise)}
    for module in modules.values():
        assert module.exercises, module.id
        assert set(module.exercises) <= known, module.id
        assert module.version == quizzes[module.id].version
        assert 30 <= (module.minutes or 0) <= 60, module.id
    assert {name for one in modules.values() for name in one.exercises} == known


@pytest.mark.parametrize("quiz", REPOSITORY.every(Quiz), ids=lambda one: one.module)
def test_a_quiz_asks_about_requirements_and_says_why(quiz: Quiz) -> None:
    taught = {one.id: {part.partition("@")[0] for part in one.covers} for one in REPOSITORY.every(ModuleRecord)}
    requirements = {one.id for standard in REPOSITORY.standards.values() for one in standard.requirements}
    assert 8 <= len(quiz.questions) <= 12
    letters: list[str] = []
    for one in quiz.questions:
        assert one.why, one.id
        assert one.requirement in requirements, one.id
        assert one.requirement.partition(".")[0] in taught[quiz.module], one.id
        assert set(one.answer) <= set(one.options), one.id
        assert len(set(one.options.values())) == len(one.options) >= 3, one.id
        letters += one.answer
    assert max(letters.count(letter) for letter in "abcd") <= len(letters) // 2, "the same letter is right too often"
