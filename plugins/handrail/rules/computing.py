"""What a computed name is: a function of the thing and the scope, with its shape and a description for the reference page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.compute.facts import Project
from handrail.fields import Entity
from handrail.model.project import Plan
from handrail.rules.shapes import Shape

Scope = Mapping[str, Any]
Get = Callable[[Any, Scope], Any]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Computed:
    """One computed name: what it gives, how, and what it means. `of`: it gives one entity, or `many`; shape is then ANY."""

    shape: Shape
    get: Get
    about: str
    of: type[Entity] | None = None
    many: bool = False


def facts(plan: Plan, scope: Scope) -> Project:
    """The computed facts of a plan."""
    found: Project = scope["facts"][plan.id]
    return found
