"""Who held a role of a project on a day: the plan says who holds it now, approved handovers lead back from there.

A handover that nobody with authority approved leads nowhere: a former sponsor is nobody's invention. So an approval that
was right on its day stays right when the sponsor changes, and nobody becomes sponsor of a day that is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from handrail.model.policy import Boards
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.role_change import RoleChange


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Holders:
    """The roles of one project through time. `judging`: handovers whose approval is just looked at prove nothing."""

    plan: Plan
    boards: Boards
    judging: frozenset[str] = frozenset()

    def on(self, day: date, role: str, deliverable: str | None = None) -> tuple[str, ...]:
        """Who held a role on a day: nobody, one, or both on the day of a handover. `board` gives the board's id."""
        return tuple(self._held(day, role, deliverable))

    def _held(self, day: date, role: str, deliverable: str | None) -> Iterator[str]:
        holder = self.now(role, deliverable)
        handed = [one for one in self.plan.role_changes if one.role == role and one.deliverable == deliverable]
        for one in sorted(handed, key=lambda one: (one.on, one.id), reverse=True):
            if one.to != holder or day > one.on or one.id in self.judging or not self.approved(one):
                continue
            if day == one.on and holder:
                yield holder
            holder = one.from_
        if holder:
            yield holder

    def now(self, role: str, deliverable: str | None = None) -> str | None:
        """Who holds a role by the plan."""
        if role == "accepter":
            return next((one.accepted_by for one in self.plan.deliverables if one.id == deliverable), None)
        return {"sponsor": self.plan.sponsor, "project manager": self.plan.manager, "board": self.plan.board,
                "assurance": self.plan.assurance}.get(role)  # fmt: skip

    def approved(self, change: RoleChange) -> bool:
        """Whether the outgoing sponsor, or a member of the outgoing board, approved a handover last."""
        given = [
            one for one in self.plan.approvals
            if one.subject.kind == "role change" and one.subject.id == change.id and one.stale is None
            and self.may_hand_over(one, change)
        ]  # fmt: skip
        last = max(given, key=lambda one: (one.on, one.id), default=None)
        return last is not None and last.decision == "approve"

    def may_hand_over(self, approval: Approval, change: RoleChange) -> bool:
        """Whether the approver held the role that is handed over, or another one that decides about it, on that day."""
        role = approval.role
        if role not in {"sponsor", "board"}:
            return False
        besides = replace(self, judging=self.judging | {change.id})
        held = (change.from_,) if change.role == role else besides.on(approval.on, role)
        if role == "sponsor":
            return approval.by in held
        return any(approval.by in members(one, self.boards, approval.on) for one in held)


def members(board: str | None, boards: Boards, on: date) -> tuple[str, ...]:
    """Who sat on a board on a day: those who sit there now, and former members while they did."""
    found = next((one for one in boards.boards if one.id == board), None)
    if found is None:
        return ()
    former = (one.person for one in found.former if (one.from_ is None or one.from_ <= on) and on <= one.to)
    return (*found.members, *former)
