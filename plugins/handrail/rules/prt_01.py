"""Every project has one identity, for ever.

A project's id must be unlike every other, also when capital letters are ignored, and must not be one that the register
of redirects has retired: figures over years need keys that last. A folder that is renamed or removed leaves a redirect.

A change must not take away what is on record: a project without a redirect, a running project at all, a report, request,
submission, approval, deviation, lesson or answer. Published reports and approvals are not written anew either; the prose
below a report may be mended, and conditions of an approval are met or extended (AUD-03).
"""

from collections.abc import Iterator

from handrail.load import Loaded
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Related, Remark
from handrail.rules.engine import World
from handrail.rules.speaking import say

RULE = RuleFile(
    id="PRT-01",
    title="Every project has one identity, for ever",
    requirement="S-DATA.2",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="Figures over years need keys that last.",
    ask="the PMO",
    applies_to=AppliesTo(kind="portfolio"),
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Ids that clash, ids that were retired, and what is no longer on record."""
    if world.before is not None:
        from handrail.rules.kept import kept  # noqa: PLC0415 - only a change asks for it

        yield from kept(RULE, world)
    repository = loaded.repository
    places = {plan.id: plan.loc for plan in repository.plans} | {one.id: Loc(one.files[0]) for one in repository.broken}
    seen = {name.lower(): name for name in repository.elsewhere}
    for name, loc in places.items():
        first = seen.setdefault(name.lower(), name)
        if first != name:
            related = (
                Related(loc=places.get(first) or Loc(f"projects/{first}/project.yaml"), note=f"`{first}` stands here"),
            )
            yield _remark(name, loc, f"`{name}` and `{first}` differ only in capital letters.",
                          "Give one of them another id.", related)  # fmt: skip
    for one in repository.policy.redirects.redirects:
        if one.from_ in places:
            related = (Related(loc=one.loc, note="it was retired here"),)
            yield _remark(one.from_, places[one.from_], f"The id `{one.from_}` was retired on {one.on:%d %b %Y}.",
                          "Choose an id that was never used.", related)  # fmt: skip


def _remark(name: str, loc: Loc, message: str, fix: str, related: tuple[Related, ...]) -> Remark:
    return say(RULE, loc.at("id"), message, fix, pointer=message, project=name, related=related)
