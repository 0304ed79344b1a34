"""`handrail import`: a list or plan from elsewhere becomes plans, and everything in it is accounted for."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from handrail.cli.new import add_answers, answers_of, tier_of
from handrail.cli.terminal import UsageError, add_as_of, root_of, say, today
from handrail.exchange.imports import (
    COLUMNS,
    FOLDER,
    FORMS,
    IMPORTS,
    CsvMapping,
    ImportResult,
    NotWritten,
    import_list,
    read_mapping,
    render,
    write,
)
from handrail.load import FolderTree
from handrail.scaffold.repository import starter_root
from handrail.source import spans
from handrail.whole_file import put

EXAMPLES = """examples:
  handrail import list list.csv --mapping my-mapping.yaml --into .
  handrail import list projects.xlsx --mapping my-mapping.yaml --sheet Portfolio --dry-run
  handrail import xlsx visitor-desk.xlsx --branch excel/november
  handrail import actuals november.csv --into . --columns cost_code=Kostenstelle,amount=Betrag,source=Beleg --decimal ,
  handrail import msproject plan.xml --into . --project visitor-desk
  handrail import msproject plan.mpp --into . --project new-depot --tier medium --sponsor c.moreau --manager j.okafor

list       CSV or Excel, by a mapping: a file, or the name of one in standards/templates/mappings/
actuals    postings go to the budget lines that carry their cost codes, each document once; what stands there stays
msproject  Microsoft Project's XML (.mpp and Primavera with the extra handrail[mpxj] and Java) becomes a project's schedule;
           the project is started if it is not there
xlsx       a workbook of `handrail export xlsx` is compared with the commit it was made from and with the plans as they are;
           what was changed in it goes to a new branch, line by line. Your folder and other branches stay as they are

