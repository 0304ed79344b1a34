"""What tables are made from: a site has all of it, and a command that has no site gives what it knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from handrail.compute.audience import Seen
from handrail.compute.facts import Portfolio
from handrail.compute.getting_better import Improvement
from handrail.compute.other_portfolios import OtherPortfolio
from handrail.export.dataset import Plain
from handrail.keeping.facts import Fix
from handrail.model.rule_file import RuleFile
from handrail.remark import Remark, grouped
from handrail.rules.settings import Setting


class Source(Protocol):
    """The facts, the law and what is said of both, as one audience may see them."""

    @property
    def portfolio(self) -> Portfolio:
        """The facts of all projects, on a day."""

    @property
    def seen(self) -> Seen:
        """The projects and remarks that may be shown."""

    @property
    def rules(self) -> Mapping[str, RuleFile]:
        """Rules by id."""

    @property
    def settings(self) -> Mapping[str, Setting]:
        """When each rule bites here."""

    @property
    def by_project(self) -> Mapping[str, tuple[Remark, ...]]:
        """The remarks about each project."""

    @property
    def better(self) -> Improvement | None:
        """The loop's figures; without them their tables are left out."""

    @property
    def others(self) -> tuple[OtherPortfolio, ...]:
        """What other repositories have exported."""

    @property
    def fixed(self) -> Mapping[tuple[str, str], Fix]:
        """By rule and project, the commit that mended a remark."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A source without a site."""

    portfolio: Portfolio
    seen: Seen
    rules: Mapping[str, RuleFile] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    better: Improvement | None = None
    others: tuple[OtherPortfolio, ...] = ()
    fixed: Mapping[tuple[str, str], Fix] = field(default_factory=dict)

    @cached_property
    def by_project(self) -> Mapping[str, tuple[Remark, ...]]:
        """The remarks about each project."""
        return grouped(self.seen.remarks, "project")


def about(source: Source) -> dict[str, Plain]:
    """What a table says of itself: the day of its figures and whose they are."""
    portfolio = source.portfolio
    return {
        "as_of": portfolio.as_of.isoformat(),
        "organisation": portfolio.repository.organisation.organisation,
    }
