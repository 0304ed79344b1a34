"""How long before red the signs of drift were there: what PRT-03 promises, measured over the past of a portfolio.

The past is known by the ends of months, so a lead is counted from one such day to another, and a sign that came and went
within a month is not seen. The signs are those of `early_warning` with the usual limits that follow from these days: an end
that moved later three times in a row, and a cost efficiency that fell by five points over two months. Float is not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from handrail.compute.averages import median, share
from handrail.compute.early_warning import Earlier, shows_a_sign
from handrail.compute.facts import Project
from handrail.compute.loop import within_a_year
from handrail.compute.trend import History, PointFacts
from handrail.model.words import Colour

FEWEST = 3
"""From fewer projects nothing is said about all."""
_UNDER_WAY = frozenset({"execution", "closure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A project whose colour turned red. since: the day since which a sign had held without a break; None without one."""

    project: str
    red: date
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Projects that turned red in a year: how many, the share that had a sign before, and the median days of these.

    Share and days are None where fewer turned red than can be counted on.
    """

    turned: int
    share: Decimal | None
    days: Decimal | None


def turns(projects: Iterable[Project], history: History) -> tuple[Turn, ...]:
    """Every time that one of these projects turned red, as far back as the history reaches; small ones have no such signs."""
    return tuple(one for project in projects if project.plan.tier != "small" for one in _turns(project, history))


def warned(found: Iterable[Turn], day: date) -> Warned:
    """The turns of the 365 days that end with a day."""
    ones = [one for one in found if within_a_year(one.red, day)]
    leads = [(one.red - one.since).days for one in ones if one.since is not None]
    if len(ones) < FEWEST:
        return Warned(turned=len(ones), share=None, days=None)
    return Warned(turned=len(ones), share=share(len(leads), len(ones)), days=median(leads))


def _turns(project: Project, history: History) -> Iterator[Turn]:
    """The days on which the colour that counts was red and had been another one on the day before; today is the last day."""
    known = [(on, one) for on, one in history.of(project.id) if on < project.as_of and _ends_a_month(on)]
    colours: list[tuple[date, Colour | None]] = [(on, one.colour) for on, one in known]
    colours.append((project.as_of, project.health.counts))
    states = [_state(on, one) for on, one in known]
    for at in range(1, len(colours)):
        on, colour = colours[at]
        under_way = known[at - 1][1].phase in _UNDER_WAY and known[at - 1][1].state == "active"
        if colour == "red" and colours[at - 1][1] in {"green", "amber"} and under_way:
            yield Turn(project=project.id, red=on, since=_since(states[:at]))


def _ends_a_month(day: date) -> bool:
    """A history may hold other days too, such as a week ago; steps of one length are compared."""
    return (day + timedelta(days=1)).day == 1


def _since(states: Sequence[Earlier]) -> date | None:
    """Since when a sign had held on the last of these days."""
    first = None
    for at in reversed(range(len(states))):
        if not shows_a_sign(states, at):
            break
        first = states[at].on
    return first


def _state(on: date, one: PointFacts) -> Earlier:
    earned, spent = one.earned, one.spent
    known = earned is not None and spent is not None and earned.currency == spent.currency and spent.amount > 0
    return Earlier(on=on, end=one.end, cpi=earned.amount / spent.amount if known and earned and spent else None)
