"""`handrail training`: sessions ahead, who lacks what, and where somebody stands on their path."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handrail.cli.terminal import UsageError, add_as_of, add_root, nobody, root_of, say, today, write_output
from handrail.compute.learning import Session, all_gaps, sessions, steps
from handrail.export.sessions import hours, sessions_calendar
from handrail.load import FolderTree, load
from handrail.load.overlay import VARIABLE, Overlay, OverlayError, overlay
from handrail.model.repository import Repository
from handrail.report.safe import safe

EXAMPLES = """examples:
  handrail training                                 the next sessions, and who lacks what
  handrail training --for j.okafor                  one person's learning paths
  handrail training --calendar site/sessions.ics    the sessions for every calendar program

Names come from what HANDRAIL_PEOPLE gives, a file or the text itself; without it, handles stand."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--for", dest="person", metavar="HANDLE", help="one person's learning paths")
    parser.add_argument("--calendar", type=Path, metavar="FILE", help="write the sessions ahead as an iCalendar file")
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Show, or write the calendar."""
    repository = load(FolderTree(root_of(args.root))).repository
    as_of: date = args.as_of or repository.organisation.as_of or today(repository.organisation.timezone)
    ahead = sessions(repository, as_of)
    if args.calendar is not None:
        write_output(sessions_calendar(ahead, repository.organisation.organisation, as_of), args.calendar)
        say(f"{len(ahead)} sessions in {args.calendar}")
        return 0
    if args.person is not None and args.person not in repository.people:
        raise nobody(args.person, repository.people)
    names = _names()
    lines = _path(args.person, repository, as_of, names) if args.person else _overview(ahead, repository, as_of, names)
    for line in lines:
        say(safe(line))
    return 0


def _names() -> Overlay:
    """What people are called, where somebody has the right to know: this is a terminal, no page."""
    try:
        return overlay(os.environ.get(VARIABLE))
    except OverlayError as error:
        raise UsageError(f"{error}.") from None


def _overview(ahead: tuple[Session, ...], repository: Repository, as_of: date, names: Overlay) -> Iterator[str]:
    yield "Sessions ahead" if ahead else "No session is planned."
    for one in ahead:
        seats = (
            "" if one.free is None else f", {one.free} of {one.record.capacity} seats free" if one.free else ", full"
        )
        waiting = f", {one.waiting} waiting" if one.waiting else ""
        yield f"  {one.record.on:%d %b %Y} {_clock(one)}{one.title}{seats}{waiting}"
    missing = all_gaps(repository, as_of)
    yield ""
    yield "Who lacks what" if missing else "Nobody lacks anything that their role asks for."
    width = max((len(names.called(one.person)) for one in missing), default=0)
    for gap in missing:
        what = f"{gap.what} at level {gap.held}, needed {gap.needed}" if gap.kind == "level" else gap.what
        when = f" (valid until {gap.expires:%d %b %Y})" if gap.expires else ""
        yield f"  {names.called(gap.person):<{width}} {gap.role:<16} {what}{when}"


def _path(person: str, repository: Repository, as_of: date, names: Overlay) -> Iterator[str]:
    found = list(steps(person, repository, as_of))
    if not found:
        yield f"No learning path is for a role of {names.called(person)}."
    for one in found:
        until = f", valid until {one.until:%d %b %Y}" if one.until else ""
        due = f", due {one.due:%d %b %Y}" if one.due and not one.done else ""
        yield f"  {'done' if one.done else 'open'}  {one.path.id}: {one.title}{until}{due}"


def _clock(one: Session) -> str:
    return f"{hours(one)}  " if one.record.begins else ""
