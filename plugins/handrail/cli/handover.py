"""`handrail handover`: somebody leaves, and everything that is still open goes to somebody else, in one change."""

from __future__ import annotations

import argparse

from handrail.cli.terminal import UsageError, add_root, day, root_of, say, today
from handrail.load import FolderTree, load
from handrail.scaffold.project import NotPossible
from handrail.whole_file import put

EXAMPLES = """examples:
  handrail handover j.okafor --to t.abebe --on 2027-01-31 --dry-run   shows what would change
  handrail handover j.okafor --to t.abebe                             changes it, plans and standards"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("leaver", metavar="HANDLE", help="who leaves")
    parser.add_argument("--to", required=True, metavar="HANDLE", help="who takes over what is open")
    parser.add_argument("--on", type=day, metavar="DATE", help="the day of the handover (default: today)")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Change every file, or show what would change."""
    from handrail.scaffold.handover import hand_over

    root = root_of(args.root)
    loaded = load(FolderTree(root))
    try:
        made = hand_over(
            loaded,
            args.leaver,
            args.to,
            args.on or loaded.repository.organisation.as_of or today(loaded.repository.organisation.timezone),
        )
    except NotPossible as error:
        raise UsageError(str(error)) from None
    verb = "would change" if args.dry_run else "changed"
    if not args.dry_run:
        for path, text in made.files.items():
            try:
                put(root / path, text)
            except OSError as error:
                raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
    say(f"{len(made.files)} files {verb}; what is over keeps the name of {args.leaver}.")
    for line in made.told:
        say(f"  {line}")
    if made.left:
        say("\nStill to be done by hand:")
        for line in made.left:
            say(f"  {line}")
    if len({path.startswith("projects/") for path in made.files}) > 1:
        say(
            "\nHand it in as two pull requests, plans first and then standards/: the gate keeps plans and standards apart."
        )
    say("\nRoles of projects need the word of the outgoing sponsor or the board; `handrail check --base` says which.")
    return 0
