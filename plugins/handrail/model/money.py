"""Amounts of money: an exact decimal that never loses its currency."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

# The one arithmetic of the house: the 34 digits of IEEE 754 decimal128, rounded half to even. Every operation names it,
# so that no caller's thread-local context can change a figure.
EXACT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

# ISO 4217 currencies whose number of decimal places is not 2.
_NO_DIGITS = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
_THREE_DIGITS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_FOUR_DIGITS = frozenset(["CLF", "UYW"])


class CurrencyMismatch(ValueError):  # noqa: N818 - named as a fact of the domain, as the pages of this project say it
    """Two amounts of different currencies were added or compared without a rate."""

    def __init__(self, left: str, right: str) -> None:
        """Keep both currency codes, so that the caller can say which they were."""
        super().__init__(f"{left} and {right} are different currencies")
        self.left = left
        self.right = right


def minor_digits(currency: str) -> int:
    """Return how many decimal places an amount of this currency has by ISO 4217 (2 where the list is silent)."""
    if currency in _NO_DIGITS:
        return 0
    if currency in _THREE_DIGITS:
        return 3
    if currency in _FOUR_DIGITS:
        return 4
    return 2


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency; arithmetic keeps every digit, only `format` rounds."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        """Add an amount of the same currency."""
        return Money(EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Subtract an amount of the same currency."""
        return Money(EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> "Money":
        """Turn income into cost and back."""
        return Money(EXACT.minus(self.amount), self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        """Multiply by a plain number."""
        return Money(EXACT.multiply(self.amount, factor), self.currency)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Decimal | int) -> "Money":
        """Divide by a plain number; for the ratio of two amounts see `ratio`."""
        return Money(EXACT.divide(self.amount, divisor), self.currency)

    def __lt__(self, other: "Money") -> bool:
        """Compare amounts of the same currency."""
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        """Compare amounts of the same currency."""
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        """Compare amounts of the same currency."""
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        """Compare amounts of the same currency."""
        return self.amount >= self._same(other)

    def __str__(self) -> str:
        """Read as `format` writes it."""
        return self.format()

    def ratio(self, other: "Money") -> Decimal:
        """Return how many times the other amount of the same currency goes into this one."""
        return EXACT.divide(self.amount, self._same(other))

    def format(self) -> str:
        """Write "48,000 EUR": thousands separated, the currency's own decimal places, none when the amount is whole."""
        rounded = round(self.amount, minor_digits(self.currency))
        if rounded == rounded.to_integral_value():
            # `or 0` drops the sign of a negative zero, which no ledger knows
            return f"{int(rounded) or 0:,} {self.currency}"
        return f"{rounded:,f} {self.currency}"

    def _same(self, other: "Money") -> Decimal:
        """Return the other amount once it is certain that both are of one currency."""
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.amount
