"""Remarks for people at a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from handrail.remark import Remark
from handrail.report.model import GROUPS, Report, group_of

_WIDTH = 100
_CODES = {"bold": "1", "red": "31", "yellow": "33", "blue": "34", "green": "32", "dim": "2"}
_COLOURS = {"merge": "red", "gate": "yellow", "watch": "blue", "waived": "dim"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


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
            lines += (line for one in ones if one.project == project for line in _remark(one, report, _COLOURS[name]))
            lines.append("")
    return "\n".join([*lines, _sum(report)]) + "\n"


def paint(text: str, style: str, *, on: bool) -> str:
    """The text in a style, where the terminal shows one."""
    return f"\033[{_CODES[style]}m{text}\033[0m" if on else text


def safe(text: str) -> str:
    """Text of a plan without anything that a terminal would obey."""
    return _CONTROL.sub("?", text)


def _remark(one: Remark, report: Report, style: str) -> Iterator[str]:
    span = report.places[one.loc]
    yield f"  {paint(safe(str(span)), style, on=report.colour)}  {paint(one.rule, 'dim', on=report.colour)}"
    yield from _wrapped(one.message, "    ")
    if one.fix:
        yield from _wrapped(f"-> {one.fix}", "    ")
    for other in one.related:
        yield f"    {paint(f'see {safe(str(report.places[other.loc]))}: {safe(other.note)}', 'dim', on=report.colour)}"
    if one.waived_by:
        yield f"    permitted by {one.waived_by}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        safe(text), _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _sum(report: Report) -> str:
    counts = report.counts
    parts = [
        f"{counts['merge']} to mend before merging" if counts["merge"] else "",
        f"{counts['gate']} needed for the next gate" if counts["gate"] else "",
        f"{_many(counts['watch'], 'alarm')}" if counts["watch"] else "",
        f"{_many(counts['waived'], 'permitted deviation')}" if counts["waived"] else "",
    ]
    told = ", ".join(part for part in parts if part) or "nothing to remark"
    what = f"{_many(report.projects, 'project')} checked as of {report.as_of.day} {report.as_of:%b %Y}: {told}."
    if report.hidden:
        what += f" {_many(report.hidden, 'remark')} elsewhere not shown."
    verdict = paint("This would be stopped.", "red", on=report.colour) if counts["merge"] else ""
    more = "`handrail explain RULE` says more about a rule." if report.remarks else ""
    return "\n".join(part for part in (what, verdict, more) if part)


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
