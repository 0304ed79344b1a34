"""Files that nobody would read: misspelt folders, `.yml`, links. Silence about them would be a hole in the gate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from handrail.fields import fields_of
from handrail.load import remarks as say
from handrail.load.projects import ATTACHED
from handrail.load.tree import NO_FOLDER
from handrail.model.kinds import PUBLISHED_PATHS, kind_of
from handrail.model.project import Plan
from handrail.model.repository import Tree
from handrail.model.words import PROJECT_ID
from handrail.remark import Loc, Remark
from handrail.slips import near, original
from handrail.source import read_yaml

_FREE = ("standards/templates/", "standards/schemas/", "standards/assets/")
_PLACES = frozenset(ATTACHED.values())
_PROSE = frozenset({"reports", "lessons"})
_OFFICE = frozenset({"doc", "docx", "xls", "xlsx", "odt", "ods"})
_LONGEST_ID = 40
_NO_NAME = "Nothing reads a file of this name here."
_HANDBOOK = "Look at the list of files in the handbook."

Words = tuple[str, str]
"""What is the matter, and how to mend it."""


def check_strays(tree: Tree) -> Iterator[Remark]:
    """Everything in the tree that looks like data and is none."""
    for path, what in tree.oddities().items():
        yield say.unreadable(
            Loc(path),
            f"This is {what}; it is not read.",
            "Put a folder here, or remove it." if what == NO_FOLDER else "Put a plain file here, or remove it.",
            project=_project(path),
        )
    told: set[str] = set()
    for path in tree.paths():
        words = _stray(path) or _above(tree, path)
        if words and words[0] == _NO_NAME and (like := original(path.rpartition("/")[2])):
            words = (
                "This file looks like a copy; nothing reads it.",
                f"Delete it, or give it the name that is read: `{like}`.",
            )
        if words and words[0] not in told:
            if path.startswith("standards/") and words[0].startswith("The folder"):
                told.add(words[0])  # once for the folder, not for each of its files
            yield say.unreadable(Loc(path), *words, project=_project(path))


def _stray(path: str) -> Words | None:  # noqa: PLR0911 - one answer per kind of stray
    if path.startswith(_FREE):
        return None
    top, *folders, name = path.split("/")
    stem, _, ending = name.rpartition(".")
    if ending.lower() in {"yml", "yaml", "md"} and ending not in {"yaml", "md"}:
        right = "md" if ending.lower() == "md" else "yaml"
        return f"Files that end in `.{ending}` are not read.", f"Rename it to `{stem}.{right}`."
    if top == "projects" and folders and (words := _unread(stem, ending)):
        return words
    if ending not in {"yaml", "md"} and not (folders and folders[0] in PUBLISHED_PATHS):
        return None
    if top == "standards":
        return _stray_law(path, folders)
    if not folders:
        return None  # `_above` looks into it
    known = kind_of(path) is not None or path.endswith("/index.md")
    return None if known and len(folders) <= 2 else _stray_record(folders, name)  # noqa: PLR2004 - project and place


def _unread(stem: str, ending: str) -> Words | None:
    """A file that an office program or an editor saved under another name; pictures and PDFs may lie about."""
    inner = stem.lower().rpartition(".")[2]
    if ending.lower() == "txt" and inner in {"yaml", "yml", "md"}:
        right = "md" if inner == "md" else "yaml"
        return "Nothing reads this file.", f"Rename it to `{stem.rpartition('.')[0]}.{right}`."
    if ending.lower() in _OFFICE:
        return (
            "Nothing reads this file.",
            "Write what it says into a `.yaml` or `.md` file, or keep it outside `projects/`.",
        )
    return None


def _above(tree: Tree, path: str) -> Words | None:
    """A file that stands directly in `projects/`, where there are only folders."""
    name = path.removeprefix("projects/")
    if name == path or "/" in name or not name.endswith((".yaml", ".md")):
        return None
    value = read_yaml(path, tree.read(path)).value if name.endswith(".yaml") else None
    given = value.get("id") if isinstance(value, dict) else None
    whole = isinstance(given, str) and len(given) <= _LONGEST_ID and re.fullmatch(PROJECT_ID, given)
    place = f"{given}/project.yaml" if whole else f"<project>/{name}"
    return "A plan has a folder of its own.", f"Move it into a project's folder: `projects/{place}`."


@cache
def _fragments() -> frozenset[str]:
    """The names that a part of a plan usually has."""
    return frozenset({"project", *(one.key for one in fields_of(Plan))})


def _stray_law(path: str, folders: list[str]) -> Words | None:
    if folders and folders[0] in PUBLISHED_PATHS:
        return f"The folder `{folders[0]}` would hide pages of the site.", "Give the folder another name."
    if path.endswith(".yaml") and kind_of(path) is None:
        name = path.rpartition("/")[2]
        if folders and name.removesuffix(".yaml") in _fragments():
            return "A project stands below `projects/`.", f"Move it to `projects/{folders[-1]}/{name}`."
        return _NO_NAME, _HANDBOOK
    return None


def _stray_record(folders: list[str], name: str) -> Words:
    """A file in a project's folder, at a place or with an ending that no kind has."""
    place = folders[1] if len(folders) > 1 else ""
    if place in _PLACES and len(folders) == 2:  # noqa: PLR2004 - project and place
        if name.endswith(".yaml") and name.removesuffix(".yaml") in _fragments():
            return (
                _NO_NAME,
                f"It belongs one folder up: `projects/{folders[0]}/{name}`.",
            )
        ending = "Markdown (`.md`)" if place in _PROSE else "YAML (`.yaml`)"
        return f"Files in `{place}` are {ending}.", "Rename the file and look at its form."
    guess = near(place, _PLACES) if place and place not in _PLACES else None
    if guess:
        return "Nothing reads a file at this place.", f"Did you mean the folder `{guess}`?"
    folder = f"projects/{folders[0]}"
    if place:
        return (
            "Nothing reads a file at this place.",
            f"Move it to `{folder}/`, or to a folder such as `{folder}/reports/`.",
        )
    return (
        _NO_NAME,
        f"Prose about the project stands in `{folder}/index.md`, not `{name}`.",
    )


def _project(path: str) -> str | None:
    parts = path.split("/")
    return parts[1] if parts[0] == "projects" and len(parts) > 2 else None  # noqa: PLR2004 - a file in a folder
