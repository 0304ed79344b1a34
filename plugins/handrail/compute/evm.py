"""The formulas of earned value and earned schedule, each once. What cannot be known is undefined, with the reason; never 0.

Amounts are plain numbers of one currency, times are counted in periods (months of the phased budget). The names are those
of ANSI/EIA-748 and the PMBOK Guide; earned schedule is Lipke's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from handrail.model.money import EXACT


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or the reason why there is none. It is never both."""

    value: Decimal | None
    why: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return self.value is not None


Amount = Decimal | Figure
"""A number, or a figure that may be undefined; what is undefined hands its reason on."""


def known(value: Decimal | int) -> Figure:
    """A figure that has a value."""
    return Figure(Decimal(value))


def undefined(why: str) -> Figure:
    """A figure that has none, and why."""
    return Figure(None, why)


def ratio(top: Amount, bottom: Amount, why: str) -> Figure:
    """One figure in terms of another; undefined with `why` where the lower one is nothing."""
    above, below = _figure(top), _figure(bottom)
    if above.value is None or below.value is None:
        return above if above.value is None else below
    return undefined(why) if below.value == 0 else Figure(EXACT.divide(above.value, below.value))


def difference(left: Amount, right: Amount) -> Figure:
    """One figure less another."""
    first, second = _figure(left), _figure(right)
    if first.value is None or second.value is None:
        return first if first.value is None else second
    return Figure(EXACT.subtract(first.value, second.value))


def cost_variance(ev: Amount, ac: Amount) -> Figure:
    """CV = EV - AC: below zero, the work done has cost more than planned (PMBOK)."""
    return difference(ev, ac)


def schedule_variance(ev: Amount, pv: Amount) -> Figure:
    """SV = EV - PV in money: it returns to 0 at the end of every late project, so colours read SPI(t) (PMBOK; Lipke)."""
    return difference(ev, pv)


def cpi(ev: Amount, ac: Amount) -> Figure:
    """CPI = EV / AC: work done for each unit of money spent (PMBOK)."""
    return ratio(ev, ac, "Nothing has been spent yet.")


def spi(ev: Amount, pv: Amount) -> Figure:
    """SPI = EV / PV (PMBOK)."""
    return ratio(ev, pv, "Nothing was planned to be done by now.")


def percent_complete(ev: Amount, bac: Amount) -> Figure:
    """EV / BAC, as a fraction."""
    return ratio(ev, bac, "The budget is nothing.")


def eac_cpi(bac: Amount, index: Figure) -> Figure:
    """EAC = BAC / CPI: the rest costs as much over or under as what was done (PMBOK, "typical")."""
    return ratio(bac, index, "No work has been done for the money spent, so its price is not known.")


def eac_budget_rate(bac: Decimal, ev: Decimal, ac: Decimal) -> Figure:
    """EAC = AC + (BAC - EV): the rest costs what was planned (PMBOK, "atypical")."""
    return Figure(EXACT.add(ac, EXACT.subtract(bac, ev)))


def eac_cpi_spi(bac: Decimal, ev: Decimal, ac: Decimal, cost_index: Figure, time_index: Figure) -> Figure:
    """EAC = AC + (BAC - EV) / (CPI x SPI): pressure of cost and time together (PMBOK; the composite of the gold card)."""
    if cost_index.value is None or time_index.value is None:
        return cost_index if cost_index.value is None else time_index
    both = EXACT.multiply(cost_index.value, time_index.value)
    rest = ratio(EXACT.subtract(bac, ev), both, "No work has been done for the money spent, so its price is not known.")
    return rest if rest.value is None else Figure(EXACT.add(ac, rest.value))


def etc(eac: Figure, ac: Amount) -> Figure:
    """ETC = EAC - AC: what is still to be spent."""
    return difference(eac, ac)


def etc_budget_rate(bac: Decimal, ev: Decimal) -> Figure:
    """ETC = BAC - EV: the rest at the planned rate."""
    return difference(bac, ev)


def etc_cpi(bac: Decimal, ev: Decimal, index: Figure) -> Figure:
    """ETC = (BAC - EV) / CPI: the rest at the rate of what was done."""
    return ratio(
        EXACT.subtract(bac, ev), index, "No work has been done for the money spent, so its price is not known."
    )


def vac(bac: Amount, eac: Figure) -> Figure:
    """VAC = BAC - EAC: below zero, it ends dearer than planned."""
    return difference(bac, eac)


def tcpi_bac(bac: Decimal, ev: Decimal, ac: Decimal) -> Figure:
    """TCPI = (BAC - EV) / (BAC - AC): the CPI that the rest needs to end within the budget."""
    if ac >= bac:
        return undefined("The budget is spent already, so no efficiency can keep to it.")
    return ratio(EXACT.subtract(bac, ev), EXACT.subtract(bac, ac), "")


def tcpi_eac(bac: Decimal, ev: Decimal, ac: Decimal, eac: Figure) -> Figure:
    """TCPI = (BAC - EV) / (EAC - AC): the CPI that the rest needs to end at the forecast."""
    return ratio(EXACT.subtract(bac, ev), difference(eac, ac), "Nothing is expected to be spent any more.")


def earned_schedule(planned: Sequence[Decimal], ev: Decimal) -> Figure:
    """ES = C + (EV - PV_C) / (PV_C+1 - PV_C): the time by which as much was planned to be done as is done (Lipke).

    planned: PV at the start (0) and at the end of each period, added up. C: whole periods whose PV is not above EV; after
    the budget is planned to be used up no period counts any more, so that a finished plan has earned its planned duration.
    """
    if planned_duration(planned) == 0:
        return undefined("The budget is not spread over time.")
    curve = planned[: planned_duration(planned) + 1]
    if ev < curve[0]:
        return known(0)
    whole = max(number for number, value in enumerate(curve) if value <= ev)
    if whole == len(curve) - 1:
        return known(whole)
    part = EXACT.divide(EXACT.subtract(ev, curve[whole]), EXACT.subtract(curve[whole + 1], curve[whole]))
    return Figure(EXACT.add(Decimal(whole), part))


def planned_duration(planned: Sequence[Decimal]) -> int:
    """PD: whole periods until the whole budget is planned to be used."""
    return max((number for number, (before, after) in enumerate(pairwise(planned), 1) if after > before), default=0)


def sv_t(es: Figure, at: Amount) -> Figure:
    """SV(t) = ES - AT in periods: below zero, late (Lipke)."""
    return difference(es, at)


def spi_t(es: Figure, at: Amount) -> Figure:
    """SPI(t) = ES / AT: planned time earned for each period that has passed; it stays below 1 when late (Lipke)."""
    return ratio(es, at, "No time has passed yet.")


def ieac_t(duration: Amount, index: Figure) -> Figure:
    """IEAC(t) = PD / SPI(t): how many periods it takes in all at the speed so far (Lipke)."""
    return ratio(duration, index, "No work has been done yet, so its speed is not known.")


def tspi(duration: Decimal, es: Figure, at: Decimal) -> Figure:
    """TSPI = (PD - ES) / (PD - AT): the speed that the rest needs to end on time (Lipke)."""
    if at >= duration:
        return undefined("The planned time is over, so no speed can keep to it.")
    return ratio(difference(duration, es), EXACT.subtract(duration, at), "")


def _figure(one: Amount) -> Figure:
    return one if isinstance(one, Figure) else Figure(one)
