"""How a host guards its default branch, in one shape for every host. None always means: it could not be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The guard of one branch.

    guarded: whether there is any. reviews: how many are needed. checks: names of what must pass. fresh: whether the check
    must have seen the target's tip (a merge queue, or up to date before merging). outside: whether the gate's own
    definition comes from where a change cannot rewrite it. bypass: who may do without. squash, rebase: whether the host offers
    to merge so. evidence: whether the branch of records is guarded against rewriting.
    """

    host: str
    branch: str
    guarded: bool | None = None
    reviews: int | None = None
    owners_asked: bool | None = None
    stale_dismissed: bool | None = None
    last_push_reviewed: bool | None = None
    own_approval: bool | None = None
    rules_per_change: bool | None = None
    checks: tuple[str, ...] | None = None
    skipped_pass: bool | None = None
    fresh: bool | None = None
    outside: bool | None = None
    bypass: tuple[str, ...] | None = None
    pushed_past: bool | None = None
    force_push: bool | None = None
    removable: bool | None = None
    squash: bool | None = None
    rebase: bool | None = None
    evidence: bool | None = None
    token_writes: bool | None = None
    token_approves: bool | None = None
    owners_wrong: int | None = None


def pick(value: Any, *names: str) -> Any:
    """A value inside parsed JSON by its names; None where the way ends, whatever stands there."""
    for name in names:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def items(value: Any) -> list[Any]:
    """A list of parsed JSON; empty for anything else."""
    return value if isinstance(value, list) else []


def yes(value: Any) -> bool | None:
    """A yes or no of parsed JSON; None for anything else."""
    return value if isinstance(value, bool) else None


def number(value: Any) -> int | None:
    """A whole number of parsed JSON; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
