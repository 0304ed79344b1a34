"""Whether a cell is as a condition of the mapping says."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from handrail.exchange import cells
from handrail.exchange.mapping_file import Condition
from handrail.rules.functions import compile_pattern, parse_date


def meets(text: str, one: Condition, as_of: date | None, dates: tuple[str, ...]) -> bool:
    """Whether the text of a cell meets a condition. as_of: the day of the list; dates: how it writes days."""
    plain = " ".join(text.split())
    if one.matches is not None and not pattern(one.matches).search(plain):
        return False
    if one.is_ and plain not in one.is_:
        return False
    if one.empty is not None and one.empty != (not plain):
        return False
    if one.before is None and one.after is None:
        return True
    day = cells.day(text, dates).value
    before, after = _day(one.before, as_of), _day(one.after, as_of)
    if day is None or (one.before and before is None) or (one.after and after is None):
        return False
    return (before is None or day < before) and (after is None or day > after)


def _day(written: str | None, as_of: date | None) -> date | None:
    return as_of if written == "as_of" else parse_date(written or "")


@cache
def pattern(text: str) -> Any:
    """A pattern of the mapping, compiled once."""
    return compile_pattern(text)
