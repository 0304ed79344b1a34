"""What a new project is told at the outset: the lessons of others that fit it, and how projects of its tier went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from handrail.compute.improvement import Match
from handrail.compute.reference_class import ReferenceClass, Spread
from handrail.english import count
from handrail.report.safe import safe


def lessons(fitting: Sequence[Match], tags: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    """The lessons that share its tags, and how the plan answers them. known: the words of the taxonomy."""
    if not tags:
        if known:
            yield f"No tags are given, so no lessons of others were looked for. `--tag WORD` gives one: {', '.join(known)}."
        return
    if not fitting:
        yield f"No lesson of another project has the tags {', '.join(tags)}."
        return
    yield f"What others learnt ({', '.join(tags)}):"
    for one in fitting:
        yield f"  {one.name}  {safe(one.title)}"
        if one.recommendation:
            yield f"      {safe(one.recommendation)}"
    yield (
        "Say under `lessons_considered` what came of each, such as "
        f"`- {{lesson: {fitting[0].name}, disposition: applied, where: Risk R-001}}`, or `not applicable` and why."
    )


def reference(found: ReferenceClass | None) -> Iterator[str]:
    """How projects of the tier ended against their first approved plan; why nothing can be said, where that is so."""
    if found is None:
        return
    if found.slip.median is None:
        yield f"How others went is not known. {found.slip.why}"
        return
    kin = f"{found.tier} projects" if found.tier else "projects of all tiers"
    yield f"How {kin} went against what was first approved:"
    yield f"  {_spread('later', found.slip)}"
    if found.growth.median is not None:
        yield f"  {_spread('dearer', found.growth)}"
    yield "If yours has no reason to go better, plan with that."


def _spread(word: str, one: Spread) -> str:
    return (
        f"{word}: half of {count(one.count, 'project')} by at most {_share(one.median)}, four of five by at most {_share(one.p80)}, "
        f"nine of ten by at most {_share(one.p90)}"
    )


def _share(value: Decimal | None) -> str:
    if value is None:
        return "not known"
    return f"{(value * 100).quantize(Decimal(1), ROUND_HALF_UP):f}%"
