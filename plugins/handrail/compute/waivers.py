"""Permitted deviations: which count on a day, how often each was renewed, and when it ends."""

from __future__ import annotations

from datetime import date

from handrail.compute.approvals import decided
from handrail.compute.authority import lacks_authority
from handrail.compute.holders import Holders
from handrail.model.project import Plan
from handrail.model.records import Waiver
from handrail.model.repository import Repository


def in_force(waiver: Waiver, plan: Plan, repository: Repository, as_of: date, longest: int | None = None) -> bool:
    """Whether a waiver counts on a day: between its days, not longer than allowed, permitted with authority by somebody
    who neither asked for it nor manages the project, with the risk accepted by the sponsor.

    `longest`: the days that it may last; None for no limit.
    """
    if waiver.starts is None or waiver.expires is None or not waiver.starts <= as_of <= waiver.expires:
        return False
    if longest is not None and (waiver.expires - waiver.starts).days > longest:
        return False
    if waiver.risk_accepted_by is None or not accepted(waiver, plan, repository):
        return False
    own = {waiver.requested_by, plan.manager}
    last = decided(
        plan.approvals, "waiver", waiver.id, as_of,
        lambda one: one.by not in own and lacks_authority(one, plan, repository) is None,
    )  # fmt: skip
    return last is not None and last.decision == "approve"


def accepted(waiver: Waiver, plan: Plan, repository: Repository) -> bool:
    """Whether the one who bears the risk is sponsor now, or was when the waiver began and another sponsor has followed."""
    days = [one.on for one in plan.approvals if one.subject.kind == "waiver" and one.subject.id == waiver.id]
    holders = Holders(plan=plan, boards=repository.policy.boards)
    sponsors = {plan.sponsor, *(one for day in days for one in holders.on(day, "sponsor"))}
    return waiver.risk_accepted_by in sponsors


def renewals(waiver: Waiver, plan: Plan) -> int:
    """How many waivers of the same rule it follows, one after the other; a circle ends where it began."""
    known = {one.id: one for one in plan.waivers if one.rule == waiver.rule}
    seen: list[str] = [waiver.id]
    while (before := known.get(known[seen[-1]].renews or "")) is not None and before.id not in seen:
        seen.append(before.id)
    return len(seen) - 1
