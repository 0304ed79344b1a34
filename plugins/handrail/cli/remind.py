"""`handrail remind`: what is due from whom, for the terminal, an issue, a program or a calendar."""

from __future__ import annotations

import argparse
import os
from datetime import timedelta
from typing import TYPE_CHECKING

from handrail.cli.progress import judged
from handrail.cli.terminal import UsageError, add_as_of, add_format, add_output, add_root, nobody, root_of, write_output

if TYPE_CHECKING:
    from handrail.export.codeowners import Host
    from handrail.load.overlay import Overlay

EXAMPLES = """examples:
  handrail remind --for j.okafor
  handrail remind --for all --within 7
  handrail remind --for j.okafor --format ics --output j.okafor.ics
  handrail remind --for all --format json --output reminders.json
                                      one entry per person, with login and text, for the weekly job

Nothing is printed when nothing is due. Names and mail addresses come from what HANDRAIL_PEOPLE gives, a file or the
text itself: "c.moreau: {name: Claire Moreau, mail: claire.moreau@example.org}"."""
_LONGEST = 3660


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--for", dest="who", required=True, metavar="PERSON", help="a staff handle, or all")
    add_format(parser, "text", "markdown", "json", "ics")
    parser.add_argument(
        "--within", type=_days, default=14, metavar="DAYS", help="how far to look ahead (default: 14 days)"
    )
    parser.add_argument(
        "--site", metavar="URL", help="where the site is, for links (default: links to the host's files)"
    )
    parser.add_argument(
        "--host", choices=("github", "gitlab"), help="whose logins to give in json (default: host_kind)"
    )
    add_output(parser)
    add_as_of(parser)
    add_root(parser)


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _LONGEST:
        raise argparse.ArgumentTypeError(f"{text} is no number of days; write it as 14")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Gather, and write for one person or for all."""
    from handrail.compute.reminders import by_person, reminders
    from handrail.export import reminders as written

    portfolio = judged(root_of(args.root), args.as_of).portfolio
    repository, today = portfolio.repository, portfolio.as_of
    if args.who != "all" and args.who not in repository.people:
        raise nobody(args.who, repository.people)
    if args.site and not args.site.startswith(("https://", "http://")):
        raise UsageError(f"{args.site} is no address of a site; write it as https://plans.example/.")
    found = by_person(reminders(portfolio, timedelta(days=args.within)))
    if args.who != "all":
        found = {person: ones for person, ones in found.items() if person == args.who}
    links = written.Links(site=args.site, organisation=repository.organisation)
    if args.format == "json":
        kind = repository.organisation.host_kind
        host: Host = args.host or ("gitlab" if kind == "gitlab" else "github")
        text = written.document(found, today, links, repository.people, host, _called())
    elif args.format == "ics":
        title = "Due in all projects" if args.who == "all" else f"Due: {args.who}"
        text = written.ics(found, today, links, title)
    elif args.format == "markdown":
        lists = [(person, written.markdown(ones, today, links)) for person, ones in found.items()]
        text = "\n".join(f"## {person}\n\n{part}" for person, part in lists) if args.who == "all" else "".join(
            part for _, part in lists
        )  # fmt: skip
    else:
        text = written.text(found, today, links, _called())
    if text or args.output is not None:
        write_output(text, args.output)
    return 0


def _called() -> Overlay:
    """What people are called, where the surroundings say so."""
    from handrail.load.overlay import VARIABLE, OverlayError, overlay

    try:
        return overlay(os.environ.get(VARIABLE))
    except OverlayError as error:
        raise UsageError(f"{error}.") from None
