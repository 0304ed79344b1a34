"""Postings find their budget line and are added to its project; what stands there already is never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Literal

from handrail.edit import set_value
from handrail.exchange.actuals.rows import Posting, Style, missing, posting_of
from handrail.exchange.csv_table import Table, TableRow, read_table
from handrail.model.cost import Actual
from handrail.model.money import Money
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.slips import near
from handrail.source import read_yaml

Outcome = Literal["added", "there already", "differs", "not imported"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """What became of one row. amount is None where the row was not understood; why says what a person should look at."""

    row: TableRow
    outcome: Outcome
    project: str = ""
    line: str = ""
    amount: Money | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingsResult:
    """Every row of the list with what became of it, and the files that would change. lacking: columns it does not have."""

    table: Table
    rows: tuple[Booked, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows came to what."""
        return Counter(one.outcome for one in self.rows)


def import_actuals(data: bytes, repository: Repository, style: Style) -> PostingsResult:
    """Add the postings of a list to the budgets whose lines carry their cost codes. A list may be imported again."""
    table = read_table(data)
    lacking = missing(table, style) if table.columns else ()
    if lacking or not table.columns:
        return PostingsResult(table=table, lacking=lacking)
    books = _Books(repository)
    rows = tuple(_booked(row, table, style, books) for row in table.rows)
    return PostingsResult(table=table, rows=rows, files=books.files())


def _booked(row: TableRow, table: Table, style: Style, books: _Books) -> Booked:
    found = posting_of(row, table, style)
    if isinstance(found, str):
        return Booked(row=row, outcome="not imported", why=found)
    return books.book(found)


class _Books:
    """The budgets of all plans, and what is to be added to each."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._plans = {plan.id: plan for plan in repository.plans}
        self._lines: dict[str, list[tuple[Plan, str]]] = {}
        self._there: dict[tuple[str, str, str, str, bool], Actual] = {}
        self._new: dict[str, list[dict[str, Any]]] = {}
        for plan in repository.plans:
            for line in plan.budget.lines if plan.budget else ():
                if line.cost_code:
                    self._lines.setdefault(line.cost_code, []).append((plan, line.id))
            for one in plan.budget.actuals if plan.budget else ():
                if one.source:
                    accrual = one.accrued is not None and not one.amount.amount
                    self._there[plan.id, one.line or "", one.source, one.month, accrual] = one

    def book(self, posting: Posting) -> Booked:
        """Add one posting, unless it is there already."""
        place = self._place(posting)
        if isinstance(place, str):
            return Booked(row=posting.row, outcome="not imported", why=place)
        plan, line = place
        unit = (plan.budget.currency if plan.budget else None) or self._repository.currency
        amount = Money(posting.amount, posting.currency or unit)
        told = partial(Booked, row=posting.row, project=plan.id, line=line, amount=amount)
        key = (plan.id, line, posting.source, posting.month, posting.accrual)
        before = self._there.get(key)
        if before is not None:
            same = _of(before) == amount
            why = (
                ""
                if same
                else f"{posting.source} stands there with {_of(before).format()}; a correction needs a document of its own"
            )
            return told(outcome="there already" if same else "differs", why=why)
        if plan.state == "closed":
            return told(outcome="not imported", why=f"{plan.name} is closed; nothing is posted to it any more")
        self._there[key] = Actual(
            month=posting.month, amount=amount, line=line, source=posting.source
        )  # a list may repeat itself
        self._new.setdefault(plan.id, []).append(_written(posting, line, amount, unit))
        return told(outcome="added")

    def files(self) -> dict[str, bytes]:
        """The files with their new postings, every other line as it was."""
        found: dict[str, bytes] = {}
        for name, postings in self._new.items():
            path = self._plans[name].home["budget"]
            text = self._repository.tree.read(path).decode("utf-8")
            for one in postings:
                there = (read_yaml(path, text.encode()).value["budget"] or {}).get("actuals") or []
                text = set_value(text, ("budget", "actuals", len(there)), one)
            found[path] = text.encode()
        return found

    def _place(self, posting: Posting) -> tuple[Plan, str] | str:
        found = self._lines.get(posting.cost_code, [])
        if posting.project is not None:
            found = [one for one in found if one[0].id == posting.project]
        if not found:
            guess = near(posting.cost_code, self._lines)
            where = f" of `{posting.project}`" if posting.project else ""
            return f"no budget line{where} has the cost code `{posting.cost_code}`" + (
                f"; did you mean `{guess}`?" if guess else ""
            )
        if len(found) > 1:
            names = ", ".join(f"{plan.id} ({line})" for plan, line in found)
            return f"the cost code `{posting.cost_code}` stands at several lines: {names}; name the project in a column"
        return found[0]


def _of(one: Actual) -> Money:
    """What a posting stands for: what was spent, or what was accrued."""
    return one.accrued if one.accrued is not None and not one.amount.amount else one.amount


def _written(posting: Posting, line: str, amount: Money, unit: str) -> dict[str, Any]:
    """The posting as the file will hold it."""
    value: Any = amount.amount if amount.currency == unit else {"amount": amount.amount, "currency": amount.currency}
    spent = {"amount": 0, "accrued": value} if posting.accrual else {"amount": value}
    when: dict[str, date] = {"posted_on": posting.posted_on} if posting.posted_on else {}
    return {"month": posting.month, **spent, "line": line, "source": posting.source, **when}
