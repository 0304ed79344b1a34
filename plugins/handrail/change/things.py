"""Everything that has a name in a repository, by kind: what the table of kinds lists, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from handrail.fields import Entity
from handrail.load.projects import ATTACHED
from handrail.model.kinds import KINDS
from handrail.model.policy import Policy
from handrail.model.project import Plan
from handrail.model.repository import Repository

REQUIREMENT = "requirement"
SINGLE = frozenset(
    {"organisation", "closure", *(kind.name for kind in KINDS if kind.is_file and "<" not in kind.pattern)}
)
"""Kinds of which there is one at most: in the organisation, or in a project."""


@cache
def lists_of_a_plan() -> Mapping[str, str]:
    """The plan's field that holds the things of each kind."""
    items = {kind.name: kind.key for kind in KINDS if kind.within == "project" and kind.key}
    return {**items, **ATTACHED}


@cache
def elsewhere() -> frozenset[str]:
    """Fields of a plan that are looked at as things of their own, or tell only where something stands."""
    return frozenset({*lists_of_a_plan().values(), "closure", "home", "broken"})


def things_of_plan(plan: Plan) -> Mapping[str, tuple[Entity, ...]]:
    """The things of one plan by kind, in the order of the table of kinds; the plan itself is not among them."""
    found = {kind: tuple(getattr(plan, name)) for kind, name in lists_of_a_plan().items()}
    return {**found, "closure": (plan.closure,) if plan.closure is not None else ()}


def things_of_all(repository: Repository) -> Mapping[str, tuple[Entity, ...]]:
    """What binds every project, by kind; requirements stand beside their standards."""
    found: dict[str, tuple[Entity, ...]] = {"organisation": (repository.organisation,)}
    found |= {name: (one,) for name, one in _policies(repository.policy)}
    found["standard"] = tuple(repository.standards.values())
    found[REQUIREMENT] = tuple(one for standard in found["standard"] for one in getattr(standard, "requirements", ()))
    found["rule"] = tuple(repository.rules.values())
    found["person"] = tuple(repository.people.values())
    found["objective"] = tuple(repository.objectives.values())
    found["programme"] = tuple(repository.programmes.values())
    found["request"] = repository.requests
    found["pmo approval"] = repository.approvals
    return {**found, **repository.others}


def _policies(policy: Policy) -> Iterator[tuple[str, Entity]]:
    known = {kind.name for kind in KINDS}
    for name in Policy.__dataclass_fields__:
        one = getattr(policy, name)
        if name in known and isinstance(one, Entity):
            yield name, one


def key_of(thing: Any) -> str:
    """What names a thing within its kind; a report is named by its day, what stands once in a file by the file."""
    day = getattr(thing, "as_of", None)
    name = getattr(thing, "id", None) or (day.isoformat() if day is not None and hasattr(thing, "status") else None)
    return str(name) if name else ""
