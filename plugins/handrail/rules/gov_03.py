"""Nobody approves their own request.

An approval does not count where whoever gave it has asked for it, leads the project or stands in for who does. It is
recorded by the one who approves, or by a third person from minutes that say who was there; never by the requester or the
project manager alone. Where the policy lets the sponsor bear the risk of a deviation (`also`), that is not written by those
who want the deviation either. A small change that the policy leaves to the project manager needs no approval and is let pass.
Where a change is judged, only approvals that it adds or alters are looked at; otherwise all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.change_size import change_size
from handrail.load import Loaded
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.changing import added, decided_anew
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="GOV-03",
    title="Nobody approves their own request",
    requirement="S-ROLES.4",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="Two pairs of eyes see more, and nobody has to explain why there was only one.",
    ask="the PMO head",
    applies_to=AppliesTo(kind="project"),
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every approval that somebody gave themselves."""
    del loaded
    olds = world.olds()
    for one in world.portfolio.projects:
        old = olds.get(one.id)
        for approval in one.plan.approvals:
            if decided_anew(approval, old) and not _left_to_the_manager(approval, one.plan, world):
                yield from _judged(approval, one.plan, old, world)
        if world.pull is not None and _sponsor_accepts(world):
            yield from _accepted(one.plan, old, world)


def _judged(approval: Approval, plan: Plan, old: Plan | None, world: World) -> Iterator[Remark]:
    managers = {name for each in (plan, old) if each for name in (each.manager, *each.delegates) if name}
    asked = requester(approval, plan)
    own = "asked for it" if approval.by == asked else "leads this project or stands in for who does"
    if approval.by == asked or approval.by in managers:
        yield _remark(
            approval, plan, "by", f"{approval.by} approved this, and also {own}.",
            f"Let somebody decide who may: {plan.sponsor or 'the sponsor'} or the board. They write the record themselves.",
        )  # fmt: skip
    writers = set(world.pull.recorders.get(approval.loc.file, ())) if world.pull else set()
    if approval.minutes is not None and approval.minutes.recorded_by:
        writers.add(approval.minutes.recorded_by)
    if not writers or approval.by in writers:
        return
    if writers <= ({asked} | managers):
        yield _remark(
            approval, plan, "minutes", f"The word of {approval.by} was recorded by {min(writers)}, who wanted it.",
            f"Let {approval.by} write the record, or somebody else from the minutes: `minutes: {{ref: <which>, present: [{approval.by}], "
            "recorded_by: <handle>}`.",
        )  # fmt: skip
    elif approval.minutes is None:
        yield _remark(
            approval, plan, "by", f"The word of {approval.by} was recorded by {min(writers)}, and no minutes show it.",
            f"Let {approval.by} write the record, or name the minutes, mail or signed document: `minutes: {{ref: <which>, "
            f"present: [{approval.by}], recorded_by: <handle>}}`.",
        )  # fmt: skip


def _sponsor_accepts(world: World) -> bool:
    """Whether the policy lets the sponsor bear the risk of a deviation, beside the one who permits it (`also`)."""
    rows = world.portfolio.repository.policy.authority.rows
    return any("sponsor" in one.also for one in rows if one.decision == "waiver")


def _accepted(plan: Plan, old: Plan | None, world: World) -> Iterator[Remark]:
    """Every deviation whose risk somebody is said to bear in the words of those who want it."""
    wanting = {name for each in (plan, old) if each for name in (each.manager, *each.delegates) if name}
    for one in added(plan.waivers, old.waivers if old else ()):
        writers = set(world.pull.recorders.get(one.loc.file, ())) if world.pull else set()
        if not writers or one.risk_accepted_by is None or one.risk_accepted_by in writers:
            continue
        if writers <= wanting | {one.requested_by}:
            yield say(
                RULE, one.loc.at("risk_accepted_by"),
                f"{one.risk_accepted_by} is said to bear the risk of a deviation, and {min(writers)}, who wants it, has written that.",
                f"Let {one.risk_accepted_by} commit the line `risk_accepted_by: {one.risk_accepted_by}` on this branch, or let the PMO "
                "write it after asking.",
                project=plan.id, pointer=f"/waivers/{one.id}/risk_accepted_by",
            )  # fmt: skip


def requester(approval: Approval, plan: Plan) -> str | None:
    """Who asked for what an approval is about; None where nobody is named."""
    kind, name = approval.subject.kind, approval.subject.id
    if kind == "baseline":
        name = next((one.change or "" for one in plan.baselines if one.id == name), "")
        kind = "change"
    if kind == "change":
        return next((one.requested_by for one in plan.changes if one.id == name), None)
    if kind == "waiver":
        return next((one.requested_by for one in plan.waivers if one.id == name), None)
    if kind == "gate":
        return next((one.submitted_by for one in plan.gates if name in {one.id, one.gate}), None)
    return plan.manager


def _left_to_the_manager(approval: Approval, plan: Plan, world: World) -> bool:
    """A change within the delegation is recorded, not approved; a record that says so is no approval of one's own."""
    if approval.subject.kind != "change" or approval.role != "project manager":
        return False
    change = next((one for one in plan.changes if one.id == approval.subject.id), None)
    return change is not None and change_size(change, plan, world.portfolio.repository) == "within delegation"


def _remark(approval: Approval, plan: Plan, field: str, message: str, fix: str) -> Remark:
    return say(RULE, approval.loc.at(field), message, fix, project=plan.id, pointer=f"/approvals/{approval.id}/{field}")