Running an import again brings the plans up to date and keeps what was edited by hand. The report names everything that was
dropped, changed or could not be read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "format", choices=[*(name for name, _, _ in IMPORTS), "xlsx"], metavar="FORMAT",
        help="list (or csv): a list of projects or records; actuals: postings of finance; msproject: a schedule; xlsx: an edited workbook",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="FILE", help="the list, plan or workbook")
    parser.add_argument(
        "--into",
        type=Path,
        metavar="DIR",
        help="the repository that gets it (default: here or the nearest folder above)",
    )
    parser.add_argument("--dry-run", action="store_true", help="report only; write no plan")
    parser.add_argument(
        "--report", choices=[name for name, _ in FORMS], default="text", help="how to write the report (default: text)"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there instead of the terminal")
    add_as_of(parser)
    _of_a_list(parser.add_argument_group("for a list (list)"))
    actuals = parser.add_argument_group("for postings (actuals)")
    actuals.add_argument(
        "--columns", type=_columns, default={}, metavar="OURS=THEIRS,...", help=f"what the list calls its columns: {', '.join(COLUMNS)}"
    )  # fmt: skip
    actuals.add_argument("--decimal", choices=(".", ","), default=".", help="the mark before cents (default: .)")
    book = parser.add_argument_group("for a workbook (xlsx)")
    book.add_argument("--branch", metavar="NAME", help="the new branch (default: excel/ and what the workbook is of)")
    book.add_argument("--onto", default="HEAD", metavar="REV", help="where the branch begins (default: HEAD)")
    book.add_argument(
        "--deleted", choices=("keep", "close"), default="keep",
        help="lines of registers that were deleted stay and are named, or are closed (default: keep)",
    )  # fmt: skip
    add_answers(parser.add_argument_group("for a new project from a schedule (msproject)"))


def _of_a_list(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--mapping", metavar="MAPPING", help="which column means what: a file or a shipped name")
    group.add_argument(
        "--sheet", metavar="NAME", help="which sheet of a workbook (default: the one with the key's column)"
    )
    group.add_argument(
        "--project", metavar="ID", help="whose register the rows are; with msproject: the project that gets the schedule, there or new"
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Import, write what changed, report."""
    if args.format == "xlsx":
        from handrail.cli.workbook import import_book

        return import_book(args)
    root = root_of(args.into)
    tree = FolderTree(root)
    files, text = _FORMS[args.format](args, tree)
    try:
        changed = () if args.dry_run else write(root, files)
        if args.output is not None:
            put(args.output, text)
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


def _columns(text: str) -> dict[str, str]:
    """Our names of columns with those of the list."""
    pairs = [part.partition("=") for part in text.split(",")]
    wrong = [ours.strip() for ours, _, theirs in pairs if ours.strip() not in COLUMNS or not theirs.strip()]
    if wrong:
        raise argparse.ArgumentTypeError(
            f"`{wrong[0]}` is no column of ours with a name of yours; write such as amount=Betrag. Ours are: {', '.join(COLUMNS)}"
        )
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def _actuals(args: argparse.Namespace, tree: FolderTree) -> tuple[Mapping[str, bytes], str]:
    """The files and the report of what finance has posted."""
    from handrail.exchange.actuals import Style, import_actuals, report_of
    from handrail.exchange.cells import NumberStyle
    from handrail.load import load

    thousands = "." if args.decimal == "," else ","
    style = Style(columns=args.columns, numbers=NumberStyle(decimal=args.decimal, thousands=thousands))
    done = import_actuals(_bytes(args.file), load(tree).repository, style)
    if done.lacking or not done.table.columns:
        there = ", ".join(done.table.columns) or "none: the file is empty"
        raise UsageError(
            f"the list has no column {', '.join(done.lacking) or 'at all'}. It has: {there}. Say which is which with --columns, "
            "such as `--columns cost_code=Kostenstelle,amount=Betrag,source=Beleg`. Nothing was imported."
        )
    return done.files, report_of(done, args.file.name)


def _list(args: argparse.Namespace, tree: FolderTree) -> tuple[Mapping[str, bytes], str]:
    """The files and the report of a list of projects."""
    root = root_of(args.into)
    if args.mapping is None:
        raise UsageError("say which column means what with --mapping.")
    mapping = _mapping(args.mapping, root)
    if mapping.register is not None:
        done = _register(args, tree, mapping)
    else:
        done = import_list(_bytes(args.file), mapping, tree, name=args.file.name, as_of=args.as_of, sheet=args.sheet)
    if done.remarks:
        for one in done.remarks:
            say(f"{one.loc.file}: {one.message} {one.fix}".rstrip(), error=True)
        raise UsageError("nothing was imported.")
    return done.files, render(done.report, args.report)


def _register(args: argparse.Namespace, tree: FolderTree, mapping: CsvMapping) -> ImportResult:
    """A list whose rows are lines of a register."""
    from handrail.exchange.register_list import Given, import_register
    from handrail.load import load

    given = Given(name=args.file.name, project=args.project, as_of=args.as_of, sheet=args.sheet)
    return import_register(_bytes(args.file), mapping, load(tree).repository, given)


def _plan(args: argparse.Namespace, tree: FolderTree) -> tuple[Mapping[str, bytes], str]:
    """The files and the report of one plan."""
    from handrail.exchange.msproject import report
    from handrail.exchange.msproject.convert import converted, foreign
    from handrail.exchange.msproject.importer import Beside, Origin, import_plan
    from handrail.exchange.msproject.tree import MAX_BYTES, NotReadable

    if args.project is None:
        raise UsageError("say which project gets the schedule with --project.")
    try:
        if args.file.is_file() and args.file.stat().st_size > MAX_BYTES:
            raise UsageError(f"{args.file} has more than {MAX_BYTES:,} bytes, which is too much for a plan.")
        data, through = _bytes(args.file), "directly"
        suffix = foreign(data)
        if suffix is not None:
            data, through = converted(data, suffix), f"through MPXJ from {suffix}"
        origin = Origin(name=args.file.name, today=today(), as_of=args.as_of, through=through)
        started: dict[str, bytes] = {}
        if not any(path.startswith(f"projects/{args.project}/") for path in tree.paths()):
            started = _started(args, tree, data)
        done = import_plan(data, Beside(tree=tree, files=started), args.project, origin)
    except NotReadable as error:
        place = f"{args.file.name}:{error.line}" if error.line else args.file.name
        raise UsageError(f"{place}: {error.message} {error.fix} Nothing was imported.") from None
    return {**started, **done.files}, report.render(done.report, args.report)


def _started(args: argparse.Namespace, tree: FolderTree, data: bytes) -> dict[str, bytes]:
    """The files of a new project, as `handrail new project` would write them."""
    from datetime import date

    from handrail.exchange.msproject.read import read
    from handrail.load import load
    from handrail.scaffold.project import NotPossible, new_project

    found = read(data)
    repository = load(tree).repository
    begin = str(found.scheduling.get("start", ""))[:10]
    start = (
        args.start
        or (date.fromisoformat(begin) if begin else None)
        or repository.organisation.as_of
        or today(repository.organisation.timezone)
    )
    args.id, args.name = args.project, args.name or found.title or None
    try:
        made = new_project(repository, tier_of(args), answers_of(args, repository, start))
    except NotPossible as error:
        raise UsageError(str(error)) from None
    return {path: text.encode() for path, text in made.files.items()}


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from None


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


_FORMS = {"list": _list, "csv": _list, "actuals": _actuals, "msproject": _plan}
