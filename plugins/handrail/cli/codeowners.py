"""`handrail codeowners`: the host's list of reviewers, from the policy."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from handrail import english
from handrail.cli.progress import judged
from handrail.cli.terminal import UsageError, add_as_of, add_root, root_of, say, write_output

if TYPE_CHECKING:
    from handrail.export.codeowners import Host

EXAMPLES = """examples:
  handrail codeowners --host github                 write CODEOWNERS again
  handrail codeowners --host gitlab --check         only say whether it is up to date: exit status 1 if not

Logins come from people.yaml: `host: {github: cmoreau}`. Without one, the handle is taken if the host could have it."""
_FILE = "CODEOWNERS"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--host", choices=("github", "gitlab"), help="whose logins (default: host_kind of standards/handrail.yaml, else github)"
    )  # fmt: skip
    parser.add_argument(
        "--check", action="store_true", help="write nothing, say whether the file says what the policy says"
    )
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Write it, or hold it against the policy."""
    from handrail.compute.path_owners import owned_paths
    from handrail.export.codeowners import codeowners, same

    root = root_of(args.root)
    portfolio = judged(root, args.as_of).portfolio
    repository = portfolio.repository
    kind = repository.organisation.host_kind
    host: Host = args.host or ("gitlab" if kind == "gitlab" else "github")
    if not repository.policy.ownership.families:
        raise UsageError("the policy names no owners of paths; write them into standards/policy/ownership.yaml.")
    made = codeowners(owned_paths(repository, portfolio.as_of), repository.people, host)
    if made.unknown:
        say(
            f"No login on {host} is known of {english.listed(made.unknown)}: add `host: {{{host}: <login>}}` to each in "
            "standards/people/people.yaml.", error=True,
        )  # fmt: skip
    if made.unguarded:
        raise UsageError(
            f"no owner of `{made.unguarded[0]}` has a login on {host}, so nothing was written: a path without an owner needs "
            "nobody's review. Give the PMO head a login in people.yaml."
        )
    if not args.check:
        write_output(made.text, root / _FILE)
        say(f"{_FILE} is written; commit it.")
        return 0
    try:
        there = (root / _FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        say(
            f"There is no {_FILE}, so the host asks nobody in particular for a review. Write it: handrail codeowners --host {host}"
        )
        return 1
    if same(there, made.text):
        say(f"{_FILE} says what the policy says.")
        return 0
    say(f"{_FILE} does not say what the policy says today. Write it again: handrail codeowners --host {host}")
    from difflib import unified_diff

    for line in unified_diff(there.splitlines(), made.text.splitlines(), _FILE, "policy", n=0, lineterm=""):
        say(f"  {line}" if line.isprintable() else f"  {line!r}")
    return 1
