"""A plan on its way out: the file for Microsoft Project, with what the next import needs to tell edits from each other."""

from __future__ import annotations

from handrail.exchange.msproject.importer import states_of
from handrail.exchange.msproject.write import Written, write_plan
from handrail.model.project import Plan
from handrail.model.repository import Repository


def export_plan(plan: Plan, repository: Repository) -> Written:
    """Write a plan as XML of Microsoft Project."""
    return write_plan(plan, repository.organisation, states=states_of(plan, repository))
