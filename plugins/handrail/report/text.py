"""Remarks for people at a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator

from handrail.remark import Remark
from handrail.report.model import GROUPS, Report, group_of
from handrail.report.safe import count, safe

_WIDTH = 100
_LONG = 60
_SHOWN = 8
_CODES = {"bold": "1", "red": "31", "yellow": "33", "blue": "34", "green": "32", "dim": "2"}
_COLOURS = {"merge": "red", "gate": "yellow", "watch": "blue", "waived": "dim"}


def render(report: Report) -> str:
    """Groups in the order in which they matter, each remark with its place, its words and its fix; then the sum."""
    lines: list[str] = []
    for name, title in GROUPS:
        ones = [one for one in report.remarks if group_of(one) == name]
        if not ones:
            continue
        lines += [paint(f"{title} ({len(ones)})", "bold", on=report.colour), ""]
        # a project's remarks stand together, and the project with the worst one comes first
        for project in dict.fromkeys(one.project for one in ones):
            if project:
                lines += [paint(safe(report.names.get(project, project)), "bold", on=report.colour)]
            lines += (line for one in ones if one.project == project for line in lines_of(one, report))
            lines.append("")
    return "\n".join([*lines, _sum(report)]) + "\n"


def paint(text: str, style: str, *, on: bool) -> str:
    """The text in a style, where the terminal shows one."""
    return f"\033[{_CODES[style]}m{text}\033[0m" if on else text


def lines_of(one: Remark, report: Report) -> Iterator[str]:
    """One remark: its place, what is the matter, how to mend it, and what belongs to it."""
    place = paint(safe(str(report.places[one.loc])), _COLOURS[group_of(one)], on=report.colour)
    yield f"  {place}  {paint(one.rule, 'dim', on=report.colour)}"
    yield from _wrapped(one.message)
    if one.fix:
        yield from _wrapped(f"-> {one.fix}")
    for other in one.related:
        yield f"    {paint(f'see {safe(str(report.places[other.loc]))}: {safe(other.note)}', 'dim', on=report.colour)}"
    if one.waived_by:
        yield f"    permitted by {one.waived_by}"


def _wrapped(text: str) -> Iterator[str]:
    for line in textwrap.wrap(safe(text), _WIDTH - 4, break_long_words=False, break_on_hyphens=False):
        yield f"    {safe(line)}"


def _sum(report: Report) -> str:
    counts = report.counts
    parts = [
        f"{counts['merge']:,} to mend before merging" if counts["merge"] else "",
        f"{counts['gate']:,} needed for the next gate" if counts["gate"] else "",
        count(counts["watch"], "alarm") if counts["watch"] else "",
        count(counts["waived"], "permitted deviation") if counts["waived"] else "",
    ]
    told = ", ".join(part for part in parts if part) or "nothing to remark"
    what = f"{count(report.projects, 'project')} checked as of {report.as_of.day} {report.as_of:%b %Y}: {told}."
    if report.hidden:
        what += f" {count(report.hidden, 'remark')} elsewhere not shown."
    also = ", also by" if counts["merge"] else " by"
    hidden = f"{also} {count(report.stops, 'remark')} not shown" if report.stops else ""
    verdict = paint(f"This would be stopped{hidden}.", "red", on=report.colour) if report.blocks else ""
    more = "`handrail explain RULE` says more about a rule." if report.remarks else ""
    return "\n".join(part for part in (_most(report), what, verdict, more) if part)


def _most(report: Report) -> str:
    """In a long list, the rules that speak most: one cause often stands behind hundreds of remarks."""
    if len(report.remarks) < _LONG:
        return ""
    spoken = Counter(one.rule for one in report.remarks if one.state != "waived")
    rows = [f"  {number:>6,}  {rule}  {_title(report, rule)}" for rule, number in spoken.most_common(_SHOWN)]
    return "\n".join(["Most often:", *rows, ""])


def _title(report: Report, rule: str) -> str:
    return safe(report.rules[rule].title) if rule in report.rules else ""
