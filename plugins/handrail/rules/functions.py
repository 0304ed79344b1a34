"""The functions of the rule language: one table of what they take, what they give and how they are calculated."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from types import MappingProxyType
from typing import Any

from handrail.model.money import EXACT, Money
from handrail.rules import values
from handrail.rules.evaluation import EmptyItemError, Run, Undecided, UndecidedError, refused
from handrail.rules.shapes import ANY, BOOL, DATE, MONEY, NULL, NUMBER, ORDERED, TEXT, ListOf, Shape, fits, words

_FRIDAY = 4
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Function:
    """One function: how it may be called, what it gives, and its calculation.

    `result` answers with the shape of the value, or with a text that says what is wrong with the arguments.
    `forms` says whether `name(a)`, `a.name()` or both are allowed; `most` is None for any number of arguments.
    """

    name: str
    forms: str
    least: int
    most: int | None
    result: Callable[[Sequence[Shape]], Shape | str]
    apply: Callable[..., Any]

    @property
    def is_function(self) -> bool:
        """Whether it may be written `name(a)`."""
        return self.forms in ("function", "both")

    @property
    def is_method(self) -> bool:
        """Whether it may be written `a.name()`."""
        return self.forms in ("method", "both")


def parse_date(written: str) -> date | None:
    """Return the day that a text such as "2026-01-31" names, None if it names none."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    # Python also reads 20260131 and week dates; plans know one way to write a day
    return day if day.isoformat() == written else None


def compile_pattern(written: str) -> Any:
    """Return a compiled RE2 pattern; raises ValueError with RE2's own words if it is none."""
    import re2  # noqa: PLC0415 - 3 MB that a repository without patterns never loads

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(written, options)
    except (re2.error, UnicodeError) as error:
        said = error.args[0] if error.args else ""
        raise ValueError(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)) from None


def search_pattern(pattern: Any, value: object) -> bool:
    """Tell whether a compiled pattern is found anywhere in a text."""
    return pattern.search(_text(value)) is not None


def _takes(shape: Shape, *wanted: Shape) -> Callable[[Sequence[Shape]], Shape | str]:
    """Return a `result` that asks for these shapes and gives the first."""

    def result(given: Sequence[Shape]) -> Shape | str:
        for place, (have, want) in enumerate(zip(given, wanted, strict=False), start=1):
            if have == NULL or not fits(have, want):
                return f"takes {words(want)} in place {place}, not {words(have)}"
        return shape

    return result


def _size_shape(given: Sequence[Shape]) -> Shape | str:
    """Size counts the characters of a text or the items of a list."""
    (shape,) = given
    return NUMBER if isinstance(shape, ListOf) or shape in (TEXT, ANY) else f"counts a list or text, not {words(shape)}"


def _sum_shape(given: Sequence[Shape]) -> Shape | str:
    """Sum gives what the items are."""
    (shape,) = given
    if shape == ANY:
        return ANY
    if not isinstance(shape, ListOf):
        return f"adds up a list, not {words(shape)}"
    return shape.item if shape.item in (NUMBER, MONEY, ANY) else f"adds up numbers or money, not {words(shape.item)}"


def _least_shape(given: Sequence[Shape]) -> Shape | str:
    """Min and max give one of their arguments, or one item of the only one."""
    first = given[0]
    if len(given) == 1:
        if first == ANY:
            return ANY
        if not isinstance(first, ListOf):
            return "takes a list or at least two values"
        given = (first.item,)
    known = [shape for shape in given if shape != ANY]
    for shape in known:
        if shape not in ORDERED:
            return f"compares numbers, dates, money or text, not {words(shape)}"
        if shape != known[0]:
            return f"cannot compare {words(known[0])} with {words(shape)}"
    return known[0] if len(known) == len(given) else ANY


def _unique_shape(given: Sequence[Shape]) -> Shape | str:
    """Unique gives a list of the same items."""
    (shape,) = given
    return shape if isinstance(shape, ListOf) or shape == ANY else f"takes a list, not {words(shape)}"


def _text(value: object) -> str:
    """Return a text, or be undecided."""
    value = values.plain(value)
    if isinstance(value, str):
        return value
    raise UndecidedError(f"{values.spoken(value)} is no text")


def _size(_run: Run, value: object) -> int:
    if isinstance(value, (str, tuple, list)):
        return len(value)
    refused(value)
    raise UndecidedError(f"{values.spoken(value)} has no size")


def _sum(run: Run, value: object) -> Any:
    items = values.items_of(value)
    run.spend(len(items))
    if items and all(item.__class__ is Money for item in items) and len({item.currency for item in items}) == 1:
        # the usual case, without an object for every step
        return Money(reduce(EXACT.add, [item.amount for item in items]), items[0].currency)
    total: Any = 0
    for item in items:
        if item is None:
            raise EmptyItemError
        if values.kind(values.plain(item)) not in ("number", "money"):
            raise UndecidedError(f"the list holds {values.spoken(item)}")
        total = values.calculate("+", total, item)
    return total


