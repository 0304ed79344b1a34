"""`handrail export`: figures for other programs, as JSON or CSV, and schedules for Microsoft Project."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from handrail.cli.pack import add_arguments as pack_arguments
from handrail.cli.pack import export_pack, refuse_elsewhere
from handrail.cli.progress import judged
from handrail.cli.terminal import (
    UsageError,
    add_root,
    day,
    no_project,
    root_of,
    say,
    today,
    too_early,
    unknown,
    write_output,
)
from handrail.compute.audience import Seen, seen
from handrail.compute.evidence import Evidence
from handrail.compute.getting_better import Improvement
from handrail.exchange.repositories import others_of
from handrail.export import EXPORTS, Given, files
from handrail.keeping.facts import Fix
from handrail.model.repository import Tree
from handrail.result import Result

EXAMPLES = """examples:
  handrail export json                               the portfolio
  handrail export csv risks --output risks.csv       every open and closed risk of all projects
  handrail export json visitor-desk                  everything about one project
  handrail export csv --all figures                  every table, into a folder
  handrail export xlsx visitor-desk --out desk.xlsx  its registers and money, to be edited in Excel
  handrail export xlsx --portfolio                   the same for every project, in one workbook
  handrail export xlsx --all workbooks               one workbook for each project, into a folder
  handrail export msproject visitor-desk --output plan.xml    one schedule, for Microsoft Project
  handrail export json --as-of 2026-06-30            the portfolio as it stood when that day ended
  handrail export pack --board lyon-sites            its steering pack as PDF
  handrail export pack --board lyon-sites --as-of 2026-06-30 --format pptx --out june.pptx

Restricted projects are counted, never named. Amounts are exact; days are written year-month-day."""


_PROJECT, _BOOK, _PACK = "msproject", "xlsx", "pack"
_SHOWN = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "format", choices=[*(one.name for one in EXPORTS), _PROJECT, _BOOK, _PACK], metavar="FORMAT",
        help="csv or json: a table or a project; xlsx: a workbook to be edited; msproject: a schedule; pack: a board's steering pack",
    )  # fmt: skip
    parser.add_argument(
        "what",
        nargs="?",
        default="portfolio",
        metavar="WHAT",
        help="which table, or which project (default: portfolio, one line for each project)",
    )
    parser.add_argument(
        "--output",
        "--out",
        type=Path,
        metavar="FILE",
        help="write to this file instead of the terminal; a workbook or pack has a name of its own otherwise",
    )
    parser.add_argument(
        "--all",
        type=Path,
        metavar="DIR",
        help="everything into a folder: each table, or with xlsx the workbook of each project",
    )
    parser.add_argument(
        "--as-of", type=day, metavar="DATE",
        help="as it stood when this day ended, from Git's history; what is not committed yet counts from the newest commit on",
    )  # fmt: skip
    add_root(parser)
    book = parser.add_argument_group("for a workbook (xlsx)")
    book.add_argument("--portfolio", action="store_true", help="every project in one workbook")
    pack_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Write one table, or all of them."""
    if args.format == _PACK:
        return export_pack(args)
    refuse_elsewhere(args)
    if args.format == _PROJECT:
        return _schedule(args)
    if args.format == _BOOK:
        from handrail.cli.workbook import export_book

        return export_book(args)
    root = root_of(args.root)
    result = judged(root, args.as_of, _past(root, args.as_of))
    suffix = next(one.suffix for one in EXPORTS if one.name == args.format)
    found = {
        path: data
        for path, data in files(_source(result, args), evidence=_evidence(result, args), workbooks=False)
        if path.endswith(suffix)
    }
    if args.all is not None:
        for path, data in found.items():
            write_output(data.decode(), args.all / path)
        say(f"{len(found)} files are in {args.all}.")
        return 0
    names = (f"{args.what}{suffix}", f"projects/{args.what}{suffix}")
    name = next((one for one in names if one in found), None)
    if name is None:
        raise _nothing(args, result, [path.removesuffix(suffix) for path in found])
    write_output(found[name].decode(), args.output)
    return 0


