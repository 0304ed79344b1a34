"""Messages of rules: text with `{expressions}` in it, and how values read in a sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handrail import english
from handrail.model.money import Money
from handrail.rules.expression import Program, Undecided, compile_expression
from handrail.rules.shapes import Shape
from handrail.rules.tokens import Fault
from handrail.rules.values import plain

UNKNOWN = "?"
"""Stands in a message for what could not be decided."""

_PLACES = Decimal("0.000001")
# Text in quotes may hold braces of its own; everything else of the language has none.
_PART = re.compile(
    r"""\{\{ | \}\} | \{ (?P<code> (?: [^{}'"] | '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" )* ) \} | [{}]""", re.VERBOSE
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Template:
    """A compiled message; `reads` are the fields its expressions may read."""

    source: str
    parts: tuple[str | Program, ...]

    @property
    def reads(self) -> frozenset[str]:
        """The fields that the message speaks of."""
        return frozenset().union(*(part.reads for part in self.parts if isinstance(part, Program)))

    def render(self, scope: Mapping[str, Any]) -> str:
        """Write the message; what cannot be decided reads "?", and nothing ever raises."""
        return "".join([part if isinstance(part, str) else _run(part, scope) for part in self.parts])


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Later:
    """A message that is known to be right and is compiled when it is spoken."""

    source: str
    roots: Mapping[str, Shape]

    def render(self, scope: Mapping[str, Any]) -> str:
        """Compile and write the message."""
        made = compile_text(self.source, self.roots)
        return made.render(scope) if isinstance(made, Template) else self.source


def compile_text(source: str, roots: Mapping[str, Shape]) -> Template | tuple[Fault, ...]:
    """Compile a message, or return everything that is wrong with its expressions, with places in the message."""
    parts: list[str | Program] = []
    faults: list[Fault] = []
    end = 0
    for match in _PART.finditer(source):
        parts.append(source[end : match.start()])
        end = match.end()
        code = match["code"]
        if code is not None:
            program = compile_expression(code, roots)
            if isinstance(program, Program):
                parts.append(program)
            else:
                faults.extend(_moved(program, match.start("code")))
        elif match.group() in ("{{", "}}"):
            parts.append(match.group()[0])
        else:
            sign = match.group()
            message = f"this {sign} has no partner; write {sign}{sign} for the sign itself"
            faults.append(Fault(message=message, offset=match.start(), length=1, kind="syntax"))
    parts.append(source[end:])
    return tuple(faults) or Template(source=source, parts=tuple(part for part in parts if part != ""))


def in_words(value: object) -> str:
    """Write a value as it reads in a sentence: "15 Feb 2027", "48,000 EUR", "a, b and c", "yes", "nothing"."""
    value = value if isinstance(value, Undecided) else plain(value)
    match value:
        case None:
            words = "nothing"
        case bool():
            words = "yes" if value else "no"
        case str():
            words = str(value)
        case int() | Decimal():
            words = _number(value)
        case date():
            words = _day(value)
        case Money():
            words = value.format()
        case list() | tuple():
            words = _joined([in_words(item) for item in value])
        case _:
            words = _titled(value)
    return words


def _run(program: Program, scope: Mapping[str, Any]) -> str:
    """Write the value of one expression."""
    value = program.run(scope)
    return UNKNOWN if isinstance(value, (Undecided, Fault)) else in_words(value)


def _moved(faults: Sequence[Fault], by: int) -> Iterator[Fault]:
    """Move places within an expression to places within the message."""
    return (replace(fault, offset=fault.offset + by) for fault in faults)


def _number(value: int | Decimal) -> str:
    """Write a number in full, without exponent and trailing zeros; long fractions are cut to six places."""
    try:
        if isinstance(value, int):
            return str(value)
        rounded = value if abs(value) < _PLACES else round(value, 6)
        written = f"{rounded:f}"
    except (ValueError, ArithmeticError):  # more digits than can be written out
        return UNKNOWN
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written == "-0" else written


def _day(value: date) -> str:
    """Write a day without depending on anybody's locale; an instant with its time."""
    day = english.day(value)
    return f"{day} {value:%H:%M}" if isinstance(value, datetime) else day


def _joined(words: Sequence[str]) -> str:
    """Write a list: commas, and "and" before the last."""
    return english.listed(words) or "nothing"


def _titled(value: object) -> str:
    """Name an object by what it calls itself."""
    for name in ("title", "name", "id"):
        own = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
        if isinstance(own, str) and own:
            return own
    return UNKNOWN
