"""Figures for other programs: the portfolio and every register as files. One format is one module and one line here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handrail.compute.evidence import Evidence
from handrail.export import csv_file, json_file
from handrail.export.calendars import calendars
from handrail.export.dataset import Dataset, Export
from handrail.export.of_project import files_of_projects
from handrail.export.portfolio import SCHEMA
from handrail.export.portfolio_schema import schema_text
from handrail.export.registers import registers_of
from handrail.export.sheet import sheet
from handrail.export.source import Given, Source
from handrail.export.tables import makers
from handrail.export.workbook import Book, Named, books

__all__ = ["EXPORTS", "Given", "Source", "files", "has_sheet", "makers", "workbooks_of", "written"]

EXPORTS: tuple[Export, ...] = (
    Export(name="csv", suffix=".csv", write=csv_file.write),
    Export(name="json", suffix=".json", write=json_file.write),
)


def files(
    source: Source,
    *,
    evidence: Mapping[str, Evidence] | None = None,
    workbooks: bool = True,
    own: bool = True,
    address: str = "",
) -> Iterator[tuple[str, bytes]]:
    """Every file below `data/` with its bytes: each table in each format, and one JSON document per project.

    `evidence`: by the file of an approval, what Git knows of it. `workbooks`: Excel files too. `own`: also the files of
    each project. `address`: where the site is published. One table at a time is in memory in words.
    """
    sheets: list[Named] = []
    for make in makers().values():
        for one in make(source):
            yield from written(one)
            if workbooks and has_sheet(one):
                sheets.append((one.path, sheet(one)))
    yield SCHEMA, schema_text().encode()
    if workbooks:
        yield from ((one.path, one.data(source.portfolio.as_of)) for one in workbooks_of(sheets))
    yield from calendars(source.portfolio, source.seen, address)
    if own:
        yield from files_of_projects(source.portfolio, source.seen, evidence)


def written(one: Dataset) -> Iterator[tuple[str, bytes]]:
    """A table in each format, with its place below `data/`."""
    return ((f"{one.path}{export.suffix}", export.write(one).encode()) for export in EXPORTS)


def has_sheet(one: Dataset) -> bool:
    """Whether a table has a place in the workbooks: an empty one has none, but one sheet there must be."""
    return bool(one.rows) or one.path == "portfolio"


def workbooks_of(sheets: Sequence[Named]) -> Iterator[Book]:
    """Everything in one workbook, and each register in one of its own."""
    return books(sheets, frozenset(name for name, _ in registers_of()))
