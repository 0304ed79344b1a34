"""Remarks as annotations of GitHub Actions. GitHub shows ten of each sort per step and drops the rest in silence."""

from __future__ import annotations

from handrail.remark import Remark
from handrail.report.model import Report, group_of

_LIMIT = 10
_COMMANDS = {"merge": "error", "gate": "warning", "watch": "notice"}


def render(report: Report) -> str:
    """Workflow commands, worst first; where there are more than GitHub shows, the last one says how many."""
    lines: list[str] = []
    for name, command in _COMMANDS.items():
        ones = [one for one in report.remarks if group_of(one) == name]
        shown = ones if len(ones) <= _LIMIT else ones[: _LIMIT - 1]
        lines += (_line(command, one, report) for one in shown)
        if len(ones) > len(shown):
            rest = len(ones) - len(shown)
            lines.append(f"::{command} title=Handrail::{_data(f'{rest} more like these; the whole list is in the log.')}")
    return "\n".join(lines) + "\n" if lines else ""


def _line(command: str, one: Remark, report: Report) -> str:
    span = report.places[one.loc]
    place = {
        "file": span.file, "line": span.line, "col": span.column, "endLine": span.end_line, "endColumn": span.end_column,
        "title": f"{one.rule} {report.rules[one.rule].title}" if one.rule in report.rules else one.rule,
    }  # fmt: skip
    about = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    text = f"{one.message}\n{one.fix}" if one.fix else one.message
    return f"::{command} {about}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
