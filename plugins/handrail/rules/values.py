"""How values are calculated with and compared: exact, strict about kinds, and undecided rather than guessing."""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, DecimalException
from enum import Enum
from types import MappingProxyType
from typing import Any

from handrail.model.money import EXACT, CurrencyMismatch, Money
from handrail.rules.evaluation import UndecidedError, refused

NUMBERS = frozenset({int, Decimal})
"""The classes of numbers; compared by class, because a bool is an int to Python."""

ORDERED = frozenset({int, Decimal, str, date})
"""The classes whose values compare at once when both are of one class."""

PLAIN = ORDERED | {bool}
"""The classes whose values are equal or not at once when both are of one class."""

_LARGEST_INT = 10**34
_TESTS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}
)
_WORDS = MappingProxyType(
    {
        "null": "nothing",
        "bool": "yes or no",
        "number": "a number",
        "text": "text",
        "date": "a date",
        "money": "an amount of money",
        "list": "a list",
        "object": "an object",
    }
)
_VERBS = MappingProxyType({"+": "added", "-": "subtracted", "*": "multiplied", "/": "divided", "%": "divided"})


def test_of(sign: str) -> Callable[[Any, Any], bool]:
    """Return the comparison a sign stands for, for two values that are known to go together."""
    return _TESTS[sign]


def kind(value: object) -> str:
    """Return what a value is to the language: null, bool, number, text, date, money, list or object."""
    result = "object"
    if value is None:
        result = "null"
    elif isinstance(value, bool):
        result = "bool"
    elif isinstance(value, (int, Decimal)):
        result = "number"
    elif isinstance(value, str):
        result = "text"
    elif isinstance(value, date):
        result = "date"
    elif isinstance(value, Money):
        result = "money"
    elif isinstance(value, (list, tuple)):
        result = "list"
    return result


def spoken(value: object) -> str:
    """Say what a value is, for a reason: "a number", "text"."""
    return _WORDS[kind(plain(value))]


def plain(value: object) -> Any:
    """Return the text or number of an enumeration's member, and any other value as it is."""
    refused(value)
    return value.value if isinstance(value, Enum) else value


def calculate(sign: str, left: object, right: object) -> Any:
    """Calculate with any two values."""
    if left.__class__ in NUMBERS and right.__class__ in NUMBERS:
        return _numbers(sign, left, right)
    left, right = plain(left), plain(right)
    if sign in "+-":
        left, right = _same_kind(left, right)
    if kind(left) == kind(right) == "number":  # members of an enumeration of numbers
        return _numbers(sign, left, right)
    rule = _RULES.get((sign, kind(left), kind(right)))
    if rule is None:
        raise UndecidedError(f"{spoken(left)} and {spoken(right)} cannot be {_VERBS[sign]}")
    try:
        return rule(left, right)
    except CurrencyMismatch as mismatch:
        raise UndecidedError(f"{mismatch.left} and {mismatch.right} cannot be {_VERBS[sign]} without a rate") from None
    except (DecimalException, OverflowError):
        raise UndecidedError("the result is too large") from None


def negative(value: object) -> Any:
    """Turn the sign of a number or an amount."""
    value = plain(value)
    if isinstance(value, Money):
        return -value
    if kind(value) != "number":
        raise UndecidedError(f"{spoken(value)} has no sign")
    return _numbers("-", 0, value)


def order(sign: str, left: object, right: object) -> bool:
    """Tell which of two values comes first; both must be numbers, text, dates or amounts of one currency."""
    left, right = _same_kind(plain(left), plain(right))
    first, second = kind(left), kind(right)
    if first != second or first in ("null", "bool", "list", "object"):
        raise UndecidedError(f"{_WORDS[first]} cannot be compared with {_WORDS[second]}")
    try:
        return _TESTS[sign](left, right)
    except CurrencyMismatch as mismatch:
        raise UndecidedError(f"{mismatch.left} and {mismatch.right} cannot be compared without a rate") from None
    except TypeError:  # an instant with a time zone and one without
        raise UndecidedError("the two instants cannot be compared: one has no time zone") from None


def compare(sign: str, left: object, right: object) -> bool:
    """Compare any two values by any of the six signs."""
    if sign == "==":
        return equal(left, right)
    return not equal(left, right) if sign == "!=" else order(sign, left, right)


def equal(left: Any, right: Any) -> bool:
    """Tell whether two values are equal; null equals only null, and different kinds are undecided."""
    left, right = plain(left), plain(right)
    if left is None or right is None:
        return left is right
    left, right = _same_kind(left, right)
    first, second = kind(left), kind(right)
    if first != second or (first == "object" and not _comparable(left, right)):
        raise UndecidedError(f"{_WORDS[first]} cannot be compared with {_WORDS[second]}")
    if isinstance(left, Money) and left.currency != right.currency:
        raise UndecidedError(f"{left.currency} and {right.currency} cannot be compared without a rate")
    if first == "list":
        return _equal_lists(left, right)
    return bool(left == right)


