"""Standards and plans change in separate pull requests.

Who edits a plan must not, in the same change, edit what it is judged by: standards, rules, figures, people, strategy, audits,
or the machinery of the gate. Otherwise a rule is loosened by the very change that would break it. Families of paths come
from the policy; what no family claims is not free. Approvals may come with either side. Where plans and law must move
together, a migration is declared and approved first, and names the projects and this rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.path_owners import family_of
from handrail.load import Loaded
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Related, Remark
from handrail.rules.changing import migrated
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="GOV-05",
    title="Standards and plans change in separate pull requests",
    requirement="S-STANDARD.4",
    level="must",
    enforce_at="merge",
    waivable=False,
    why="Otherwise a rule is loosened in the same change that would break it.",
    ask="the PMO",
    applies_to=AppliesTo(kind="portfolio"),
)
_EITHER = frozenset({"approver"})
_SHOWN = 3


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """One remark where both sides are touched; it names the first paths of the law."""
    del loaded
    if world.pull is None:
        return
    repository = world.portfolio.repository
    plans = sorted(one.path for one in world.pull.touched if one.path.startswith("projects/"))
    law = sorted(
        one.path for one in world.pull.touched
        if not one.path.startswith("projects/") and family_of(one.path, repository) not in _EITHER | {None}
    )  # fmt: skip
    projects = sorted({path.split("/")[1] for path in plans if path.count("/") > 1})
    if not plans or not law or migrated(world, RULE.id, *projects):
        return
    more = f" and {len(law) - _SHOWN} more" if len(law) > _SHOWN else ""
    yield say(
        RULE, Loc(law[0]), "This change edits plans and also what plans are judged by.",
        f"Put {', '.join(f'`{one}`' for one in law[:_SHOWN])}{more} into a pull request of their own. Where both must move together, ask "
        "the PMO to declare a migration.",
        project=None, pointer="/both", related=(Related(loc=Loc(plans[0]), note="a plan is edited here"),),
    )  # fmt: skip
