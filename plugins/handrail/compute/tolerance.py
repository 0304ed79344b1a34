"""The tolerance of one project: how far it may leave its approved plan, and where on the way colours change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from handrail.model.money import EXACT
from handrail.model.policy import Thresholds
from handrail.model.project import Plan
from handrail.model.words import Colour


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Limits:
    """The tolerance of one project, and the shares of it at which colours change."""

    time_days: int
    cost: Decimal
    scope: int
    quality: int
    benefit: Decimal
    risk: int
    green_up_to: Decimal
    amber_up_to: Decimal

    @classmethod
    def of(cls, plan: Plan, thresholds: Thresholds | None) -> Limits | None:
        """The project's own tolerance, filled up with its tier's; None when the policy has none for the tier."""
        if thresholds is None:
            return None
        tier = next((one for one in thresholds.tolerances if one.tier == plan.tier), None)
        if tier is None:
            return None
        own = plan.tolerance

        def pick(name: str) -> int | Decimal:
            given = getattr(own, name) if own else None
            return cast("int | Decimal", given if given is not None else getattr(tier, name))

        return cls(
            time_days=int(pick("time_days")), cost=Decimal(pick("cost")), scope=int(pick("scope")),
            quality=int(pick("quality")), benefit=Decimal(pick("benefit")), risk=int(pick("risk")),
            green_up_to=thresholds.green_up_to, amber_up_to=thresholds.amber_up_to,
        )  # fmt: skip

    def colour(self, figure: Decimal | int, tolerance: Decimal | int) -> tuple[Colour, Decimal]:
        """The colour of a deviation and the share of the tolerance that it uses; without tolerance any deviation is red."""
        if figure <= 0:
            return "green", Decimal(0)
        if tolerance <= 0:
            return "red", Decimal("Infinity")
        used = EXACT.divide(Decimal(figure), Decimal(tolerance))
        if used <= self.green_up_to:
            return "green", used
        return ("amber" if used <= self.amber_up_to else "red"), used
