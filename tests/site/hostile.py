"""A project with something bad in every text that the model allows, whatever fields the model gets later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from handrail.entity import Entity
from handrail.fields import Field, FieldType, fields_of
from handrail.model.kinds import KINDS

PROJECT = "hostile-all"
BAD = (
    "=cmd|'/C calc'!A1<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>{{ 7*7 }}{% raw %}</td></table>"
    "<svg onload=window.hacked=1>[a](javascript:window.hacked=1)![x](https://evil.example/x.png)"
)
_PLAIN = {
    "number": 1, "percent": "10%", "date": "2026-12-10", "when": "2026-12-10", "money": 1000, "yes_no": "yes",
}  # fmt: skip
_DEEP = 4


def plan() -> dict[str, Any]:
    """Every field of a plan."""
    from handrail.model.project import Plan

    return _group(Plan, 0) | {
        "id": PROJECT, "tier": "large", "phase": "execution", "state": "active", "sensitivity": "internal", "approach": "hybrid",
    }  # fmt: skip


def files() -> dict[str, str]:
    """The project's folder: path and text of each file, in every kind of record."""
    home = f"projects/{PROJECT}/"
    # JSON is YAML, too, and quotes everything
    found = {f"{home}project.yaml": json.dumps(plan()), f"{home}index.md": f"---\ntemplate: x\n---\n# {BAD}\n\n{BAD}\n"}
    for kind in KINDS:
        if not kind.is_file or kind.name == "project" or not kind.pattern.startswith("projects/<project>/"):
            continue
        values = _group(kind.cls, 0)
        path = kind.pattern.replace("<project>", PROJECT).replace("<name>", str(values.get("id", "2026-11-30")))
        text = json.dumps(values)
        found[path] = f"---\n{text}\n---\n{BAD}\n" if path.endswith(".md") else text
    return found


def write(root: Path) -> None:
    """Put it into a repository."""
    for path, text in files().items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _group(cls: type[Entity], depth: int) -> dict[str, Any]:
    found = {one.key: _value(one, one.type, depth) for one in fields_of(cls)}
    return {key: value for key, value in found.items() if value is not None}


def _value(field: Field, kind: FieldType, depth: int) -> Any:
    if kind.kind == "group":
        return _group(kind.cls, depth + 1) if kind.cls and depth < _DEEP else None
    if kind.kind == "list":
        one = _value(field, kind.item, depth) if kind.item else None
        return one if one is None or isinstance(one, list) else [one]
    if kind.kind == "map":
        return _map(field, kind, depth)
    if kind.kind == "text" and (kind.pattern or kind.ref):
        example = field.example
        example = example[0] if isinstance(example, list) and example else example
        return example if isinstance(example, str) else None
    return kind.values[0] if kind.kind == "choice" else _PLAIN.get(kind.kind, BAD)


def _map(field: Field, kind: FieldType, depth: int) -> Any:
    """Free names are bad, too; names that must be known are those of the example."""
    if kind.key and (kind.key.pattern or kind.key.ref or kind.key.values):
        return field.example if isinstance(field.example, dict) else None
    one = _value(field, kind.item, depth) if kind.item else BAD
    return None if one is None else {BAD: one}
