"""A row of the ledger's list, read: which cost code, how much, when, under which document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from handrail.exchange.cells import NumberStyle, day, number, one_line
from handrail.exchange.csv_table import Table, TableRow
from handrail.model.money import minor_digits

COLUMNS: Mapping[str, str] = {
    "cost_code": "the code that stands at a budget line",
    "amount": "what was posted; negative for a credit",
    "source": "the document's number, by which a posting is known again",
    "posted_on": "the day of the posting",
    "month": "the month it belongs to, such as 2026-11 (else that of the posting)",
    "currency": "the currency (else the project's own)",
    "kind": "`accrual` for work received and not yet invoiced (else spent)",
    "project": "the project's id, where two projects use one code",
}
"""What a list may tell, by the names of its columns."""
_NEEDED = ("cost_code", "amount", "source")
_MONTH = re.compile(r"([0-9]{4})-?(0[1-9]|1[0-2])\Z")
_ACCRUALS = frozenset({"accrual", "accrued"})
_CURRENCY = re.compile(r"[A-Z]{3}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How the list is written: its columns' names by ours, its figures, its days."""

    columns: Mapping[str, str] = field(default_factory=dict)
    numbers: NumberStyle = field(default_factory=NumberStyle)
    days: tuple[str, ...] = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")

    def column(self, name: str) -> str:
        """What the list calls a column of ours."""
        return self.columns.get(name, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One row that was understood. Amounts are exact, in `currency` or in the project's own."""

    row: TableRow
    cost_code: str
    amount: Decimal
    source: str
    month: str
    posted_on: date | None
    currency: str | None
    accrual: bool
    project: str | None


def missing(table: Table, style: Style) -> tuple[str, ...]:
    """The columns without which no row means anything, and those that were named and are not there."""
    wanted = [*_NEEDED, *(name for name in style.columns if name not in _NEEDED)]
    return tuple(style.column(name) for name in wanted if style.column(name) not in table.columns)


def posting_of(row: TableRow, table: Table, style: Style) -> Posting | str:
    """A row understood, or why it was not."""
    cells = {name: row.cells[table.columns.index(style.column(name))] for name in COLUMNS
             if style.column(name) in table.columns}  # fmt: skip
    texts = {name: one_line(cells.get(name, "")).value for name in COLUMNS}
    for name in _NEEDED:
        if not texts[name]:
            return f"{style.column(name)} is empty" + _WHY.get(name, "")
    currency = texts["currency"]
    if currency and not _CURRENCY.match(currency):
        return f"`{currency}` is no currency; write three letters such as EUR"
    amount = number(cells["amount"], style.numbers, digits=minor_digits(currency or "EUR"))
    if amount.value is None:
        return f"{style.column('amount')} `{cells['amount'].strip()}`: {amount.problem or 'it is empty'}"
    posted = day(cells.get("posted_on", ""), style.days)
    if posted.problem:
        return f"{style.column('posted_on')}: {posted.problem}"
    month = _month(texts["month"], posted.value)
    if month is None:
        return (
            f"{style.column('month')} `{texts['month']}` is no month such as 2026-11" if texts["month"] else _NO_MONTH
        )
    return Posting(
        row=row, cost_code=str(texts["cost_code"]), amount=Decimal(amount.value), source=str(texts["source"]), month=month,
        posted_on=posted.value, currency=currency, accrual=(texts["kind"] or "").lower() in _ACCRUALS,
        project=texts["project"],
    )  # fmt: skip


_NO_MONTH = "there is neither a month nor a day of posting"
_WHY: Mapping[str, str] = {"source": "; without its document a posting would be counted again with every list"}


def _month(text: str | None, posted: date | None) -> str | None:
    if not text:
        return f"{posted:%Y-%m}" if posted else None
    match = _MONTH.match(text)
    return f"{match[1]}-{match[2]}" if match else None
