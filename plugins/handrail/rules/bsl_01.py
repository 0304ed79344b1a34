"""What was approved changes only through a change request.

Once a plan is approved, its planned days, its approved money, its scope, its criteria and its promised benefit say what
the newest approved plan says. Who only expects something else writes a forecast, which needs nobody's leave. Who wants
another plan writes a change request, has it approved, and freezes the plan again. What was promised stays visible.

Of a change it is asked besides: older approved plans are as they were, new ones are numbered without a gap, follow from a
request that was approved with authority or lies within what the manager may move alone, change no more than it asks for,
and start from what the plan before them said: a request is sized by the step it takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from handrail.load import Loaded
from handrail.model.project import Plan
from handrail.model.records import Baseline
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Related, Remark
from handrail.rules.engine import World
from handrail.rules.speaking import say
from handrail.rules.text import in_words

RULE = RuleFile(
    id="BSL-01",
    title="What was approved changes only through a change request",
    requirement="S-CHANGE.3",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="What was promised stays visible.",
    ask="the sponsor",
    applies_to=AppliesTo(kind="project"),
)
_PARTS = {
    ("budget", "approved"): "The approved budget", ("budget", "contingency"): "The contingency",
    ("budget", "currency"): "The currency", ("scope", "in"): "What belongs to the project",
    ("scope", "out"): "What does not belong to the project", ("why", "objective"): "The objective",
    ("why", "benefit.target"): "The promised benefit", ("why", "benefit.by"): "The day of the promised benefit",
    ("project", "start"): "The start",
}  # fmt: skip
"""What people call the approved values that belong to no single item."""
_LISTS = (
    "deliverables", "milestones", "increments", "tasks", "wbs", "benefits", "quality_checks", "resources", "calendars",
)  # fmt: skip


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every approved value that the plan no longer says, and every promise that it makes besides."""
    yield from _changes(world)
    for plan in loaded.repository.plans:
        newest = max(plan.baselines, key=lambda one: int(one.id.rsplit("-", 1)[-1] or 0), default=None)
        if newest is not None:
            yield from _moved(plan, newest)


def _changes(world: World) -> Iterator[Remark]:
    if world.before is None:
        return
    from handrail.rules.approved_plans import changed  # noqa: PLC0415 - only a change asks for it
    from handrail.rules.changing import migrated, pairs  # noqa: PLC0415

    for pair in pairs(world):
        before = pair.old.baselines if pair.old else ()
        if (
            (pair.new.baselines or before)
            and pair.new.baselines != before
            and not migrated(world, RULE.id, pair.new.id)
        ):
            yield from changed(RULE, pair, world)


def _moved(plan: Plan, newest: Baseline) -> Iterator[Remark]:
    from handrail.compute.baseline import differences, snapshot  # noqa: PLC0415 - most plans are read before approval

    for one in differences(newest.values, snapshot(plan)):
        if plan.broken and one.after is None:
            continue  # what cannot be read is told as that; it need not be gone
        name, loc = _place(plan, one.item, one.field)
        field = "" if (one.item, one.field) in _PARTS else one.field
        yield say(
            RULE, loc, _message(name, field, one.before, one.after), _fix(plan, one.field, one.before, one.after),
            pointer=f"/{one.item}/{one.field}", project=plan.id,
            related=(Related(loc=newest.loc.at("values", one.item), note=f"{newest.id} says so"),),
        )  # fmt: skip


def _message(name: str, field: str, before: Any, after: Any) -> str:
    what = name if field in {"", "planned"} else f"{name}, {field.replace('_', ' ').replace('.', ' ')}"
    if before is None:
        return f"{what} is not part of the approved plan: it says {_said(after)}."
    if after is None:
        return f"{what} was promised in the approved plan ({_said(before)}) and is gone."
    verb = "was moved" if field == "planned" else "was changed"
    return f"{what} {verb} from {_said(before)} to {_said(after)}, but the approved plan says {_said(before)}."


def _fix(plan: Plan, field: str, before: Any, after: Any) -> str:
    ask = f"let {plan.sponsor or 'the sponsor'} approve it"
    change = (
        "If the plan itself shall change, write a change request in the folder `changes`, "
        f"{ask}, then freeze the plan again: `handrail baseline {plan.id} --change CR-001`."
    )
    if before is None:
        return change
    if field == "planned" and after is not None:
        return (
            f"If you only expect another day, write `forecast: {after}` and leave `planned: {before}` alone: no approval "
            f"is needed. {change}"
        )
    if field == "approved" and after is not None:
        return f"If you only expect another cost, write it under `forecast`: no approval is needed. {change}"
    return f"Write it as it was. {change}"


def _said(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(f'"{one}"' for one in value) or "nothing"
    try:
        return in_words(date.fromisoformat(value)) if isinstance(value, str) else in_words(value)
    except ValueError:
        return f'"{value}"'


def _place(plan: Plan, item: str, field: str) -> tuple[str, Loc]:
    """What people call a thing of the plan, and where its field stands."""
    steps = field.split(".")
    for name in _LISTS:
        for one in getattr(plan, name):
            if getattr(one, "id", None) == item:
                title = next((value for key in ("name", "what", "method") if (value := getattr(one, key, None))), item)
                return f'"{title}"', one.loc.at(*steps)
    for line in plan.budget.lines if plan.budget else ():
        if line.id == item:
            return f'"{line.name}"', line.loc.at(*steps)
    name = _PARTS.get((item, field), f"`{item}`")
    if item == "project":
        return name, Loc(plan.home.get(field, plan.loc.file), (field,))
    return name, Loc(plan.home[item], (item, *steps)) if item in plan.home else plan.loc
