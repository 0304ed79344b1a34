"""The network of one project, what it owes others and what must be ordered, in plain terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handrail.compute.audience import Seen
from handrail.compute.dependencies import Interface, interfaces_of
from handrail.compute.facts import Portfolio, Project
from handrail.compute.lead_times import orders_of
from handrail.compute.reference_class import class_for, classes, outside_view
from handrail.compute.schedules import schedule
from handrail.compute.workdays import days_of
from handrail.export.dataset import Plain, plain
from handrail.export.schedule import lag_words, schedule_data
from handrail.model.repository import Repository

INTERFACES = (
    "side", "other", "what", "name", "needed_by", "promised", "expected", "agreed", "there", "days_late", "agree",
)  # fmt: skip


def network_of(project: Project, repository: Repository) -> dict[str, Plain] | None:
    """The whole schedule: both forecasts of the end, why it is what it is, and every task; None without a network."""
    found = schedule(project, repository)
    if found is None:
        return None
    data = schedule_data(project, found)
    about = {name: data.about[name] for name in data.about if name not in {"project", "as_of"}}
    last = found.driving[-1] if found.driving else None
    chain = [
        {"task": one.id, "cause": one.driver.cause, "by_task": one.driver.task, "link": one.driver.type,
         "lag": lag_words(one.driver, one.day)}
        for one in (found.chain(last) if last else ())
    ]  # fmt: skip
    warnings = [one.message for one in found.warnings]
    return {**about, "why_this_end": chain, "warnings": warnings, "tasks": [dict(row) for row in data.rows]}


def outside_views(portfolio: Portfolio, projects: tuple[Project, ...]) -> Mapping[str, dict[str, Plain]]:
    """What the own past says of each project that still runs, by its id; projects that are not shown do not count."""
    known = classes(replace(portfolio, projects=projects))
    found: dict[str, dict[str, Plain]] = {}
    for one in projects:
        reference = class_for(one.plan.tier, known)
        if reference is None or one.plan.state in {"closed", "cancelled"}:
            continue
        view = outside_view(one, reference)
        found[one.id] = {
            "tier": reference.tier or "all", "projects": reference.slip.count, "p50_end": plain(view.p50_end),
            "p80_end": plain(view.p80_end), "p50_cost": plain(view.p50_cost), "p80_cost": plain(view.p80_cost),
            "why": view.why or None,
        }  # fmt: skip
    return found


def interface_rows(project: Project, portfolio: Portfolio, seen: Seen) -> list[dict[str, Plain]]:
    """What the project needs of others and gives to them; of a project that is not shown only that it is there."""
    return [_interface(one, seen) for one in interfaces_of(project, portfolio)]


def _interface(one: Interface, seen: Seen) -> dict[str, Plain]:
    shown = one.other in seen.names
    return {
        "side": one.side, "other": seen.name_of(one.other), "what": one.what if shown or one.side == "gives" else None,
        "name": one.name if shown or one.side == "gives" else None, "needed_by": plain(one.needed_by),
        "promised": plain(one.promised), "expected": plain(one.expected), "agreed": one.agreed, "there": one.there,
        "days_late": one.days_late, "agree": one.agree,
    }  # fmt: skip


def order_rows(project: Project, repository: Repository) -> list[dict[str, Plain]]:
    """What must be ordered when."""
    days = days_of(project.plan, repository.organisation.calendar)
    return [
        {"resource": one.resource.id, "name": one.resource.name, "needed": plain(one.needed), "order_by": plain(one.by),
         "days_late": one.late, "needed_for": one.why}
        for one in orders_of(project, repository, days)
    ]  # fmt: skip
