"""What English makes of numbers, lists and days: whatever speaks to people says them alike, and in no locale but this."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ODD = {"person": "people"}
_OF_MANY = {"is": "are", "has": "have", "was": "were"}


def count(number: int, noun: str, many: str | None = None) -> str:
    """1 remark, 1,200 remarks. many: the word for several, where `plural` does not know it."""
    return f"{number:,} {noun if number == 1 else many or plural(noun)}"


def plural(noun: str) -> str:
    """The word for several of a thing; the last word of it is the one that changes."""
    if noun in _ODD:
        return _ODD[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def verb(number: int, singular: str) -> str:
    """`is` for one, `are` for others."""
    return singular if number == 1 else _OF_MANY.get(singular, singular.removesuffix("s"))


def listed(parts: Sequence[str]) -> str:
    """a, b and c; nothing for no part."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def day(value: date | None, otherwise: str = "") -> str:
    """15 Feb 2027; of an instant its day."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else otherwise


def short_day(value: date | None, otherwise: str = "") -> str:
    """15 Feb, where the year stands elsewhere."""
    return f"{value.day} {MONTHS[value.month - 1]}" if value else otherwise


def month(value: str) -> str:
    """`2026-11` becomes Nov 2026; another text stays as it is."""
    year, _, number = value.partition("-")
    if not (year.isdecimal() and len(number) == len("11") and number.isdecimal() and 1 <= int(number) <= len(MONTHS)):
        return value
    return f"{MONTHS[int(number) - 1]} {year}"
