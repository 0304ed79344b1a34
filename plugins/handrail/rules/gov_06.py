"""A change is judged by the law it finds, not by the one it brings.

Standards, rules, figures, people and roles are read from the tip of the target branch. A change that edits them is judged
without its own edits, and both verdicts are shown. This rule is a tripwire: it speaks when a judgement was made with the law
that the change itself proposes, and then nothing passes.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.load import Loaded
from handrail.model.repository import Repository
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="GOV-06",
    title="A change is judged by the rules of the base branch",
    requirement="S-STANDARD.5",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="A change cannot loosen the rule that it breaks.",
    ask="the PMO",
    applies_to=AppliesTo(kind="portfolio"),
)
_PARTS = ("policy", "people", "objectives", "standards", "rules")


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """One remark where the law in force is the proposed one and differs from what stood before."""
    del loaded
    pull = world.pull
    if pull is None or pull.proposed is None or pull.was is None:
        return
    used = world.portfolio.repository
    for part in _PARTS:
        if _said(used, part) == _said(pull.proposed, part) != _said(pull.was, part) and _before_differs(world, part):
            yield say(
                RULE, Loc("standards/handrail.yaml"), "This change was judged by the rules that it brings itself.",
                "Judge it again by the standards and the policy of the target branch: `handrail check --base <target>`.",
                project=None, pointer=f"/{part}",
            )  # fmt: skip
            return


def _before_differs(world: World, part: str) -> bool:
    """Before was judged by another law than after: had the target brought the same edit, both would be judged by it."""
    return world.before is not None and _said(world.before.repository, part) != _said(world.portfolio.repository, part)


def _said(repository: Repository, part: str) -> object:
    found = getattr(repository, part)
    return dict(found) if hasattr(found, "items") else found
