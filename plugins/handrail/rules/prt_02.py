"""What all projects need of a role fits those who hold it.

For every role that a plan asks for without a name, by month: what is asked of the role and what all projects ask of its
holders by name, against what the holders can give. This month and the next five are looked at; what lies further off will
move anyhow. One remark for each role names its worst month and the projects, the one of the lowest priority first. It is an
alarm to the PMO and the portfolio board and stops nobody: no single plan is wrong. Figures may be set in the policy:
`limit`, the share of the capacity from which it speaks, and `months`, how far it looks ahead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from handrail.load import Loaded
from handrail.model.project import Plan
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.engine import World
from handrail.rules.settings import params_of
from handrail.rules.speaking import say

if TYPE_CHECKING:
    from handrail.compute.role_load import Shortage

RULE = RuleFile(
    id="PRT-02",
    title="What projects need of a role fits those who hold it",
    requirement="S-RESOURCES.5",
    level="should",
    enforce_at="watch",
    why="Everybody's plan is right, and all of them together cannot be done.",
    ask="the portfolio board",
    applies_to=AppliesTo(kind="portfolio"),
    params={"limit": "100%", "months": 5},
)
_NAMED = 5
"""So many projects are named."""


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Each role that is short, in its worst month. A change is judged with a part of the plans, so nothing is said of it."""
    del loaded
    if world.only is not None:
        return
    running = [one for one in world.portfolio.projects if one.plan.state == "active"]
    if not any(each.kind != "equipment" and each.allocations for one in running for each in one.plan.resources):
        return
    from handrail.compute.demand import demands_of  # noqa: PLC0415 - few portfolios ask for roles
    from handrail.compute.months import month_of  # noqa: PLC0415
    from handrail.compute.role_load import shortages  # noqa: PLC0415

    repository, as_of = world.portfolio.repository, world.portfolio.as_of
    params = params_of(RULE, world.portfolio)
    first = month_of(as_of)
    last = first + int(params["months"])
    asked = (each for one in running for each in demands_of(one, world.workdays, first, last, repository))
    worst: dict[str, Shortage] = {}
    for one in shortages(asked, repository, world.workdays, Decimal(params["limit"])):
        known = worst.get(one.role)
        if known is None or one.over > known.over:
            worst[one.role] = one
    plans = {one.id: one for one in repository.plans}
    for one in worst.values():
        yield _said(one, plans, world)


def _said(one: Shortage, plans: Mapping[str, Plan], world: World) -> Remark:
    from handrail.compute.months import first_day  # noqa: PLC0415 - as above

    people = world.portfolio.repository.people
    loc = people[one.holders[0]].loc if one.holders[0] in people else Loc("standards/people/people.yaml")
    asked = ", ".join(f"{_name(plans.get(each.project))} {_share(each.share)}" for each in one.projects[:_NAMED])
    more = f" and {len(one.projects) - _NAMED} more" if len(one.projects) > _NAMED else ""
    return say(
        RULE, loc,
        f'"{one.role}" is asked for {_share(one.demand)} of a month in {first_day(one.month):%B %Y}, and {_share(one.capacity)} '
        f"is there: {asked}{more}.",
        "Agree which project waits; the first named has the lowest priority. Or find somebody else who can do it, and add the "
        f"role to them: `roles: [{one.role}]`.",
        pointer=f"/{one.role}",
    )  # fmt: skip


def _name(plan: Plan | None) -> str:
    return "a project not named here" if plan is None or plan.sensitivity == "restricted" else f'"{plan.name}"'


def _share(share: Decimal) -> str:
    return f"{round(share * 100)}%"
