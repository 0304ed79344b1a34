"""`handrail serve`: the site on this machine, built again when a file changes."""

from __future__ import annotations

import argparse
import signal

from handrail.cli.terminal import UsageError, add_as_of, add_root, collect_seldom, failed, root_of, say

EXAMPLES = """examples:
  handrail serve
  handrail serve --port 8001"""
_HIGHEST = 65535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--port", type=int, default=8000, help="on 127.0.0.1 (default: 8000)")
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until it is interrupted."""
    collect_seldom()
    from handrail.site import SiteError, serve

    if not 0 < args.port <= _HIGHEST:
        raise UsageError(f"{args.port} is no port; choose one from 1 to {_HIGHEST}.")
    for end in ("SIGTERM", "SIGHUP"):  # a closed terminal ends it as Ctrl-C does: the site goes from the disk
        if hasattr(signal, end):  # Windows has no SIGHUP
            signal.signal(getattr(signal, end), signal.default_int_handler)
    try:
        serve(root_of(args.root), args.port, as_of=args.as_of, say=say, failed=failed)
    except SiteError as error:
        raise UsageError(str(error)) from None
    return 0
