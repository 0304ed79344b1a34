"""Training follows the standards, and people follow the training.

A module names the standards that it covers and their major version. When a standard gets a new major version, the module is
outdated until somebody has brought it up to date or confirmed it. When a module gets a new major version, everybody whose
role asks for it must do it again; for thirty days after the change the older completion still counts (`grace_days`).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from handrail.compute.versions import major
from handrail.load import Loaded
from handrail.model.repository import Repository
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.model.training import CompetenceMatrix, ModuleRecord
from handrail.remark import Remark
from handrail.rules.engine import World
from handrail.rules.settings import params_of
from handrail.rules.speaking import say

RULE = RuleFile(
    id="TRN-01",
    title="Training follows the standards",
    requirement="S-RESOURCES.3",
    level="must",
    enforce_at="watch",
    why="A course on last year's rules teaches people to break this year's.",
    ask="the training team",
    applies_to=AppliesTo(kind="portfolio"),
    params={"grace_days": 30},
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Modules behind their standards, and people behind their modules."""
    del loaded
    repository, as_of = world.portfolio.repository, world.portfolio.as_of
    params = params_of(RULE, world.portfolio)
    for module in repository.every(ModuleRecord):
        yield from _outdated(module, repository, as_of)
        yield from _behind(module, repository, as_of, timedelta(days=int(params["grace_days"])))


def _outdated(module: ModuleRecord, repository: Repository, as_of: date) -> Iterator[Remark]:
    for i, covered in enumerate(module.covers):
        name, _, wanted = covered.partition("@")
        standard = repository.standards.get(name)
        if standard is None:
            yield say(
                RULE, module.loc.at("covers", i),
                f'The module "{module.title}" covers a standard that does not exist: {name}.',
                "Correct the name; it is the `id` in the standard's first lines.",
                pointer=f"/module/{module.id}/{name}?",
            )  # fmt: skip
        elif major(standard.version) > int(wanted) and (standard.effective_from or as_of) <= as_of:
            yield say(
                RULE, module.loc.at("covers", i),
                f'The module "{module.title}" teaches version {wanted} of "{standard.title}", and version '
                f"{standard.version} is in force.",
                f"Bring the module up to date, or confirm that it still holds; then write `covers: [{name}@{major(standard.version)}]`.",
                pointer=f"/module/{module.id}/{name}",
            )  # fmt: skip


def _behind(module: ModuleRecord, repository: Repository, as_of: date, grace: timedelta) -> Iterator[Remark]:
    """Whoever holds a role that asks for the module and did it in an older major version, once the grace is over."""
    if module.changed_on is None or as_of <= module.changed_on + grace:
        return
    asking = {
        (row.role, tier)
        for matrix in repository.every(CompetenceMatrix)
        for row in matrix.matrix
        if module.id in row.modules
        for tier in (row.tiers or ("small", "medium", "large"))
    }
    if not asking:
        return
    from handrail.compute.competence import holders, last_completion  # noqa: PLC0415 - where a role asks for it

    told: set[str] = set()
    for plan in repository.plans:
        for one in holders(plan) if plan.state == "active" else ():
            last = last_completion(one.person, module.id, repository, as_of)
            if (
                (one.role, plan.tier) not in asking
                or one.person in told
                or last is None
                or major(last.version) >= major(module.version)
            ):
                continue
            told.add(one.person)
            yield say(
                RULE, one.loc,
                f'The {one.role} of "{plan.name}" did "{module.title}" before it changed on {module.changed_on:%d %b %Y}.',
                "Do the new version: the changes are named at its top, and its quiz takes a few minutes.",
                pointer=f"/module/{module.id}/{one.person}", project=plan.id,
            )  # fmt: skip
