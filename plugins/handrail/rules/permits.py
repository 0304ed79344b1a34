"""What rules may read of approvals and deviations: whether they count, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handrail.compute import authority, waivers
from handrail.model.records import Approval, Waiver
from handrail.rules.computing import Computed, Scope
from handrail.rules.shapes import BOOL, NUMBER, TEXT


def _lacks(one: Approval, scope: Scope) -> str | None:
    plan = scope["project"]
    return authority.lacks_authority(one, plan, scope["repository"], scope.get("law", {}).get(plan.id))


def _in_force(one: Waiver, scope: Scope) -> bool:
    return waivers.in_force(one, scope["project"], scope["repository"], scope["as_of"])


APPROVAL: Mapping[str, Computed] = MappingProxyType(
    {
        "lacks": Computed(shape=TEXT, get=_lacks, about="why it does not count, nothing when it does"),
        "stale": Computed(shape=TEXT, get=lambda one, _: one.stale, about="why its terms do not stand, nothing when they do"),
    }
)  # fmt: skip
"""For an approval."""
WAIVER: Mapping[str, Computed] = MappingProxyType(
    {
        "in_force": Computed(shape=BOOL, get=_in_force, about="whether it counts today"),
        "days_left": Computed(
            shape=NUMBER, get=lambda one, scope: (one.expires - scope["as_of"]).days if one.expires else None,
            about="days until its last day",
        ),
        "renewals": Computed(
            shape=NUMBER, get=lambda one, scope: waivers.renewals(one, scope["project"]),
            about="how many deviations of the same rule it follows, one after the other",
        ),
    }
)  # fmt: skip
"""For a waiver."""
