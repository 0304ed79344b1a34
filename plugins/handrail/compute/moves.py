"""Moves between phases and states: which ones the lifecycle allows, what each needs, and whether that was decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from handrail.model.policy import Lifecycle
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.words import PHASES

Counts = Callable[[Approval], bool]
"""Whether an approval counts: its terms still stand and whoever gave it may."""
PASSES = frozenset({"go", "go with conditions"})
_STOPS = frozenset({"stop", "reject"})
_DECIDED = {"suspended": frozenset({"hold"}), "active": PASSES, "closure": _STOPS, "cancelled": _STOPS}
"""Decisions at a gate that are a decision about the state, or the phase, as well."""
_REWORK = frozenset({"rework"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step that a change takes: of the phase or of the state. needs: what the lifecycle asks; None where nothing.

    allowed: whether the lifecycle knows this step at all. silent: it goes back, stands still or wakes up, so that it must
    not happen silently.
    """

    field: Literal["phase", "state"]
    old: str
    new: str
    allowed: bool
    needs: str | None
    silent: bool


def moves(old: Plan | None, new: Plan, lifecycle: Lifecycle) -> tuple[Move, ...]:
    """The steps from one plan to another; a plan that was not there began as active in initiation."""
    before = (
        ("phase", old.phase if old else PHASES[0], new.phase),
        ("state", old.state if old else "active", new.state),
    )
    return tuple(_move(field, was, now, lifecycle) for field, was, now in before if was != now)  # type: ignore[arg-type]


def _move(field: Literal["phase", "state"], old: str, new: str, lifecycle: Lifecycle) -> Move:
    found = [one for one in lifecycle.transitions if (one.from_, one.to) == (old, new)]
    back = field == "phase" and PHASES.index(new) < PHASES.index(old)
    return Move(
        field=field, old=old, new=new, allowed=bool(found), needs=found[0].needs if found else None,
        silent=back or (field == "state" and new in {"suspended", "active"}),
    )  # fmt: skip


def path_of(tier: str, lifecycle: Lifecycle) -> tuple[str, ...]:
    """The gates of a tier in order; every gate where the policy gives the tier no path."""
    own = next((one.gates for one in lifecycle.paths if one.tier == tier), None)
    return own if own is not None else tuple(one.id for one in lifecycle.gates)


def gates_needed(tier: str, gate: str, lifecycle: Lifecycle) -> tuple[str, ...]:
    """The gates of the tier's path that must be passed for a move that needs a gate: that one and those before it.

    Where the path does not have the gate, the ones before it are enough.
    """
    order = [one.id for one in lifecycle.gates]
    last = order.index(gate) if gate in order else -1
    return tuple(one for one in path_of(tier, lifecycle) if one in order and order.index(one) <= last)


def gates_behind(plan: Plan, lifecycle: Lifecycle) -> tuple[str, ...]:
    """The gates that a plan must have passed to stand where it stands."""
    if plan.state == "cancelled":
        return ()
    needed: tuple[str, ...] = ()
    for old, new in pairwise(PHASES[: PHASES.index(plan.phase) + 1]):
        needs = _move("phase", old, new, lifecycle).needs
        found = gates_needed(plan.tier, needs, lifecycle) if needs else ()
        needed = found if len(found) > len(needed) else needed
    if plan.state == "closed":
        needs = _move("state", "active", "closed", lifecycle).needs
        return gates_needed(plan.tier, needs, lifecycle) if needs else needed
    return needed


def gate_decision(plan: Plan, gate: str, as_of: date, counts: Counts) -> Approval | None:
    """The newest decision about a gate that counts, whichever submission it is about."""
    names = {gate, *(one.id for one in plan.gates if one.gate == gate)}
    names |= {one.id for one in plan.milestones if one.gate == gate}
    found = (
        one for one in plan.approvals
        if one.subject.kind == "gate" and one.subject.id in names and one.on <= as_of and counts(one)
    )  # fmt: skip
    return max(found, key=_when, default=None)


def passed(plan: Plan, gate: str, as_of: date, counts: Counts, *, held: bool = True) -> bool:
    """Whether a gate is passed: the newest decision about it says go.

    A hold stands still and takes nothing back that was done; but nobody goes on after one (`held`) until another
    decision lets the project run again.
    """
    last = gate_decision(plan, gate, as_of, lambda one: one.decision != "hold" and counts(one))
    if last is None or last.decision not in PASSES:
        return False
    newest = gate_decision(plan, gate, as_of, counts)
    if not held or newest is None or newest.decision != "hold":
        return True
    again = (one for one in plan.approvals if one.subject.kind == "state" and one.decision == "approve" and counts(one))
    return any(newest.on <= one.on <= as_of for one in again)


def unanswered(plan: Plan, gate: str, lifecycle: Lifecycle) -> tuple[str, ...]:
    """Questions of a gate that the newest submission leaves open; every one where nothing was handed in."""
    asked = next((one.questions for one in lifecycle.gates if one.id == gate), ())
    newest = max((one for one in plan.gates if one.gate == gate), key=_submitted, default=None)
    given = {one.question for one in newest.answers if one.answer} if newest else set()
    return tuple(one.ask for one in asked if one.id not in given)


def _submitted(one: object) -> tuple[date, str]:
    return getattr(one, "submitted_on", None) or date.min, getattr(one, "id", "")


def decided(plan: Plan, move: Move, as_of: date, counts: Counts) -> bool:
    """Whether the newest decision on the project's course says so: by itself, or at a gate (hold, rework, stop, go).

    Only the newest counts, so that a decision cannot be used a second time after another one has taken it back.
    A decision by itself is bound to the new phase or state by its fingerprint.
    """
    about = (
        one for one in plan.approvals
        if one.on <= as_of and (one.subject.kind == "gate" or (one.subject.kind == move.field and one.subject.id == plan.id))
    )  # fmt: skip
    last = max(about, key=_when, default=None)
    if last is None or not counts(last):
        return False
    if last.subject.kind == move.field:
        return last.decision == "approve" and last.value is not None
    if move.new == "active" and not (move.old == "suspended" and _held_before(last, plan)):
        return False  # a gate lets go on what a gate has held; it does not wake up what stood still or ended otherwise
    wanted = _DECIDED.get(move.new, _REWORK) if move.field == "state" or move.new == "closure" else _REWORK
    return last.decision in wanted


def _held_before(last: Approval, plan: Plan) -> bool:
    gates = (one for one in plan.approvals if one.subject.kind == "gate" and one.decision == "hold")
    return any(_when(one) < _when(last) for one in gates)


def stopped(plan: Plan, as_of: date, counts: Counts) -> bool:
    """Whether the newest decision at a gate stops the project, or rejects its start."""
    found = (one for one in plan.approvals if one.subject.kind == "gate" and one.on <= as_of)
    last = max(found, key=_when, default=None)
    return last is not None and last.decision in _STOPS and counts(last)


def _when(one: Approval) -> tuple[date, str]:
    return one.on, one.id
