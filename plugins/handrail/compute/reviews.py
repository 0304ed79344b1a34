"""What makes the PMO look at a rule again: how many leave it at the same time, and how many say that it does not work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handrail.model.improvement import Proposal
from handrail.model.repository import Repository

_GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """One rule or standard on one day. waivers: projects that leave it now; feedback: complaints, praise left out.

    minutes: lost, as far as people said. proposal: an open or accepted proposal that names it as a target or source.
    """

    about: str
    waivers: int
    feedback: int
    minutes: int
    proposal: str | None


def pressure(repository: Repository, as_of: date) -> Mapping[str, Pressure]:
    """Everything that somebody leaves or complains about. The last day of a deviation still counts."""
    waived: dict[str, set[str]] = {}
    told: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for plan in repository.plans:
        for waiver in plan.waivers:
            if waiver.starts and waiver.expires and waiver.starts <= as_of <= waiver.expires:
                waived.setdefault(waiver.rule, set()).add(plan.id)
        for one in plan.feedback:
            if one.kind != _GOOD and (one.raised_on is None or one.raised_on <= as_of):
                told[one.about] += 1
                lost[one.about] += one.minutes_lost or 0
    return {
        name: Pressure(about=name, waivers=len(waived.get(name, ())), feedback=told[name], minutes=lost[name],
                       proposal=_proposal(name, repository, as_of))
        for name in sorted({*waived, *told})
    }  # fmt: skip


def _proposal(name: str, repository: Repository, as_of: date) -> str | None:
    """The proposal that takes it up: of the rule itself, or of the standard that the rule belongs to."""
    rule = repository.rules.get(name)
    names = {name, rule.requirement.split(".", 1)[0]} if rule else {name}
    for one in repository.every(Proposal):
        known = one.raised_on is None or one.raised_on <= as_of
        if (
            known
            and one.state in {"open", "accepted"}
            and (names & {*(target.id for target in one.targets), *one.sources})
        ):
            return one.id
    return None


def too_much(one: Pressure, projects: int, *, waivers: int, share: Decimal, feedback: int) -> bool:
    """Whether a rule must be looked at again: enough projects leave it, as a number or a share, or enough complain."""
    many = one.waivers >= waivers or (one.waivers > 1 and projects > 0 and Decimal(one.waivers) / projects >= share)
    return many or one.feedback >= feedback
