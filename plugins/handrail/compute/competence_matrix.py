"""The competence matrix as counts: how many hold each role in projects of each tier, and how many lack something for it.

Only counts, because these are published: who lacks what is told to the training team and to the line manager.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.compute.competence import Gap, gaps_of, holders
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.model.training import CompetenceMatrix, ModuleRecord
from handrail.model.words import TIERS, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One role in projects of one tier. needs: level by the competence's name; asked: modules and certificates by title.

    holders: people who hold the role in a running project of that tier. lacking: those with a gap; expiring: those with
    something that runs out soon and no gap. gaps: people by what they lack.
    """

    role: str
    tier: Tier
    needs: Mapping[str, int]
    asked: tuple[str, ...]
    holders: int
    lacking: int
    expiring: int
    gaps: Mapping[str, int]


def squares(repository: Repository, plans: Iterable[Plan], as_of: date) -> tuple[Square, ...]:
    """Every role by every tier that the matrix names."""
    people: dict[tuple[str, Tier], set[str]] = {}
    for plan in plans:
        for one in holders(plan) if plan.state == "active" else ():
            people.setdefault((one.role, plan.tier), set()).add(one.person)
    titles = {one.id: one.title for one in repository.every(ModuleRecord)}
    wanted: dict[tuple[str, Tier], tuple[dict[str, int], list[str]]] = {}
    for matrix in repository.every(CompetenceMatrix):
        names = {one.id: one.name for one in matrix.competences}
        for row in matrix.matrix:
            for tier in row.tiers or TIERS:
                needs, asked = wanted.setdefault((row.role, tier), ({}, []))
                needs |= {names.get(one, one): level for one, level in row.needs.items()}
                asked += [*(titles.get(one, one) for one in row.modules), *row.certifications]
    return tuple(
        _square(role, tier, needs, asked, sorted(people.get((role, tier), ())), repository, as_of)
        for (role, tier), (needs, asked) in wanted.items()
    )


def _square(  # noqa: PLR0913, PLR0917 - what a square follows from
    role: str, tier: Tier, needs: Mapping[str, int], asked: list[str], people: list[str], repository: Repository, as_of: date
) -> Square:  # fmt: skip
    found = {one: tuple(gaps_of(one, role, tier, repository, as_of)) for one in people}
    lacking = [one for one, ones in found.items() if any(gap.kind != "soon" for gap in ones)]
    soon = [one for one, ones in found.items() if one not in lacking and ones]
    by_what: dict[str, set[str]] = {}
    for person, ones in found.items():
        for gap in ones:
            by_what.setdefault(_named(gap), set()).add(person)
    return Square(
        role=role, tier=tier, needs=dict(needs), asked=tuple(dict.fromkeys(asked)), holders=len(people), lacking=len(lacking),
        expiring=len(soon), gaps={what: len(ones) for what, ones in sorted(by_what.items())},
    )  # fmt: skip


def _named(gap: Gap) -> str:
    if gap.kind == "level":
        return f"{gap.what}: a higher level"
    return f"{gap.what}: runs out soon" if gap.kind == "soon" else gap.what
