"""`handrail record`: the approvals that reviews on the host give, as records for the branch."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from handrail.cli.terminal import UsageError, add_root, root_of, say, write_output

EXAMPLES = """examples:
  handrail record --reviews reviews.json --base origin/main --head 4f2a9c1
                                      what the reviews of this commit agree to; nothing is written
  handrail record --reviews reviews.json --base origin/main --head 4f2a9c1 --output records.json
                                      the same as files, for the job that adds them to the branch

A review says yes to what the pull request asks of its reviewer: change requests, approved plans, gates as recommended,
deviations. It counts when it is of the newest commit, by somebody whom the policy of the target lets decide, who neither
asked for it nor manages the project. The file of reviews is what the host exports, as `handrail evidence` takes it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--reviews", type=Path, required=True, metavar="FILE", help="the pull request and its reviews, as the host exports them")  # fmt: skip
    parser.add_argument(
        "--base", required=True, metavar="REV", help="the target of the pull request, whose standards decide"
    )
    parser.add_argument("--head", required=True, metavar="REV", help="the commit that was reviewed")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the records there, as JSON")
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Tell, and write them down for whoever may write to the branch."""
    from handrail.by_review import recorded
    from handrail.exchange.reviews import ReviewsFault, read_reviews
    from handrail.git import Git, GitFault, resolve

    try:
        pull = read_reviews(args.reviews.read_bytes())
        git = Git(root_of(args.root).absolute())
        base, head = resolve(git, args.base), resolve(git, args.head)
        if pull.head != head:
            raise UsageError(f"the reviews are of a pull request whose newest commit is {pull.head[:12]}, not {head[:12]}. Export them again.")  # fmt: skip
        found = recorded(git, base, head, pull.reviews, pull.withdrawn)
    except OSError as error:
        raise UsageError(f"{args.reviews} cannot be read: {error.strerror}.") from None
    except (GitFault, ReviewsFault) as fault:
        raise UsageError(str(fault)) from None
    for one in found.add:
        say(f"{one.by}: {one.decision} {one.what} of {one.project}, in {one.path}")
    for path in found.remove:
        say(f"{path} goes: the review that gave it was taken back")
    if not found.add and not found.remove:
        say("No review of this commit gives an approval that is not there yet.")
    if args.output is not None:
        told = {
            "head": head, "number": pull.number,
            "add": [{"path": git.prefix + one.path, "text": one.text} for one in found.add],
            "remove": [git.prefix + path for path in found.remove],
            "message": _message([f"{one.by}: {one.decision} {one.what} of {one.project}" for one in found.add], len(found.remove)),
        }  # fmt: skip
        write_output(json.dumps(told, indent=2, ensure_ascii=False) + "\n", args.output)
    return 0


def _message(given: list[str], removed: int) -> str:
    """The words of the commit."""
    if not given:
        return "Take back what a withdrawn review had approved"
    more = [f"{removed} of reviews that were taken back removed"] if removed else []
    return "Record what was approved by review\n\n" + "\n".join(f"- {one}" for one in (*given, *more))
