"""An approval is dated when it was given.

Nobody approves tomorrow, nor what was not yet written. In a change, the day is held against the commit that brings the
record: an approval that is dated weeks before it was committed could borrow the authority of somebody who has left.
Minutes explain a longer gap, because a board meets first and writes afterwards; for a project that comes in from elsewhere
they explain any.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handrail.compute.evidence import Evidence
from handrail.load import Loaded
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.changing import decided_anew
from handrail.rules.engine import World
from handrail.rules.office import misdated
from handrail.rules.settings import setting_of
from handrail.rules.speaking import say
from handrail.rules.text import in_words

RULE = RuleFile(
    id="GOV-11",
    title="An approval is dated when it was given",
    requirement="S-ROLES.7",
    level="must",
    enforce_at="merge",
    severity="major",
    waivable=False,
    why="A day that can be chosen afterwards proves nothing.",
    ask="the PMO",
    applies_to=AppliesTo(kind="approval"),
    params={"days": 14, "days_minuted": 45},
)
_AHEAD = 1


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every approval of a day that cannot be."""
    del loaded
    as_of, policy = world.portfolio.as_of, world.portfolio.repository.policy.enforcement
    known, olds = world.pull.evidence if world.pull is not None else {}, world.olds()
    setting = setting_of(RULE.id, RULE.enforce_at, RULE.params, policy, as_of, waivable=RULE.waivable)
    plain = setting.for_tier(None)
    yield from misdated(RULE, world, int(plain["days"]), int(plain["days_minuted"]))
    for project in world.portfolio.projects:
        params = setting.for_tier(project.plan.tier)
        for one in project.plan.approvals:
            days = params["days_minuted" if one.minutes is not None else "days"]
            elsewhere = one.minutes is not None and project.id not in olds
            fresh = not elsewhere and decided_anew(one, olds.get(project.id))
            evidence = known.get(one.loc.file) if fresh else None
            wrong = _wrong(one, project.plan, as_of) or _far(one, evidence, int(days))
            if wrong:
                yield say(
                    RULE, one.loc.at("on"),
                    f'{one.by} cannot have approved something of "{project.plan.name}" on {in_words(one.on)}: {wrong}.',
                    "Write the day on which it was decided: `on: <day>`. If it was decided before Handrail, or on paper, "
                    "let somebody else record it with `minutes`.",
                    pointer=f"/approvals/{one.id}", project=project.id,
                )  # fmt: skip


def _wrong(approval: Approval, plan: Plan, as_of: date) -> str | None:
    if approval.on > as_of:
        return "that day is still to come"
    begun = _begun(approval, plan)
    if begun is not None and approval.on < begun:
        return f"the {approval.subject.kind} is from {in_words(begun)}"
    return None


def _begun(approval: Approval, plan: Plan) -> date | None:
    """The day on which the thing came into the world, where it says one."""
    kind, name = approval.subject.kind, approval.subject.id
    days: list[date | None] = []
    days += [one.requested_on for one in plan.changes if kind == "change" and one.id == name]
    days += [one.submitted_on for one in plan.gates if kind == "gate" and one.id == name]
    days += [one.made_on for one in plan.baselines if kind == "baseline" and one.id == name]
    days += [one.raised_on for one in plan.exceptions if kind == "exception" and one.id == name]
    days += [one.as_of for one in plan.reports if kind == "report" and one.as_of.isoformat() == name]
    return next((one for one in days if one is not None), None)


def _far(approval: Approval, evidence: Evidence | None, most: int) -> str | None:
    if evidence is None or evidence.on is None:
        return None
    gap = (evidence.on - approval.on).days
    if gap > most:
        return f"the record was committed {gap} days later, and {most} are the most"
    return f"the record was committed before, on {in_words(evidence.on)}" if gap < -_AHEAD else None
