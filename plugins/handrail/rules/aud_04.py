"""Audits go where the risk is.

Within twelve months every large project is audited, and one in five of the others, those with the highest risks first. The
list of what was not audited is the auditor's next plan; it stops nobody.
"""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from handrail.compute import risk
from handrail.compute.months import add_months
from handrail.load import Loaded
from handrail.model.assurance import Audit
from handrail.model.project import Plan
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.engine import World
from handrail.rules.settings import params_of
from handrail.rules.speaking import say

RULE = RuleFile(
    id="AUD-04",
    title="Audits go where the risk is",
    requirement="S-AUDIT.4",
    level="should",
    enforce_at="watch",
    severity="minor",
    why="Whoever audits only what is easy finds only what is harmless.",
    ask="the auditor",
    applies_to=AppliesTo(kind="portfolio"),
    params={"share": "20%", "months": 12},
)
_SHOWN = 5


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Large projects under way without an audit, and too few of the others."""
    del loaded
    repository, as_of = world.portfolio.repository, world.portfolio.as_of
    params = params_of(RULE, world.portfolio)
    months, share = int(params["months"]), Decimal(params["share"])
    running = [plan for plan in repository.plans if plan.state == "active" and plan.phase in {"execution", "closure"}]
    seen: set[str] = set()
    for audit in repository.every(Audit):
        if audit.closed_on and audit.closed_on <= as_of <= add_months(audit.closed_on, months) and audit.type != "pmo":
            seen |= set(audit.projects) or {plan.id for plan in running}
    others = [plan for plan in running if plan.tier != "large"]
    for plan in running:
        if plan.tier == "large" and plan.id not in seen:
            yield say(
                RULE, plan.loc.at("tier"),
                f'"{plan.name}" is a large project, and nobody has audited it in the last {months} months.',
                f"The auditor plans it: `handrail new audit --set id=... --set projects={plan.id} --set type=gate`.",
                pointer=f"/{plan.id}", project=plan.id,
            )  # fmt: skip
    wanted = int((share * len(others)).to_integral_value(ROUND_CEILING))
    done = sum(plan.id in seen for plan in others)
    if done < wanted:
        left = sorted((plan for plan in others if plan.id not in seen), key=lambda plan: (-_risk(plan), plan.id))
        names = ", ".join(f'"{plan.name}"' for plan in left[:_SHOWN])
        yield say(
            RULE, Loc("standards/handrail.yaml"),
            f"{done} of {len(others)} smaller projects were audited in the last {months} months; {wanted} should be.",
            f"Those with the highest risks first: {names}. `handrail new audit` plans one.",
            pointer="/share",
        )  # fmt: skip


def _risk(plan: Plan) -> int:
    """The highest score of an open threat; impact and probability as the plan says."""
    return max((risk.score(one) or 0 for one in plan.risks if one.status == "open" and one.kind == "threat"), default=0)
