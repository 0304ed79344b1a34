"""Remarks for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from handrail import english
from handrail.report.lines import lines_of, paint
from handrail.report.model import GROUPS, Report, group_of
from handrail.report.safe import safe

__all__ = ["lines_of", "paint", "render"]

_LONG = 60
_SHOWN = 8


def render(report: Report) -> str:
    """Groups in the order in which they matter, each remark with its place, its words and its fix; then the sum.

    Where a change was judged, what changes comes first, and what was there before is only counted.
    """
    if report.judged and not (report.changes or report.remarks or report.hidden or report.conflict):
        return "No plan and no standard says anything else than before.\n"
    if report.judged:
        from handrail.report import changed  # noqa: PLC0415 - a check without a base must start fast

        return "\n".join([*changed.render(report), *_ending(report), _sum(report)]) + "\n"
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
    return "\n".join([*lines, *_ending(report), _sum(report)]) + "\n"


def _ending(report: Report) -> Iterator[str]:
    """Permitted deviations that end soon."""
    for one in report.expiring:
        name = safe(report.names.get(one.project, one.project))
        yield f"Ends soon: {one.waiver} of {name} permits to leave {one.rule} aside until {english.day(one.on)}."
    if report.expiring:
        yield ""


def _sum(report: Report) -> str:
    counts = report.counts
    parts = [
        f"{counts['merge']:,} to mend before merging" if counts["merge"] else "",
        f"{counts['gate']:,} needed for the next gate" if counts["gate"] else "",
        english.count(counts["watch"], "alarm") if counts["watch"] else "",
        f"{counts['existing']:,} there before" if counts["existing"] else "",
        f"{report.fixed:,} mended" if report.fixed else "",
        english.count(counts["waived"], "permitted deviation") if counts["waived"] else "",
    ]
    told = ", ".join(part for part in parts if part) or "nothing to remark"
    what = f"{_what(report)} checked as of {english.day(report.as_of)}: {told}."
    if report.hidden:
        what += f" {english.count(report.hidden, 'remark')} elsewhere not shown."
    also = ", also by" if counts["merge"] else " by"
    hidden = f"{also} {english.count(report.stops, 'remark')} not shown" if report.stops else ""
    verdict = paint(f"This would be stopped{hidden}.", "red", on=report.colour) if report.blocks else ""
    more = "`handrail explain RULE` says more about a rule." if report.remarks else ""
    return "\n".join(part for part in (_most(report), what, verdict, more) if part)


def _what(report: Report) -> str:
    """What was looked at, as it was asked for by path."""
    if not report.projects and report.asked is None:
        return "Standards and policy"
    every = english.count(report.projects, "project")
    if report.asked is None or report.asked == report.projects:
        return every
    return f"{report.asked:,} of {every}" if report.asked else "What you named was"


def _most(report: Report) -> str:
    """In a long list, the rules that speak most: one cause often stands behind hundreds of remarks."""
    if len(report.remarks) < _LONG:
        return ""
    spoken = Counter(one.rule for one in report.remarks if one.state != "waived")
    rows = [f"  {number:>6,}  {rule}  {_title(report, rule)}" for rule, number in spoken.most_common(_SHOWN)]
    return "\n".join(["Most often:", *rows, ""])


def _title(report: Report, rule: str) -> str:
    return safe(report.rules[rule].title) if rule in report.rules else ""
