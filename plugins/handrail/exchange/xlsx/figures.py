"""Figures, days and months as people type them into a spreadsheet. What can be read two ways is named, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

_DIGITS = 15
"""So many digits of a number are kept by every spreadsheet."""
_BLANKS = re.compile("[\\s\u00a0\u2007\u2009\u202f]+")
_FIGURE = re.compile(r"(?P<sign>[-+\u2212]?)(?P<body>[0-9][0-9.,'\u2019 ]*)\Z")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_PARTS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\Z")
_DAY_NAME = re.compile(r"(\d{1,2})[-. ]+([a-z]{3,9})[-., ]+(\d{4})\Z")
_NAME_DAY = re.compile(r"([a-z]{3,9})[. ]+(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})\Z")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")
_THOUSANDS = 3
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What is meant by a cell: a value as a file holds it, or why it cannot be told."""

    value: Any = None
    problem: str | None = None


def exact(number: float) -> int | Decimal:
    """A spreadsheet's number without the noise behind its fifteenth digit."""
    found = number if isinstance(number, int) else Decimal(f"{number:.{_DIGITS}g}")
    return int(found) if found == int(found) else Decimal(f"{Decimal(found).normalize():f}")


def figure(text: str) -> Read:
    """A number typed as text, with a decimal point or comma, with or without marks between thousands."""
    found = _FIGURE.match(_BLANKS.sub(" ", text).strip())
    if found is None:
        return Read(problem=f"`{text.strip()}` is no number; type it in digits, such as 12 or 2.5")
    body = re.sub(r"['\u2019 ]", "", found["body"])
    marks = [mark for mark in body if mark in ".,"]
    if len(set(marks)) > 1:
        decimal = marks[-1]
        plain = body.replace("," if decimal == "." else ".", "")
        if plain.count(decimal) != 1:
            return Read(problem=f"`{text.strip()}` is no number; type it in digits, such as 12 or 2.5")
        plain = plain.replace(decimal, ".")
    elif len(marks) > 1:
        parts = re.split("[.,]", body)
        if not all(len(part) == _THOUSANDS for part in parts[1:]):
            return Read(problem=f"`{text.strip()}` is no number; type it in digits, such as 12 or 2.5")
        plain = "".join(parts)
    elif marks:
        whole, _, rest = body.partition(marks[0])
        # 2,400 is 2400 in London and 2.4 in Lyon
        if len(rest) == _THOUSANDS and whole not in {"", "0"} and len(whole) <= _THOUSANDS:
            return Read(problem=f"`{text.strip()}` can be {whole}{rest} or {whole}.{rest}; type it as a number, without the mark between "
                                "thousands")  # fmt: skip
        plain = f"{whole}.{rest or '0'}"
    else:
        plain = body
    value = Decimal(plain) * (-1 if found["sign"] in {"-", "\u2212"} else 1)
    return Read(value=int(value) if value == int(value) else Decimal(f"{value.normalize():f}"))


def day(text: str) -> Read:
    """A day typed as text."""
    plain = " ".join(text.split()).lower()
    if found := _ISO.match(plain):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _PARTS.match(plain):
        first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
        if mark == "." or first > _LAST_MONTH or first == second:
            return _day(text, year, second, first)
        if second > _LAST_MONTH:
            return _day(text, year, first, second)
        return Read(
            problem=f"`{text.strip()}` can be {_said(year, second, first)} or {_said(year, first, second)}; type it as "
            f"{year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}"
        )
    for pattern, order in ((_DAY_NAME, (1, 2)), (_NAME_DAY, (2, 1))):
        if found := pattern.match(plain):
            month = _month_named(found[order[1]])
            if month:
                return _day(text, int(found[3]), month, int(found[order[0]]))
    return Read(problem=f"`{text.strip()}` is no day that can be told; type it like 2027-02-15")


def month(value: Any) -> str | None:
    """A month from the head of a column: 2027-02, or the day that a spreadsheet makes of it."""
    if isinstance(value, date):
        return f"{value.year:04d}-{value.month:02d}"
    return str(value).strip() if _MONTH.match(str(value).strip()) else None


def _day(text: str, year: int, month_: int, day_: int) -> Read:
    try:
        return Read(value=date(year, month_, day_).isoformat())
    except ValueError:
        return Read(problem=f"there is no such day as `{text.strip()}`")


def _said(year: int, month_: int, day_: int) -> str:
    return f"{day_} {_MONTHS[month_ - 1].capitalize()} {year}"


def _month_named(name: str) -> int:
    return next((number for number, one in enumerate(_MONTHS, 1) if one.startswith(name)), 0)
