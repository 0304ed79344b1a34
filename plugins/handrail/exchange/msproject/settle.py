"""The working times of a file beside the organisation's: where they are the same, a plan need not say them."""

from __future__ import annotations

from handrail.exchange.msproject.hours import same, times_of
from handrail.exchange.msproject.noted import Found
from handrail.model.organisation import Organisation


def settle(found: Found, organisation: Organisation, own: frozenset[str]) -> None:
    """Name the project's calendar in the plan, unless it is the organisation's. `own`: calendars that the plan has."""
    name = found.project_calendar
    if not name:
        return
    usual, _ = times_of(organisation.calendar)
    used = {one.fields.get("calendar") for one in found.tasks}
    if name not in own and same(found.project_times, usual):
        if name not in used:
            found.calendars.pop(name, None)
    else:
        found.scheduling["calendar"] = name
