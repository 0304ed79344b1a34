"""`handrail check`: judge everything, or with `--base` a change, and show what was asked for."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.cli.progress import Progress
from handrail.cli.terminal import UsageError, add_as_of, add_output, add_root, colours, root_of, today, write_output
from handrail.clock import zone_at
from handrail.compute.evidence import Review
from handrail.load import Known
from handrail.model.words import PHASES
from handrail.report import FORMATS, render, report_of
from handrail.result import Result
from handrail.run import run as run_all

if TYPE_CHECKING:
    from handrail.history.looking_back import LookingBack

EXAMPLES = """examples:
  handrail check                              everything
  handrail check projects/visitor-desk        everything is judged, one project is shown
  handrail check --look-back                  earlier days too: projects that drift before their colour turns
  handrail check --as-of-phase execution projects/visitor-desk
                                              what will be asked in the next phase
  handrail check --format json --output remarks.json
  handrail check --base origin/main --format github --write markdown=summary.md --write sarif=remarks.sarif
                                              judge once, write for several readers
  handrail check --base origin/main           what your work changes, committed or not, by the law of the target
  handrail check --base origin/main --head my-branch
                                              a pull request as it would be merged; nothing is checked out
  handrail check --base origin/main --all     also what was there before

exit status: 0 nothing blocks, 1 something must be mended before merging, 2 wrong use, 3 a fault of Handrail"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="show only remarks about these files or folders"
    )
    parser.add_argument("--format", choices=FORMATS, help="how to write it (default: text, on GitHub Actions github)")
    add_output(parser)
    parser.add_argument(
        "--write", type=_also, action="append", default=[], metavar="FORMAT=FILE",
        help="besides, write the same verdict in another format to a file; again for each",
    )  # fmt: skip
    parser.add_argument(
        "--as-of-phase", choices=PHASES, metavar="PHASE", help="judge as if the plans were in this phase"
    )
    parser.add_argument(
        "--base", metavar="REV", help="judge only what is changed against this branch, tag or commit"
    )  # fmt: skip
    parser.add_argument(
        "--head", metavar="REV", help="what to merge into the base (default: the files as they are now)"
    )
    parser.add_argument("--all", action="store_true", help="with --base: show also what was there before the change")
    parser.add_argument(
        "--reviews", type=Path, metavar="FILE", help="with --base: the pull request's reviews as the host exports them"
    )
    parser.add_argument(
        "--look-back", action="store_true", help="read earlier days from Git too, for early warnings (the nightly run)"
    )
    parser.add_argument("--no-cache", action="store_true", help="look at everything, also at what was sound before")
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Judge, write, and say by the exit status whether anything blocks."""
    paths: list[Path] = args.paths
    for path in paths:
        if not path.exists():
            raise _nowhere(path)
    root = root_of(args.root, paths[0] if paths else None).absolute()
    only = tuple(_inside(path, root) for path in paths)
    known = Known() if args.no_cache else Known.of(root)
    result = _change(args, root, known) if args.base is not None else _everything(args, root, known)
    known.save()
    chosen = args.format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" and not args.output else "text")
    colour = chosen == "text" and args.output is None and colours()
    report = report_of(result, only=only, colour=colour, everything=args.all)
    for name, file in args.write:  # first, so that a closed terminal leaves them whole
        write_output(render(replace(report, colour=False), name), file)
    write_output(render(report, chosen), args.output)
    return 1 if report.blocks else 0


def _nowhere(path: Path) -> UsageError:
    """A path that leads nowhere: the neighbour that was probably meant, or the project, if only its id was given."""
    from handrail.slips import near

    folder = path.parent
    names = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    guess = near(path.name, names)
    project = Path("projects", path)
    if not guess and len(path.parts) == 1 and not project.exists() and project.parent.is_dir():
        project = project.with_name(near(path.name, sorted(one.name for one in project.parent.iterdir())) or path.name)
    if guess:
        hint = f"Did you mean `{(folder / guess).as_posix()}`?"
    elif len(path.parts) == 1 and project.exists():
        hint = f"Did you mean `{project.as_posix()}`?"
    else:
        hint = "Name files or folders as they stand here, or leave them out to see everything."
    return UsageError(f"there is no file and no folder `{path.as_posix()}`. {hint}")


def _also(text: str) -> tuple[str, Path]:
    """One more format and its file, as `--write` names them."""
    name, mark, file = text.partition("=")
    if name not in FORMATS or not mark or not file:
        raise argparse.ArgumentTypeError(f"`{text}` is not FORMAT=FILE with one of {', '.join(FORMATS)}")
    return name, Path(file)


def _everything(args: argparse.Namespace, root: Path, known: Known) -> Result:
    if args.reviews:
        raise UsageError("`--reviews` belongs to a change, so it needs `--base`.")
    if args.head is not None:
        raise UsageError("`--head` says what to merge, so it needs `--base`: what to merge it into.")
    look_back = _look_back(root, cache=not args.no_cache) if args.look_back else None
    with Progress("Reading plans") as progress:
        result = run_all(
            root, today=today(zone_at(root)), as_of=args.as_of, phase=args.as_of_phase, tick=progress.tick, known=known, look_back=look_back
        )  # fmt: skip
    if look_back is not None and look_back.why:
        sys.stderr.write(f"Earlier days were not looked at: {look_back.why}\n")
    return result


def _look_back(root: Path, *, cache: bool) -> LookingBack:
    from handrail.history.looking_back import LookingBack
    from handrail.load import FolderTree
    from handrail.load.law import read_law
    from handrail.load.reading import Reading

    zone = read_law(Reading(tree=FolderTree(root), currency="EUR")).organisation.timezone
    return LookingBack(root, zone, cache=cache)


def _change(args: argparse.Namespace, root: Path, known: Known) -> Result:
    if args.look_back:
        raise UsageError("`--look-back` is for a run over everything; a change is judged by what it changes.")
    if args.as_of_phase:
        raise UsageError("`--as-of-phase` looks ahead and `--base` looks at a change: use one of them.")
    reviews = _reviews(args.reviews) if args.reviews else ()
    from handrail.gate import judge_change
    from handrail.git import GitFault

    try:
        with Progress("Reading plans") as progress:
            return judge_change(
                root, args.base, args.head, today=today(zone_at(root)), as_of=args.as_of, tick=progress.tick, known=known, reviews=reviews
            )  # fmt: skip
    except GitFault as fault:
        raise UsageError(str(fault)) from None


def _reviews(file: Path) -> tuple[Review, ...]:
    from handrail.exchange.reviews import ReviewsFault, read_reviews

    try:
        return read_reviews(file.read_bytes()).reviews
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from None
    except ReviewsFault as fault:
        raise UsageError(str(fault)) from None


def _inside(path: Path, root: Path) -> str:
    try:
        # links are not followed: a path is what it says
        return Path(os.path.normpath(path.absolute())).relative_to(os.path.normpath(root)).as_posix()
    except ValueError:
        raise UsageError(f"{path} does not belong to the repository {root}.") from None
