"""A closed project is frozen.

What a closed project says is what it ended with. Lessons, readings of benefits, answers to auditors, feedback and approvals
may still come; everything else stays. A mistake is corrected with an erratum: a line that says what was corrected, why and by
whom, so that a reader of the old figures finds the new ones. Opening the project again is a decision, not a correction.
Formatting, comments and the file in which a field stands are no change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.fields import fields_of
from handrail.load import Loaded
from handrail.load.projects import ATTACHED
from handrail.model.project import Plan
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.changing import at, migrated, pairs
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="GAT-04",
    title="A closed project is frozen",
    requirement="S-LIFECYCLE.4",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="Who compares projects needs to know what they ended with.",
    ask="the PMO",
    applies_to=AppliesTo(kind="project", from_phase="closure"),
)
_FREE = frozenset({"benefits", "lessons", "feedback", "support", "responses", "errata", "approvals", "state"})
"""What still comes after the end. Approvals are never altered (PRT-01); another state is a decision (GAT-03)."""


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every part of a closed project that says something else than before."""
    del loaded
    for pair in pairs(world):
        old, plan = pair.old, pair.new
        if old is None or old.state != "closed" or plan.state != "closed" or migrated(world, RULE.id, plan.id):
            continue
        if plan.broken and not old.broken:
            continue  # what cannot be read is told as that
        corrected = {what for one in plan.errata if one not in old.errata for what in one.what}
        for name, loc in _changed(plan, old):
            if name not in corrected:
                yield _remark(plan, name, loc)


def _changed(plan: Plan, old: Plan) -> Iterator[tuple[str, Loc]]:
    for field in fields_of(Plan):
        before, after = getattr(old, field.name), getattr(plan, field.name)
        if field.key in _FREE or before == after:
            continue
        if field.key == "why" and before is not None and after is not None and _but_benefit(before, after):
            continue
        yield field.key, at(plan, field.key) if field.key in plan.home else plan.loc
    for name in (*ATTACHED.values(), "closure", "narrative"):
        before, after = getattr(old, name), getattr(plan, name)
        if name not in _FREE and before != after:
            yield name, _first(after, before) or plan.loc


def _but_benefit(before: Any, after: Any) -> bool:
    """Whether nothing but the reading of the benefit differs."""
    return all(
        getattr(before, one.name) == getattr(after, one.name) for one in fields_of(type(after)) if one.key != "benefit"
    )


def _first(after: Any, before: Any) -> Loc | None:
    """The first record that is new or different."""
    ones = after if isinstance(after, tuple) else (after,)
    known = before if isinstance(before, tuple) else (before,)
    return next((one.loc for one in ones if one not in known and hasattr(one, "loc")), None)


def _remark(plan: Plan, name: str, loc: Loc) -> Remark:
    return say(
        RULE, loc, f'"{plan.name}" is closed, and its {name.replace("_", " ")} would say something else than at the end.',
        f"Write it as it was. If it was wrong, add an erratum: `errata: [{{id: E-001, on: <day>, what: [{name}], because: <why>, "
        "by: <handle>}]`. If work goes on, let the sponsor or the board open the project again.",
        project=plan.id, pointer=f"/frozen/{name}",
    )  # fmt: skip
