"""`handrail impact`: what changed standards would do to every plan, before anybody opens a pull request."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from handrail import english
from handrail.cli.progress import Progress
from handrail.cli.terminal import UsageError, add_as_of, add_format, add_output, add_root, root_of, today, write_output
from handrail.clock import zone_at
from handrail.load import Known

if TYPE_CHECKING:
    from handrail.impact import Impact, RuleImpact

EXAMPLES = """examples:
  handrail impact --base origin/main          the standards as they lie here, committed or not
  handrail impact --base origin/main --head stricter-risks
                                              a branch as it would be merged
  handrail impact --base main --format json --output impact.json

The same plans, those after the change, are judged twice: by the standards in force and by the proposed ones. A rule is
named when it would find more or less, or bites otherwise. Exit status 0: a preview stops nothing."""
FORMATS = ("text", "json")
_SHOWN = 12
_WHAT = {"added": "new", "removed": "gone", "changed": "changed", "same": "unchanged itself"}
_BITES = {
    "merge": "stops merging", "gate": "needed for the next gate", "watch": "an alarm that stops nothing", None: "off",
}  # fmt: skip

_BOTH = "judged by the standards in force and by the proposed ones,"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--base", required=True, metavar="REV", help="the branch, tag or commit whose standards hold today"
    )
    parser.add_argument("--head", metavar="REV", help="the standards to try (default: the files as they are now)")
    add_format(parser, *FORMATS)
    add_output(parser)
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Judge all plans by the standards in force and by the proposed ones, and tell what differs."""
    from handrail.gate import judge_change
    from handrail.git import GitFault

    root = root_of(args.root, None).absolute()
    known = Known.of(root)
    try:
        with Progress("Reading plans") as progress:
            result = judge_change(
                root, args.base, args.head, today=today(zone_at(root)), as_of=args.as_of, tick=progress.tick, known=known
            )  # fmt: skip
    except GitFault as fault:
        raise UsageError(str(fault)) from None
    known.save()
    told = _json if args.format == "json" else _text
    write_output(told(result.impact, result.portfolio.as_of), args.output)
    return 0


def _text(impact: Impact | None, as_of: date) -> str:
    if impact is None:
        return "Nothing below `standards/` is changed, so nothing is judged otherwise.\n"
    told = [one for one in impact.each if one.tells]
    if not told:
        return (
            f"{english.count(impact.projects, 'plan')} {_BOTH} as of {english.day(as_of)}: no plan would pass or fail otherwise.\n"
            f"{_ahead(impact, as_of)}"
        )
    head = (
        f"{english.count(impact.projects, 'plan')} {_BOTH} as of {english.day(as_of)}: {english.count(len(impact.fails), 'plan')} would "
        f"newly fail a rule, {len(impact.passes):,} would pass one."
    )
    return (
        "\n".join([head, *(line for one in told for line in _rule(one, impact, as_of))]) + f"\n{_ahead(impact, as_of)}"
    )


def _ahead(impact: Impact, as_of: date) -> str:
    """That what begins to bind later was judged before its day, and how to judge it on that day."""
    days = [one.effective_from for one in impact.each if one.effective_from and one.effective_from > as_of]
    return (
        f"\nSome of it binds later; this is judged as of {english.day(as_of)}. To judge on the day when all of it binds: "
        f"`--as-of {max(days)}`.\n"
        if days
        else ""
    )


def _rule(one: RuleImpact, impact: Impact, as_of: date) -> Iterator[str]:
    from handrail.report.safe import safe

    yield f"\n{one.rule}  {safe(one.title)}"
    bites = _BITES[one.after]
    moved = f"{_BITES[one.before]} -> {bites}" if one.before != one.after and one.what != "added" else bites
    yield f"  {_WHAT[one.what]}; {moved}{_notice(one, as_of)}"
    for verb, projects in (("would newly fail", one.fails), ("would pass", one.passes)):
        if projects:
            names = ", ".join(f'"{safe(impact.names.get(name, name))}"' for name in projects[:_SHOWN])
            more = (
                f" and {len(projects) - _SHOWN:,} more (all of them: `--format json`)" if len(projects) > _SHOWN else ""
            )
            yield f"  {verb} ({len(projects):,}): {names}{more}"
    if one.more or one.fewer:
        yield f"  {english.count(one.more, 'remark')} more, {one.fewer:,} fewer"


def _notice(one: RuleImpact, as_of: date) -> str:
    """How long people have until it counts."""
    if one.effective_from is not None:
        days = english.count((one.effective_from - as_of).days, "day")
        return f"; only told until it binds on {english.day(one.effective_from)}, {days} of notice"
    bites = one.after in {"merge", "gate"}
    return "; bites from its merge on" if bites and (one.fails or one.before != one.after) else ""


def _json(impact: Impact | None, as_of: date) -> str:
    import json

    from handrail.report.json import impact_data
    from handrail.report.safe import escaped

    document: dict[str, Any] = {"format": 1, "as_of": as_of.isoformat(), "changes_law": impact is not None}
    if impact is not None:
        document |= impact_data(impact)
    return escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
