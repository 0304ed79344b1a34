"""Small repositories made of plans, for tests of what is computed from them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from handrail.compute.facts import Portfolio
from handrail.compute.portfolio import compute
from handrail.load.tree import FolderTree
from handrail.model.money import Money
from handrail.model.organisation import Organisation, PersonRecord
from handrail.model.policy import Policy, Thresholds, TierTolerance
from handrail.model.project import Plan
from handrail.model.repository import Repository

from tests.shared_data import SHARED

THRESHOLDS = Thresholds(
    green_up_to=Decimal("0.5"), amber_up_to=Decimal(1), risk_high=15, report_due_working_day=5,
    tolerances=tuple(
        TierTolerance(tier=tier, time_days=20, cost=Decimal("0.1"), scope=0, quality=1, benefit=Decimal("0.1"), risk=15)
        for tier in ("small", "medium", "large")
    ),
)  # fmt: skip


def eur(amount: Decimal | float | str) -> Money:
    return Money(Decimal(amount), "EUR")


def plan(**given: Any) -> Plan:
    return Plan(**{"id": "one", "name": "One", "tier": "medium", "phase": "execution", **given})


def repository(*plans: Plan, people: tuple[PersonRecord, ...] = (), policy: Policy | None = None) -> Repository:
    return Repository(
        tree=FolderTree(SHARED), organisation=Organisation(format=1, organisation="O", currencies=("EUR",)), plans=plans,
        policy=policy or Policy(thresholds=THRESHOLDS), people={one.id: one for one in people}, objectives={}, programmes={},
        requests=(), standards={}, rules={},
    )  # fmt: skip


def portfolio(on: date, *plans: Plan, people: tuple[PersonRecord, ...] = (), policy: Policy | None = None) -> Portfolio:
    return compute(repository(*plans, people=people, policy=policy), on)
