"""The text of one cell as a value of the field it is meant for, as the mapping says or the field's kind asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handrail.exchange import cells
from handrail.exchange.cells import Cell, NumberStyle
from handrail.exchange.mapping_file import CsvMapping, FieldRule
from handrail.fields import FieldType
from handrail.model.money import minor_digits


def converted(text: str, rule: FieldRule, kind: FieldType, mapping: CsvMapping) -> Cell:
    """The value, and what had to be done to get it; or why there is none."""
    if rule.values:
        cell = cells.mapped(text, rule.values, ignore_case=rule.ignore_case)
        one_of_many = kind.kind == "list" and cell.value is not None and not isinstance(cell.value, (list, tuple))
        return replace(cell, value=[cell.value]) if one_of_many else cell
    return _CONVERTERS[rule.as_ or _BY_KIND.get(kind.kind, "text")](mapping, rule, text)


def _currency(mapping: CsvMapping) -> str:
    """The currency that the mapping writes into every plan, as far as it does."""
    fixed = (one.value for one in mapping.fields if one.to == "budget.currency")
    return next((one for one in fixed if isinstance(one, str)), "")


def _style(mapping: CsvMapping, rule: FieldRule) -> NumberStyle:
    """How this list writes figures."""
    numbers = mapping.numbers
    return NumberStyle(
        symbols=numbers.symbols, decimal=numbers.decimal, thousands=numbers.thousands, times=rule.times or cells.ONE
    )


_BY_KIND = {
    "date": "date", "when": "date", "money": "money", "number": "number", "percent": "percent", "yes_no": "yes no",
    "list": "list",
}  # fmt: skip
_CONVERTERS: dict[str, Callable[[CsvMapping, FieldRule, str], Cell]] = {
    "text": lambda _, __, text: cells.one_line(text),
    "choice": lambda _, __, text: cells.one_line(text),
    "prose": lambda _, __, text: cells.prose(text),
    "date": lambda mapping, rule, text: cells.day(text, rule.dates or mapping.dates or ("%Y-%m-%d",)),
    "money": lambda mapping, rule, text: cells.number(
        text, _style(mapping, rule), digits=minor_digits(_currency(mapping))
    ),
    "number": lambda mapping, rule, text: cells.number(text, _style(mapping, rule)),
    "percent": lambda mapping, rule, text: cells.percent(text, _style(mapping, rule)),
    "yes no": lambda _, __, text: cells.yes_no(text),
    "list": lambda _, rule, text: cells.items(text, rule.separator),
}
