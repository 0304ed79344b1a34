"""The loop's figures over the last year, read from the history of a repository."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handrail.compute.audience import Seen
from handrail.compute.facts import Portfolio
from handrail.compute.getting_better import Improvement, improvement
from handrail.compute.trend import History
from handrail.history.days import month_ends
from handrail.history.points import history_of
from handrail.model.improvement import LoopLog

MONTHS = 12


def improvement_of(
    root: Path, portfolio: Portfolio, seen: Seen, *, history: History | None = None, kept: Iterable[LoopLog] = ()
) -> Improvement:
    """The standings at the ends of the last twelve months, and today. history: where it is read already."""
    days = month_ends(portfolio.as_of, MONTHS)
    if history is None:
        history = history_of(root, days, timezone=portfolio.repository.organisation.timezone)
    return improvement(portfolio, seen, history, days, kept)
