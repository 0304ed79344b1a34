"""Approvals of the PMO's own matters, in `standards/approvals/`: who may give them, who asked, and how well they are evidenced.

They stand beside no plan, so roles come from the directory alone: `board` is a seat on any standing board.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from handrail.compute.approvals import stale
from handrail.compute.authority import active
from handrail.compute.evidence import Grade, rank
from handrail.compute.holders import members
from handrail.fields import Entity
from handrail.model.improvement import Migration, Proposal
from handrail.model.organisation import StandardRecord
from handrail.model.policy import AuthorityRow
from handrail.model.records import Approval
from handrail.model.repository import Repository

KINDS = ("standard", "proposal", "migration")
"""What can be approved outside projects."""


def things(kind: str, repository: Repository) -> Iterable[Entity]:
    """Everything of one of these kinds."""
    return tuple(repository.standards.values()) if kind == "standard" else repository.others.get(kind, ())


def asked_by(approval: Approval, repository: Repository) -> frozenset[str]:
    """Who wants what is approved: who declared, proposed or keeps it."""
    name = approval.subject.id
    one = next((each for each in things(approval.subject.kind, repository) if getattr(each, "id", None) == name), None)
    wanted: tuple[str | None, ...] = ()
    if isinstance(one, Migration):
        wanted = (one.declared_by,)
    elif isinstance(one, Proposal):
        wanted = (one.raised_by, one.owner)
    elif isinstance(one, StandardRecord):
        wanted = (one.owner,)
    return frozenset(each for each in wanted if each)


def rows(kind: str, repository: Repository) -> tuple[AuthorityRow, ...]:
    """What the policy's table says of such a decision."""
    return tuple(one for one in repository.policy.authority.rows if one.decision == kind)


def lacks_authority(approval: Approval, repository: Repository, law: Repository | None = None) -> str | None:
    """Why an approval does not count, in plain words; None when it does. `law`: whose table, people and boards decide."""
    law = law or repository
    kind = approval.subject.kind
    roles = {role for one in rows(kind, law) for role in one.roles}
    if not roles:
        return f"the policy names nobody who decides on a {kind}"
    if approval.role not in roles:
        return f"the {approval.role} may not decide this: it takes {' or '.join(f'the {one}' for one in sorted(roles))}"
    if not active(approval.by, approval.on, law):
        return f"{approval.by} was not with us on that day"
    if approval.by in asked_by(approval, repository):
        return f"{approval.by} asked for it"
    return None if holds(approval, law) else f"{approval.by} did not have the role {approval.role} on that day"


def holds(approval: Approval, repository: Repository) -> bool:
    """Whether somebody held the role of an approval on its day, by the directory or by a seat on a board."""
    person, on = repository.people.get(approval.by), approval.on
    if approval.role == "board":
        boards = repository.policy.boards
        return any(approval.by in members(one.id, boards, on) for one in boards.boards)
    return person is not None and any(
        one.role == approval.role and (one.from_ is None or one.from_ <= on) and (one.to is None or on <= one.to)
        for one in person.roles
    )


def required(approval: Approval, repository: Repository) -> tuple[Grade, bool]:
    """The least grade of evidence, and whether grade B takes a verified signature; the strictest row for the role counts."""
    own = [one for one in rows(approval.subject.kind, repository) if approval.role in one.roles]
    grade: Grade = max((one.grade for one in own), key=rank, default="C")
    return grade, any(one.signed for one in own)


def newest(approvals: Iterable[Approval]) -> tuple[Approval, ...]:
    """The last approval of each thing; of one day the last by id."""
    last: dict[tuple[str, str], Approval] = {}
    for one in sorted(approvals, key=lambda one: (one.on, one.id)):
        last[one.subject.kind, one.subject.id] = one
    return tuple(last.values())


def agreed(kind: str, name: str, repository: Repository, on: date) -> bool:
    """Whether the newest word until a day, of somebody who may decide, is yes, and its terms still stand."""
    found = [
        one for one in repository.approvals
        if (one.subject.kind, one.subject.id) == (kind, name) and one.on <= on
    ]  # fmt: skip
    last = max(found, key=lambda one: (one.on, one.id), default=None)
    return (
        last is not None and last.decision == "approve" and not stale(last, None, repository)
        and lacks_authority(last, repository) is None
    )  # fmt: skip
