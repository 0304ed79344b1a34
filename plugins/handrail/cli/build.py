"""`handrail build`: the site, from the standards, the plans and what was computed; only what differs is made again."""

from __future__ import annotations

import argparse
from pathlib import Path

from handrail.cli.terminal import UsageError, add_as_of, add_root, collect_seldom, root_of, say

EXAMPLES = """examples:
  handrail build
  handrail build --site-dir /tmp/preview --as-of 2026-12-04
  handrail build --cold"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--site-dir", type=Path, metavar="DIR", help="where to put it (default: site/ in the repository)"
    )
    parser.add_argument(
        "--cold", action="store_true", help="make everything anew, as `mkdocs build` does; the result is the same"
    )
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Build; what MkDocs warns about stops it, so that no page with a dead link is published."""
    collect_seldom()
    from handrail.site import SiteError, build

    try:
        build(root_of(args.root), args.site_dir, as_of=args.as_of, cold=args.cold, say=say)
    except SiteError as error:
        raise UsageError(str(error)) from None
    return 0
