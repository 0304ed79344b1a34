"""A project that drifts is looked at before its colour turns.

Three signs come before a colour: the expected end has moved later in three reports in a row, the float of the open tasks has
fallen to half within sixty days, or the cost efficiency has fallen by five points over two reports. They are read from the
history in Git, so they are told where somebody looks back: by the site, and by the nightly run, `handrail check --look-back`.
The remark says with which report the sign was first seen, so that it can be measured how long before red it came. It stops
nothing. Figures may be set in the policy: `moves`, `days`, `share` and `points`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from handrail.compute.facts import Project
from handrail.load import Loaded
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.engine import World
from handrail.rules.settings import params_of
from handrail.rules.speaking import say
from handrail.rules.text import in_words

if TYPE_CHECKING:
    from handrail.compute.early_warning import Sign

RULE = RuleFile(
    id="PRT-03",
    title="A project that drifts is looked at before its colour turns",
    requirement="S-REPORT.6",
    level="should",
    enforce_at="watch",
    why="Two of three large delays were seen for the first time when they were large already.",
    ask="the PMO",
    applies_to=AppliesTo(kind="portfolio", tiers=("medium", "large"), from_phase="execution"),
    params={"moves": 3, "days": 60, "share": "50%", "points": "0.05"},
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every sign of every project that is under way, where earlier days can be looked at."""
    del loaded
    if world.look_back is None or world.only is not None:
        return
    chosen = [
        one for one in world.portfolio.projects
        if one.plan.tier != "small" and one.plan.phase in {"execution", "closure"} and one.plan.state == "active"
    ]  # fmt: skip
    if not chosen:
        return
    from handrail.compute.early_warning import Limits, days_of, signs_of, stood  # noqa: PLC0415 - only who looks back

    repository, as_of = world.portfolio.repository, world.portfolio.as_of
    params = params_of(RULE, world.portfolio)
    limits = Limits(
        moves=int(params["moves"]), days=int(params["days"]), share=Decimal(params["share"]), points=Decimal(params["points"])
    )  # fmt: skip
    known = world.look_back({one.id: days_of(one.plan, as_of, limits) for one in chosen})
    for one in chosen:
        for sign in signs_of(one.plan, stood(one, repository), known.get(one.id, {}), limits):
            yield _said(one, sign, limits.days)


def _said(project: Project, sign: Sign, days: int) -> Remark:
    plan, colour = project.plan, project.health.counts
    still = f" It is still {colour}." if colour in {"green", "amber"} else ""
    if sign.kind == "end":
        told = ", ".join(in_words(one) for one in sign.values)
        what = f'The end of "{plan.name}" has moved later with each of the last {len(sign.values) - 1} reports: {told}.'
        fix = "Ask what the next report will say, and what would have to be true for this end to hold."
    elif sign.kind == "float":
        was, left = sign.values
        what = f'The open tasks of "{plan.name}" had {was:.0f} working days to spare {days} days ago, and have {left:.0f} now.'
        fix = "Look at the tasks with the least float, and whether those who do them are there when they are needed."
    else:
        told = ", ".join(f"{one:.2f}" for one in sign.values)
        what = f'For what "{plan.name}" spends it gets less with every report, {told} earned for each unit of money.'
        fix = "Compare what was done with what was paid, package by package, and forecast the cost anew."
    return say(
        RULE, plan.loc.at("id"),
        f"{what}{still} First seen with the report of {in_words(sign.since)}.",
        f"{fix} The playbook is `standards/playbooks/late.md`; {plan.manager or 'the manager'} and the PMO talk before anybody "
        "turns a colour.",
        pointer=f"/{sign.kind}", project=plan.id,
    )  # fmt: skip
