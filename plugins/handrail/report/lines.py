"""One remark as lines of a terminal, and the styles of a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from handrail.remark import Remark
from handrail.report.model import Report, group_of
from handrail.report.safe import safe

_WIDTH = 100
_CODES = {"bold": "1", "red": "31", "yellow": "33", "blue": "34", "green": "32", "dim": "2"}
_COLOURS = {"merge": "red", "gate": "yellow", "watch": "blue", "existing": "dim", "waived": "dim"}


def paint(text: str, style: str, *, on: bool) -> str:
    """The text in a style, where the terminal shows one."""
    return f"\033[{_CODES[style]}m{text}\033[0m" if on else text


def lines_of(one: Remark, report: Report) -> Iterator[str]:
    """One remark: its place, what is the matter, how to mend it, and what belongs to it."""
    place = paint(safe(str(report.places[one.loc])), _COLOURS[group_of(one)], on=report.colour)
    yield f"  {place}  {paint(one.rule, 'dim', on=report.colour)}"
    yield from wrapped(one.message)
    if one.fix:
        yield from wrapped(f"-> {one.fix}")
    for other in one.related:
        yield f"    {paint(f'see {safe(str(report.places[other.loc]))}: {safe(other.note)}', 'dim', on=report.colour)}"
    if one.waived_by:
        yield f"    permitted by {one.waived_by}"


def wrapped(text: str) -> Iterator[str]:
    """A text in lines below its place."""
    for line in textwrap.wrap(safe(text), _WIDTH - 4, break_long_words=False, break_on_hyphens=False):
        yield f"    {safe(line)}"


def hanging(text: str, lead: str = "  ") -> Iterator[str]:
    """A sentence as a row of a list: its further lines stand further in."""
    lines = textwrap.wrap(safe(text), _WIDTH - len(lead) - 2, break_long_words=False, break_on_hyphens=False)
    for number, line in enumerate(lines):
        yield f"{lead}{'  ' if number else ''}{safe(line)}"
