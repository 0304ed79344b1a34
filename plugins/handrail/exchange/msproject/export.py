"""A plan on its way out: the file for Microsoft Project, with what the next import needs to tell edits from each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from handrail.exchange.msproject.importer import states_of
from handrail.exchange.msproject.write import Written, write_plan
from handrail.fields import EMPTY
from handrail.model.project import Plan
from handrail.model.repository import Repository


def export_plan(plan: Plan, repository: Repository, dates: Mapping[str, tuple[datetime, datetime]] = EMPTY) -> Written:
    """Write a plan as XML of Microsoft Project. `dates`: computed starts and finishes by task."""
    return write_plan(plan, repository.organisation, dates=dates, states=states_of(plan, repository))
