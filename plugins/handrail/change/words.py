"""How old and new values are said: days, money, shares and texts, as short as they stay clear."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handrail import english
from handrail.compute.written import as_day
from handrail.fields import Entity, Field
from handrail.model.money import Money

_MILLION = 1_000_000
_CUT = 60
_HASH, _SEEN = 60, 12
NAMES = ("title", "name", "what", "need", "party", "audience", "situation", "statement", "text")
"""The fields that say what people call a thing, the first that is there."""


def low(title: str) -> str:
    """A field's title within a sentence; abbreviations stay as they are."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def quoted(text: str) -> str:
    """A text between quotes, on one line, cut after a word where it is long."""
    line = " ".join(text.split())
    if len(line) > _CUT:
        cut = line[: _CUT - 3]
        line = f"{cut.rpartition(' ')[0] or cut}..."
    return f'"{line}"'


def day(value: date, year: int | None) -> str:
    """15 Mar; with the year where it is not the current one."""
    words = english.short_day(value) if value.year == year else english.day(value)
    return f"{words} {value:%H:%M}" if isinstance(value, datetime) else words


def compact(value: Money) -> str:
    """48,000 EUR, 1.20 M EUR."""
    if abs(value.amount) < _MILLION:
        return value.format()
    return f"{round(value.amount / _MILLION, 2):,f} M {value.currency}"


def percent(share: Decimal) -> str:
    """+9%, +0.4%; nothing where it would be rounded away."""
    points = share * 100
    rounded = Decimal(round(points)) if abs(points) >= 1 else round(points, 1).normalize()
    return f"{rounded:+,f}%" if rounded else ""


def written(value: Any, year: int | None, field: Field | None = None) -> str:  # noqa: PLR0911 - one answer per type
    """One value in words. With its field, shares read as such and a unit stands behind a number."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case datetime() | date():
            return day(value, year)
        case Money():
            return compact(value)
        case int() | Decimal():
            if field is not None and _innermost(field) == "percent":
                return f"{_number(Decimal(value) * 100)}%"
            return _number(value) + _unit(field)
        case str():
            return _text(value, year, field)
        case tuple() | list():
            return ", ".join(written(one, year, field) for one in value) or "nothing"
        case Entity():
            return called(value)
        case _:
            return quoted(str(value))


def _text(value: str, year: int | None, field: Field | None) -> str:
    if len(value) > _HASH and " " not in value:  # a fingerprint: nobody reads the whole of it
        return f"{value[:_SEEN]}..."
    type_ = field.type.item or field.type if field is not None else None
    if type_ is not None and (type_.kind == "choice" or type_.ref or type_.pattern):
        return english.month(value)
    if (found := as_day(value)) and len(value) == len("2027-02-15"):  # as written, in change requests and baselines
        return day(found, year)
    return quoted(value)


def _unit(field: Field | None) -> str:
    """The unit behind a number; one that is a sentence of its own stays away."""
    return f" {field.unit}" if field is not None and field.unit and "'" not in field.unit else ""


def _innermost(field: Field) -> str:
    return field.type.item.kind if field.type.item is not None else field.type.kind


def _number(value: int | Decimal) -> str:
    words = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def called(thing: Any) -> str:
    """What people call a thing: its id and its title, as far as it has them."""
    name = getattr(thing, "id", None)
    title = next((found for key in NAMES if isinstance(found := getattr(thing, key, None), str) and found), None)
    return " ".join(part for part in (name, quoted(title) if title else None) if part) or "one"


def step(old: Any, new: Any, year: int | None, field: Field | None = None) -> str:
    """From one value to another, with the distance where there is one: "15 Mar -> 2 Apr (+18 days)"."""
    if isinstance(old, Money) and isinstance(new, Money):
        return _money(old, new)
    if isinstance(old, date) and isinstance(new, date):
        return _days(old, new, year)
    before, after = written(old, year, field), written(new, year, field)
    if before == after:  # where shortness would hide the difference
        before, after = (" ".join(str(one).split()) for one in (old, new))
    unit = _unit(field)
    if unit and before.endswith(unit) and after.endswith(unit):
        before = before.removesuffix(unit)
    if before.endswith("%") and after.endswith("%"):
        before = before.removesuffix("%")
    return f"{before} -> {after}"


def _days(old: date, new: date, year: int | None) -> str:
    first, last = date(old.year, old.month, old.day), date(new.year, new.month, new.day)
    if first == last:
        return f"{day(old, year)} -> {day(new, year)}"
    apart = f"{(last - first).days:+,} {'day' if abs((last - first).days) == 1 else 'days'}"
    # where the years differ both are said; where both are another than the current one, it is said once
    before = day(old, old.year if first.year == last.year else None)
    after = day(new, year if first.year == last.year else None)
    return f"{before} -> {after} ({apart})"


def _money(old: Money, new: Money) -> str:
    if old.currency != new.currency:
        return f"{old.format()} -> {new.format()}"
    before, after = compact(old), compact(new)
    millions = before.endswith(f" M {old.currency}") and after.endswith(f" M {old.currency}")
    if before == after or not millions:
        before, after = old.format(), new.format()
    apart = percent(new.ratio(old) - 1) if old.amount > 0 else ""
    if not apart:
        apart = f"{'+' if new > old else ''}{(new - old).format()}"
    return f"{before.removesuffix(f' {old.currency}')} -> {after} ({apart})"
