"""The frozen facts that computing gives: what pages, rules and exports read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast

from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.model.project import Plan
from handrail.model.records import Report
from handrail.model.repository import BrokenPlan, Repository
from handrail.model.words import Colour, Tier

T = TypeVar("T")


class Memo:
    """Keeps what was computed on demand. What it keeps follows from the facts beside it, so it says nothing new."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        """Begin empty; most stay so."""
        self._kept: dict[str, Any] | None = None

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What is kept under a name; made at the first call."""
        if self._kept is None:
            self._kept = {}
        if name not in self._kept:
            self._kept[name] = make()
        return cast("T", self._kept[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A colour with the sentence and figures behind it.

    colour: None where nothing can be said; `why` then gives the reason. used: the share of the tolerance that is used
    up (1 = all of it), where that makes sense. figure: the figure itself, in the unit that `why` names.
    """

    colour: Colour | None
    why: str
    used: Decimal | None = None
    figure: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Health:
    """Six computed colours, the worst of them, and what the manager reports.

    counts: the colour that counts: the computed one, until the sponsor has agreed with the better reported one.
    watermelon: reported better than computed, without such an agreement.
    """

    time: Verdict
    cost: Verdict
    scope: Verdict
    quality: Verdict
    benefit: Verdict
    risk: Verdict
    overall: Verdict
    reported: Colour | None
    counts: Colour | None
    watermelon: bool

    @property
    def dimensions(self) -> Mapping[str, Verdict]:
        """The six colours by name."""
        return {
            "time": self.time,
            "cost": self.cost,
            "scope": self.scope,
            "quality": self.quality,
            "benefit": self.benefit,
            "risk": self.risk,
        }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Dated:
    """A milestone, increment or deliverable with its three promises.

    original: the first approved day. planned: the approved day today. expected: the actual day, or the forecast, or
    the network's, or the planned one. slip: working days from planned to expected; slip_original: from the original; None
    if undefined. network: when the network has the task with whose end it is reached; difference: working days from that
    to the stated forecast.
    """

    id: str
    name: str
    what: str
    gate: str | None
    original: date | None
    planned: date | None
    forecast: date | None
    actual: date | None
    expected: date | None
    slip: int | None
    slip_original: int | None
    network: date | None = None
    difference: int | None = None

    @property
    def done(self) -> bool:
        """Whether it was reached."""
        return self.actual is not None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Cost:
    """The money of one project, in its own currency. None means that the plan does not say.

    budget: what was paid and ordered in other currencies, converted by the rates of its days; unconverted: why that could
    not be done for all, and so why a sum is not known.
    """

    currency: str
    original: Money | None
    approved: Money | None
    contingency: Money | None
    spent: Money | None
    accrued: Money | None
    committed: Money | None
    released: Money | None
    forecast: Money | None
    variance: Money | None
    variance_share: Decimal | None
    budget: Budget | None = None
    unconverted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Delivered:
    """How many deliverables there are, and how far they have come."""

    total: int
    accepted: int
    rejected: int
    next: Dated | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Project:
    """What follows from one plan on one day.

    status_date: the day up to which the plan is kept: its newest report, or what the plan says; None without either.
    report_age: days since the newest report. end: the last dated milestone or increment.
    exposure: sum of probability times cost impact of open threats that have both. baseline: the frozen plan that is
    approved, None while none is; rebaselined: how often one replaced another. memo: for `compute.figures`.
    """

    plan: Plan
    as_of: date
    status_date: date | None
    report: Report | None
    previous: Report | None
    report_age: int | None
    report_overdue: bool
    derived_tier: Tier | None
    milestones: tuple[Dated, ...]
    deliverables: tuple[Dated, ...]
    delivered: Delivered
    end: Dated | None
    next_gate: Dated | None
    cost: Cost
    exposure: Money | None
    health: Health
    baseline: str | None
    rebaselined: int
    memo: Memo = field(init=False, default_factory=Memo)

    @property
    def id(self) -> str:
        """The project's id."""
        return self.plan.id


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Portfolio:
    """What follows from all plans on one day. Restricted projects are in it; whoever shows them hides what must be."""

    as_of: date
    repository: Repository
    projects: tuple[Project, ...]
    broken: tuple[BrokenPlan, ...]
    by_id: Mapping[str, Project] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the projects by id, once."""
        object.__setattr__(self, "by_id", {one.id: one for one in reversed(self.projects)})

    def project(self, name: str) -> Project | None:
        """A project by its id."""
        return self.by_id.get(name)
