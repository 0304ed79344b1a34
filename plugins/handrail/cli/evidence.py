"""`handrail evidence`: the record of a merge, for the branch where evidence is kept."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from handrail.cli.terminal import UsageError, add_output, add_root, root_of, today, write_output
from handrail.clock import zone_at

EXAMPLES = """examples:
  handrail evidence HEAD                      what came in last, and what the gate says about it
  handrail evidence HEAD --reviews reviews.json --output evidence/0f3c...json

CI runs it after every merge and keeps the file on the branch `handrail-evidence`. The file of reviews is what the host
exports: for GitHub {"pull": ..., "reviews": ...}, for GitLab {"merge_request": ..., "approvals": ..., "versions": ...}."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("commit", help="the commit that came to the protected branch")
    parser.add_argument(
        "--reviews", type=Path, metavar="FILE", help="the pull request and its reviews, as the host exports them"
    )
    add_output(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Judge one commit again and say who vouched for it. It is a record: the exit status is 0 whatever it says."""
    from handrail.exchange.reviews import ReviewsFault, read_reviews
    from handrail.git import GitFault
    from handrail.merge_record import merge_record

    root = root_of(args.root).absolute()
    try:
        pull = read_reviews(args.reviews.read_bytes()) if args.reviews else None
        record = merge_record(root, args.commit, pull, today(zone_at(root)))
    except OSError as error:
        raise UsageError(f"{args.reviews} cannot be read: {error.strerror}.") from None
    except (GitFault, ReviewsFault) as fault:
        raise UsageError(str(fault)) from None
    write_output(json.dumps(record, indent=2, ensure_ascii=False) + "\n", args.output)
    return 0
