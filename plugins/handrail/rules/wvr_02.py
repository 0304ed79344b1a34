"""A rule that many leave is looked at again.

Three projects that leave the same rule at the same time, or one in ten, say that the rule is wrong, or that it is wrong for
them. Five complaints say the same. A change proposal that names the rule or its standard answers; until there is one, the
PMO has an alarm. Figures may be set in the policy: `waivers`, `share` and `feedback`.
"""

from collections.abc import Iterator
from decimal import Decimal

from handrail.english import count
from handrail.load import Loaded
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.engine import World
from handrail.rules.settings import params_of
from handrail.rules.speaking import say

RULE = RuleFile(
    id="WVR-02",
    title="A rule that many leave is looked at again",
    requirement="S-WAIVER.2",
    level="should",
    enforce_at="watch",
    severity="minor",
    why="A rule that everybody leaves is the one that is wrong.",
    ask="the PMO head",
    applies_to=AppliesTo(kind="portfolio"),
    params={"waivers": 3, "share": "10%", "feedback": 5},
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every rule or standard that is left or complained about too often, and that no proposal takes up."""
    del loaded
    repository, as_of = world.portfolio.repository, world.portfolio.as_of
    if not any(plan.waivers or plan.feedback for plan in repository.plans):
        return
    from handrail.compute.reviews import pressure, too_much  # noqa: PLC0415 - asked for at the rim of a check

    params = params_of(RULE, world.portfolio)
    running = sum(plan.state == "active" for plan in repository.plans)
    for one in pressure(repository, as_of).values():
        heavy = too_much(one, running, waivers=int(params["waivers"]), share=Decimal(params["share"]),
                         feedback=int(params["feedback"]))  # fmt: skip
        if not heavy or one.proposal:
            continue
        rule, standard = repository.rules.get(one.about), repository.standards.get(one.about)
        title = rule.title if rule else standard.title if standard else one.about
        loc = rule.loc.at("id") if rule else standard.loc.at("id") if standard else Loc("standards/handrail.yaml")
        yield say(
            RULE, loc,
            f'"{title}" is left by {count(one.waivers, "project")} and complained about {count(one.feedback, "time")}, and nobody '
            "has proposed to change it.",
            "Read the reasons, then propose a change or say why it stays: `handrail new proposal --set title=... "
            f'--set targets="{{kind: rule, id: {one.about}, from: 1.0.0}}"`.',
            pointer=f"/{one.about}",
        )  # fmt: skip
