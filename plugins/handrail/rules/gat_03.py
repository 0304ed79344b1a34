"""Nobody goes back silently.

A return to an earlier phase, a suspension, and waking up a project that was suspended, cancelled or closed are decisions of
those who pay. Each needs an approval of its own, bound to the new phase or state, or a decision at a gate that says so:
hold suspends, rework sends back. Only the newest decision counts; one that another has taken back cannot be used again, and
undoing the commit that closed a project opens it again, which is a decision like any other.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.moves import Move, decided, moves
from handrail.load import Loaded
from handrail.model.project import Plan
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.changing import at, counting, migrated, pairs
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="GAT-03",
    title="Nobody goes back silently",
    requirement="S-LIFECYCLE.3",
    level="must",
    enforce_at="merge",
    why="Going back costs money that somebody has set free for going on.",
    ask="the sponsor",
    applies_to=AppliesTo(kind="project", from_phase="planning"),
)
_WORDS = {"suspended": "is suspended", "active": "runs again"}


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every step back that nobody has decided."""
    del loaded
    for pair in pairs(world):
        plan, old = pair.new, pair.old
        if old is None:
            continue
        counts = counting(world, plan, old)
        for move in moves(old, plan, world.portfolio.repository.policy.lifecycle):
            if not (move.silent and move.allowed) or migrated(world, RULE.id, plan.id):
                continue
            if not decided(plan, move, world.portfolio.as_of, counts):
                yield _remark(plan, move)


def _remark(plan: Plan, move: Move) -> Remark:
    what = _WORDS.get(move.new, f"goes back from {move.old} to {move.new}")
    hold = ", or `decision: hold` at its gate" if move.new == "suspended" else ""
    return say(
        RULE, at(plan, move.field), f'"{plan.name}" {what}, and no decision says so.',
        f"Let {plan.sponsor or 'the sponsor'} or the board record it in the folder of approvals: `decision: approve`, "
        f"`subject: {{kind: {move.field}, id: {plan.id}}}`, with its `value`{hold}. Until then write `{move.field}: {move.old}`.",
        project=plan.id, pointer=f"/{move.field}/{move.old}/{move.new}",
    )  # fmt: skip
