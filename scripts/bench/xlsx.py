#!/usr/bin/env python3
"""What the Excel round trip costs: 1,000 risks out and back, unchanged and with 100 edits, beside openpyxl alone.

The peer writes and reads the same cells with openpyxl and nothing else: no formats, no comparison, no YAML.

Usage: .venv/bin/python scripts/bench/xlsx.py [--rows 1000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import openpyxl
from handrail.exchange.xlsx.book import Origin, workbook
from handrail.exchange.xlsx.importer import imported, source_of
from handrail.exchange.xlsx.sheets import book_of
from handrail.load import load
from handrail.yaml_text import dump
from measure import result

DAY = date(2026, 12, 4)
ORIGIN = Origin(
    format=1, commit="a" * 40, when=datetime(2026, 12, 1, tzinfo=UTC), path=".", scope="bridge", organisation="Bench"
)
EDITED = 10
"""Every so many-th row is edited."""


@dataclass(frozen=True)
class Files:
    """Files in memory as a tree."""

    files: Mapping[str, bytes]

    def paths(self) -> tuple[str, ...]:
        """Every path."""
        return tuple(sorted(self.files))

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return self.files[path]

    def oddities(self) -> Mapping[str, str]:
        """None."""
        return {}


def made(rows: int) -> Files:
    """A project with so many risks, each with a dozen fields."""
    risks = [
        {
            "id": f"R-{number:03d}", "title": f"Supplier {number} is late",
            "cause": "One workshop", "event": "it stops for weeks", "effect": "opening slips", "probability": 1 + number % 5,
            "impact": 1 + number % 4, "cost_impact": 100 * number, "response": "reduce", "action": "Ask for a second offer",
            "owner": "j.okafor", "due": (DAY + timedelta(days=number % 300)).isoformat(), "status": "open",
        }
        for number in range(1, rows + 1)
    ]  # fmt: skip
    return Files(
        {
            "standards/handrail.yaml": b"format: 1\norganisation: Bench\ncurrencies: [EUR]\ntimezone: UTC\n",
            "projects/bridge/project.yaml": b"id: bridge\nname: Bridge\ntier: medium\nphase: execution\n",
            "projects/bridge/risks.yaml": dump({"risks": risks}).encode(),
        }
    )


def peer(cells: list[list[Any]]) -> bytes:
    """The same cells, written and read by openpyxl alone."""
    book = openpyxl.Workbook()
    for row in cells:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median of CPU seconds."""
    found = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return statistics.median(found)


def main() -> int:
    """Export, import, edit, import again; then the peer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    repository = load(made(args.rows)).repository
    book = book_of(repository, "bridge")
    if book is None:
        return 1
    data = workbook(book, ORIGIN)
    opened = openpyxl.load_workbook(io.BytesIO(data))
    cells = [[cell.value for cell in row] for row in opened["Risks"].iter_rows(min_row=2)]
    impact = 1 + [cell.value for cell in opened["Risks"][1]].index("risks:impact")
    for row in range(3, 3 + args.rows, EDITED):
        opened["Risks"].cell(row, impact).value = 5
    out = io.BytesIO()
    opened.save(out)
    edited = out.getvalue()
    done = imported(source_of(edited), repository, repository, day=DAY)
    if len(done.done) != len(range(0, args.rows, EDITED)) or done.open:
        print(f"{len(done.done)} edits arrived, which is wrong", file=sys.stderr)
        return 1
    plain = peer(cells)
    export = seconds(lambda: workbook(book, ORIGIN), args.rounds)
    unchanged = seconds(lambda: imported(source_of(data), repository, repository, day=DAY), args.rounds)
    changed = seconds(lambda: imported(source_of(edited), repository, repository, day=DAY), args.rounds)
    writing = seconds(lambda: peer(cells), args.rounds)
    reading = seconds(
        lambda: [
            [one.value for one in row] for row in openpyxl.load_workbook(io.BytesIO(plain)).worksheets[0].iter_rows()
        ],
        args.rounds,
    )
    print(
        f"{args.rows} risks, {len(cells) * len(cells[0]):,} cells, {len(data) / 1000:.0f} kB (CPU seconds, median of {args.rounds})"
    )
    print(f"export {export:.2f}; openpyxl alone writes the cells in {writing:.2f}")
    print(
        f"import unchanged {unchanged:.2f}, with {len(done.done)} edits {changed:.2f}; openpyxl alone reads them in {reading:.2f}"
    )
    result(export_s=export, import_s=unchanged, import_edited_s=changed, peer_write_s=writing, peer_read_s=reading)
    return 0


if __name__ == "__main__":
    sys.exit(main())
