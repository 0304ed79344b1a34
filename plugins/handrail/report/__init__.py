"""Every format of a report is one module with one function, and one line in FORMATS."""

from collections.abc import Callable, Mapping

from handrail.report import github, json, text
from handrail.report.model import Report, report_of

__all__ = ["FORMATS", "Report", "report_of"]

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text.render,
    "github": github.render,
    "json": json.render,
}
