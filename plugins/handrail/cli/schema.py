"""`handrail schema`: the model as JSON Schema, for editors that complete and check while one types."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from handrail.cli.terminal import UsageError, say
from handrail.scaffold.vscode import schemas
from handrail.whole_file import put

EXAMPLES = """examples:
  handrail schema .schemas

One file per kind of file. In VS Code with the YAML extension, point `yaml.schemas` at them; index.json lists the paths. `handrail init` has laid them down\nin .vscode already; run `handrail schema .vscode/schemas` when the version of Handrail changes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to write them")


def run(args: argparse.Namespace) -> int:
    """Write one schema per kind of file, and a list of which belongs to which path."""
    folder: Path = args.folder
    index: dict[str, str] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, schema, glob in schemas():
            _write(folder / name, schema)
            index[name] = glob
        _write(folder / "index.json", index)
        place = folder.as_posix() if folder.is_absolute() else f"./{folder.as_posix()}"
        _write(
            folder / "vscode-settings.json", {"yaml.schemas": {f"{place}/{name}": glob for name, glob in index.items()}}
        )
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from None
    say(
        f"{len(index)} schemas are in {folder}; index.json says which belongs to which path, "
        "vscode-settings.json is to be pasted into the settings of VS Code."
    )
    return 0


def _write(path: Path, value: object) -> None:
    put(path, json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")
