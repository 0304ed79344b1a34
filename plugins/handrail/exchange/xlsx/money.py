"""The sheet of the budget: totals, phases, the approved plan and the money spent by month, and the lines with their phasing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from handrail.exchange.xlsx.layout import ID, Column, Line, Sheet, month_column, months_of
from handrail.fields import Field, fields_of
from handrail.model.cost import Budget, BudgetLine
from handrail.model.kinds import Kind
from handrail.model.words import PHASES
from handrail.remark import Path

BUDGET = "budget"
_TOTALS = ("approved", "contingency", "management_reserve", "forecast")
_SPANS = ("by_month", "spent")
LINE = Kind(
    name="budget line", title="Budget line", cls=BudgetLine, pattern="", behaviour="baseline", family="project",
    starter="sample", key="lines", within="project",
)  # fmt: skip
"""A line of the budget as a kind of its own; it stands inside the plan's budget, not in a register."""

Written = tuple[str, str, Any, str, frozenset[str]]
"""A project with the file of its budget, what is written there, its currency and the ids of its approved plan."""


def budget_sheet(budgets: Sequence[Written], head: tuple[Column, ...], days: Sequence[date | None]) -> Sheet:
    """The budgets of some projects, each from its totals down to its lines. `days`: those that the projects plan with."""
    lines = [line for one in budgets for line in _lines(one)]
    months = months_of((value for _, _, raw, _, _ in budgets for value in _monthly(raw)), days)
    columns = (
        *head,
        Column(
            key=ID,
            title="Id",
            hint="What the line is. It never changes; leave it empty in a new line of the budget.",
            fixed=True,
        ),
        *(_column(one) for one in fields_of(BudgetLine) if one.key not in {ID, "phasing"}),
        *(month_column(_field("phasing"), month) for month in months),
    )
    return Sheet(
        name=BUDGET, title="Budget", about=(Budget.__doc__ or "").strip(), columns=columns, lines=tuple(lines), item=LINE,
        home={project: (file, (BUDGET, "lines")) for project, file, _, _, _ in budgets}, by_month="phasing",
    )  # fmt: skip


def _column(one: Field) -> Column:
    return Column(key=one.key, title=one.title, hint=one.description, type=one.type, required=one.required)


def _field(key: str) -> Field:
    return next(one for one in fields_of(BudgetLine) if one.key == key)


def _monthly(raw: Any) -> Iterator[Any]:
    if isinstance(raw, Mapping):
        yield from (raw.get(name) for name in _SPANS)
        yield from (one.get("phasing") for one in raw.get("lines") or () if isinstance(one, Mapping))


def _lines(written: Written) -> Iterator[Line]:
    project, file, raw, currency, approved = written
    budget: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    titles = {one.key: one.title for one in fields_of(Budget)}

    def line(key: str, name: str, fields: Mapping[str, Path], months: Path | None = None) -> Line:
        return Line(
            project=project, key=key, name=name, cls=Budget, file=file, at=(BUDGET,), raw=budget, currency=currency, fields=fields, months=months,
        )  # fmt: skip

    for name in _TOTALS:
        yield line(name, titles[name], {"amount": (name,)})
    for phase in PHASES:
        yield line(f"by_phase.{phase}", f"{titles['by_phase']}: {phase}", {"amount": ("by_phase", phase)})
    for name in _SPANS:
        yield line(name, titles[name], {}, (name,))
    parts = {one.key: (one.key,) for one in fields_of(BudgetLine)}
    for number, one in enumerate(budget.get("lines") or ()):
        if isinstance(one, Mapping) and one.get(ID) is not None:
            key = str(one[ID])
            yield Line(
                project=project, key=key, name=key, cls=BudgetLine, file=file, at=(BUDGET, "lines", number), raw=one, currency=currency,
                fields=parts, months=("phasing",), frozen=key in approved,
            )  # fmt: skip
