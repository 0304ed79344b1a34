"""`handrail init`: a governed repository from nothing."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from zoneinfo import available_timezones

from handrail.cli.terminal import UsageError, say, today
from handrail.scaffold.repository import AlreadyThere, Wishes, lay_down, starter

EXAMPLES = """examples:
  handrail init plans --organisation "Northern Water"
  handrail init trial --sample        with a fictional organisation and its projects, to look around
  handrail init plans --observe       nothing blocks at first; the days on which it begins stand in the policy"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to start it; must be empty or not there")
    parser.add_argument("--organisation", default="Our organisation", metavar="NAME", help="its name")
    parser.add_argument("--currency", default="EUR", metavar="CODE", help="the currency of comparisons (default: EUR)")
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="such as Europe/Paris (default: UTC)")
    parser.add_argument(
        "--sample", action="store_true", help="lay down the fictional organisation and its projects too"
    )
    parser.add_argument("--observe", action="store_true", help="let every rule only watch at first")
    parser.add_argument("--no-git", action="store_true", help="do not make it a Git repository")


def run(args: argparse.Namespace) -> int:
    """Lay the starter down."""
    folder: Path = args.folder
    if not re.fullmatch(r"[A-Z]{3}", args.currency):
        raise UsageError(f"{args.currency} is no currency; write its three letters, such as EUR.")
    if not args.organisation.strip():
        raise UsageError("an organisation has a name; write it after --organisation.")
    if args.timezone not in available_timezones():
        raise UsageError(f"{args.timezone} is no time zone; write it as Europe/Paris.")
    wishes = Wishes(
        organisation=args.organisation, currency=args.currency, timezone=args.timezone, today=today(), sample=args.sample,
        observe=args.observe,
    )  # fmt: skip
    files = starter(wishes)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lay_down(folder, files)
    except AlreadyThere:
        raise UsageError(f"{folder} is not empty; name a folder that is not there yet.") from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from None
    if not args.no_git:
        _make_git(folder)
    say(f"{len(files)} files are in {folder}. Next:\n")
    say(f"  cd {folder}")
    if args.sample:
        say(
            "  handrail check              what there is to remark\n  handrail serve              the site, on this machine"
        )
    else:
        say(
            "  # say who you are: standards/handrail.yaml, standards/people/people.yaml, standards/strategy/objectives.yaml"
        )
        say('  handrail new project my-project --tier small --name "My project"\n  handrail check')
    return 0


def _make_git(folder: Path) -> None:
    """A repository of its own, unless the folder lies in one already."""
    import git

    try:
        git.Repo(folder, search_parent_directories=True).close()
    except git.InvalidGitRepositoryError:
        git.Repo.init(folder, initial_branch="main").close()
