"""Figures for other programs: the portfolio and every register as files. One format is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from itertools import chain

from handrail.compute.audience import Seen
from handrail.compute.evidence import Evidence
from handrail.compute.facts import Portfolio
from handrail.compute.getting_better import Improvement
from handrail.export import csv_file, json_file
from handrail.export.assurance import assurance_datasets
from handrail.export.calendars import calendars
from handrail.export.compliance import compliance_dataset
from handrail.export.coverage import coverage_dataset
from handrail.export.dataset import Dataset, Export
from handrail.export.improvement import improvement_datasets
from handrail.export.of_project import files_of_projects
from handrail.export.others import others_datasets
from handrail.export.portfolio import SCHEMA, datasets, gather, registers_of, rules_dataset
from handrail.export.portfolio_schema import schema_text
from handrail.export.sheet import Sheet, sheet
from handrail.export.strategy import strategy_datasets
from handrail.export.workbook import Named, singles, whole
from handrail.keeping.facts import Fix
from handrail.model.rule_file import RuleFile
from handrail.rules.settings import Setting

EXPORTS: tuple[Export, ...] = (
    Export(name="csv", suffix=".csv", write=csv_file.write),
    Export(name="json", suffix=".json", write=json_file.write),
)

SheetOf = Callable[[Dataset, bytes], Sheet]
"""Makes a table's sheet. The bytes are a sum of the table as its files have it, which say everything about it."""
_SIZE = 16


def files(  # noqa: PLR0913, PLR0917 - what is written, and what is known beside it
    portfolio: Portfolio,
    seen: Seen,
    rules: Mapping[str, RuleFile],
    settings: Mapping[str, Setting] | None = None,
    evidence: Mapping[str, Evidence] | None = None,
    better: Improvement | None = None,
    *,
    workbooks: bool = True,
    own: bool = True,
    fixed: Mapping[tuple[str, str], Fix] | None = None,
    address: str = "",
    sheet_of: SheetOf | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Every file below `data/` with its bytes: each table in each format, and one JSON document per project.

    `evidence`: by the file of an approval, what Git knows of it. `better`: the loop's figures, whose tables are left out
    without them. `workbooks`: Excel files too. `own`: also the files of each project. `fixed`: by rule and project,
    the commit that mended a remark. `address`: where the site is published. `sheet_of`: makes the sheet of a table, or
    knows it from before. One table at a time is in memory in words.
    """
    about = {"as_of": portfolio.as_of.isoformat(), "organisation": portfolio.repository.organisation.organisation}
    tables = chain(
        datasets(portfolio, seen, gather(portfolio, seen)), strategy_datasets(portfolio, seen, about),
        improvement_datasets(better, seen, about) if better else (),
        (rules_dataset(rules), compliance_dataset(portfolio, seen, rules, settings or {}, fixed or {}),
         coverage_dataset(portfolio, rules, settings or {})),
        assurance_datasets(portfolio, seen), others_datasets(portfolio),
    )  # fmt: skip
    sheets: list[Named] = []
    for one in tables:
        said = blake2b(one.path.encode(), digest_size=_SIZE)
        for export in EXPORTS:
            data = export.write(one).encode()
            said.update(len(data).to_bytes(8, "big") + data)
            yield f"{one.path}{export.suffix}", data
        if workbooks and (one.rows or one.path == "portfolio"):
            sheets.append((one.path, sheet_of(one, said.digest()) if sheet_of else sheet(one)))
    yield SCHEMA, schema_text().encode()
    if workbooks:
        yield from _workbooks(sheets, portfolio.as_of)
    for path, text in calendars(portfolio, seen, address):
        yield path, text.encode()
    if own:
        yield from files_of_projects(portfolio, seen, evidence)


def _workbooks(sheets: Sequence[Named], on: date) -> Iterator[tuple[str, bytes]]:
    """Everything in one workbook, and each register in one of its own."""
    yield "portfolio.xlsx", whole(sheets, on)
    own = frozenset(name for name, _ in registers_of())
    for path, data in singles([one for one in sheets if one[0] in own], on):
        yield f"{path}.xlsx", data
