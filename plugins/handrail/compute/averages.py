"""Shares, means and medians, exact; None of nothing, because nothing counted is not the same as a count of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal


def median(values: Iterable[int]) -> Decimal | None:
    """The middle value, or the mean of the two in the middle."""
    ones = sorted(values)
    if not ones:
        return None
    half = len(ones) // 2
    return Decimal(ones[half]) if len(ones) % 2 else Decimal(ones[half - 1] + ones[half]) / 2


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole; None where there is no whole."""
    return Decimal(part) / whole if whole else None


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The arithmetic mean."""
    return sum(values, Decimal(0)) / len(values) if values else None
