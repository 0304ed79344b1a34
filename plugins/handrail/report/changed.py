"""What a check of a change says at a terminal: what changes, who must agree, what stops it, and the rest counted."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.change.agreements import Agreement
from handrail.english import count
from handrail.report.lines import hanging as _wrapped
from handrail.report.lines import lines_of, paint
from handrail.report.model import Report
from handrail.report.parts import alone, blocked, by_project, foremost, of, split
from handrail.report.safe import capital, safe

_SAID = 20
_BRIEF = 12


def render(report: Report) -> Iterator[str]:
    """The sections in the order in which they matter."""
    if report.conflict:
        yield from ("This cannot be merged as it is: it conflicts with the target. Only the branch was judged.", "")
    yield from _changes(report)
    yield from _agreements(report)
    ones = blocked(report)
    if ones:
        yield from (paint(f"Mend before merging ({len(ones)})", "bold", on=report.colour), "")
        for project in dict.fromkeys(one.project for one in ones):
            yield paint(_name(project, report), "bold", on=report.colour)
            yield from (line for one in ones if one.project == project for line in lines_of(one, report))
            yield ""
    yield from _later(report)
    if report.impact:
        yield from (paint("What this would do to the plans", "bold", on=report.colour), "")
        yield from (line for one in report.impact[:_BRIEF] for line in _wrapped(one))
        if len(report.impact) > _BRIEF:
            yield f"  and {len(report.impact) - _BRIEF:,} more rules"
        yield ""
    if report.touched:
        yield from (paint("Who else is touched", "bold", on=report.colour), "")
        yield from (line for one in report.touched for line in _wrapped(capital(one)))
        yield ""
    yield from _before(report)


def _changes(report: Report) -> Iterator[str]:
    yield from (paint("What changes", "bold", on=report.colour), "")
    if not report.changes:
        yield from ("  No plan and no standard says anything else than before.", "")
        return
    shown, rest = foremost(report.changes, _SAID)
    for project, ones in by_project(shown).items():
        yield f"  {paint(_name(project, report), 'bold', on=report.colour)}"
        yield from (line for one in ones for line in _wrapped(capital(one.sentence), "    "))
    if rest:
        number = sum(len(one.changes) for one in rest)
        yield f"  and {count(number, 'smaller change')}; `handrail changes --since REV` lists them"
    yield ""


def _agreements(report: Report) -> Iterator[str]:
    if not report.agreements:
        return
    yield from (paint("Needs approval", "bold", on=report.colour), "")
    yield from (line for one in report.agreements for line in _wrapped(_agreement(one, report)))
    yield ""


def _agreement(one: Agreement, report: Report) -> str:
    what = capital(one.what)
    if not alone(report):
        what += f", {report.names.get(one.project, one.project)}"
    if one.by:
        return f"{what}: {'given' if one.given else 'refused'} by {one.by} ({one.word})"
    return f"{what}: waits for {one.who}"


def _later(report: Report) -> Iterator[str]:
    """One line each for what this change brings and nothing stops."""
    for group, title in (("gate", "Not urgent: needed for the next gate"), ("watch", "Alarms that block nothing")):
        ones = [one for one in of(report, group) if not one.blocks]
        if not ones:
            continue
        yield from (paint(f"{title} ({len(ones)})", "bold", on=report.colour), "")
        for one in ones[:_BRIEF]:
            yield from _wrapped(f"{split(one.message)[0]} [{one.rule}, {report.places[one.loc]}]")
        if len(ones) > _BRIEF:
            yield f"  and {len(ones) - _BRIEF:,} more"
        yield ""


def _before(report: Report) -> Iterator[str]:
    """What was there before, where somebody asked for it."""
    ones = of(report, "existing") if report.everything else []
    if not ones:
        return
    yield from (paint(f"There before this change ({len(ones)})", "bold", on=report.colour), "")
    for project in dict.fromkeys(one.project for one in ones):
        yield paint(_name(project, report), "bold", on=report.colour)
        yield from (line for one in ones if one.project == project for line in lines_of(one, report))
        yield ""


def _name(project: str | None, report: Report) -> str:
    return safe(report.names.get(project, project)) if project else "Standards and policy"
