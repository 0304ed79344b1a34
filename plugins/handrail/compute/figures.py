"""Figures that most commands do without: computed for a project when somebody asks, and then only once."""

from __future__ import annotations

from datetime import date

from handrail.compute.benefits import BenefitState, benefits_of
from handrail.compute.business_case import Worth, worth
from handrail.compute.earned_value import EarnedValue, Setting, earned_value_of
from handrail.compute.facts import Project
from handrail.compute.funding import Funding, funding_of
from handrail.compute.throughput import Throughput, throughput_of
from handrail.compute.workdays import WorkDays
from handrail.model.repository import Repository


def status_day(project: Project) -> date:
    """The day in whose evening the figures hold: the status date, or the day of the look where there is none."""
    return project.status_date or project.as_of


def funding(project: Project) -> Funding:
    """Where the project's money stands."""
    return project.memo.once(
        "funding",
        lambda: funding_of(project.plan.budget, project.cost, status_day(project), project.as_of),
    )


def earned_value(project: Project, repository: Repository) -> EarnedValue:
    """The project's earned value."""

    def make() -> EarnedValue:
        setting = Setting(
            on=status_day(project), as_of=project.as_of, lifecycle=repository.policy.lifecycle, days=_days(repository)
        )
        return earned_value_of(project.plan, project.cost, setting)

    return project.memo.once("earned value", make)


def case_worth(project: Project, repository: Repository) -> Worth | None:
    """What the business case is worth; None without one."""
    case = project.plan.business_case
    if case is None:
        return None
    return project.memo.once("worth", lambda: worth(case, repository.policy.rates, status_day(project)))


def pace(project: Project, repository: Repository) -> Throughput | None:
    """When an adaptive project will be through; None without increments."""
    return project.memo.once(
        "pace", lambda: throughput_of(project.plan, status_day(project), _days(repository))
    )  # fmt: skip


def benefits(project: Project) -> tuple[BenefitState, ...]:
    """Every benefit with its state on the day of the look: benefits go on when reports have ended."""
    return project.memo.once("benefits", lambda: benefits_of(project.plan, project.as_of))


def _days(repository: Repository) -> WorkDays:
    return WorkDays.of(repository.organisation.calendar)
