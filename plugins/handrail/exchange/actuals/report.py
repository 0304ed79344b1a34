"""What an import of postings did, so that finance can tick it off against its own list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.exchange.actuals.importer import Booked, Outcome, PostingsResult
from handrail.exchange.csv_table import NAMES
from handrail.exchange.import_report import printable, section
from handrail.model.money import Money

_TITLES: dict[Outcome, str] = {
    "added": "added", "there already": "there already", "differs": "different from what is there, left alone",
    "not imported": "not imported",
}  # fmt: skip


def report_of(done: PostingsResult, name: str) -> str:
    """The report as text: rows and sums by what became of them; together they are the list."""
    table = done.table
    lines = [
        f"{name}: {len(done.rows)} postings.",
        f"Encoding: {table.encoding or 'none'} ({table.why_encoding}).",
        f"Cells are separated by: {NAMES.get(table.delimiter, table.delimiter)} ({table.why_delimiter}).",
        "",
    ]
    for outcome, title in _TITLES.items():
        ones = [one for one in done.rows if one.outcome == outcome]
        sums = ", ".join(money.format() for money in _sums(ones))
        lines.append(f"{len(ones):>5} {title}" + (f": {sums}" if sums else ""))
    lines += section("Added by project", list(_by_project(done.rows)))
    for outcome in ("differs", "not imported"):
        lines += section(
            f"Rows {_TITLES[outcome]}",
            [f"row {one.row.number} (line {one.row.line}): {one.why}" for one in done.rows if one.outcome == outcome],
        )
    lines += section("About the file", [one.message for one in table.notes])
    return "\n".join(printable(line) for line in lines) + "\n"


def _by_project(rows: Iterable[Booked]) -> Iterator[str]:
    added = [one for one in rows if one.outcome == "added"]
    for project in sorted({one.project for one in added}):
        ones = [one for one in added if one.project == project]
        codes = ", ".join(sorted({one.line for one in ones}))
        yield f"{project}: {len(ones)} postings to {codes}, {', '.join(one.format() for one in _sums(ones))}"


def _sums(rows: Iterable[Booked]) -> list[Money]:
    """What rows come to, each currency by itself."""
    found: dict[str, Money] = {}
    for one in rows:
        if one.amount is not None:
            unit = one.amount.currency
            found[unit] = found[unit] + one.amount if unit in found else one.amount
    return [found[unit] for unit in sorted(found)]
