"""`handrail loop`: are we getting better? The figures of the loop that learns, now and at the ends of months."""

from __future__ import annotations

import argparse

from handrail import english
from handrail.cli.terminal import UsageError, add_as_of, add_format, add_output, add_root, root_of, say, write_output

EXAMPLES = """examples:
  handrail loop                                  the figures of today and of each third month before
  handrail loop --format csv --output loop.csv   every month's figures
  handrail loop --format json                    the same, with what is not known and why

Lessons are captured, answered, become changes and are used again: how fast, how often, and whether their causes come back.
Beside it what was promised, how the gate weighs, and how alike projects are run. Each figure looks back over 365 days."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_format(parser, "text", "csv", "json")
    add_output(parser)
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Compute the standings, and write them."""
    from handrail.cli.progress import judged
    from handrail.compute.audience import seen
    from handrail.history.improving import improvement_of
    from handrail.report import improvement as written
    from handrail.report.safe import safe

    if args.output is not None and args.format == "text":
        raise UsageError("`--output` writes a file for programs; say --format csv or json with it.")
    root = root_of(args.root)
    result = judged(root, args.as_of)
    portfolio, organisation = result.portfolio, result.portfolio.repository.organisation
    shown = seen(portfolio, result.remarks, organisation.audience)
    found = improvement_of(root, portfolio, shown)
    if args.format != "text":
        from handrail.export import EXPORTS, Given
        from handrail.export.improvement import improvement_tables

        write = next(one.write for one in EXPORTS if one.name == args.format)
        tables = improvement_tables(Given(portfolio=portfolio, seen=shown, better=found))
        table = next(one for one in tables if one.path == "improvement")
        write_output(write(table), args.output)
        return 0
    say(f"{safe(organisation.organisation)}, as of {english.day(portfolio.as_of)}: are we getting better?")
    say(written.headline(found))
    say("")
    for line in written.table(found):
        say(line)
    for line in written.notes(found):
        say(f"\n{safe(line)}")
    return 0
