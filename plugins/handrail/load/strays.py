"""Files that nobody would read: misspelt folders, `.yml`, links. Silence about them would be a hole in the gate."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from handrail.load import remarks as say
from handrail.load.projects import ATTACHED
from handrail.model.kinds import PUBLISHED_PATHS, kind_of
from handrail.model.repository import Tree
from handrail.remark import Loc, Remark

_FREE = ("standards/templates/", "standards/schemas/", "standards/assets/")
_PLACES = ATTACHED | {"change request": "changes", "gate submission": "gates"}


def check_strays(tree: Tree) -> Iterator[Remark]:
    """Everything in the tree that looks like data and is none."""
    for path, what in tree.oddities().items():
        yield say.unreadable(
            Loc(path),
            f"This is {what}; it is not read.",
            "Put a plain file here, or remove it.",
            project=_project(path),
        )
    for path in tree.paths():
        message = _stray(path)
        if message:
            yield say.unreadable(Loc(path), message[0], message[1], project=_project(path))


def _stray(path: str) -> tuple[str, str] | None:
    parts = path.split("/")
    if path.startswith(_FREE):
        return None
    if path.endswith(".yml"):
        return "Files that end in `.yml` are not read.", f"Rename it to `{parts[-1][:-4]}.yaml`."
    if parts[0] == "standards":
        if len(parts) > 2 and parts[1] in PUBLISHED_PATHS:
            return f"The folder `{parts[1]}` would hide pages of the site.", "Give the folder another name."
        if path.endswith(".yaml") and kind_of(path) is None:
            return "Nothing reads a file of this name here.", "Look at the list of files in the handbook."
        return None
    if not path.endswith((".yaml", ".md")):
        return None
    if len(parts) == 2:
        return "A plan has a folder of its own.", f"Move it to `projects/{parts[1].rsplit('.', 1)[0]}/project.yaml`."
    if kind_of(path) is None and parts[2:] != ["index.md"]:
        folder = parts[2]
        near = get_close_matches(folder, _PLACES.values(), 1, 0.6)
        known = folder in _PLACES.values()
        ending = "Markdown (`.md`)" if folder in {"reports", "lessons"} else "YAML (`.yaml`)"
        if known and len(parts) == 4:
            return f"Files in `{folder}` are {ending}.", "Rename the file."
        hint = f"Did you mean the folder `{near[0]}`?" if near and len(parts) > 3 else "Move it where it is read."
        return "Nothing reads a file at this place.", hint
    return None


def _project(path: str) -> str | None:
    parts = path.split("/")
    return parts[1] if parts[0] == "projects" and len(parts) > 2 else None
