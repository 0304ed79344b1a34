"""`handrail changes`: what changed since a day or a revision, in sentences, the worst first."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from handrail import english
from handrail.cli.progress import Progress
from handrail.cli.terminal import (
    UsageError,
    add_as_of,
    add_format,
    add_output,
    add_root,
    colours,
    no_project,
    root_of,
    today,
    write_output,
)
from handrail.compute.written import as_day

if TYPE_CHECKING:
    from handrail.change import Told
    from handrail.compute.facts import Portfolio
    from handrail.git import Git

_LIKE_A_DAY = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{4}")
FORMATS = ("text", "markdown", "json")
EXAMPLES = """examples:
  handrail changes --since 2026-11-30             what changed since that day began, committed or not
  handrail changes --since 2026-11-30 visitor-desk
                                                  one project
  handrail changes --since v3                     since a tag, a branch or a commit
  handrail changes --since HEAD                   what is not committed yet
  handrail changes --since 2026-11-30 --format markdown --output week.md

Formatting, comments, order and the file in which something stands are no change."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("project", nargs="?", help="one project's id (default: all of them, and the standards)")
    parser.add_argument(
        "--since", required=True, metavar="DATE|REV", help="a day such as 2026-11-30, or a branch, tag or commit"
    )
    parser.add_argument("--all", action="store_true", help="tell each of many changes of a sort, also in text")
    add_format(parser, *FORMATS)
    add_output(parser)
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Read both states, compare them, tell."""
    from handrail.change import compare, told
    from handrail.change.touched import touched
    from handrail.git import GitFault
    from handrail.report import news

    try:
        before, after, revision, since = states(args)
    except GitFault as fault:
        raise UsageError(str(fault)) from None
    names = {one.id: one.name for one in after.broken}
    names |= {one.id: one.plan.name for one in (*before.projects, *after.projects)}
    if args.project is not None and args.project not in names:
        raise no_project(args.project, names)
    changes = tuple(one for one in compare(before, after) if args.project in {None, one.project})
    grouped: tuple[Told, ...] = told(changes)
    story = news.News(
        since=since, revision=revision, as_of=after.as_of, changes=changes, told=grouped, names=names, touched=touched(changes, before, after),
        everything=args.all, colour=args.format == "text" and args.output is None and colours(),
    )  # fmt: skip
    write = {"text": news.text, "markdown": news.markdown, "json": news.data}[args.format]
    write_output(write(story), args.output)
    return 0


def states(args: argparse.Namespace) -> tuple[Portfolio, Portfolio, str, str]:
    """The portfolio then and now, the commit of then, and how to call it. Raises GitFault."""
    from handrail.compute.portfolio import compute
    from handrail.git import Git, RevisionTree
    from handrail.git.revisions import refuse_incomplete
    from handrail.history import zone_of
    from handrail.load import FolderTree, load

    root = root_of(args.root).absolute()
    git = Git(root)
    refuse_incomplete(git)
    with Progress("Reading plans") as progress:
        new = load(FolderTree(root), progress.tick).repository
        day = args.as_of or new.organisation.as_of or today(new.organisation.timezone)
        revision, then, words = _revision(git, args.since, zone_of(new.organisation.timezone), day)
        old = load(RevisionTree(git, revision), progress.tick).repository
    # what was seen then was computed on that day; a sample stands still, so that no time passes in it
    past = day if new.organisation.as_of else min(then, day)
    return compute(old, past), compute(new, day), revision, words


def _revision(git: Git, since: str, zone: tzinfo, now: date) -> tuple[str, date, str]:
    """The commit at which a day began, or that a revision names; its day; and how to call it."""
    from handrail.git import GitFault, resolve
    from handrail.git.mainline import Mainline

    day = as_day(since) if len(since) == len("2026-12-04") else None
    if day is None and _LIKE_A_DAY.fullmatch(since):
        raise UsageError(f"{since} is no day; write it as 2026-12-04.")
    if day is not None and day > now:
        raise UsageError(f"{english.day(day)} is still to come; today is {english.day(now)}.")
    if day is None:
        name = resolve(git, since)
        seconds = int(git.sealed("log", "-1", "--format=%ct", name)[1].decode())
        return name, datetime.fromtimestamp(seconds, UTC).astimezone(zone).date(), f"{since} ({name[:8]})"
    eve = day - timedelta(days=1)
    found = Mainline(git).at(eve, zone)
    if found is None:
        raise GitFault(
            f"The history does not go back to the day before {english.day(day)}.",
            "Name a later day, or a commit: `git log --reverse --first-parent` shows the first one.",
        )
    return found, eve, f"{english.day(day)} ({found[:8]})"
