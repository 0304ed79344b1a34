"""What one run of a program consists of: its scope, its budget of steps, its reads, and what it could not decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

STEPS = 1_000_000
"""How many parts of an expression one run may evaluate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """The answer is neither yes nor no, because a value is missing or two values do not go together.

    `reason` says so in plain words ("impact is empty"). `owner` and `field` are the last object and the name that were
    read there, so that a remark can point at the key to fill in; both are None where no field is to blame.
    A computed field may return an `Undecided` of its own.
    """

    reason: str
    owner: object | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One field that a run has read; a root that was read as a value itself, such as `as_of`, has no owner."""

    owner: object
    field: str
    value: object


@dataclass(slots=True)
class Budget:
    """The steps that are left; share one between runs to bound them together."""

    left: int = STEPS


class UndecidedError(Exception):
    """Carries an undecided answer to where it is decided what it means; never leaves a run."""

    def __init__(self, reason: str, owner: object | None = None, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.owner = owner
        self.field = field

    def result(self) -> Undecided:
        """Return the public form."""
        return Undecided(reason=self.reason, owner=self.owner, field=self.field)


class EmptyItemError(UndecidedError):
    """A list that is calculated with holds an item that is empty."""

    def __init__(self) -> None:
        super().__init__("an item of the list is empty")


class BudgetSpentError(Exception):
    """The run has used up its steps."""


class Run:
    """The state of one run; the only thing that changes while an expression is evaluated."""

    __slots__ = ("left", "scope", "trace")

    def __init__(self, scope: Mapping[str, Any], left: int, trace: list[Read] | None) -> None:
        self.scope = scope
        self.left = left
        self.trace = trace

    def spend(self, steps: int) -> None:
        """Pay for work; raises when the budget is spent."""
        self.left -= steps
        if self.left < 0:
            raise BudgetSpentError


def refused(value: object, field: str | None = None, owner: object | None = None) -> None:
    """Raise when a computed value is itself an undecided answer."""
    if isinstance(value, Undecided):
        raise UndecidedError(value.reason, value.owner or owner, value.field or field)
