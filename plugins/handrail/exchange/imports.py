"""What can be imported: one format, one module, one line in IMPORTS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handrail.exchange.actuals import COLUMNS, import_actuals
from handrail.exchange.import_report import FORMS, ImportReport, render
from handrail.exchange.importer import ImportResult, import_list
from handrail.exchange.mapping import FOLDER, MappingRead, read_mapping
from handrail.exchange.mapping_file import CsvMapping
from handrail.exchange.msproject.importer import import_plan
from handrail.exchange.write import NotWritten, write

__all__ = [
    "COLUMNS", "FOLDER", "FORMS", "IMPORTS", "CsvMapping", "ImportReport", "ImportResult", "MappingRead", "NotWritten", "import_actuals", "import_list",
    "read_mapping", "render", "write",
]  # fmt: skip

IMPORTS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("list", import_list, "Projects from the rows of a list, CSV or Excel, by a mapping file"),
    ("csv", import_list, "The same, by its first name"),
    ("actuals", import_actuals, "What finance has posted, by cost code, from a CSV list"),
    ("msproject", import_plan, "The schedule of one project from a file of Microsoft Project"),
)
"""Name of the format, the function, and one line of help."""