def _nothing(args: argparse.Namespace, result: Result, known: list[str]) -> UsageError:
    """No table has the name, and no project that goes out in this format."""
    project = args.what.removeprefix("projects/")
    if any(one.id == project for one in result.portfolio.broken):
        return no_project(project, (), (project,))
    if result.portfolio.project(project) is not None and args.format != "json":
        return UsageError(
            f"one project goes out as JSON: `handrail export json {project}`; its lines are also in the tables."
        )
    ones = ", ".join(sorted(one for one in known if "/" not in one))
    also = [one.removeprefix("projects/") for one in known]
    return unknown(f"{args.format} table", args.what, also, f"There are: {ones}; and as JSON each project by its id.")


def _schedule(args: argparse.Namespace) -> int:
    """Write one project's schedule, and say what the file cannot hold."""
    from handrail.compute.portfolio import compute
    from handrail.compute.schedules import timed
    from handrail.exchange.msproject.export import export_plan
    from handrail.load import FolderTree, load

    root = root_of(args.root)
    repository = load(_past(root, args.as_of) or FolderTree(root)).repository
    portfolio = compute(
        repository, args.as_of or repository.organisation.as_of or today(repository.organisation.timezone)
    )
    project = portfolio.project(args.what.removeprefix("projects/"))
    if project is None or args.all is not None:
        known = ", ".join(sorted(one.id for one in repository.plans)[:_SHOWN])
        raise UsageError(f"name one project whose plan can be read, such as {known}.")
    dates = {name: (one.start, one.finish) for name, one in timed(project, repository).items()}
    written = export_plan(project.plan, repository, dates)
    write_output(written.data.decode(), args.output)
    for note in written.notes:
        say(f"{project.id}: {note}", error=True)
    return 0


def _past(root: Path, as_of: date | None) -> Tree | None:
    """The files as they stood on a day; None where that is how they stand now, or where there is no history at all."""
    if as_of is None:
        return None
    from handrail.git import Git, GitFault, Mainline, NoRepository, RevisionTree
    from handrail.history import zone_of
    from handrail.load import FolderTree
    from handrail.load.law import read_law
    from handrail.load.reading import Reading

    try:
        git = Git(root)
        line = Mainline(git)
    except NoRepository:
        return None
    except GitFault as fault:
        raise UsageError(str(fault)) from None
    zone = zone_of(read_law(Reading(tree=FolderTree(root), currency="EUR")).organisation.timezone)
    commit = line.at(as_of, zone)
    if commit is None:
        raise too_early(as_of, line.began(zone))
    return None if commit == line.commits[-1] else RevisionTree(git, commit)


def _source(result: Result, args: argparse.Namespace) -> Given:
    return Given(
        portfolio=result.portfolio,
        seen=_shown(result),
        rules=result.judgement.rules,
        settings=result.judgement.settings,
        better=_better(result, args),
        others=others_of(result.portfolio),
        fixed=_fixed(result, args),
    )


def _evidence(result: Result, args: argparse.Namespace) -> Mapping[str, Evidence]:
    """What the history knows of the approvals of the project that is asked for; tables do not tell it."""
    from handrail.witness import remembered

    project = result.portfolio.project(args.what.removeprefix("projects/"))
    if project is None and args.all is None:
        return {}
    plans = [project.plan] if project is not None else [one.plan for one in result.portfolio.projects]
    return remembered(result.root, "HEAD", [one.loc.file for plan in plans for one in plan.approvals])


def _better(result: Result, args: argparse.Namespace) -> Improvement | None:
    """The loop's figures, for whoever asks for them: they look back over a year of history."""
    if args.all is None and args.what not in {"improvement", "recurrence", "lesson_uses"}:
        return None
    from handrail.history.improving import improvement_of

    return improvement_of(result.root, result.portfolio, _shown(result))


def _fixed(result: Result, args: argparse.Namespace) -> Mapping[tuple[str, str], Fix]:
    """The commits that mended remarks, for whoever asks for compliance: they are looked for in a year of history."""
    if args.all is None and args.what != "compliance":
        return {}
    from handrail.keeping import keeping_of

    return keeping_of(result.root, result.judgement, result.remarks).fixed


def _shown(result: Result) -> Seen:
    return seen(result.portfolio, result.remarks, result.portfolio.repository.organisation.audience)
