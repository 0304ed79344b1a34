"""Lists and plans of others become plans: one format, one module, one line in IMPORTS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handrail.exchange.actuals import COLUMNS, import_actuals
from handrail.exchange.import_report import FORMS, ImportReport, render
from handrail.exchange.importer import ImportResult, import_csv
from handrail.exchange.mapping import FOLDER, MappingRead, read_mapping
from handrail.exchange.mapping_file import CsvMapping
from handrail.exchange.msproject.importer import import_plan
from handrail.exchange.write import NotWritten, write

__all__ = [
    "COLUMNS", "FOLDER", "FORMS", "IMPORTS", "CsvMapping", "ImportReport", "ImportResult", "MappingRead", "NotWritten", "import_actuals", "import_csv",
    "read_mapping", "render", "write",
]  # fmt: skip

IMPORTS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("csv", import_csv, "Projects from the rows of a CSV list, by a mapping file"),
    ("actuals", import_actuals, "What finance has posted, by cost code, from a CSV list"),
    ("msproject", import_plan, "The schedule of one project from a file of Microsoft Project"),
)
"""Name of the format, the function, and one line of help."""
