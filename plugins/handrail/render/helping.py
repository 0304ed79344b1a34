"""Requests for help with their clock, for the page of support and the PMO's desk: counted once, so that both say the same."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.facts import Project
from handrail.compute.improvement import workdays_open
from handrail.compute.workdays import WorkDays
from handrail.model.advice import SupportAnswer
from handrail.model.records import SupportRequest
from handrail.render.view import Site

Asked = tuple[Project, SupportRequest, SupportAnswer | None, int | None]
"""Project, request, the PMO's answer if there is one, and the working days until somebody took it, or until today."""
_DAYS = 5


def limit(site: Site) -> int:
    """The working days within which somebody takes a request, as the policy sets them for SUP-01."""
    setting = site.settings.get("SUP-01")
    return int(setting.params.get("days", _DAYS)) if setting else _DAYS


def asked(site: Site) -> Iterator[Asked]:
    """The most urgent first, then the longest waiting. The clock runs in working days until somebody took it."""
    days = WorkDays.of(site.organisation.calendar)
    answers = {one.request: one for one in site.portfolio.repository.every(SupportAnswer)}
    found = []
    for project in site.projects:
        for one in project.plan.support:
            answer = answers.get(f"{project.id}/{one.id}")
            found.append((project, one, answer, workdays_open(one, answer, site.as_of, days)))
    yield from sorted(found, key=lambda one: (-(one[1].urgency or 0), -(one[3] or 0), one[0].id, one[1].id))
