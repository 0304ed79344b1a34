"""What VS Code needs to complete, explain and check plans while one types: schemas by path, and snippets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from handrail.fields import fields_of
from handrail.model.kinds import CONTAINERS, KINDS
from handrail.model.repository import Tree
from handrail.model.words import TIERS
from handrail.scaffold.records.forms import FORMS, Form
from handrail.schema import json_schema
from handrail.starters import starter_files
from handrail.yaml_text import NotWritable, inline

FOLDER = ".vscode"
_HOLE = re.compile(r"\{\{([a-z]+)(?:\+[0-9]+)?\}\}")
_DAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"


def schemas() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Name, schema and path pattern of every kind of YAML file."""
    for kind in KINDS:
        if kind.key is not None and kind.within:
            continue
        cls = CONTAINERS[kind.key] if kind.key else kind.cls
        # a fragment of a project may hold any part of it, so an editor must not ask for the rest in each file
        schema = json_schema(cls, whole=kind.name != "project")
        yield f"{kind.name.replace(' ', '-')}.schema.json", schema, re.sub(r"<[^>]+>", "*", kind.pattern)


def vscode_files(tree: Tree) -> Mapping[str, bytes]:
    """The files below .vscode/ of a governed repository."""
    found: dict[str, Any] = {}
    by_path: dict[str, str] = {}
    for name, schema, glob in schemas():
        if glob.endswith(".yaml"):
            found[f"{FOLDER}/schemas/{name}"] = schema
            by_path[f"./{FOLDER}/schemas/{name}"] = glob
    found[f"{FOLDER}/settings.json"] = {
        "yaml.schemas": by_path, "yaml.validate": True, "yaml.completion": True, "yaml.hover": True,
        "yaml.schemaStore.enable": False, "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True},
    }  # fmt: skip
    found[f"{FOLDER}/extensions.json"] = {"recommendations": ["redhat.vscode-yaml"]}
    found[f"{FOLDER}/handrail.code-snippets"] = dict(_snippets(tree))
    return {
        path: (json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n").encode()
        for path, value in found.items()
    }


def _snippets(tree: Tree) -> Iterator[tuple[str, dict[str, Any]]]:
    """A snippet for each starter, and one for each record, with the examples of the model where one types."""
    for tier in TIERS:
        text = starter_files(tree, tier).get("project.yaml")
        if text:
            yield f"Project, {tier}", {
                "scope": "yaml", "prefix": f"hr-project-{tier}", "description": f"A new {tier} project, as `handrail new` starts it.",
                "body": _started(text).rstrip("\n").split("\n"),
            }  # fmt: skip
    for form in FORMS:
        yield form.kind.title, {
            "scope": "yaml,markdown", "prefix": f"hr-{form.word}", "description": f"{form.kind.title}: what is asked for it.",
            "body": _record(form),
        }  # fmt: skip


def _started(text: str) -> str:
    """A starter whose holes are places to type; the same hole is the same place everywhere."""
    places: dict[str, int] = {}

    def put(hole: re.Match[str]) -> str:
        name = hole.group(1)
        if name == "today":
            return _DAY
        return f"${{{places.setdefault(name, len(places) + 1)}:{name}}}"

    return _HOLE.sub(put, text.replace("\\", "\\\\").replace("$", "\\$"))


def _record(form: Form) -> list[str]:
    fields = {one.key: one for one in fields_of(form.kind.cls)}
    listed = form.kind.key is not None
    keys = [*(["id"] if form.first and "id" in fields else []), *form.ask]
    lines: list[str] = []
    for number, key in enumerate(keys, 1):
        values = fields[key].type.values
        example = fields[key].example if key != "id" else form.first
        try:
            shown = inline(example, flow=True) if example is not None else ""
        except NotWritable:
            shown = ""
        written = shown.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
        place = f"${{{number}|{','.join(values)}|}}" if values else f"${{{number}:{written}}}"
        lead = ("- " if number == 1 else "  ") if listed else ""
        lines.append(f"{lead}{key}: {place}")
    return lines
