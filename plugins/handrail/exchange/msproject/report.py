"""What an import of a plan did: what was created and updated, and every value that did not come as it is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from handrail.exchange.import_report import harmless, marked, printable, section
from handrail.exchange.msproject.noted import FATES, Fate, Note

_SHOWN = 8
_TITLES: Mapping[Fate, str] = {
    "unreadable": "could not be read",
    "by hand": "gave way to an edit by hand",
    "removed": "were removed",
    "dropped": "were dropped",
    "changed": "came changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """Everything that happened. `absent`: tasks of the plan that the file no longer has; they stay."""

    name: str
    sha256: str
    project: str
    through: str
    title: str
    found: Mapping[str, int]
    created: tuple[str, ...]
    updated: tuple[str, ...]
    absent: tuple[str, ...]
    values: int
    notes: tuple[Note, ...]
    remarks: tuple[str, ...]
    files: tuple[str, ...] = ()

    def count(self, fate: Fate) -> int:
        """How many values met a fate."""
        return sum(one.fate == fate for one in self.notes)


def render(report: PlanReport, form: str) -> str:
    """Write a report in one of FORMS. Raises KeyError for another."""
    return dict(FORMS)[form](report)


def _head(report: PlanReport) -> list[str]:
    found = ", ".join(f"{number:,} {what}" for what, number in report.found.items() if number) or "nothing"
    told = ", ".join(f"{report.count(fate):,} {_TITLES[fate]}" for fate in FATES if report.count(fate))
    return [
        f"The file has {found}; it was read {report.through}.",
        f"Into {report.project}: {len(report.created):,} created, {len(report.updated):,} updated, {report.values:,} values written.",
        f"Files written: {len(report.files)}.",
        f"Values: {told}." if told else "Every value came as it is.",
    ]


def _text(report: PlanReport) -> str:
    lines = [f"{report.name}: {report.title or 'a plan without a title'}", *_head(report), *report.remarks]
    lines += section("In the plan but no longer in the file; they stay until you delete them", [*report.absent])
    for fate in FATES:
        lines += section(f"Values that {_TITLES[fate]}", _grouped(report, fate))
    if report.notes:
        lines += ["", "Each value by itself, with its task: the same report as CSV or JSON."]
    return "\n".join(printable(line) for line in lines) + "\n"


def _markdown(report: PlanReport) -> str:
    lines = [
        f"# Import of {marked(report.name)}",
        "",
        *(f"{marked(line)}\n" for line in (*_head(report), *report.remarks)),
    ]
    if report.absent:
        lines += ["## No longer in the file", "", *(f"- {marked(one)}" for one in report.absent), ""]
    for fate in FATES:
        groups = _grouped(report, fate)
        if groups:
            lines += [f"## Values that {_TITLES[fate]}", "", *(f"- {marked(one)}" for one in groups), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _csv(report: PlanReport) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["line", "about", "element", "outcome", "reason", "value"])
    for one in report.notes:
        writer.writerow([one.line, *map(harmless, (one.about, one.element, one.fate, one.reason, one.value))])
    return stream.getvalue()


def _json(report: PlanReport) -> str:
    whole = {**asdict(report), "counts": {fate: report.count(fate) for fate in FATES}}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


FORMS: tuple[tuple[str, Callable[[PlanReport], str]], ...] = (
    ("text", _text), ("csv", _csv), ("json", _json), ("markdown", _markdown),
)  # fmt: skip
"""How a report can be written, by name: the same names as for lists."""


def _grouped(report: PlanReport, fate: Fate) -> list[str]:
    """Values of one fate, put together by element and reason, the most frequent first."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in report.notes:
        if one.fate == fate:
            shown = f"{one.about}{f' = {_short(one.value)}' if one.value else ''}{f' (line {one.line})' if one.line else ''}"
            groups.setdefault((one.element, one.reason), []).append(shown)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return [f"{len(ones):,} x {element}: {reason}: {_some(ones)}" for (element, reason), ones in ordered]


def _some(ones: list[str]) -> str:
    more = len(ones) - _SHOWN
    return "; ".join(ones[:_SHOWN]) + (f"; and {more:,} more" if more > 0 else "")


def _short(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 - a few words
