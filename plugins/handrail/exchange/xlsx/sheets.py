"""The sheets of plans: one for each register, one for the budget, all of it from the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handrail.exchange.xlsx.layout import ID, PROJECT, Book, Column, Line, Sheet, month_column, months_of
from handrail.exchange.xlsx.money import budget_sheet
from handrail.exchange.xlsx.shown import editable
from handrail.fields import Field, FieldType, fields_of
from handrail.model.kinds import BY_NAME, Kind
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.model.words import PHASES
from handrail.remark import Path

PORTFOLIO = "portfolio"
"""What a workbook of all projects is of."""
REGISTERS = ("risk", "issue", "decision", "action", "change", "milestone", "deliverable", "benefit", "supplier", "resource",
             "quality check", "increment")  # fmt: skip
"""The kinds that have a sheet, in their order."""
_WHERE_THERE = frozenset({"quality check", "increment"})
"""Those that only some projects keep."""
_LISTED = ("risk", "issue", "decision", "action", "milestone", "deliverable", "supplier", "change")
_ANY = FieldType(kind="any", words="a text, a number or yes or no")


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan with what is written in its files."""

    plan: Plan
    raw: Mapping[str, Mapping[str, Any]]

    def top(self, key: str) -> tuple[str, Any]:
        """The file of a field of the plan, and what is written there."""
        file = self.plan.home.get(key, f"projects/{self.plan.id}/{key}.yaml")
        return file, self.raw.get(file, {}).get(key)

    @property
    def currency(self) -> str:
        """The currency of its amounts."""
        budget = self.top("budget")[1]
        return str(budget.get("currency") or "") if isinstance(budget, Mapping) else ""

    @property
    def days(self) -> tuple[date | None, ...]:
        """The days between which it works."""
        return tuple(day for one in self.plan.milestones for day in (one.planned, one.forecast, one.actual))

    @property
    def approved(self) -> frozenset[str]:
        """The ids that stand in the approved plan."""
        return frozenset(self.plan.baselines[-1].values) if self.plan.baselines else frozenset()


def book_of(repository: Repository, scope: str) -> Book | None:
    """Everything that a workbook shows: of one project, or of the portfolio without restricted projects.

    None where there is no such plan that can be read.
    """
    whole = scope == PORTFOLIO
    plans = [one for one in repository.plans if one.id == scope or (whole and one.sensitivity != "restricted")]
    if not plans:
        return None
    ones = [_Plan(one, repository.raw) for one in plans]
    fallback = repository.currency
    head = (_project_column(),) if whole else ()
    sheets = [_register(BY_NAME[name], ones, head, fallback) for name in REGISTERS]
    kept = [one for one in sheets if one.kind is None or one.kind.name not in _WHERE_THERE or one.lines]
    budgets = [(one.plan.id, *one.top("budget"), one.currency or fallback, one.approved) for one in ones]
    kept.insert(5, budget_sheet(budgets, head, [day for one in ones for day in one.days]))
    return Book(
        projects=tuple(one.id for one in plans), sheets=tuple(kept), lists=_lists(repository, ones), whole=whole
    )


def _project_column() -> Column:
    return Column(key=PROJECT, title="Project", hint="The project's id. It never changes.", required=True, fixed=True)


def _register(kind: Kind, plans: Sequence[_Plan], head: tuple[Column, ...], fallback: str) -> Sheet:
    lines = [line for one in plans for line in _lines(kind, one, fallback)]
    columns = tuple(_columns(kind, lines, [day for one in plans for day in one.days]))
    home: dict[str, tuple[str, Path]] = {}
    refuses = ""
    if kind.key is None:
        refuses = "a change is asked for with its form, or with `handrail new change`: they list what would change"
    else:
        for one in plans:
            home[one.plan.id] = (one.top(kind.key)[0], (kind.key,))
    title = {"quality check": "Quality checks", "decision": "Decisions"}.get(kind.name, f"{kind.title}s")
    monthly = next((one.key for one in fields_of(kind.cls) if _monthly(one)), "")
    return Sheet(
        name=kind.key or f"{kind.name}s", title="Changes" if kind.name == "change" else title,
        about=(kind.cls.__doc__ or "").strip(), columns=(*head, *columns), lines=tuple(lines), kind=kind, item=kind, home=home,
        refuses=refuses, by_month=monthly,
    )  # fmt: skip


