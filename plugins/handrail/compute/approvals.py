"""What was decided last about one thing: approvals are never changed, so a later one takes an earlier one back."""

from __future__ import annotations

from datetime import date

from handrail.model.records import Approval


def decided(approvals: tuple[Approval, ...], kind: str, name: str, as_of: date, *, by: str | None) -> Approval | None:
    """The newest decision of a person about a thing until a day; None when there is none. Of one day, the last one."""
    found = [
        one for one in approvals
        if one.subject.kind == kind and one.subject.id == name and one.by == by and one.on <= as_of
    ]  # fmt: skip
    return max(found, key=lambda one: (one.on, one.id), default=None)
