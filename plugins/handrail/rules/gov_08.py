"""Roles and limits change only with those who hold them.

Who could replace the sponsor and let the new one approve would need no approval at all. So a new sponsor, board, accepter or
assurance needs a handover on record that the outgoing sponsor or the board has approved, and another tolerance, tier, answer
to the questions of tiers, sensitivity or approach needs an approval of its own, bound to the new value. So does another
priority, from the portfolio board: everybody's own project comes first. Approvals are judged with the
roles that stood before the change. Naming somebody for the first time is free, and so is everything that a plan in
initiation settles for the first time: the first gate decides about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.compute.approvals import decided
from handrail.load import Loaded
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.changing import added, at, counting, pairs
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="GOV-08",
    title="Roles, limits and tolerance change only with the outgoing authority",
    requirement="S-ROLES.8",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="Otherwise the approver is replaced first and the change approved after.",
    ask="the sponsor",
    applies_to=AppliesTo(kind="project"),
)
_ROLES = ("sponsor", "board", "assurance")
_TERMS = {
    "tolerance": ("tolerance", "tolerance"), "tier_answers": ("tier", "answers to the questions of tiers"),
    "tier": ("tier", "tier"), "sensitivity": ("sensitivity", "sensitivity"),
    "approach": ("approach", "approach"), "priority": ("priority", "priority"),
}  # fmt: skip
"""Field -> the kind of approval that it needs, and what people call it."""


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every role or limit that changed without a word of those who held it."""
    del loaded
    for pair in pairs(world):
        if pair.old is not None:
            counts = counting(world, pair.new, pair.old)
            yield from _roles(pair.new, pair.old, world, counts)
            yield from _limits(pair.new, pair.old, world, counts)


def _roles(plan: Plan, old: Plan, world: World, counts: Callable[[Approval], bool]) -> Iterator[Remark]:
    for role in _ROLES:
        was, now = getattr(old, role), getattr(plan, role)
        if was is not None and was != now and not _handed_over(plan, world, counts, (role, None, was, now)):
            yield _role(plan, role, was, now, at(plan, role if role in plan.home else "id"))
    before = {one.id: one for one in old.deliverables}
    for one in plan.deliverables:
        known = before.get(one.id)
        was, now = known.accepted_by if known else None, one.accepted_by
        if was is not None and was != now and not _handed_over(plan, world, counts, ("accepter", one.id, was, now)):
            yield _role(plan, f'accepter of "{one.name}"', was, now, one.loc.at("accepted_by"), f"accepter/{one.id}")


_Handover = tuple[str, str | None, str | None, str | None]
"""Role, deliverable, who held it, who shall hold it."""


def _handed_over(plan: Plan, world: World, counts: Callable[[Approval], bool], wanted: _Handover) -> bool:
    role, deliverable, was, now = wanted
    for one in plan.role_changes:
        if (one.role, one.deliverable, one.from_, one.to) == (role, deliverable, was, now):
            last = decided(plan.approvals, "role change", one.id, world.portfolio.as_of, counts)
            if last is not None and last.decision == "approve":
                return True
    return False


def _role(plan: Plan, role: str, was: str, now: str | None, loc: Loc, pointer: str = "") -> Remark:  # noqa: PLR0913, PLR0917
    word = role.split(" ", 1)[0]
    who = f"{was} or the board" if word == "sponsor" else f"{plan.sponsor or 'the sponsor'} or the board"
    of = f" --set deliverable={pointer.removeprefix('accepter/')}" if word == "accepter" else ""
    then = f"shall be {now}" if now else "shall be nobody"
    return say(
        RULE, loc, f"The {role} was {was} and {then}; nobody who held a say before has agreed to it.",
        f"Write the handover down: `handrail new role-change {plan.id} --set role={word}{of} --set from={was} --set to={now or '<handle>'} "
        f"--set on=<day>`. Let {who} approve it, `handrail approve role-change RO-001 --project {plan.id} --by <handle>`, before the plan "
        "names somebody new.",
        project=plan.id, pointer=f"/{pointer or role}",
    )  # fmt: skip


def _limits(plan: Plan, old: Plan, world: World, counts: Callable[[Approval], bool]) -> Iterator[Remark]:
    new_approvals = {one.id for one in added(plan.approvals, old.approvals)}
    for field, (kind, words) in _TERMS.items():
        was, now = getattr(old, field), getattr(plan, field)
        first = old.phase == "initiation" and (was is None or field == "approach")
        who = "the portfolio board" if field == "priority" else f"{old.sponsor or 'the sponsor'} or the board"
        if was == now or first or (field == "priority" and now is None):  # without one it gives way to all
            continue
        last = decided(plan.approvals, kind, plan.id, world.portfolio.as_of, counts)
        # bound to the new value: an older approval of the old one is stale, and one without a value says nothing
        fresh = last is not None and last.decision == "approve" and (last.value is not None or last.id in new_approvals)
        if not fresh:
            yield say(
                RULE, at(plan, field if field in plan.home else "id"), f'The {words} of "{plan.name}" changed, and nobody has agreed to it.',
                f"Let {who} approve the new value in the folder of approvals: `handrail approve {kind} {plan.id} --project {plan.id} "
                "--by <handle>` writes the record.",
                project=plan.id, pointer=f"/{field}",
            )  # fmt: skip
