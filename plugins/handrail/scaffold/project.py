"""A new project from its tier's starter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from errno import EEXIST
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from handrail.edit import NotEditable, NotWritable, set_value
from handrail.load.projects import MAX_ID
from handrail.model.improvement import TemplateVersion
from handrail.model.repository import Repository
from handrail.model.words import PROJECT_ID, Tier
from handrail.starters import Answers, Todo, fill, starter_files, todos, versioned


class NotPossible(Exception):  # noqa: N818 - it says what is the matter
    """The project cannot be started like this; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """The files of a new project by their paths, and what is still to be written in them."""

    files: Mapping[str, str]
    todos: tuple[Todo, ...]


def new_project(
    repository: Repository, tier: Tier, answers: Answers, tier_answers: Mapping[str, Any] | None = None
) -> NewProject:  # fmt: skip
    """Fill the starter of a tier; `tier_answers` take the place of the starter's own. The plan says which version it follows.

    Raises NotPossible when the answers do not fit the repository.
    """
    _check(repository, answers)
    starter = starter_files(repository.tree, tier)
    if not starter:
        raise NotPossible(f"there is no starter for {tier} projects below standards/templates/project/{tier}/.")
    main = f"projects/{answers.id}/project.yaml"
    version = next((one.version for one in repository.every(TemplateVersion) if one.id == f"project/{tier}"), None)
    files = {
        path: fill(versioned(text, version) if path == main else text, answers)
        for name, text in starter.items()
        for path in (f"projects/{answers.id}/{name}",)
    }
    if tier_answers and main in files:
        try:
            files[main] = set_value(files[main], ("tier_answers",), dict(tier_answers))
        except (NotEditable, NotWritable) as error:
            raise NotPossible(f"the answers cannot be put into the starter: {error}.") from None
    open_points = tuple(point for path, text in files.items() for point in todos(path, text))
    return NewProject(files=files, todos=open_points)


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write a new project's folder: whole, or not at all. Raises FileExistsError when it is there already."""
    folder = root.joinpath(*next(iter(files)).split("/")[:2])
    if folder.exists():
        raise FileExistsError(EEXIST, "there is a folder of that name already", str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))  # nothing reads a name that begins with a dot
    try:
        for path, text in files.items():
            target = draft.joinpath(*path.split("/")[2:])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        draft.chmod(folder.parent.stat().st_mode & 0o777)  # a temporary folder is closed to everybody else
        draft.rename(folder)
    except BaseException:
        rmtree(draft, ignore_errors=True)
        raise


def _check(repository: Repository, answers: Answers) -> None:
    if not re.fullmatch(PROJECT_ID, answers.id) or len(answers.id) > MAX_ID:
        raise NotPossible(
            f"`{answers.id}` cannot be an id: use small letters, digits and hyphens, such as visitor-desk."
        )
    taken = {path.split("/")[1].lower() for path in repository.tree.paths() if path.startswith("projects/")}
    if answers.id in taken:
        raise NotPossible(f"there is a project `{answers.id}` already; an id is never used twice.")
    retired = next((one for one in repository.policy.redirects.redirects if one.from_ == answers.id), None)
    if retired is not None:
        raise NotPossible(f"the id `{answers.id}` was retired on {retired.on.isoformat()} and is never used again.")
    boards = [one.id for one in repository.policy.boards.boards]
    for what, name, known, place in (
        ("person", answers.sponsor, list(repository.people), "standards/people/people.yaml"),
        ("person", answers.manager, list(repository.people), "standards/people/people.yaml"),
        ("board", answers.board, boards, "standards/policy/boards.yaml"),
        ("objective", answers.objective, list(repository.objectives), "standards/strategy/objectives.yaml"),
    ):
        if name not in known:
            shown = ", ".join(known[:8]) + (" ..." if len(known) > 8 else "")  # noqa: PLR2004 - enough to choose from
            raise NotPossible(f"there is no {what} `{name}` in {place}. It has: {shown or 'none yet'}.")
    if answers.sponsor == answers.manager:
        raise NotPossible("the sponsor and the project manager must be two different people.")
