"""The small plans that the tests of computing speak about."""

from datetime import date
from decimal import Decimal
from typing import Any

from handrail.compute.facts import Project
from handrail.compute.portfolio import compute
from handrail.model.approval_parts import Subject
from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.model.organisation import Organisation, PersonRecord
from handrail.model.policy import Policy, Thresholds, TierTolerance
from handrail.model.project import Plan
from handrail.model.records import Approval, Baseline, Override, Report
from handrail.model.repository import Repository
from handrail.model.schedule import Milestone

TODAY = date(2026, 12, 4)  # a Friday
THRESHOLDS = Thresholds(
    green_up_to=Decimal("0.5"), amber_up_to=Decimal(1), risk_high=15, report_due_working_day=5,
    tolerances=(
        TierTolerance(tier="small", time_days=20, cost=Decimal("0.1"), scope=0, quality=1, benefit=Decimal("0.1"), risk=15),
    ),
)  # fmt: skip


class NoFiles:
    """A tree without files, for repositories that are made of values."""

    def paths(self) -> tuple[str, ...]:
        return ()

    def read(self, path: str) -> bytes:
        raise FileNotFoundError(path)

    def oddities(self) -> dict[str, str]:
        return {}


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def money(amount: str | int | None, currency: str = "EUR") -> Money | None:
    return None if amount is None else Money(Decimal(amount), currency)


def plan(**fields: Any) -> Plan:
    """A small project in execution, with Ann as sponsor and Ben as manager."""
    usual = {"id": "desk", "name": "Desk", "tier": "small", "phase": "execution", "sponsor": "ann", "manager": "ben"}
    return Plan(**{**usual, **fields})


def repository(*plans: Plan, people: tuple[str, ...] = ("ann", "ben"), **policy: Any) -> Repository:
    """A repository with the usual thresholds and these plans."""
    return Repository(
        tree=NoFiles(), organisation=Organisation(format=1, organisation="Lift works", currencies=("EUR",)),
        policy=Policy(**{"thresholds": THRESHOLDS, **policy}), people={name: PersonRecord(id=name) for name in people},
        objectives={}, programmes={}, requests=(), standards={}, rules={}, plans=plans,
    )  # fmt: skip


def project(given: Plan, as_of: date = TODAY, **policy: Any) -> Project:
    """Everything that follows from one plan."""
    return compute(repository(given, **policy), as_of).projects[0]


def milestone(name: str = "M1", planned: str | None = None, forecast: str | None = None, actual: str | None = None,
              gate: str | None = None) -> Milestone:  # fmt: skip
    return Milestone(
        id=name, name=f"Step {name}", planned=day(planned), forecast=day(forecast), actual=day(actual), gate=gate
    )


def budget(approved: str | int | None = None, forecast: str | int | None = None, **more: Any) -> Budget:
    return Budget(**{"currency": "EUR", "approved": money(approved), "forecast": money(forecast), **more})


def report(as_of: str = "2026-11-30", status: str = "green", override: tuple[str, str] | None = None) -> Report:
    """A report; `override` is the better colour that is asked for, and its last day."""
    better = Override(status=override[0], because="It is better", expires=day(override[1])) if override else None
    return Report(as_of=day(as_of), status=status, override=better)


def baseline(name: str, made_on: str, **values: Any) -> Baseline:
    return Baseline(id=name, made_on=day(made_on), values=values)


def approval(kind: str, name: str, decision: str = "approve", **more: Any) -> Approval:
    """Ann approves something as sponsor on the first of December, unless it is said otherwise."""
    given = {"id": "AP-001", "by": "ann", "role": "sponsor", "on": date(2026, 12, 1), **more}
    return Approval(decision=decision, subject=Subject(kind=kind, id=name), **given)
