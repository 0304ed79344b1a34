"""What text and Markdown say alike about a change: the headline, what is left, and messages in their first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from handrail import english
from handrail.change.grouping import Told
from handrail.remark import Remark
from handrail.report.model import Expiry, Report, group_of

_FIRST = re.compile(r"(.+?[.!?][\"')]?)(?:\s+(?=[A-Z`\"])(.*))?", re.DOTALL)
_SMALL = 30


def verdict(report: Report) -> str:
    """The first line: whether it can be merged, and what stands against it."""
    blocking = sum(one.blocks for one in report.remarks) + report.stops
    if blocking:
        return f"{english.count(blocking, 'thing')} to mend before merging"
    waiting = sum(not one.given for one in report.agreements)
    if waiting:
        return f"Nothing to mend; {english.count(waiting, 'decision')} still open"
    return "Nothing stands in the way"


def split(message: str) -> tuple[str, str]:
    """The first sentence of a message, and the rest."""
    found = _FIRST.fullmatch(message.strip())
    return (found.group(1), found.group(2) or "") if found else (message.strip(), "")


def by_project(told: Iterable[Told]) -> dict[str | None, list[Told]]:
    """What to say by project, the project with the worst first."""
    found: dict[str | None, list[Told]] = {}
    for one in told:
        found.setdefault(one.project, []).append(one)
    return found


def alone(report: Report) -> bool:
    """Whether the change is about one project, so that its name need not be said again."""
    return len({one.project for one in report.changes if one.project}) == 1


def foremost(told: Sequence[Told], most: int) -> tuple[list[Told], list[Told]]:
    """What is said at once, and what is folded: small news beside great ones, and what is too much.

    Of each project the worst is said, as long as there is room; then what is worst of all.
    """
    great = [one for one in told if one.weight >= _SMALL] or list(told)
    first = {one.project: one for one in reversed(great)}
    chosen = {id(one) for one in great if first[one.project] is one}
    order = sorted(great, key=lambda one: id(one) not in chosen)
    kept = {id(one) for one in order[:most]}
    return [one for one in told if id(one) in kept], [one for one in told if id(one) not in kept]


def of(report: Report, *groups: str) -> list[Remark]:
    """The remarks of some groups, in their order."""
    return [one for one in report.remarks if group_of(one) in groups]


def blocked(report: Report) -> list[Remark]:
    """What stops the change, whatever group it is shown in."""
    return [one for one in report.remarks if one.blocks]


def left(report: Report) -> Iterator[str]:
    """What else there is, counted."""
    counts = report.counts
    if report.fixed:
        yield f"{english.count(report.fixed, 'remark')} mended"
    if counts["existing"]:
        yield f"{counts['existing']:,} there before"
    if counts["waived"]:
        yield english.count(counts["waived"], "permitted deviation")
    if report.hidden:
        yield f"{english.count(report.hidden, 'remark')} elsewhere not shown"


def ends(one: Expiry, report: Report) -> str:
    """A permitted deviation that ends soon."""
    days = (one.on - report.as_of).days
    when = "today" if days == 0 else f"in {english.count(days, 'day')}"
    return f"the permission {one.waiver} to leave {one.rule} aside ends {when}, on {english.day(one.on)}"
