"""`handrail build`: the site, from the standards, the plans and what was computed."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path

from handrail.cli.terminal import UsageError, add_as_of, add_root, root_of, say

EXAMPLES = """examples:
  handrail build
  handrail build --site-dir /tmp/preview --as-of 2026-12-04"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--site-dir", type=Path, metavar="DIR", help="where to put it (default: site/ in the repository)"
    )
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Build; what MkDocs warns about stops it, so that no page with a dead link is published."""
    gc.enable()
    from handrail.site import SiteError, build

    try:
        build(root_of(args.root), args.site_dir, as_of=args.as_of, say=say)
    except SiteError as error:
        raise UsageError(str(error)) from None
    return 0
