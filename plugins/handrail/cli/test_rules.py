"""`handrail test-rules`: every rule shows by its cases what it does."""

from __future__ import annotations

import argparse

from handrail.cli.progress import Progress
from handrail.cli.terminal import add_root, colours, root_of, say, unknown
from handrail.english import count
from handrail.load import FolderTree, load
from handrail.report.text import paint
from handrail.rules.cases import run_cases

EXAMPLES = """examples:
  handrail test-rules
  handrail test-rules RSK-01 SCH-05

A case fails when the rule is silent where `# remark: RULE` stands, or speaks where nothing is marked."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("rules", nargs="*", metavar="RULE", help="only these rules")
    parser.add_argument("--all", action="store_true", help="also list the cases that hold")
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Run the cases and say which do not hold."""
    repository = load(FolderTree(root_of(args.root))).repository
    only = frozenset(one.upper() for one in args.rules)
    for name in sorted(only - repository.rules.keys()):
        raise unknown("rule", name, repository.rules, "`handrail explain` lists the rules.")
    with Progress("Running cases") as progress:
        result = run_cases(repository, only, progress.tick)
    on = colours()
    for one in result.remarks:
        say(f"{paint('FAILS', 'red', on=on)}  {one.loc.file}: {one.message} {one.fix}")
    for rule, file, words in result.lacking:
        say(f"{paint('LACKS', 'yellow', on=on)}  {rule}  {file}: {words}")
    for case in result.cases:
        if case.problems:
            say(f"{paint('FAILS', 'red', on=on)}  {case.rule}  {case.name}")
            for line, words in case.problems:
                say(f"       {case.file}:{line}: {words}")
        elif args.all:
            say(f"{paint('holds', 'green', on=on)}  {case.rule}  {case.name} ({case.kind})")
    good = sum(not one.problems for one in result.cases)
    rules = len({one.rule for one in result.cases})
    verb = "holds" if good == len(result.cases) == 1 else "hold"
    if result.cases:
        say(f"{good} of {count(len(result.cases), 'case')} of {count(rules, 'rule')} {verb}.")
    return 1 if result.failed else 0
