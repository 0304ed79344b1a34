"""`handrail baseline`: freeze what was approved, so that what was promised stays visible."""

from __future__ import annotations

import argparse
from pathlib import Path

from handrail.cli.terminal import UsageError, add_root, day, no_project, root_of, say, today
from handrail.compute.baseline import Difference
from handrail.load import FolderTree, load
from handrail.model.repository import Repository
from handrail.scaffold.baseline import NewBaseline, NotBaselined, new_baseline
from handrail.whole_file import put

EXAMPLES = """examples:
  handrail baseline visitor-desk                    the first one, once the plan is ready
  handrail baseline visitor-desk --change CR-003    after an approved change

The file holds every approved value and is never changed again. It counts once an approval names it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("project", help="the project's id")
    parser.add_argument("--change", metavar="CR", help="the change request that the new baseline follows from")
    parser.add_argument("--on", type=day, metavar="DATE", help="the day it is taken (default: today)")
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Write one file that was not there before."""
    root = root_of(args.root)
    loaded = load(FolderTree(root))
    made = _made(args, loaded.repository)
    path: Path = root / made.path
    try:
        put(path, made.text, new=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
    say(f"{made.path} holds the plan as it stands.")
    for one in made.changes:
        say(f"  {_told(one)}")
    say("It counts once it is approved; whoever decides puts that on record:")
    say(f"  handrail approve baseline {made.id} --project {args.project} --by <handle>")
    return 0


def _made(args: argparse.Namespace, repository: Repository) -> NewBaseline:
    plan = next((one for one in repository.plans if one.id == args.project), None)
    if plan is None:
        raise no_project(args.project, [one.id for one in repository.plans], [one.id for one in repository.broken])
    if plan.broken:
        raise UsageError(f"the plan cannot be read in full; `handrail check projects/{args.project}` says why.")
    try:
        return new_baseline(
            plan, args.on or repository.organisation.as_of or today(repository.organisation.timezone), args.change
        )
    except NotBaselined as error:
        raise UsageError(str(error)) from None


def _told(one: Difference) -> str:
    before = "nothing" if one.before is None else one.before
    return f"{one.item} {one.field}: {before} -> {'nothing' if one.after is None else one.after}"
