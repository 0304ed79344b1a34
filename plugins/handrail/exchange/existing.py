"""The projects that are there: where each field stands, and what the last import wrote.

The last import is kept in the project itself, as one short line per field in `source.imported`. So a later import tells a
person's edit from its own, finds a renamed project by its key, and needs no file beside the plans.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.model.repository import Tree
from handrail.source import read_yaml

_LENGTH = 12


@dataclass(slots=True, kw_only=True)
class Existing:
    """One project's files as they are, changed in memory only. `home` tells in which file each field stands."""

    id: str
    texts: dict[str, str] = field(default_factory=dict)
    value: dict[str, Any] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    broken: str = ""

    @property
    def source(self) -> Mapping[str, Any]:
        """Where it came from."""
        found = self.value.get("source")
        return found if isinstance(found, dict) else {}

    @property
    def imported(self) -> dict[str, str]:
        """What the last import wrote: a short hash for each field."""
        found = self.source.get("imported")
        return {str(key): str(one) for key, one in found.items()} if isinstance(found, dict) else {}

    @property
    def as_of(self) -> str:
        """The day of the list that the plan follows."""
        return str(self.source.get("as_of") or "")

    def path(self, name: str) -> str:
        """A file of the project by its place in the project's folder."""
        return f"projects/{self.id}/{name}"

    def put(self, path: str, text: str) -> None:
        """Take a new text for a file and read it again."""
        self.texts[path] = text
        if path.endswith(".yaml") and path.count("/") == 2:  # noqa: PLR2004 - a fragment of the plan
            self._join(path, text)

    def _join(self, path: str, text: str) -> None:
        document = read_yaml(path, text.encode("utf-8"))
        if document.broken or document.remarks or not isinstance(document.value, (dict, type(None))):
            self.broken = self.broken or path
            return
        for key in [key for key, home in self.home.items() if home == path]:
            del self.home[key]
            self.value.pop(key, None)
        for key, one in (document.value or {}).items():
            if key in self.home:
                self.broken = self.broken or path
            self.home[key] = path
            self.value[key] = one


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All projects of the tree: the folders' names, and those of one source system by their key.

    `twins`: keys that two projects claim, with words on which; neither of them can be updated.
    """

    folders: frozenset[str]
    by_key: Mapping[str, Existing]
    twins: Mapping[str, str]


def known_projects(tree: Tree, system: str) -> Known:
    """Find every project that came from a source system."""
    files: dict[str, list[str]] = {}
    for path in tree.paths():
        parts = path.split("/")
        if parts[0] == "projects" and len(parts) > 2:  # noqa: PLR2004 - a file in a project's folder
            files.setdefault(parts[1], []).append(path)
    found: dict[str, Existing] = {}
    twins: dict[str, str] = {}
    for project, paths in files.items():
        one = _read(tree, project, paths)
        if one is None or one.source.get("system") != system or one.source.get("key") is None:
            continue
        key = str(one.source["key"])
        if key in found:
            both = f"{found[key].home['source']} and {one.home['source']}"
            twins[key] = f"two projects carry this key, so neither was touched: correct `source` in {both}"
            continue
        found[key] = one
    odd = {path.split("/")[1] for path in tree.oddities() if path.startswith("projects/")}
    return Known(folders=frozenset(files) | odd, by_key=found, twins=twins)


def _read(tree: Tree, project: str, paths: list[str]) -> Existing | None:
    texts: dict[str, bytes] = {}
    for path in paths:
        if path.endswith((".yaml", ".md")) and path.count("/") <= 3:  # noqa: PLR2004 - what an import can write
            try:
                texts[path] = tree.read(path)
            except OSError:
                continue
    if not any(b"source" in data for data in texts.values()):
        return None
    one = Existing(id=project)
    for path, data in texts.items():
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            one.broken = one.broken or path
            continue
        one.put(path, text)
    return one


def digest(value: Any) -> str:
    """A short name for a value as it stands in a file: equal for equal values, however they are written."""
    text = json.dumps(canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def canonical(value: Any) -> Any:
    """A value without what only its writing tells: equal figures look equal."""
    if isinstance(value, Mapping):
        return {str(key): canonical(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, Decimal)):
        return {"number": f"{Decimal(value).normalize():f}"}
    return value.isoformat() if isinstance(value, date) else value
