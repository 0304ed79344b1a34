"""CSV that opens in a spreadsheet without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal

from handrail.export.dataset import Dataset, Plain

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # also their full-width forms

_SINGLE = frozenset({str, int, bool, Decimal, list, type(None)})
_AS_IT_IS = frozenset({str, int, bool, Decimal, type(None)})


def write(data: Dataset) -> str:
    """A table with its heading. Money takes two columns, lists are joined by semicolons."""
    columns, money = _columns(data)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in data.rows:
        get = (_flat(row) if money else row).get
        writer.writerow([
            value if value is None or (type(value) is str and value[:1].isalnum()) else _cell(value)
            for value in map(get, columns)
        ])  # fmt: skip
    return out.getvalue()


def table(data: Dataset) -> tuple[list[str], list[list[Plain]]]:
    """The same columns and rows as values: numbers as numbers, everything else in words."""
    columns, money = _columns(data)
    rows = []
    for row in data.rows:
        get = (_flat(row) if money else row).get
        rows.append([value if type(value) in _AS_IT_IS else _words(value) for value in map(get, columns)])
    return columns, rows


def _columns(data: Dataset) -> tuple[list[str], bool]:
    """The columns, those of currencies among them, and whether there are any of these."""
    money = {
        name
        for row in data.rows if not _SINGLE.issuperset(map(type, row.values()))
        for name, value in row.items() if _is_money(value)
    }  # fmt: skip
    found: dict[str, None] = {}
    for name in data.columns:
        found[name] = None
        if name in money:
            found[f"{name}_currency"] = None
    return list(found), bool(money)


def _flat(row: Mapping[str, Plain]) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for name, value in row.items():
        if type(value) not in _SINGLE and _is_money(value):
            found[name], found[f"{name}_currency"] = value["amount"], value["currency"]
        else:
            found[name] = value
    return found


def _is_money(value: Plain) -> bool:
    if type(value) in _SINGLE:  # nearly every value: asking what is a mapping takes long
        return False
    return isinstance(value, Mapping) and set(value) == {"amount", "currency"}


def _cell(value: Plain) -> str:
    if type(value) is str:
        return safe(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Decimal)):  # a number is a number, also a negative one
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return safe(_words(value))


def _words(value: Plain) -> str:
    if type(value) is str:
        return value
    if isinstance(value, Mapping):
        if _is_money(value):
            return f"{value['amount']:f} {value['currency']}"
        return "; ".join(f"{name}: {_words(one)}" for name, one in value.items() if one is not None)
    if isinstance(value, (list, tuple)):
        return "; ".join(_words(one) for one in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def safe(text: str) -> str:
    """Text that a spreadsheet takes as text: an apostrophe stands before what would begin a formula."""
    if text[:1].isalnum():  # nearly every text: no formula begins with a letter or a digit
        return text
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) or text.startswith(_FORMULA) else text
