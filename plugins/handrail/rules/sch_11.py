"""Dates that must be kept can be kept.

A task that must start or finish by a day holds that day against its predecessors, so that the plan shows a date that the
work before it does not allow. The rule says by how much, at the date itself. It also names constraints on summaries that
have no effect. It never stops a merge: the predecessors may have slipped, and that must be told at once.
"""

from collections.abc import Iterator

from handrail.load import Loaded
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.engine import World
from handrail.rules.problems import of_problem

RULE = RuleFile(
    id="SCH-11",
    title="Dates that must be kept can be kept",
    requirement="S-SCHEDULE.4",
    level="should",
    enforce_at="gate",
    severity="major",
    waivable=True,
    why="A pinned date hides that the work before it will not be done by then.",
    ask="your PMO contact",
    applies_to=AppliesTo(kind="project", when="project.state == 'active'", tiers=(), from_phase=None),
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every hard constraint of an active project that its links or its status date leave no room for."""
    for project in world.portfolio.projects:
        if not project.plan.tasks or project.plan.state != "active":
            continue
        from handrail.compute.schedules import schedule  # noqa: PLC0415 - most plans have no network

        found = schedule(project, loaded.repository)
        for problem in found.warnings if found else ():
            yield of_problem(RULE, problem, project.id)
