"""What an import did with every cell: totals that add up, and each cell that did not arrive as it was."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from handrail.exchange.reading import Outcome

RowOutcome = Literal["created", "updated", "unchanged", "skipped", "not imported"]
OUTCOMES: tuple[Outcome, ...] = ("kept", "changed", "empty", "dropped", "unreadable", "by hand")
_TITLES: Mapping[Outcome, str] = {
    "kept": "arrived as they are",
    "changed": "arrived changed",
    "empty": "hold nothing",
    "dropped": "were dropped",
    "unreadable": "could not be read",
    "by hand": "gave way to an edit by hand",
}
_ROWS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CellNote:
    """One cell that did not arrive as it was. `row` as a spreadsheet counts, `line` as an editor does."""

    row: int
    line: int
    column: str
    value: str
    outcome: Outcome
    reason: str
    to: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowNote:
    """What became of one row. `notes` names what a person should look at."""

    row: int
    key: str
    project: str
    outcome: RowOutcome
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Everything that happened. `counts` of cells add up to `cells`, which is rows times columns."""

    name: str
    sha256: str
    mapping: str
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    counts: Mapping[Outcome, int]
    rows: tuple[RowNote, ...]
    cells: tuple[CellNote, ...]
    notes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many cells the list has."""
        return len(self.rows) * len(self.columns)

    @property
    def row_counts(self) -> Mapping[RowOutcome, int]:
        """How many rows came to what."""
        return Counter(one.outcome for one in self.rows)


def render(report: ImportReport, form: str) -> str:
    """Write a report in one of FORMS. Raises KeyError for another."""
    return dict(FORMS)[form](report)


def _text(report: ImportReport) -> str:
    lines = [
        f"{report.name}: {len(report.rows)} rows of {len(report.columns)} columns.",
        f"Encoding: {report.encoding}.",
        f"Cells are separated by: {report.delimiter}.",
        "",
        f"Projects: {_joined(report.row_counts)}. Files written: {len(report.files)}.",
        f"Cells: {report.total:,} = "
        + " + ".join(f"{report.counts.get(one, 0):,} {_TITLES[one]}" for one in OUTCOMES)
        + ".",
    ]
    lines += section("About the file", [*report.notes])
    lines += section("Rows that were not imported", [
        f"row {one.row} ({one.key or 'no key'}): {'; '.join(one.notes)}" for one in report.rows
        if one.outcome in {"skipped", "not imported"}
    ])  # fmt: skip
    lines += section("Rows to look at", [
        f"row {one.row}, {one.project}: {'; '.join(one.notes)}" for one in report.rows
        if one.notes and one.outcome not in {"skipped", "not imported"}
    ])  # fmt: skip
    lines += section("Projects of this source that the list no longer names", [*report.absent])
    for outcome in ("unreadable", "by hand", "dropped", "changed"):
        lines += section(f"Cells that {_TITLES[outcome]}", _grouped(report, outcome))
    lines += ["", "Each cell by itself, with its text: the same report as CSV or JSON."]
    return "\n".join(printable(line) for line in lines) + "\n"


def _markdown(report: ImportReport) -> str:
    lines = [
        f"# Import of {marked(report.name)}",
        "",
        f"{len(report.rows)} rows of {len(report.columns)} columns. Projects: {_joined(report.row_counts)}.",
        f"Files written: {len(report.files)}. Encoding: {marked(report.encoding)}.",
        f"Cells are separated by: {marked(report.delimiter)}.",
        "",
        "| cells | number |",
        "|---|---:|",
        *(f"| {_TITLES[one]} | {report.counts.get(one, 0):,} |" for one in OUTCOMES),
        f"| **rows times columns** | **{report.total:,}** |",
    ]
    for note in report.notes:
        lines += ["", marked(note)]
    told = [one for one in report.rows if one.notes]
    if told:
        lines += ["", "## Rows to look at", "", "| row | project | what happened | why |", "|---:|---|---|---|"]
        lines += [f"| {one.row} | {marked(one.project or one.key)} | {one.outcome} | {marked('; '.join(one.notes))} |"
                  for one in told]  # fmt: skip
    if report.absent:
        lines += ["", "## No longer in the list", "", *(f"- {marked(one)}" for one in report.absent)]
    for outcome in ("unreadable", "by hand", "dropped", "changed"):
        groups = _grouped(report, outcome)
        if groups:
            lines += ["", f"## Cells that {_TITLES[outcome]}", "", *(f"- {marked(one)}" for one in groups)]
    return "\n".join(lines) + "\n"


def _csv(report: ImportReport) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["row", "line", "project", "column", "outcome", "reason", "field", "value"])
    for one in report.cells:
        texts = (one.project, one.column, one.outcome, one.reason, one.to, one.value)
        writer.writerow([one.row, one.line, *(harmless(text) for text in texts)])
    return stream.getvalue()


def _json(report: ImportReport) -> str:
    whole = {
        **asdict(report),
        "counts": {one: report.counts.get(one, 0) for one in OUTCOMES},
        "row_counts": dict(report.row_counts),
        "total": report.total,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


FORMS: tuple[tuple[str, Callable[[ImportReport], str]], ...] = (
    ("text", _text),
    ("csv", _csv),
    ("json", _json),
    ("markdown", _markdown),
)
"""How a report can be written, by name."""


def _grouped(report: ImportReport, outcome: str) -> list[str]:
    """Cells of one outcome, put together by column and reason, the most frequent first."""
    groups: dict[tuple[str, str], list[int]] = {}
    for one in report.cells:
        if one.outcome == outcome:
            groups.setdefault((one.column, one.reason), []).append(one.row)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return [f"{len(rows):,} x {column}: {reason} ({_rows(rows)})" for (column, reason), rows in ordered]


def _rows(rows: list[int]) -> str:
    shown = ", ".join(str(row) for row in rows[:_ROWS_SHOWN])
    more = len(rows) - _ROWS_SHOWN
    return f"row{'s' if len(rows) > 1 else ''} {shown}" + (f" and {more} more" if more > 0 else "")


def _joined(counts: Mapping[RowOutcome, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counts.items()) or "none"


def section(title: str, lines: list[str]) -> list[str]:
    """A part of a report in words; nothing when there is nothing to say."""
    return ["", f"{title}:", *(f"  {line}" for line in lines)] if lines else []


def printable(line: str) -> str:
    """No escape sequence of a cell reaches a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


def marked(text: str) -> str:
    """A text in which nothing has a meaning for Markdown."""
    plain = " ".join(printable(text).split())
    return "".join(
        f"&#{ord(char)};" if char in "<>@" else f"\\{char}" if char in "\\`*_[]|#" else char for char in plain
    )


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
