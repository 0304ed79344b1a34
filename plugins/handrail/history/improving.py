"""The loop's figures over the last year, read from the history of a repository."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handrail.compute.audience import Seen
from handrail.compute.facts import Portfolio
from handrail.compute.getting_better import Improvement, improvement
from handrail.compute.trend import History
from handrail.git import Git, GitFault, Objects
from handrail.git.kept import kept_logs, kept_records
from handrail.history.days import month_ends
from handrail.history.points import history_of
from handrail.model.improvement import LoopLog

MONTHS = 12


def improvement_of(
    root: Path,
    portfolio: Portfolio,
    seen: Seen,
    *,
    history: History | None = None,
    kept: Iterable[LoopLog] | None = None,
) -> Improvement:
    """The standings at the ends of the last twelve months, and today.

    history: where it is read already. kept: logs of pull requests beside those in `standards/log/`; what CI kept with the
    evidence of merges where they are left out.
    """
    days = month_ends(portfolio.as_of, MONTHS)
    logs = kept_of(root) if kept is None else kept
    if history is None:
        history = history_of(root, days, timezone=portfolio.repository.organisation.timezone)
    return improvement(portfolio, seen, history, days, logs)


def kept_of(root: Path) -> tuple[LoopLog, ...]:
    """How the gate weighed on each pull request, as CI kept it with the merges; nothing where there is no Git."""
    try:
        git = Git(root)
        objects = Objects(git)
    except GitFault:
        return ()
    try:
        return kept_logs(kept_records(git, objects))
    except GitFault:
        return ()
    finally:
        objects.close()
