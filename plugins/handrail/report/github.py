"""Remarks as annotations of GitHub Actions, and the whole list as text: GitHub drops what is beyond ten of a sort."""

from __future__ import annotations

from dataclasses import replace

from handrail.remark import Remark
from handrail.report import text
from handrail.report.model import Report, bite_of, group_of
from handrail.report.safe import safe

_LIMIT = 10
_COMMANDS = {"merge": "error", "gate": "warning", "watch": "notice"}


def render(report: Report) -> str:
    """Workflow commands, worst first; where there are more than GitHub shows, the last one says how many. Then the text."""
    lines: list[str] = []
    for name, command in _COMMANDS.items():
        ones = [one for one in report.remarks if group_of(one) in _COMMANDS and bite_of(one) == name]
        shown = ones if len(ones) <= _LIMIT else ones[: _LIMIT - 1]
        lines += (_line(command, one, report) for one in shown)
        if len(ones) > len(shown):
            rest = len(ones) - len(shown)
            lines.append(
                f"::{command} title=Handrail::{_data(f'{rest} more like these; the whole list is in the log.')}"
            )
    return "\n".join([*lines, text.render(replace(report, colour=False))])


def _line(command: str, one: Remark, report: Report) -> str:
    span = report.places[one.loc]
    place = {
        "file": span.file, "line": span.line, "col": span.column, "endLine": span.end_line, "endColumn": span.end_column,
        "title": f"{one.rule} {report.rules[one.rule].title}" if one.rule in report.rules else one.rule,
    }  # fmt: skip
    about = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    words = f"{one.message}\n{one.fix}" if one.fix else one.message
    return f"::{command} {about}::{_data(words)}"


def _data(words: str) -> str:
    return "%0A".join(safe(line).replace("%", "%25") for line in words.split("\n"))


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