def _lines(kind: Kind, one: _Plan, fallback: str) -> Iterator[Line]:
    plan, currency, approved = one.plan, one.currency or fallback, one.approved
    if kind.key is None:
        for record in plan.changes:
            raw = one.raw.get(record.loc.file, {})
            yield Line(
                project=plan.id,
                key=record.id,
                name=record.id,
                cls=kind.cls,
                file=record.loc.file,
                at=(),
                raw=raw,
                currency=currency,
            )
        return
    if kind.name == "benefit":
        file, why = one.top("why")
        single = why.get("benefit") if isinstance(why, Mapping) else None
        if isinstance(single, Mapping):
            name = str(single.get("id") or "why")
            yield Line(
                project=plan.id, key=name, name="the benefit of the plan", cls=kind.cls, file=file, at=("why", "benefit"), raw=single,
                currency=currency, unnamed="id" not in single, frozen=name in approved,
            )  # fmt: skip
    monthly = next(((each.key,) for each in fields_of(kind.cls) if _monthly(each)), None)
    file, items = one.top(kind.key)
    for number, raw in enumerate(items if isinstance(items, (list, tuple)) else ()):
        if not isinstance(raw, Mapping):
            continue
        given = raw.get(ID)
        key = str(given) if given is not None else f"#{number + 1}"
        yield Line(
            project=plan.id, key=key, name=key if given is not None else f"{kind.title.lower()} {number + 1}", cls=kind.cls, file=file,
            at=(kind.key, number), raw=raw, currency=currency, unnamed=given is None, frozen=key in approved, months=monthly,
        )  # fmt: skip


def _columns(kind: Kind, lines: Sequence[Line], days: Sequence[date | None]) -> Iterator[Column]:
    for one in fields_of(kind.cls):
        if one.key == "extra":
            names = dict.fromkeys(str(key) for line in lines for key in (line.raw.get("extra") or {}))
            for name in names:
                yield Column(key=f"extra.{name}", title=name, hint="A field of your organisation.", type=_ANY)
        elif _monthly(one):
            for month in months_of((line.raw.get(one.key) for line in lines), days if lines else ()):
                yield month_column(one, month)
        elif editable(one.type) or any(line.raw.get(one.key) for line in lines):
            fixed = one.key == ID or not editable(one.type)
            yield Column(
                key=one.key, title=one.title, hint=hint_of(one), type=one.type, required=one.required and one.key != ID,
                fixed=fixed,
            )  # fmt: skip


def _monthly(one: Field) -> bool:
    """Whether a field has a value for each month."""
    return one.type.kind == "map" and one.type.key is not None and "month" in one.type.key.words


def hint_of(one: Field) -> str:
    """What a person reads who points at the head of a column."""
    words = [one.description]
    if one.unit:
        words.append(f"Unit: {one.unit}.")
    if one.type.kind == "list" and editable(one.type):
        words.append("One on each line of the cell (Alt+Enter).")
    elif one.type.kind in {"date", "percent"}:
        words.append(f"Write it as {'2027-02-15' if one.type.kind == 'date' else '40%'}.")
    elif one.type.kind == "choice":
        words.append(f"{one.type.words[0].upper()}{one.type.words[1:]}.")
    if one.key == ID:
        words.append("Leave it empty in a new line: the next free one is given to it.")
    if one.baselined:
        words.append("Part of the approved plan: another value needs a change request.")
    if one.required and one.key != ID:
        words.append("Needed.")
    return " ".join(words)


def _lists(repository: Repository, plans: Sequence[_Plan]) -> Mapping[str, tuple[str, ...]]:
    """The names that a reference may hold."""
    found: dict[str, dict[str, None]] = {}
    everything: dict[str, None] = {}
    for name in _LISTED:
        kind = BY_NAME[name]
        names = dict.fromkeys(line.key for one in plans for line in _lines(kind, one, "") if not line.unnamed)
        found[name] = names
        everything |= names
    found["item"] = everything
    lists = {name: tuple(ones) for name, ones in found.items()}
    lists["person"] = tuple(repository.people)
    lists["objective"] = tuple(repository.objectives)
    lists["board"] = tuple(one.id for one in repository.policy.boards.boards)
    lists["phase"] = PHASES
    lists["project"] = tuple(one.plan.id for one in plans)
    return lists
