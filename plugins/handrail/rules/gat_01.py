"""No phase begins without its gate.

A project moves from phase to phase one step at a time, and only where the lifecycle of the policy knows the step. A step
that needs a gate needs every gate of the tier's path up to that one: handed in with all questions answered, and decided
with "go" by those who may, on a day that has come. Only the newest decision counts, so a rework or a hold takes an earlier
go back. A rejected start, or a stop at any gate, leads straight to closure from every phase. A project that is new begins
in initiation; plans that come from elsewhere in a later phase need a declared and approved migration.

Where no change is judged, a plan whose gates are missing is listed for its next gate.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.moves import Move, decided, gates_behind, gates_needed, moves, passed, stopped, unanswered
from handrail.load import Loaded
from handrail.model.policy import Lifecycle
from handrail.model.project import Plan
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.changing import at, counting, migrated, pairs
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="GAT-01",
    title="No phase begins without its gate",
    requirement="S-LIFECYCLE.1",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="Money and people are set free step by step, each time with what is known by then.",
    ask="the sponsor",
    applies_to=AppliesTo(kind="project"),
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every step without its gate; without a change to judge, every plan that stands behind a gate it has not passed."""
    del loaded
    if world.before is None:
        for one in world.portfolio.projects:
            yield from _standing(one.plan, world)
        return
    for pair in pairs(world):
        for move in moves(pair.old, pair.new, world.portfolio.repository.policy.lifecycle):
            if not move.silent or not move.allowed:
                yield from _judged(pair.new, pair.old, move, world)


def _judged(plan: Plan, old: Plan | None, move: Move, world: World) -> Iterator[Remark]:
    if migrated(world, RULE.id, plan.id):
        return
    name = plan.name
    if old is None:
        message = f'"{name}" is new here and already stands in {move.new}.' if move.field == "phase" else (
            f'"{name}" is new here and already {move.new}.')  # fmt: skip
        fix = ("Begin with `phase: initiation` and `state: active`. A plan that ran elsewhere before comes in under a declared "
               "and approved migration; ask the PMO.")  # fmt: skip
        yield _remark(plan, move, message, fix)
        return
    if not move.allowed:
        yield _remark(
            plan, move, f'"{name}" cannot go from {move.old} to {move.new}.',
            f"Go one step at a time; write `{move.field}: {move.old}` until the next step is decided"
            f"{_next(move, world.portfolio.repository.policy.lifecycle)}. The policy's lifecycle lists every step.",
        )  # fmt: skip
        return
    yield from _without_gate(plan, old, move, world)


def _without_gate(plan: Plan, old: Plan, move: Move, world: World) -> Iterator[Remark]:
    lifecycle, as_of = world.portfolio.repository.policy.lifecycle, world.portfolio.as_of
    counts = counting(world, plan, old)
    if move.needs is None:
        return
    if move.needs == "stop":
        if not stopped(plan, as_of, counts) and not decided(plan, move, as_of, counts):
            yield _remark(
                plan, move, f'"{plan.name}" goes to {move.new}, and nobody with authority has stopped it.',
                f"Let {plan.sponsor or 'the sponsor'} or the board record the decision in the folder of approvals: `decision: stop`, "
                "`subject: {kind: gate, id: <submission>}`.",
            )  # fmt: skip
        return
    if move.needs == "decision":
        if not decided(plan, move, as_of, counts):
            yield _remark(
                plan, move, f'"{plan.name}" goes from {move.old} to {move.new}, and nobody has decided it.', _ASK
            )
        return
    for gate in gates_needed(plan.tier, move.needs, lifecycle):
        if not passed(plan, gate, as_of, counts):
            yield _remark(
                plan, move, f'"{plan.name}" goes from {move.old} to {move.new}, but "{_called(gate, lifecycle)}" is not passed.',
                _fix(plan, gate, move),
            )  # fmt: skip
            return
    last = next(reversed(gates_needed(plan.tier, move.needs, lifecycle)), None)
    open_ = unanswered(plan, last, lifecycle) if last else ()
    if last and open_:
        yield _remark(
            plan, move, f'"{_called(last, lifecycle)}" of "{plan.name}" was decided with {len(open_)} of its questions unanswered, '
            f'the first being: "{open_[0]}"',
            "Answer every question in the submission in the folder `gates`; `no`, `partly` and `not applicable` are answers too.",
        )  # fmt: skip


def _next(move: Move, lifecycle: Lifecycle) -> str:
    """Where one can go instead, for a sentence that goes on."""
    steps = [one.to for one in lifecycle.transitions if one.from_ == move.old]
    return f": from {move.old} it leads to {' or '.join(steps)}" if steps else ""


_ASK = "Let the sponsor or the board record it in the folder of approvals, then merge both together."


def _standing(plan: Plan, world: World) -> Iterator[Remark]:
    if plan.broken or migrated(world, RULE.id, plan.id):
        return
    lifecycle = world.portfolio.repository.policy.lifecycle
    counts = counting(world, plan, None)
    for gate in gates_behind(plan, lifecycle):
        if not passed(plan, gate, world.portfolio.as_of, counts, held=False) and not stopped(
            plan, world.portfolio.as_of, counts
        ):
            yield say(
                RULE, at(plan, "phase"),
                f'"{plan.name}" stands in {plan.phase}, but "{_called(gate, lifecycle)}" is not passed.',
                _fix(plan, gate, None), project=plan.id, pointer=f"/standing/{gate}", enforce_at="gate",
            )  # fmt: skip
            return


def _fix(plan: Plan, gate: str, move: Move | None) -> str:
    who = plan.sponsor or "the sponsor" if plan.tier == "small" else "the board"
    by = plan.sponsor if plan.tier == "small" and plan.sponsor else "<handle>"
    stay = f"Write `{move.field}: {move.old}` until then. " if move else ""
    given = next((one.id for one in reversed(plan.gates) if gate in {one.gate, one.id}), None)
    hand_in = "" if given else f"Hand in a submission: `handrail new gate {plan.id} --set gate={gate}`. "
    return (
        f"{stay}{hand_in}{who[:1].upper() + who[1:] if who.startswith('the ') else who} decides, and that is put on record: "
        f"`handrail approve gate {given or '<submission>'} --project {plan.id} --by {by}`."
    )


def _called(gate: str, lifecycle: Lifecycle) -> str:
    return next((one.name for one in lifecycle.gates if one.id == gate), gate)


def _remark(plan: Plan, move: Move, message: str, fix: str) -> Remark:
    return say(
        RULE, at(plan, move.field), message, fix, project=plan.id, pointer=f"/{move.field}/{move.old}/{move.new}"
    )
