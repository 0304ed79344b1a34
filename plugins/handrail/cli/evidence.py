"""`handrail evidence`: the record of a merge, for the branch where evidence is kept."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from handrail.cli.terminal import UsageError, add_output, add_root, root_of, today, write_output
from handrail.clock import zone_at

EXAMPLES = """examples:
  handrail evidence HEAD                      the newest merge: who wrote it, and what the gate says of it now
  handrail evidence HEAD --reviews reviews.json --output merge.json
                                              the same with the reviews on the host, into a file

Nobody needs to run it by hand: CI does after every merge and keeps what it writes on the branch `handrail-evidence`, where an
auditor finds it. reviews.json is what the host tells of a pull request; CI fetches it. For GitHub it holds `pull` and
`reviews`, for GitLab `merge_request`, `approvals` and `versions`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("commit", help="the merge, such as HEAD or the first letters of its commit")
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
