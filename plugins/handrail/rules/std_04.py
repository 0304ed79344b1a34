"""What a requirement maps to outside exists.

A requirement may name clauses of frameworks. The framework and the edition must be known to `standards/frameworks/`, the
clause must look as that framework's clauses do, and a mapping that somebody verified says who looked and when it is written
in the framework's own crosswalk. An edition that is no longer current is named, so that the mapping is looked at again.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from handrail.load import Loaded
from handrail.model.frameworks import Edition, Framework
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.engine import World
from handrail.rules.speaking import say
from handrail.slips import near
from handrail.source.words import shown

RULE = RuleFile(
    id="STD-04",
    title="What a requirement maps to outside exists",
    requirement="S-STANDARD.9",
    level="must",
    enforce_at="gate",
    severity="minor",
    why="A mapping to a clause that does not exist proves nothing to an auditor.",
    ask="the PMO",
    applies_to=AppliesTo(kind="portfolio"),
)
_Said = tuple[str, str]


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every mapping that leads nowhere, at the requirement or in a crosswalk."""
    del loaded
    repository = world.portfolio.repository
    known = {one.id: one for one in repository.every(Framework)}
    for standard in repository.standards.values():
        for requirement in standard.requirements:
            for one in requirement.external:
                for field, (message, fix) in _wrong(one.framework, one.edition, one.clause, known):
                    yield _remark(one.loc, field, requirement.id, message, fix)
    for framework in known.values():
        for crossing in framework.crosswalk:
            for field, (message, fix) in _wrong(framework.id, crossing.edition, crossing.clause, known):
                yield _remark(crossing.loc, field, crossing.requirement, message, fix)
            if crossing.status == "verified" and not (crossing.checked_by and crossing.checked_on):
                message = f"A mapping of {framework.title} is called verified, and nobody says who looked and when."
                yield _remark(
                    crossing.loc,
                    "status",
                    crossing.requirement,
                    message,
                    "Add `checked_by` and `checked_on`, or call it `unverified`.",
                )


def _remark(loc: Loc, field: str, requirement: str, message: str, fix: str) -> Remark:
    return say(RULE, loc.at(field), message, fix, pointer=f"/{requirement}/{field}/{message}")


def _wrong(name: str, edition: str, clause: str, known: Mapping[str, Framework]) -> Iterator[tuple[str, _Said]]:
    framework = known.get(name)
    if framework is None:
        guess = near(name, known)
        fix = f"Did you mean `{guess}`?" if guess else "Add it to standards/frameworks/, with its editions."
        yield "framework", (f"No framework is called `{shown(name)}` here.", fix)
        return
    editions: Mapping[str, Edition] = {one.edition: one for one in framework.editions}
    found = editions.get(edition)
    if found is None:
        yield "edition", (f"{framework.title} has no edition `{shown(edition)}` here.",
                          f"It has {', '.join(editions) or 'none yet'}; add the edition if it is new.")  # fmt: skip
    elif found.clauses and clause not in found.clauses:
        yield "clause", (f"{framework.title}, {edition}, has no clause `{shown(clause)}`.", "Look its number up again.")
    elif framework.clause_pattern and not _looks_right(framework.clause_pattern, clause):
        yield (
            "clause",
            (f"`{shown(clause)}` does not look like a clause of {framework.title}.", "Write its number alone."),
        )
    if found is not None and found.withdrawn_on is not None:
        yield "edition", (f"{framework.title}, {edition}, was replaced on {found.withdrawn_on:%d %b %Y}.",
                          "Compare the requirement with the new edition, and name that.")  # fmt: skip


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> Any:
    """A framework's pattern, ready to use; None where it is none. Hundreds of clauses are held against each."""
    import re2  # noqa: PLC0415 - a pattern from outside must not take for ever

    try:
        return re2.compile(pattern)
    except re2.error:
        return None


def _looks_right(pattern: str, clause: str) -> bool:
    ready = _compiled(pattern)
    return ready is None or ready.fullmatch(clause) is not None
