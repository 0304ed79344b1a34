"""What `init` lays down for VS Code: schemas that take the sample, settings by path, snippets that are what they say."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import jsonschema
from handrail.load.tree import FolderTree
from handrail.scaffold.records.forms import FORMS
from handrail.scaffold.vscode import vscode_files
from handrail.source import read_yaml

from tests.command import handrail

ROOT = Path(__file__).resolve().parents[2]
TREE = FolderTree(ROOT)
FILES = vscode_files(TREE)


def test_init_lays_them_down(tmp_path):
    told = handrail("init", str(tmp_path / "new"), "--organisation", "Testwerk", cwd=tmp_path)
    assert told.status == 0, told.err
    settings = json.loads((tmp_path / "new/.vscode/settings.json").read_text())
    for path in settings["yaml.schemas"]:
        assert (tmp_path / "new" / path).is_file()
    assert handrail("check", cwd=tmp_path / "new").status == 0


def test_the_sample_fits_the_schemas_of_its_paths():
    settings = json.loads(FILES[".vscode/settings.json"])
    looked = 0
    for path in TREE.paths():
        for schema, glob in settings["yaml.schemas"].items():
            if fnmatch(path, glob) and path.count("/") == glob.count("/"):
                value = json.loads(json.dumps(read_yaml(path, TREE.read(path)).value, default=float))
                jsonschema.Draft202012Validator(json.loads(FILES[schema.removeprefix("./")])).validate(value)
                looked += 1
    assert looked > 60


def test_snippets_of_starters_are_the_starters():
    snippets = json.loads(FILES[".vscode/handrail.code-snippets"])
    body = "\n".join(snippets["Project, small"]["body"])
    assert "id: ${1:id}" in body
    assert "{{" not in body.replace("${{", "")
    filled = re.sub(r"\$\{\d+:([a-z]+)\}", r"\1", body).replace(
        "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-12-04"
    )
    assert read_yaml("x.yaml", filled.encode()).value["tier"] == "small"


def test_there_is_a_snippet_for_every_record():
    snippets = json.loads(FILES[".vscode/handrail.code-snippets"])
    prefixes = {one["prefix"] for one in snippets.values()}
    assert {f"hr-{one.word}" for one in FORMS} <= prefixes
    text = "\n".join(snippets["Risk"]["body"])
    filled = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text))
    assert read_yaml("x.yaml", filled.encode()).value[0]["response"]
