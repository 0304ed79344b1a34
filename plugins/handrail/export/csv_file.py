"""CSV that opens in a spreadsheet without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from handrail.export.dataset import Dataset, Plain, is_money

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # also their full-width forms

_TEXT, _YES_NO, _MANY = frozenset({str, type(None)}), frozenset({bool, type(None)}), frozenset({list, dict})
_AS_IT_IS = frozenset({str, int, bool, Decimal, type(None)})


def write(data: Dataset) -> str:
    """A table with its heading. Money takes two columns, lists are joined by semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(data.flat)
    if data.flat:
        writer.writerows(zip(*map(_cells, data.flat.values()), strict=True))
    return out.getvalue()


def table(data: Dataset) -> dict[str, Sequence[Plain]]:
    """The same columns as values: numbers as numbers, everything else in words."""
    return {
        name: values if _AS_IT_IS.issuperset(map(type, values)) else _each(values, _value)
        for name, values in data.flat.items()
    }


def _cells(values: Sequence[Plain]) -> Sequence[Plain]:
    """What stands in the cells of a column."""
    return values if {int}.issuperset(map(type, values)) else _each(values, _cell)


def _each(values: Sequence[Plain], made: Callable[[Plain], Plain]) -> Sequence[Plain]:
    """What is made of each value of a column. In most columns a text stands many times, and many a column is empty."""
    types = set(map(type, values))
    if types <= _TEXT or types <= _YES_NO:
        known = {value: made(value) for value in set(values)}
        return list(map(known.__getitem__, values))
    return [""] * len(values) if types <= _MANY and not any(values) else list(map(made, values))


def _value(value: Plain) -> Plain:
    return value if type(value) in _AS_IT_IS else _words(value)


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
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_words, value))
    if isinstance(value, Mapping):
        if is_money(value):
            return f"{value['amount']:f} {value['currency']}"
        return "; ".join(f"{name}: {_words(one)}" for name, one in value.items() if one is not None)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def safe(text: str) -> str:
    """Text that a spreadsheet takes as text: an apostrophe stands before what would begin a formula."""
    if text[:1].isalnum():  # nearly every text: no formula begins with a letter or a digit
        return text
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) or text.startswith(_FORMULA) else text