def _least(sign: str) -> Callable[..., Any]:
    """Return min or max: the first item to which no other is `sign`."""

    def least(run: Run, *given: object) -> Any:
        items = values.items_of(given[0]) if len(given) == 1 else given
        run.spend(len(items))
        if not items:
            return None
        if any(item is None for item in items):
            raise EmptyItemError if len(given) == 1 else UndecidedError("a value is empty")
        best = items[0]
        if values.kind(values.plain(best)) in ("bool", "list", "object"):
            raise UndecidedError(f"{values.spoken(best)} cannot be compared")
        for item in items[1:]:
            if values.order(sign, item, best):
                best = item
        return best

    return least


def _unique(run: Run, value: object) -> tuple[Any, ...]:
    kept: list[Any] = []
    for item in values.items_of(value):
        run.spend(len(kept) + 1)
        if not any(_same(item, other) for other in kept):
            kept.append(item)
    return tuple(kept)


def _same(one: object, other: object) -> bool:
    """Tell whether two items are one; those that cannot be compared are two."""
    try:
        return values.equal(one, other)
    except UndecidedError:
        return False


def _date(_run: Run, written: object) -> date:
    day = parse_date(_text(written))
    if day is None:
        raise UndecidedError(f"{_text(written)!r} is no date; write it as 2026-01-31")
    return day


def _days(_run: Run, start: object, end: object) -> int:
    return (values.day_of(end) - values.day_of(start)).days


def _workdays(run: Run, start: object, end: object) -> Any:
    first, last = values.day_of(start), values.day_of(end)
    calendar = run.scope.get("workdays")
    return _mondays_to_fridays(first, last) if calendar is None else calendar(first, last)


def _mondays_to_fridays(start: date, end: date) -> int:
    """Count the days from Monday to Friday from `start` to before `end`; backwards it counts below zero."""
    if end < start:
        return -_mondays_to_fridays(end, start)
    weeks, rest = divmod((end - start).days, _WEEK)
    return weeks * 5 + sum((start + timedelta(days=day)).weekday() <= _FRIDAY for day in range(rest))


def _matches(_run: Run, value: object, written: object) -> bool:
    text = _text(value)
    try:
        pattern = compile_pattern(_text(written))
    except ValueError as error:
        raise UndecidedError(f"the pattern cannot be read: {error}") from None
    return search_pattern(pattern, text)


_TWO_TEXTS = _takes(BOOL, TEXT, TEXT)
_TWO_DATES = _takes(NUMBER, DATE, DATE)

_TABLE = (
    Function(
        name="contains",
        forms="method",
        least=2,
        most=2,
        result=_TWO_TEXTS,
        apply=lambda _run, text, part: _text(part) in _text(text),
    ),
    Function(name="date", forms="function", least=1, most=1, result=_takes(DATE, TEXT), apply=_date),
    Function(name="days", forms="function", least=2, most=2, result=_TWO_DATES, apply=_days),
    Function(
        name="endsWith",
        forms="method",
        least=2,
        most=2,
        result=_TWO_TEXTS,
        apply=lambda _run, text, part: _text(text).endswith(_text(part)),
    ),
    Function(
        name="lower",
        forms="both",
        least=1,
        most=1,
        result=_takes(TEXT, TEXT),
        apply=lambda _run, text: _text(text).lower(),
    ),
    Function(name="matches", forms="both", least=2, most=2, result=_TWO_TEXTS, apply=_matches),
    Function(name="max", forms="both", least=1, most=None, result=_least_shape, apply=_least(">")),
    Function(name="min", forms="both", least=1, most=None, result=_least_shape, apply=_least("<")),
    Function(name="size", forms="both", least=1, most=1, result=_size_shape, apply=_size),
    Function(
        name="startsWith",
        forms="method",
        least=2,
        most=2,
        result=_TWO_TEXTS,
        apply=lambda _run, text, part: _text(text).startswith(_text(part)),
    ),
    Function(name="sum", forms="both", least=1, most=1, result=_sum_shape, apply=_sum),
    Function(name="unique", forms="both", least=1, most=1, result=_unique_shape, apply=_unique),
    Function(name="workdays", forms="function", least=2, most=2, result=_TWO_DATES, apply=_workdays),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({function.name: function for function in _TABLE})
"""Every function by name, in the order of the reference page; `has` and the macros are part of the grammar."""


def has_value(value: object) -> bool:
    """Tell whether a value is there: null, empty text, empty lists and figures that are undecided are not."""
    if value is None or value.__class__ is Undecided:
        return False
    return bool(value) or value.__class__ not in _HOLLOW


_HOLLOW = frozenset({str, tuple, list, dict, MappingProxyType})


def is_zero(value: object) -> bool:
    """Tell whether a written value is the number 0, which every currency accepts."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool) and value == 0
