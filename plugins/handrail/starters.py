"""Starters: text with `{{names}}` that become a project's files. The same files serve `new project` and the rules' cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.model.repository import Tree
from handrail.model.words import Tier
from handrail.yaml_text import inline

PLACE = "standards/templates/project/"
_FRIDAY = 4
_TIER = re.compile(r"^tier:.*\n", re.MULTILINE)
_HOLE = re.compile(r"\{\{([a-z]+)(?:\+([0-9]+))?\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a starter is filled with. Text is written so that YAML reads it back as it was given."""

    id: str
    name: str
    sponsor: str
    manager: str
    board: str
    objective: str
    currency: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """Something in a starter that the project manager has still to write."""

    file: str
    line: int
    text: str


def starter_files(tree: Tree, tier: Tier) -> Mapping[str, str]:
    """The files of a tier's starter by their names within the project, unfilled."""
    prefix = f"{PLACE}{tier}/"
    return {
        path.removeprefix(prefix): tree.read(path).decode("utf-8") for path in tree.paths() if path.startswith(prefix)
    }


def versioned(text: str, version: str | None) -> str:
    """A plan's starter that says which version it is, below its tier; as it is where the policy gives it no version."""
    if version is None:
        return text
    line = f"template: {version}\n"
    found = _TIER.search(text)
    return f"{text[: found.end()]}{line}{text[found.end() :]}" if found else f"{text.rstrip()}\n{line}"


def fill(text: str, answers: Answers) -> str:
    """Put the answers into a starter. Raises KeyError for an unknown name.

    `{{today+90}}` is ninety days after today, or the Monday after it where that is a weekend: nobody works to a Sunday.
    """
    values = {
        name: inline(getattr(answers, name))
        for name in ("id", "name", "sponsor", "manager", "board", "objective", "currency")
    }

    def put(hole: re.Match[str]) -> str:
        if hole.group(1) == "today":
            return _proposed(answers.today, int(hole.group(2) or 0)).isoformat()
        return values[hole.group(1)]

    return _HOLE.sub(put, text)


def _proposed(today: date, days: int) -> date:
    """Today as it is; a day that lies ahead on a weekday."""
    day = today + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday())) if days and day.weekday() > _FRIDAY else day


def todos(file: str, text: str) -> tuple[Todo, ...]:
    """The open points of a file: its comments that begin with `TODO:`."""
    return tuple(
        Todo(file=file, line=number, text=line.split("# TODO:", 1)[1].strip())
        for number, line in enumerate(text.splitlines(), 1)
        if "# TODO:" in line
    )
