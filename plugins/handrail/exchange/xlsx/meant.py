"""What a cell of a file means as a value of a plan; what can be read two ways is named, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from handrail.exchange.xlsx.figures import Read, day, exact, figure
from handrail.exchange.xlsx.shown import GENERAL, Shown
from handrail.exchange.xlsx.text import alike, from_cell
from handrail.fields import FieldType
from handrail.model.money import minor_digits
from handrail.source.text import HIDDEN

_EARLY, _LATE = 1950, 2199
_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What stands in a cell of a file: a plain value, the format of its number, and the day that its workbook counts from."""

    value: Any = None
    format: str = GENERAL
    epoch: datetime = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day has no zone


def same(one: Shown, given: Given) -> bool:
    """Whether a cell still holds what was written into it."""
    was, now = one.value, given.value
    if was is None or now is None:
        return was in (None, "") and (now is None or (isinstance(now, str) and not now.strip()))
    if isinstance(was, str):
        return isinstance(now, str) and alike(was, now)
    if isinstance(was, date):
        return now.date() == was and now.time() == time() if isinstance(now, datetime) else now == was
    numbers = isinstance(now, (int, float)) and not isinstance(now, bool)
    return numbers and exact(now) == exact(was)


def meant(kind: FieldType, given: Given, was: Any, currency: str) -> Read:
    """The value that a cell means, as a file holds it; None for an empty one. `was`: the value that stood there."""
    value = given.value
    if isinstance(value, str):
        value = from_cell(value)
        if not value.strip():
            return Read()
    elif value is None:
        return Read()
    if isinstance(value, time):
        return Read(problem="this is a time of day")
    return _MEANT[kind.kind](kind, replace(given, value=value), was, currency)


def _meant_text(kind: FieldType, given: Given, was: Any, _: str) -> Read:
    value = given.value
    if isinstance(value, bool):
        return Read(value="yes" if value else "no")
    if isinstance(value, (date, datetime)):
        if kind.ref or kind.pattern:
            return Read(problem=f"the spreadsheet took it for the day {value:%Y-%m-%d}; it should be {kind.words}")
        return Read(
            problem=f"the spreadsheet took this text for the day {value:%Y-%m-%d}; format the cell as text and type it again"
        )
    if isinstance(value, str):
        # what is pasted from other programs brings signs that nobody sees, and that no file of ours may hold
        lines = [line.rstrip() for line in HIDDEN.sub("", value).split("\n")]
        end = "\n" if isinstance(was, str) and was.endswith("\n") else ""
        return Read(value="\n".join(lines).strip() + end)
    number = exact(value)
    return Read(value=f"{number:f}" if isinstance(number, Decimal) else str(number))


def _meant_choice(kind: FieldType, given: Given, was: Any, currency: str) -> Read:
    text = str(_meant_text(kind, given, was, currency).value or given.value)
    folded = {" ".join(one.split()).casefold(): one for one in kind.values}
    found = folded.get(" ".join(text.split()).casefold())
    return Read(value=found) if found else Read(problem=f"`{text}` is not possible here; it is {kind.words}")


_YES_NO = {**dict.fromkeys(("yes", "y", "true", "1", "x"), "yes"), **dict.fromkeys(("no", "n", "false", "0"), "no")}


def _meant_yes_no(_: FieldType, given: Given, __: Any, ___: str) -> Read:
    found = _YES_NO.get(str(given.value).strip().casefold())
    return Read(value=found) if found else Read(problem=f"`{given.value}` is neither yes nor no")


def _meant_number(kind: FieldType, given: Given, _: Any, __: str) -> Read:
    value = given.value
    if isinstance(value, (bool, date, datetime)):
        return Read(
            problem=f"it should be {kind.words}, and the spreadsheet holds {'a day' if not isinstance(value, bool) else 'yes or no'}"
        )
    return figure(value) if isinstance(value, str) else Read(value=exact(value))


