"""What was decided last about one thing: approvals are never changed, so a later one takes an earlier one back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from handrail.model.records import Approval


def decided(
    approvals: tuple[Approval, ...], kind: str, name: str, as_of: date, counts: Callable[[Approval], bool]
) -> Approval | None:
    """The newest decision about a thing until a day, of those that count; None without one. Of one day, the last by id."""
    found = (
        one for one in approvals
        if one.subject.kind == kind and one.subject.id == name and one.on <= as_of and counts(one)
    )  # fmt: skip
    return max(found, key=lambda one: (one.on, one.id), default=None)
