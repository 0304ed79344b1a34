"""`handrail holidays`: write a country's public holidays into the organisation's calendar."""

from __future__ import annotations

import argparse

from handrail.cli.terminal import UsageError, add_root, root_of, say
from handrail.whole_file import put

EXAMPLES = """examples:
  handrail holidays FR --from 2027 --to 2028
  handrail holidays GB --subdivision SCT --from 2027 --to 2027 --dry-run

The days become lines of standards/handrail.yaml, and these lines are what counts: look at them, add your own days, take
away what you work on. Days that stand there already are left alone. The package `holidays` must be installed
(pip install 'handrail[holidays]')."""
_MOST = 30
_FIRST, _LAST = 1970, 2100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("country", metavar="COUNTRY", help="two letters, such as FR")
    parser.add_argument("--subdivision", metavar="PART", help="a part of the country with days of its own, such as SCT")
    parser.add_argument("--from", dest="first", type=int, required=True, metavar="YEAR", help="the first year")
    parser.add_argument("--to", dest="last", type=int, required=True, metavar="YEAR", help="the last year")
    parser.add_argument("--dry-run", action="store_true", help="only show what would be written")
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Add the days that the file lacks."""
    from handrail.edit import NotEditable
    from handrail.exchange.public_holidays import NotKnownError, fill, public_holidays

    if not _FIRST <= args.first <= args.last <= _LAST or args.last - args.first >= _MOST:
        raise UsageError(f"give years between {_FIRST} and {_LAST}, at most {_MOST}, such as `--from 2027 --to 2028`.")
    years = range(args.first, args.last + 1)
    path = root_of(args.root) / "standards" / "handrail.yaml"
    try:
        days = public_holidays(args.country.upper(), args.subdivision, years)
        filled = fill(path.read_bytes().decode(), days, years)
    except NotKnownError as error:
        raise UsageError(str(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"standards/handrail.yaml cannot be read: {error}.") from None
    except NotEditable as error:
        raise UsageError(f"standards/handrail.yaml was left as it is: {error}.") from None
    if filled.new and not args.dry_run:
        try:
            put(path, filled.text)
        except OSError as error:
            raise UsageError(f"standards/handrail.yaml cannot be written: {error.strerror}.") from None
    for day, name in filled.new.items():
        say(f"  {day:%a} {day.isoformat()}  {name}")
    what = "would be added" if args.dry_run else "added"
    say(f"{len(filled.new)} days {what} to standards/handrail.yaml; {filled.there} were there already.")
    if filled.others:
        say(f"Kept, although no public holidays there: {', '.join(day.isoformat() for day in filled.others)}.")
    return 0