def _meant_percent(kind: FieldType, given: Given, was: Any, currency: str) -> Read:
    value = given.value
    if isinstance(value, str):
        read = figure(value.strip().removesuffix("%"))
        if read.problem is None and not value.strip().endswith("%"):
            return Read(problem=f"`{value}` has no percent sign; type it like 40%")
        share = read.value
    else:
        read = _meant_number(kind, given, was, currency)
        share = None if read.problem else exact(float(Decimal(read.value) * _HUNDRED))
        if read.problem is None and abs(read.value) > 2 and "%" not in given.format:  # noqa: PLR2004 - 200% and more is typed as 200%
            return Read(problem=f"{read.value} can be {read.value}% or {share}%; type it with the percent sign")
    return read if read.problem else Read(value=f"{share:f}%" if isinstance(share, Decimal) else f"{share}%")


def _meant_date(kind: FieldType, given: Given, _: Any, __: str) -> Read:
    value = given.value
    if isinstance(value, str):
        if kind.kind == "when" and "T" in value:
            return Read(value=value.strip())
        return day(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - only where a day lost its format

        try:
            value = from_excel(value, given.epoch)
        except (ValueError, OverflowError):
            value = None
    if isinstance(value, datetime):
        if value.time() != time() and kind.kind == "when":
            return Read(value=value.isoformat(timespec="minutes"))
        value = value.date()
    if not isinstance(value, date) or not _EARLY <= value.year <= _LATE:
        return Read(problem=f"`{given.value}` is no likely day; type it like 2027-02-15")
    return Read(value=value.isoformat())


def _meant_money(kind: FieldType, given: Given, was: Any, currency: str) -> Read:
    value, named = given.value, ""
    if isinstance(value, str):
        value, named = _currency_of(value, currency)
    read = _meant_number(kind, Given(value=value), was, currency)
    if read.problem:
        return read
    there = was["currency"] if isinstance(was, dict) else currency
    if there != currency and not named:
        return Read(problem=f"the amount was in {there}; say which currency is meant, like {read.value} {there}")
    money = named or currency
    if -int(Decimal(read.value).as_tuple().exponent) > minor_digits(money):
        return Read(problem=f"{read.value} has more decimal places than {money} has")
    return read if money == currency else Read(value={"amount": read.value, "currency": money})


def _currency_of(text: str, currency: str) -> tuple[str, str]:
    """An amount without the currency that stands before or behind it, and that currency."""
    plain = text.strip()
    for sign, code in (("€", "EUR"), ("£", "GBP")):
        if sign in plain:
            return plain.replace(sign, "").strip(), code
    for part in (plain[:3], plain[-3:]):
        if part.isascii() and part.isalpha() and part.isupper():
            return (plain[3:] if plain.startswith(part) else plain[:-3]).strip(), part
    return plain, "" if plain else currency


def _meant_list(kind: FieldType, given: Given, was: Any, currency: str) -> Read:
    inner = kind.item or kind
    if isinstance(given.value, str):
        text = given.value
    else:
        plain = _meant_text(inner, given, was, currency)
        if plain.problem is not None:
            return plain
        text = str(plain.value)
    if inner.ref:  # ids hold neither commas nor blanks
        text = text.replace(",", "\n").replace(";", "\n")
    ones = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        read = _MEANT[inner.kind](inner, Given(value=line.strip(), format=given.format), None, currency)
        if read.problem:
            return read
        ones.append(read.value)
    single = kind.one_or_many and was is not None and not isinstance(was, list) and len(ones) == 1
    return Read(value=ones[0] if single else ones or None)


def _meant_any(kind: FieldType, given: Given, was: Any, currency: str) -> Read:
    if isinstance(given.value, (date, datetime)):
        return _meant_date(kind, given, was, currency)
    if isinstance(given.value, (int, float)) and not isinstance(given.value, bool):
        return Read(value=exact(given.value))
    return _meant_text(kind, given, was, currency)


_MEANT: Mapping[str, Callable[[FieldType, Given, Any, str], Read]] = {
    "text": _meant_text, "choice": _meant_choice, "yes_no": _meant_yes_no, "number": _meant_number,
    "percent": _meant_percent, "date": _meant_date, "when": _meant_date, "money": _meant_money, "list": _meant_list,
    "any": _meant_any,
}  # fmt: skip
