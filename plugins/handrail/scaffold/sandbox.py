"""Exercises: a repository to practise in, laid down from data, and checked against its goals."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from handrail.load import FolderTree, load
from handrail.model.training import Exercise, Goal
from handrail.remark import Remark
from handrail.scaffold.project import new_project
from handrail.scaffold.repository import Wishes, lay_down, starter, starter_root
from handrail.source import read_front_matter, read_yaml
from handrail.starters import Answers

MARK = ".handrail-exercise"
_WHO = {"GIT_AUTHOR_NAME": "Handrail", "GIT_AUTHOR_EMAIL": "sandbox@handrail.example", "GIT_COMMITTER_NAME": "Handrail",
        "GIT_COMMITTER_EMAIL": "sandbox@handrail.example"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One goal, and what is missing; an empty text says that it is reached."""

    goal: str
    missing: str


def exercises() -> tuple[Exercise, ...]:
    """Every exercise of this version, by number. They come with the program, so that nobody changes their goals."""
    found = load(FolderTree(starter_root())).repository.every(Exercise)
    return tuple(sorted(found, key=lambda one: one.number))


def set_up(folder: Path, exercise: Exercise, today: date) -> None:
    """Lay down the repository of an exercise and commit it, so that every change can be judged. Raises AlreadyThere."""
    wishes = Wishes(organisation="Practice", currency="EUR", timezone="UTC", today=today)
    lay_down(folder, starter(wishes))
    repository = load(FolderTree(folder)).repository
    answers = Answers(
        id=exercise.project, name=exercise.title, sponsor=wishes.sponsor, manager=wishes.manager,
        board=repository.policy.boards.boards[0].id, objective=next(iter(repository.objectives)), currency="EUR", today=today,
    )  # fmt: skip
    home = f"projects/{exercise.project}/"
    files = dict(new_project(repository, exercise.tier, answers).files)
    if exercise.files:
        files = {home + name: text for name, text in exercise.files.items()}
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    (folder / MARK).write_text(f"{exercise.id}\n", encoding="utf-8")
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("commit", "-q", "-m", f"Exercise {exercise.number}: {exercise.title}"),
    ):
        env = {**os.environ, **_WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(["git", *words], cwd=folder, env=env, check=True, capture_output=True)


def exercise_in(folder: Path) -> str | None:
    """The exercise that a folder holds."""
    mark = folder / MARK
    return mark.read_text(encoding="utf-8").strip() if mark.is_file() else None


def outcomes(folder: Path, exercise: Exercise, remarks: tuple[Remark, ...]) -> tuple[Outcome, ...]:
    """Every goal with what is missing."""
    own = [one for one in remarks if one.project == exercise.project]
    return tuple(
        Outcome(goal=goal.say, missing=next(_missing(folder, exercise, goal, own), "")) for goal in exercise.goals
    )


def _missing(folder: Path, exercise: Exercise, goal: Goal, remarks: list[Remark]) -> Iterator[str]:
    for one in remarks:
        if one.rule in goal.silent:
            yield f"{one.message} {one.fix}".strip()
    if goal.file is None:
        return
    home = folder / "projects" / exercise.project
    files = sorted(
        path for path in home.rglob("*") if path.is_file() and fnmatch(path.relative_to(home).as_posix(), goal.file)
    )
    if not files:
        yield f"There is no file {goal.file} in the project's folder yet."
    elif goal.at is not None and not any(_holds(path, goal) for path in files):
        wanted = f" `{goal.is_}`" if goal.is_ is not None else " anything"
        yield f"{goal.file} does not say{wanted} at `{goal.at}` yet."


def _holds(path: Path, goal: Goal) -> bool:
    data = path.read_bytes()
    document = read_front_matter(path.name, data) if path.suffix == ".md" else read_yaml(path.name, data)
    value: Any = document.value
    for step in (goal.at or "").split("."):
        if isinstance(value, list):
            value = next(
                (
                    one
                    for one in value
                    if isinstance(one, dict) and step in {str(one.get(key)) for key in ("id", "item", "question")}
                ),
                None,
            )
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value not in (None, "", []) and (goal.is_ is None or str(value) == goal.is_)
