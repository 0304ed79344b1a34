"""`handrail render`: the site as plain files, so that another generator can take it from there."""

from __future__ import annotations

import argparse
from pathlib import Path

from handrail.cli.terminal import UsageError, add_as_of, add_root, collect_seldom, root_of, say

EXAMPLES = """examples:
  handrail render /tmp/plain
  handrail render /tmp/plain --as-of 2026-12-04"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "folder", type=Path, help="where to put docs/, theme/ and mkdocs.yml: new, empty, or written before"
    )
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Write what differs from the last time; what is gone goes."""
    collect_seldom()
    from handrail.site import SiteError, render

    try:
        render(root_of(args.root), args.folder, as_of=args.as_of, say=say)
    except SiteError as error:
        raise UsageError(str(error)) from None
    return 0
