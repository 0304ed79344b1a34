"""One cell's text to one value. What comes back says what was changed on the way, and why, or why it cannot be read.

All of it is exact: amounts are `Decimal`, and a figure that a reader could take two ways is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handrail.model.money import EXACT
from handrail.source.text import HIDDEN

ONE = Decimal(1)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n|\r")
# a no-break space and its kin, which look like a space and are none
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_FIGURE = re.compile(r"[0-9]{1,24}(?:\.[0-9]{1,9})?")
_ANY_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell became. `notes`: what was changed because of what. `problem`: why it could not be read."""

    value: Any = None
    notes: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return self.value is None and self.problem is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStyle:
    """How figures are written in the source: marks that are dropped, the two separators and the unit."""

    symbols: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ","
    times: Decimal = ONE


def tidy(text: str) -> Cell:
    """A text as any cell needs it: known line ends, no invisible characters, no spaces around it."""
    notes: list[str] = []
    plain = _step(text, _LINE_END.sub("\n", text), "line ends made alike", notes)
    plain = _step(plain, _SPACES.sub(" ", plain), "no-break spaces became spaces", notes)
    plain = _step(plain, _SURROGATE.sub("", HIDDEN.sub("", plain)), "invisible characters were taken out", notes)
    plain = _step(plain, plain.replace("\t", " "), "tabs became spaces", notes)
    plain = _step(plain, plain.strip(), "spaces around it were taken off", notes)
    return Cell(value=plain or None, notes=tuple(notes))


def one_line(text: str) -> Cell:
    """A text for a field of one line, such as a name."""
    cell = tidy(text)
    if cell.value is None:
        return cell
    flat = " ".join(cell.value.split())
    why = "its lines were joined" if "\n" in cell.value else "double spaces became one"
    return Cell(value=flat, notes=cell.notes if flat == cell.value else (*cell.notes, why))


def prose(text: str) -> Cell:
    """A text of several lines, such as a narrative: spaces at line ends and empty lines at its ends go."""
    cell = tidy(text)
    if cell.value is None:
        return cell
    lines = [line.strip() for line in cell.value.split("\n")]
    plain = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    notes = list(cell.notes)
    plain = _step(cell.value, plain, "spaces at the ends of lines and surplus empty lines were taken off", notes)
    return Cell(value=plain or None, notes=tuple(notes))


def day(text: str, formats: tuple[str, ...]) -> Cell:
    """A day. Formats are tried in their order; where two read it as different days, the first wins and this is told."""
    cell = one_line(text)
    if cell.value is None:
        return cell
    found: list[tuple[date, str]] = []
    for form in formats:
        try:
            found.append((datetime.strptime(cell.value, form).date(), form))  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if not found:
        example = ", ".join(date(2027, 2, 15).strftime(form) for form in formats)
        return Cell(problem=f"this is no day written like {example}")
    first, form = found[0]
    notes = list(cell.notes)
    other = next((one for one, _ in found if one != first), None)
    if other:
        notes.append(f"read as {form}, although it could also mean {other.isoformat()}")
    elif first.isoformat() != text:
        notes.append("the day is written year first")
    return Cell(value=first, notes=tuple(notes))


def number(text: str, style: NumberStyle, *, digits: int | None = None) -> Cell:
    """A figure or an amount. `digits`: the decimal places that it may have in the end, None for any."""
    cell = one_line(text)
    if cell.value is None:
        return cell
    plain, notes = cell.value, list(cell.notes)
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1] if negative else plain
    for symbol in style.symbols:
        plain = _step(plain, plain.replace(symbol, "").strip(), f"`{symbol}` was left out", notes)
    sign = plain[:1] in {"-", "+", "\u2212"}
    negative = negative or (sign and plain[0] != "+")
    plain = plain[1:].strip() if sign else plain
    whole, point, rest = plain.partition(style.decimal)
    if style.thousands and style.thousands in whole:
        groups = whole.split(style.thousands)
        # 1,23 or 12,3456 is more likely a decimal comma than thousands: say so instead of guessing
        if not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):  # noqa: PLR2004 - thousands
            return Cell(problem=f"`{style.thousands}` does not separate thousands here")
        whole = "".join(groups)
        notes.append("the marks between thousands were left out")
    written = whole + ("." + rest if point else "")
    if not _FIGURE.fullmatch(written):
        return Cell(problem="this number is too long" if _ANY_FIGURE.fullmatch(written) else "this is no number")
    return _scaled(Decimal(written), style, notes, negative=negative, digits=digits)


def _scaled(value: Decimal, style: NumberStyle, notes: list[str], *, negative: bool, digits: int | None) -> Cell:
    value = -value if negative else value
    if style.times != 1:
        value = EXACT.multiply(value, style.times)
        notes.append(f"multiplied by {style.times:,f}")
    places = -int(value.normalize(EXACT).as_tuple().exponent)
    if digits is not None and places > digits:
        rounded = value.quantize(Decimal(1).scaleb(-digits), context=EXACT)
        notes.append(f"rounded from {value.normalize():f} to {digits} decimal places")
        value = rounded
    value = value.normalize(EXACT)
    exact = int(value) if value == value.to_integral_value() else Decimal(format(value, "f"))
    return Cell(value=exact, notes=tuple(notes))


def percent(text: str, style: NumberStyle) -> Cell:
    """A share: `40%`, `40 %`, or `0.4` with a factor of 100."""
    plain = text.strip().removesuffix("%")
    cell = number(plain, style)
    if cell.value is None:
        return cell
    value = f"{cell.value:f}%" if isinstance(cell.value, Decimal) else f"{cell.value}%"
    return Cell(value=value, notes=cell.notes if value == text else (*cell.notes, f"written as {value}"))


def mapped(text: str, values: Mapping[str, Any], *, ignore_case: bool) -> Cell:
    """A value that the mapping names for this text; `problem` where it names none."""
    cell = one_line(text)
    if cell.value is None:
        return cell
    table = {_folded(key): one for key, one in values.items()} if ignore_case else values
    found = table.get(_folded(cell.value) if ignore_case else cell.value)
    if found is None:
        return Cell(problem="the mapping names no value for this text")
    same = found == text
    return Cell(value=found, notes=cell.notes if same else (*cell.notes, f"the mapping writes `{found}` for it"))


def items(text: str, separator: str | None) -> Cell:
    """A list: one item, or several with a mark between them."""
    cell = one_line(text)
    if cell.value is None:
        return cell
    found = [one.strip() for one in cell.value.split(separator)] if separator else [cell.value]
    return Cell(value=[one for one in found if one] or None, notes=cell.notes)


def yes_no(text: str) -> Cell:
    """A yes or no in the usual English spellings."""
    cell = mapped(text, _YES_NO, ignore_case=True)
    return Cell(problem="this is neither yes nor no") if cell.problem else cell


_YES_NO: Mapping[str, str] = dict.fromkeys(("yes", "y", "true", "1", "x"), "yes") | dict.fromkeys(
    ("no", "n", "false", "0"), "no"
)


def _folded(text: str) -> str:
    return " ".join(str(text).split()).casefold()


def _step(before: str, after: str, why: str, notes: list[str]) -> str:
    if after != before:
        notes.append(why)
    return after
