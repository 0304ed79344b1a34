"""How differently projects of one tier are run: what each leaves out, adds to, deviates from, and which template it follows.

0: all alike, as the framework offers it; 1: nothing in common. The index is the mean of its parts that are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from handrail.compute.averages import mean, share
from handrail.compute.improvement import version_key
from handrail.compute.tier import rank
from handrail.model.improvement import TemplateVersion
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.model.words import TIERS, Tier
from handrail.starters import starter_files


class Fit(NamedTuple):
    """How one running project follows the framework.

    left_out: share of the parts of its tier's starter that it leaves out; None without a starter. above: it chose a tier
    above the derived one. deviates: a deviation is in force. behind: it follows an older version of its template; None
    where the plan does not say which.
    """

    tier: Tier
    left_out: Decimal | None
    above: bool
    deviates: bool
    behind: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    """The index and its parts, each the mean or the share over running projects; None where nothing can be said.

    sections: left out of the starter. tailored: a tier above the derived one. deviating: with a deviation in force.
    versions: behind the present version of their template, of those that say which they follow. by_tier: `sections` by tier.
    """

    projects: int
    index: Decimal | None
    sections: Decimal | None
    tailored: Decimal | None
    deviating: Decimal | None
    versions: Decimal | None
    by_tier: Mapping[Tier, Decimal]


class Framework:
    """What plans are held against: the starters and their versions, looked up once."""

    def __init__(self, repository: Repository) -> None:
        self._sections = {tier: sections(repository, tier) for tier in TIERS}
        self._versions = {one.id: one.version for one in repository.every(TemplateVersion)}

    def fit(self, plan: Plan, derived: str | None, as_of: date) -> Fit | None:
        """How a plan fits; None unless it runs. `derived`: the tier that follows from its answers."""
        if plan.state != "active":
            return None
        wanted = self._sections[plan.tier]
        return Fit(
            tier=plan.tier,
            left_out=Decimal(len(wanted - set(plan.home))) / len(wanted) if wanted else None,
            above=derived in TIERS and rank(plan.tier) > rank(derived),
            deviates=any(
                one.starts and one.expires and one.starts <= as_of <= one.expires for one in plan.waivers
            ),
            behind=self._behind(plan),
        )  # fmt: skip

    def _behind(self, plan: Plan) -> bool | None:
        present = self._versions.get(f"project/{plan.tier}")
        if plan.template is None or present is None:
            return None
        return version_key(plan.template) < version_key(present)


def heterogeneity(fits: Iterable[Fit]) -> Heterogeneity:
    """The index over some running projects."""
    ones = tuple(fits)
    left = [one.left_out for one in ones if one.left_out is not None]
    said = [one.behind for one in ones if one.behind is not None]
    parts = {
        "sections": mean(left), "tailored": share(sum(one.above for one in ones), len(ones)),
        "deviating": share(sum(one.deviates for one in ones), len(ones)), "versions": share(sum(said), len(said)),
    }  # fmt: skip
    by_tier = {
        tier: mean([one.left_out for one in ones if one.tier == tier and one.left_out is not None]) for tier in TIERS
    }
    return Heterogeneity(
        projects=len(ones), index=mean([one for one in parts.values() if one is not None]), **parts,
        by_tier={tier: value for tier, value in by_tier.items() if value is not None},
    )  # fmt: skip


def sections(repository: Repository, tier: Tier) -> frozenset[str]:
    """The top-level fields of a tier's starter."""
    return frozenset(
        line.split(":", 1)[0]
        for name, text in starter_files(repository.tree, tier).items()
        if name.endswith(".yaml") and "/" not in name
        for line in text.splitlines()
        if line[:1].isalpha() and ":" in line
    )
