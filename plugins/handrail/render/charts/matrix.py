"""The five-by-five matrix: how likely, how bad, and which open threats stand in each square."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.compute.risk import open_threats, score
from handrail.model.registers import Risk
from handrail.render.words import count, verb

_STEPS = (1, 2, 3, 4, 5)
_SHOWN = 4
_AMBER_FROM = 6


@dataclass(frozen=True, slots=True)
class Square:
    """One square: its band, the risks in it as id and title, and how many more there are."""

    band: str
    score: int
    risks: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows from almost certain down to rare, each with its number."""

    sentence: str
    rows: tuple[tuple[int, tuple[Square, ...]], ...]
    unrated: int
    high: int


def matrix(risks: tuple[Risk, ...], high: int) -> Matrix:
    """The open threats by probability and impact; `high` is the score from which policy calls a risk high."""
    threats = open_threats(risks)
    rated = [one for one in threats if score(one)]
    rows = tuple(
        (probability, tuple(_square(rated, probability, impact, high) for impact in _STEPS))
        for probability in reversed(_STEPS)
    )
    return Matrix(sentence=_sentence(threats, rated, high), rows=rows, unrated=len(threats) - len(rated), high=high)


def _square(rated: list[Risk], probability: int, impact: int, high: int) -> Square:
    inside = [(one.id, one.title) for one in rated if one.probability == probability and one.impact == impact]
    worth = probability * impact
    band = "high" if worth >= high else "middle" if worth >= _AMBER_FROM else "low"
    return Square(band, worth, tuple(inside[:_SHOWN]), max(len(inside) - _SHOWN, 0))


def _sentence(threats: tuple[Risk, ...], rated: list[Risk], high: int) -> str:
    if not threats:
        return "No open threat is written down."
    top = [one for one in rated if (score(one) or 0) >= high]
    text = f"{count(len(threats), 'open threat')}"
    text += f", {len(top)} of them high ({high} or more)" if top else f"; none is high ({high} or more)"
    missing = len(threats) - len(rated)
    return text + (f"; {missing} {verb(missing, 'is')} not yet assessed." if missing else ".")