def contains(items: object, wanted: object) -> bool:
    """Tell whether a list holds a value: yes if any item equals it, undecided if one could not be compared."""
    undecided: UndecidedError | None = None
    for item in items_of(items):
        try:
            if equal(wanted, item):
                return True
        except UndecidedError as error:
            undecided = undecided or error
    if undecided is not None:
        raise undecided
    return False


def items_of(value: object) -> Sequence[Any]:
    """Return the items of a list, or be undecided."""
    if isinstance(value, (tuple, list)):
        return value
    refused(value)
    raise UndecidedError(f"{spoken(value)} is no list")


def day_of(value: object) -> date:
    """Return the calendar day of a date or an instant, or be undecided."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    refused(value)
    raise UndecidedError(f"{spoken(value)} is no date")


def _numbers(sign: str, left: Any, right: Any) -> Any:
    """Calculate with two numbers: whole ones stay whole except in a division, 34 digits are kept."""
    try:
        if sign in "/%" and not right:
            raise UndecidedError("division by zero")
        if isinstance(left, int) and isinstance(right, int) and sign != "/":
            result = _WHOLE[sign](left, right)
            return result if -_LARGEST_INT < result < _LARGEST_INT else EXACT.create_decimal(result)
        return _EXACT[sign](left, right)
    except DecimalException:
        raise UndecidedError("the result is too large") from None


def _remainder(left: int, right: int) -> int:
    """Return what is left of a whole division, with the sign of the dividend as Decimal and CEL have it."""
    rest = abs(left) % abs(right)
    return -rest if left < 0 else rest


def _same_kind(left: Any, right: Any) -> tuple[Any, Any]:
    """Let two values meet: nothing is nothing in every currency, and an instant beside a day counts as its day."""
    if isinstance(left, Money) and kind(right) == "number" and right == 0:
        return left, Money(Decimal(0), left.currency)
    if isinstance(right, Money) and kind(left) == "number" and left == 0:
        return Money(Decimal(0), right.currency), right
    if isinstance(left, date) and isinstance(right, date) and isinstance(left, datetime) != isinstance(right, datetime):
        return day_of(left), day_of(right)
    return left, right


def _comparable(left: object, right: object) -> bool:
    """Tell whether two objects may be compared: the same class, or two mappings."""
    return left.__class__ is right.__class__ or (isinstance(left, Mapping) and isinstance(right, Mapping))


def _equal_lists(left: Sequence[Any], right: Sequence[Any]) -> bool:
    """Compare item by item; a difference decides, whatever else cannot be compared."""
    if len(left) != len(right):
        return False
    undecided: UndecidedError | None = None
    for one, other in zip(left, right, strict=True):
        try:
            if not equal(one, other):
                return False
        except UndecidedError as error:
            undecided = undecided or error
    if undecided is not None:
        raise undecided
    return True


def _shifted(start: date, days: int | Decimal) -> date:
    """Move a date or an instant by whole days."""
    if days != int(days):
        raise UndecidedError("a date moves by whole days only")
    return start + timedelta(days=int(days))


def _ratio(left: Money, right: Money) -> Decimal:
    """Divide two amounts of one currency."""
    if not right.amount and left.currency == right.currency:
        raise UndecidedError("division by zero")
    return left.ratio(right)


def _share(amount: Money, divisor: int | Decimal) -> Money:
    """Divide an amount by a number."""
    if not divisor:
        raise UndecidedError("division by zero")
    return amount / divisor


_WHOLE: Mapping[str, Callable[[int, int], int]] = MappingProxyType(
    {"+": operator.add, "-": operator.sub, "*": operator.mul, "%": _remainder}
)
_EXACT: Mapping[str, Callable[[Any, Any], Decimal]] = MappingProxyType(
    {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide, "%": EXACT.remainder}
)
_RULES: Mapping[tuple[str, str, str], Callable[[Any, Any], Any]] = MappingProxyType(
    {
        ("+", "money", "money"): operator.add,
        ("-", "money", "money"): operator.sub,
        ("*", "money", "number"): operator.mul,
        ("*", "number", "money"): operator.mul,
        ("/", "money", "number"): _share,
        ("/", "money", "money"): _ratio,
        ("+", "date", "number"): _shifted,
        ("+", "number", "date"): lambda days, start: _shifted(start, days),
        ("-", "date", "number"): lambda start, days: _shifted(start, -days),
        ("-", "date", "date"): lambda end, start: (day_of(end) - day_of(start)).days,
    }
)
