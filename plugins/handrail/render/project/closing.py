"""What a closed project reached against what was first approved, as one table."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.benefits import BenefitState
from handrail.compute.facts import Project
from handrail.compute.outcome import Outcome, outcome_of
from handrail.render import words
from handrail.render.table import Cell, Column, Table, rows_of

_COLUMNS = (Column("What", wide=True), Column("First approved"), Column("Reached"), Column("Difference"))


def reached(project: Project) -> Table:
    """Time, cost, scope, quality and each benefit; empty before the end."""
    found = outcome_of(project, project.as_of)
    rows = rows_of(_rows(found)) if found is not None else ()
    return Table(name="Promised and reached", columns=_COLUMNS, rows=rows)


def _rows(one: Outcome) -> Iterator[tuple[Cell | str, ...]]:
    if one.end is not None:
        yield "End", words.day(one.end.original), words.day(one.end.actual, "not reached"), _late(one.end.slip_original)
    if one.promised is not None and one.cost is not None:
        yield "Cost", words.money(one.promised), words.money(one.cost), words.percent(one.over)
    changed = [
        f"{words.count(len(names), 'deliverable')} {what}"
        for names, what in ((one.dropped, "dropped"), (one.added, "added"))
        if names
    ]
    yield (
        "Scope", words.count(len(one.deliverables) - len(one.added) + len(one.dropped), "deliverable"),
        f"{one.accepted} accepted" + (f", {words.count(one.concessions, 'concession')}" if one.concessions else ""),
        ", ".join(changed) or "the same deliverables",
    )  # fmt: skip
    for thing in one.deliverables:
        yield (
            Cell(thing.name, sub="accepted"),
            words.day(thing.original),
            words.day(thing.actual, "not accepted"),
            _late(thing.slip_original),
        )
    if one.checked:
        yield "Quality", "every check passes", f"{one.passed} of {words.count(one.checked, 'check')} passed", ""
    yield from (_benefit(each) for each in one.benefits)


def _late(days: int | None) -> Cell | str:
    if not days:
        return "" if days is None else "on the day"
    what = f"{words.count(abs(days), 'working day')} {'late' if days > 0 else 'early'}"
    return Cell(what, tone="late" if days > 0 else "good")


def _benefit(one: BenefitState) -> tuple[Cell | str, ...]:
    promised = (
        f"{words.number(one.benefit.target)} by {words.day(one.benefit.by)}"
        if one.benefit.by
        else words.number(one.benefit.target)
    )
    if one.newest is None:
        return Cell(one.benefit.what, sub="benefit"), promised, "not measured yet", ""
    share = words.share(one.realised)
    return (
        Cell(one.benefit.what, sub="benefit"), promised, f"{words.number(one.newest.value)} on {words.day(one.newest.on)}",
        f"{share} of the promised change" if share else "",
    )  # fmt: skip
