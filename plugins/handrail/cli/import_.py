"""`handrail import`: a list from elsewhere becomes plans, and every cell is accounted for."""

from __future__ import annotations

import argparse
from pathlib import Path

from handrail.cli.terminal import UsageError, add_as_of, root_of, say
from handrail.exchange import FOLDER, FORMS, IMPORTS, CsvMapping, NotWritten, read_mapping, render, write
from handrail.load import FolderTree
from handrail.scaffold.repository import starter_root
from handrail.source import spans

EXAMPLES = """examples:
  handrail import csv list.csv --mapping my-mapping.yaml --into .
  handrail import csv uk_2023.csv --mapping uk-major-projects --into plans

A mapping is a file, or the name of one in standards/templates/mappings/. Running it again brings the plans up to date and
keeps what was edited by hand. The report names every cell that was dropped, changed or could not be read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("format", choices=[name for name, _, _ in IMPORTS], help="what the list is")
    parser.add_argument("file", type=Path, metavar="FILE", help="the list")
    parser.add_argument(
        "--mapping", required=True, metavar="MAPPING", help="which column means what: a file or a shipped name"
    )
    parser.add_argument("--into", type=Path, required=True, metavar="DIR", help="the repository that gets the plans")
    parser.add_argument("--report", choices=[name for name, _ in FORMS], default="text", help="how to write the report")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there instead of the terminal")
    parser.add_argument("--dry-run", action="store_true", help="report only; write no plan")
    add_as_of(parser)


def run(args: argparse.Namespace) -> int:
    """Import, write what changed, report."""
    root = root_of(args.into)
    tree = FolderTree(root)
    mapping = _mapping(args.mapping, root)
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise UsageError(f"{args.file} cannot be read: {error.strerror}.") from None
    function = next(function for name, function, _ in IMPORTS if name == args.format)
    done = function(data, mapping, tree, name=args.file.name, as_of=args.as_of)
    if done.remarks:
        for one in done.remarks:
            say(f"{one.loc.file}: {one.message} {one.fix}".rstrip(), error=True)
        raise UsageError("nothing was imported.")
    try:
        changed = () if args.dry_run else write(root, done.files)
        text = render(done.report, args.report)
        if args.output is not None:
            args.output.write_text(text, encoding="utf-8", newline="\n")
    except NotWritten as error:
        raise UsageError(f"{error}.") from None
    except OSError as error:
        raise UsageError(f"a file cannot be written: {error.strerror}.") from None
    if args.output is None:
        say(text.rstrip("\n"))
    say(
        f"{len(changed)} files changed below {root / 'projects'}."
        if not args.dry_run
        else "Nothing was written (--dry-run)."
    )
    return 0


def _mapping(name: str, root: Path) -> CsvMapping:
    candidates = (Path(name), root / FOLDER / f"{name}.yaml", starter_root() / FOLDER / f"{name}.yaml")
    path = next((one for one in candidates if one.is_file()), None)
    if path is None:
        shipped = sorted(one.stem for one in (starter_root() / FOLDER).glob("*.yaml"))
        raise UsageError(f"there is no mapping {name}; name a file, or one of {', '.join(shipped)}.")
    data = path.read_bytes()
    read = read_mapping(path.name, data)
    if read.mapping is None:
        places = spans([one.loc for one in read.remarks], lambda _: data)
        for one in read.remarks:
            say(f"{places[one.loc]}: {one.message} {one.fix}".rstrip(), error=True)
        raise UsageError(f"the mapping {path.name} cannot be used.")
    return read.mapping
