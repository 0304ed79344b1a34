"""Auditors are independent.

Whoever audits a project holds no role in it, has held none in the twelve months before the audit began, and has decided none of its gates
in that time. Roles of today are the plan's: sponsor, manager and who stands in, board, team, owners and accepters of deliverables.
Earlier ones are told by handovers, by former members of the board, and by the roles in which somebody gave an approval. Assurance is no such
role: it looks on from outside as the auditor does. What happens after an audit is closed takes nothing from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handrail.compute.holders import members
from handrail.compute.months import add_months
from handrail.load import Loaded
from handrail.model.assurance import Audit
from handrail.model.policy import Boards
from handrail.model.project import Plan
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="AUD-01",
    title="Auditors are independent",
    requirement="S-AUDIT.5",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="Nobody finds the fault in what they have made themselves.",
    ask="the auditor",
    applies_to=AppliesTo(kind="portfolio"),
)
_MONTHS = -12
_ENDED = frozenset({"closed", "cancelled"})


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Each auditor with a part in what is audited, once for each project."""
    del loaded
    written = world.pull.proposed if world.pull and world.pull.proposed else world.portfolio.repository
    boards, as_of = written.policy.boards, world.portfolio.as_of
    for audit in written.every(Audit):
        if audit.state == "cancelled":
            continue
        begun = audit.started_on or audit.planned_on or as_of
        for project in world.portfolio.projects:
            if audit.projects and project.id not in audit.projects:
                continue
            for number, person in enumerate(audit.auditors):
                part = _part(person, project.plan, audit, begun, boards)
                if part is not None:
                    yield say(
                        RULE, audit.loc.at("auditors", number),
                        f'{person} audits "{project.plan.name}" and {part}.',
                        "Name an auditor who has had no part in it for twelve months, or leave the project to another audit: "
                        "`auditors: [<handle>]`.",
                        pointer=f"/audit/{audit.id}/{project.id}/{person}",
                    )  # fmt: skip


def _part(person: str, plan: Plan, audit: Audit, begun: date, boards: Boards) -> str | None:
    """Which part somebody has, or had in the twelve months before; None where they have none."""
    since = add_months(begun, _MONTHS)
    if audit.state not in _ENDED:
        for role, holders in _today(plan, boards, begun):
            if person in holders:
                return f"is its {role}"
    for change in plan.role_changes:
        if change.role != "assurance" and person == change.from_ and since <= change.on:
            return f"was its {change.role} until {change.on:%d %b %Y}"
    for one in plan.approvals:
        if one.by == person and since <= one.on <= begun:
            gate = one.subject.kind == "gate"
            return f"{'decided its gate' if gate else 'approved its ' + one.subject.kind} on {one.on:%d %b %Y}"
    return None


def _today(plan: Plan, boards: Boards, begun: date) -> Iterator[tuple[str, frozenset[str | None]]]:
    yield "sponsor", frozenset({plan.sponsor})
    yield "project manager", frozenset({plan.manager, *plan.delegates})
    yield "board member", frozenset(members(plan.board, boards, begun))
    yield "team member", frozenset(plan.team)
    yield "accepter", frozenset(one.accepted_by for one in plan.deliverables)
    yield "owner of a deliverable", frozenset(one.owner for one in plan.deliverables)
