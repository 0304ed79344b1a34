"""A new project from its tier's starter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
from handrail.slips import near
from handrail.starters import Answers, Todo, fill, starter_files, todos, versioned


class NotPossible(Exception):  # noqa: N818 - it says what is the matter
    """The project cannot be started like this; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """The files of a new project by their paths, and what is still to be written in them."""

    files: Mapping[str, str]
    todos: tuple[Todo, ...]


def new_project(
    repository: Repository, tier: Tier, answers: Answers, tier_answers: Mapping[str, Any] | None = None,
    tags: Sequence[str] = (),
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
    known: dict[str, Any] = {"tier_answers": dict(tier_answers)} if tier_answers else {}
    if tags and main in files:
        known["tags"] = _known_tags(repository, tags)
        files[main] = _with_place_for_tags(files[main])
    try:
        for name, value in known.items() if main in files else ():
            files[main] = set_value(files[main], (name,), value)
    except (NotEditable, NotWritable) as error:
        raise NotPossible(f"the answers cannot be put into the starter: {error}.") from None
    open_points = tuple(point for path, text in files.items() for point in todos(path, text))
    return NewProject(files=files, todos=open_points)


def _with_place_for_tags(text: str) -> str:
    """A small starter names no tags; where somebody gives some, they stand below the board, on one line."""
    board = re.search(r"^board:.*\n", text, re.MULTILINE)
    if board is None or re.search(r"^tags:", text, re.MULTILINE):
        return text
    return f"{text[: board.end()]}tags: []\n{text[board.end() :]}"


def _known_tags(repository: Repository, tags: Sequence[str]) -> list[str]:
    """Each tag once. Raises NotPossible for one that the taxonomy does not have: nobody would find anything by it."""
    known = [one.id for one in repository.policy.taxonomy.tags]
    for one in tags:
        if one not in known:
            guess = near(one, known)
            raise NotPossible(
                f"the taxonomy has no tag `{one}`. "
                + (f"Did you mean `{guess}`?" if guess else f"It has: {', '.join(known) or 'none yet'}.")
            )
    return list(dict.fromkeys(tags))


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
