"""An amount handed out in parts: to the last digit of the currency, so that the parts always add up to the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from handrail.model.money import EXACT, Money, minor_digits

_ONE = Decimal(1)


def shared_out(amount: Money, weights: Sequence[Decimal]) -> tuple[Money, ...]:
    """The amount in proportion to the weights, equally where all are 0; the largest remainders get the digits left over.

    The parts are in whole cents when the amount is, and their sum is the amount whatever it is.
    """
    if not weights:
        return ()
    total = sum(weights, Decimal(0))
    fair = tuple(weights) if total > 0 else (_ONE,) * len(weights)
    whole = total if total > 0 else Decimal(len(weights))
    step = _ONE.scaleb(-minor_digits(amount.currency))
    exact = [EXACT.divide(EXACT.multiply(amount.amount, one), whole) for one in fair]
    floors = [one.quantize(step, ROUND_FLOOR, EXACT) for one in exact]
    order = sorted(range(len(exact)), key=lambda number: (floors[number] - exact[number], number))
    left = EXACT.subtract(amount.amount, sum(floors, Decimal(0)))
    for number in order:
        if left < step:
            break
        floors[number] += step
        left = EXACT.subtract(left, step)
    floors[order[0]] = EXACT.add(floors[order[0]], left)  # less than a cent, where the amount itself has such
    return tuple(Money(one, amount.currency) for one in floors)
