"""Whom a project asks for and which projects it waits for, remembered by the content of its folder.

A change is judged with the projects it touches, and with those that these have to do with. Finding the latter among ten
thousand must not take reading ten thousand plans, so what a folder names is kept in Git's own folder under the name of
its tree. Only that is kept: no verdict, nothing that depends on law, people or the day. The memory is one file that
begins with a digest over all the rest and the program's code; missing, torn, altered, foreign or of another release, it
counts for nothing and is made again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from handrail.load.known import Known, code
from handrail.model.repository import Tree
from handrail.source import read_yaml

_FILE = "relations"
_SIZE = 32
_MOST = 100_000
_DEPTH = 2
Names = tuple[str, ...]
"""What a project names: `needs <project>`, `gives <project>`, and `asks <name>` for people, roles and things."""


class Relations:
    """The memory of what folders name, by the name of their trees."""

    def __init__(self, place: Path | None) -> None:
        """Read the memory at a place; whatever is wrong with it makes it empty."""
        self._place = place
        self._kept: dict[str, Names] = {}
        self._fresh = False
        if place is None:
            return
        try:
            data = place.read_bytes()
            if data[:_SIZE] == _digest(data[_SIZE:]):
                self._kept = {name: tuple(ones) for name, ones in json.loads(data[_SIZE:]).items()}
        except (OSError, ValueError, AttributeError, TypeError):
            self._kept = {}

    @classmethod
    def beside(cls, known: Known | None) -> Relations:
        """The memory that lies beside the one of what is sound; none where that one remembers nothing."""
        place = known.place if known is not None else None
        return cls(place.with_name(_FILE) if place is not None else None)

    def of(self, tree: str) -> Names | None:
        """What a folder of this content names, None where that is not known."""
        return self._kept.get(tree)

    def add(self, tree: str, names: Names) -> None:
        """Remember what a folder of this content names."""
        self._kept[tree] = names
        self._fresh = True

    def save(self, current: Iterable[str]) -> None:
        """Write down what was learnt; when there is too much, only what is of use today."""
        if self._place is None or not self._fresh:
            return
        if len(self._kept) > _MOST:
            self._kept = {name: self._kept[name] for name in current if name in self._kept}
        data = json.dumps(self._kept, separators=(",", ":")).encode()
        draft = self._place.with_name(f"{_FILE}.{os.getpid()}")
        try:
            self._place.parent.mkdir(exist_ok=True)
            draft.write_bytes(_digest(data) + data)
            draft.replace(self._place)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def named(tree: Tree, files: Iterable[str]) -> Names:
    """What the fragments of one project name. A file that cannot be read names nothing: whoever judges it says so."""
    found: set[str] = set()
    for file in files:
        if file.endswith(".yaml") and file.count("/") == _DEPTH:
            value = read_yaml(file, tree.read(file)).value
            if isinstance(value, dict):
                found |= _of(value)
    return tuple(sorted(found))


def _of(value: Mapping[str, Any]) -> set[str]:
    found = {
        f"{word} {one['project']}"
        for key, word in (("depends_on", "needs"), ("provides", "gives"))
        for one in _entries(value.get(key))
        if isinstance(one.get("project"), str)
    }
    team = value.get("team")
    asked: list[Any] = [*team] if isinstance(team, dict) else []
    for one in _entries(value.get("resources")):
        asked += (one.get("person"), one.get("name"))
    for one in _entries(value.get("tasks")):
        given = one.get("assignees")
        asked += given if isinstance(given, list) else [given]
    return found | {f"asks {one}" for one in asked if isinstance(one, str)}


def _entries(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _digest(data: bytes) -> bytes:
    from hashlib import blake2b  # noqa: PLC0415 - only a gate that looks across projects pays for it

    return blake2b(code() + data, digest_size=_SIZE).digest()
