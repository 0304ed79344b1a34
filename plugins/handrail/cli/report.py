"""`handrail report`: what one reader needs: a project manager's desk, a stakeholder's own items, a board's pack."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from handrail.cli.progress import judged
from handrail.cli.terminal import (
    UsageError,
    add_as_of,
    add_format,
    add_output,
    add_root,
    root_of,
    unknown,
    write_output,
)

if TYPE_CHECKING:
    from handrail.compute.digest import Reader

EXAMPLES = """examples:
  handrail report --for person j.okafor               my projects, what stops my pull request, what is due
  handrail report --for j.okafor                      the same
  handrail report --for board lyon-sites --since 2026-11-05 --format html --output board.html
                                                      decisions asked, what is not as promised, what changed
  handrail report --for stakeholder "Depot staff"     only what this group has a part in
  handrail report --for stakeholder s.lambert --format markdown

A project's own status report is written by `handrail new report PROJECT --set status=green`.
Restricted projects are told only to those who lead them or stand above them."""
_READERS: tuple[Reader, ...] = ("person", "stakeholder", "board")
_SHOWN = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--for", dest="reader", required=True, metavar="READER",
        help="person, stakeholder or board, followed by the name; or a person's handle alone",
    )  # fmt: skip
    parser.add_argument("name", nargs="?", help="a staff handle, a board's id, or a stakeholder as the plans name them")
    parser.add_argument("--since", metavar="DATE|REV", help="tell also what changed since then, from Git's history")
    add_format(parser, "text", "markdown", "html")
    add_output(parser)
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Gather for one reader, and write."""
    from handrail.compute.digest import digest, readers
    from handrail.report import digest as written

    kind = next((one for one in _READERS if one == args.reader), None)
    if kind is None and args.name is not None:
        raise UsageError(f"`--for {args.reader}` is none of {', '.join(_READERS)}.")
    name = args.name if kind else args.reader
    reader: Reader = kind or "person"
    if name is None:
        raise UsageError(f"say which {reader}: `--for {reader} NAME`.")
    result = judged(root_of(args.root), args.as_of)
    known = readers(result.portfolio)[reader]
    if name not in known:
        raise unknown(reader, name, known, f"There are: {', '.join(sorted(known)[:_SHOWN]) or 'none'}.")
    found = digest(result.portfolio, result.remarks, reader, name, _news(args) if args.since else {})
    write = {"text": written.text, "markdown": written.markdown, "html": written.html}[args.format]
    write_output(write(found), args.output)
    return 0


def _news(args: argparse.Namespace) -> dict[str, tuple[str, ...]]:
    """Sentences on what changed, by project; under the empty name, since when."""
    from handrail.change import compare, told
    from handrail.cli.changes import states
    from handrail.git import GitFault

    try:
        before, after, _, since = states(args)
    except GitFault as fault:
        raise UsageError(str(fault)) from None
    found: dict[str, list[str]] = {"": [since]}
    for one in told(compare(before, after)):
        if one.project is not None:
            found.setdefault(one.project, []).append(one.sentence)
    return {project: tuple(ones) for project, ones in found.items()}
