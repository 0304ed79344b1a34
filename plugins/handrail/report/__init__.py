"""Every format of a report is one module with one function, `render(report) -> str`, and one name in FORMATS."""

from importlib import import_module

from handrail.report.model import Report, report_of

__all__ = ["FORMATS", "Report", "render", "report_of"]

FORMATS = ("text", "markdown", "github", "gitlab", "sarif", "junit", "rdjson", "json")


def render(report: Report, name: str) -> str:
    """A report in one of FORMATS. Its module is imported only now: a check writes one format, and must start fast."""
    return str(import_module(f"{__name__}.{name}").render(report))
