"""Remarks as a JUnit report: a suite per group; what would stop the change fails, the rest is written beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from handrail.remark import Remark
from handrail.report.model import GROUPS, Report, group_of
from handrail.report.safe import safe

# what XML 1.0 has no way to write
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """Blocking remarks are failures; those of other groups are skipped cases with their words. Without remarks one case passes."""
    failures = sum(one.blocks for one in report.remarks)
    total = len(report.remarks) or 1
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(
        f'<testsuites name="Handrail" tests="{total}" failures="{failures}" errors="0" skipped="{len(report.remarks) - failures}">'
    )
    if not report.remarks:
        lines.append('  <testsuite name="Handrail" tests="1" failures="0" errors="0" skipped="0">')
        lines.append('    <testcase classname="handrail" name="nothing to remark"/>')
        lines.append("  </testsuite>")
    for name, title in GROUPS:
        lines += _suite(title, [one for one in report.remarks if group_of(one) == name], report)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(title: str, ones: list[Remark], report: Report) -> Iterator[str]:
    if not ones:
        return
    failures = sum(one.blocks for one in ones)
    yield (
        f'  <testsuite name={_attribute(title)} tests="{len(ones)}" failures="{failures}" errors="0" '
        f'skipped="{len(ones) - failures}">'
    )
    for one in ones:
        yield from _case(one, report)
    yield "  </testsuite>"


def _case(one: Remark, report: Report) -> Iterator[str]:
    span = report.places[one.loc]
    yield (
        f"    <testcase classname={_attribute(one.project or 'organisation')} name={_attribute(f'{one.rule} {span}')} "
        f'file={_attribute(span.file)} line="{span.line}">'
    )
    words = [one.message, one.fix, *(f"see {report.places[other.loc]}: {other.note}" for other in one.related)]
    if one.waived_by:
        words.append(f"permitted by {one.waived_by}")
    if one.blocks:
        body = escape(_plain("\n".join(safe(part) for part in (str(span), *words) if part)))
        yield f'      <failure message={_attribute(one.message)} type="{one.rule}">{body}</failure>'
    else:
        yield f"      <skipped message={_attribute(' '.join(part for part in words if part))}/>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_plain(safe(text)))


def _plain(text: str) -> str:
    return _UNWRITABLE.sub("?", text)
