"""A figure in the words of a report is the plan's.

Cost, days, percentages and counts stand beside a report, taken from the plan, so its words need none. Where somebody writes
one all the same, it is held against the plan: money spent, forecast or approved, the share that is done, a day right behind
the name of a milestone or deliverable, open risks and issues, accepted deliverables. A rounded figure is right when the
plan's rounds to it. Of a change its own reports are looked at, otherwise each project's newest: a published report is never
corrected, the next one is.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from handrail.compute.facts import Project
from handrail.load import Loaded
from handrail.model.records import Report
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.model.words import PHASES
from handrail.remark import Loc, Remark, Span
from handrail.rules.engine import World
from handrail.rules.speaking import say

if TYPE_CHECKING:
    from handrail.compute.claims import Claim

RULE = RuleFile(
    id="REP-04",
    title="A figure in the words of a report is the plan's",
    requirement="S-REPORT.5",
    level="must",
    enforce_at="gate",
    why="Of two figures for one thing, readers believe the one they like.",
    ask="the PMO",
    applies_to=AppliesTo(kind="project", from_phase="execution"),
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every contradicted figure of the reports that are looked at."""
    olds = world.olds()
    for project in world.portfolio.projects:
        plan = project.plan
        if plan.state != "active" or PHASES.index(plan.phase) < PHASES.index("execution") or not plan.reports:
            continue
        if world.only is not None and project.id not in world.only:
            continue
        newest = max(plan.reports, key=lambda one: one.as_of)
        old = olds.get(project.id)
        before = {one.as_of: one for one in old.reports} if old else {}
        if world.before is None or before.get(newest.as_of) != newest:
            yield from _report(project, newest, loaded, world)


def _report(project: Project, report: Report, loaded: Loaded, world: World) -> Iterator[Remark]:
    from handrail.compute.claims import contradictions  # noqa: PLC0415 - a project in its first phases has no report

    for one in contradictions(project, report, _complete(project, report, world)):
        yield say(
            RULE, _place(report, one, loaded),
            f'Your report says "{one.said}"; for {one.what} the plan says {one.plan}.',
            f"Leave the figure out, it stands beside your words anyhow; or correct the plan: there it is {one.plan}. In a report "
            "that is published already, say it right in the next one.",
            project=project.id, pointer=f"/reports/{report.as_of}/{one.what}/{one.said}",
        )  # fmt: skip


def _complete(project: Project, report: Report, world: World) -> Decimal | None:
    if "%" not in report.body and "cent" not in report.body:
        return None
    from handrail.compute.figures import earned_value  # noqa: PLC0415 - few reports speak of percentages

    return earned_value(project, world.portfolio.repository).complete.value


def _place(report: Report, claim: Claim, loaded: Loaded) -> Loc:
    """The words where they stand in the file; the reason, where they stand in that."""
    if report.because and claim.said in " ".join(report.because.split()):
        return report.loc.at("because")
    text = loaded.repository.tree.read(report.loc.file).decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        at = line.find(claim.said)
        if at >= 0:
            end = at + len(claim.said) + 1
            return Loc(
                report.loc.file,
                span=Span(file=report.loc.file, line=number, column=at + 1, end_line=number, end_column=end),
            )
    return report.loc.at("as_of")
