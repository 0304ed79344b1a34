"""`handrail set`: change one value of a plan and leave every other byte as it is."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from difflib import unified_diff
from typing import TYPE_CHECKING

from handrail.cli.terminal import UsageError, add_root, no_project, root_of, say, today
from handrail.whole_file import put

if TYPE_CHECKING:
    from handrail.load import Loaded
    from handrail.scaffold.one_value import Edited

EXAMPLES = """examples:
  handrail set visitor-desk M3.forecast 2027-02-15 --why "The joiner's workshop burnt down"
  handrail set visitor-desk budget.forecast 50400
  handrail set visitor-desk budget.spent.2026-12 8100
  handrail set visitor-desk R-002.status closed --dry-run
  handrail set visitor-desk team.l.petit 30%
  handrail set visitor-desk M3.forecast --remove

NAME is a field of the plan (`phase`, `budget.forecast`), or a field of a thing by its id (`M3.forecast`, `R-002.owner`,
`CR-003.reason`, `2026-11-30.status` for a report). Comments, order and every other line stay as they are. A value that does
not fit is refused with the reason, and nothing is written."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("project", metavar="PROJECT", help="the project's id")
    parser.add_argument("name", metavar="NAME", help="which value, such as M3.forecast")
    parser.add_argument("value", nargs="*", metavar="VALUE", help="the new value; several for a list")
    parser.add_argument(
        "--why", metavar="TEXT", help="the reason, written beside the value where the plan has room for it"
    )
    parser.add_argument("--remove", action="store_true", help="take the value out instead")
    parser.add_argument("--dry-run", action="store_true", help="only show the lines that would change")
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Edit, show what that means, write."""
    from handrail.load import FolderTree, load
    from handrail.scaffold.one_value import set_in
    from handrail.scaffold.project import NotPossible

    if args.value and args.remove:
        raise UsageError("a new value and --remove exclude each other: use one of them.")
    if not args.value and not args.remove:
        name, _, value = args.name.partition("=")
        value = shlex.quote(value) if value else "VALUE"
        raise UsageError(f"say the new value: `handrail set {args.project} {name} {value}`. --remove takes it out.")
    root = root_of(args.root)
    loaded = load(FolderTree(root))
    plan = next((one for one in loaded.repository.plans if one.id == args.project), None)
    if plan is None:
        raise no_project(
            args.project, [one.id for one in loaded.repository.plans], [one.id for one in loaded.repository.broken]
        )
    try:
        edited = set_in(loaded, plan, args.name, None if args.remove else args.value, why=args.why)
    except NotPossible as error:
        raise UsageError(str(error)) from None
    if edited.before == edited.after:
        say("Nothing changes: it says so already.")
        return 0
    for line in _told(loaded, edited):
        say(line)
    if args.dry_run:
        say("Nothing was written.")
        return 0
    path = root / edited.file
    try:
        put(path, edited.after)
    except OSError as error:
        raise UsageError(f"{edited.file} cannot be written: {error.strerror}.") from None
    say(f"Written to {edited.file}.")
    return 0


def _told(loaded: Loaded, edited: Edited) -> Iterator[str]:
    """What the edit means, in sentences, and the lines that it touches."""
    from handrail.change import compare, told
    from handrail.compute.portfolio import compute
    from handrail.load import load
    from handrail.scaffold.records.make import Overlay

    after = load(Overlay(loaded.repository.tree, {edited.file: edited.after.encode()}))
    day = loaded.repository.organisation.as_of or today(loaded.repository.organisation.timezone)
    for one in told(compare(compute(loaded.repository, day), compute(after.repository, day))):
        yield one.sentence
    lines = unified_diff(edited.before.splitlines(), edited.after.splitlines(), n=0, lineterm="")
    yield from (f"  {line}" for line in lines if line[:1] in "+-" and not line.startswith(("+++", "---")))
