"""What a project waits for, and what falls due in the next days: late things first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.compute.facts import Project
from handrail.compute.reminders.asked import still_asked
from handrail.render import words
from handrail.render.remarks import open_ones
from handrail.render.view import Site

_WAITING, _SHOWN = 3, 4
_Item = tuple[date, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing: when, what, who."""

    when: str
    what: str
    who: str
    late: bool
    href: str


def waiting_for(site: Site, project: Project) -> tuple[Due, ...]:
    """Decisions that were asked for, then remarks that block a change."""
    here = f"projects/{project.id}/"
    asked = still_asked(project)
    found = [
        Due(
            when=f"by {words.day(one.by)}" if one.by else "", what=one.ask, who=site.called(one.from_),
            late=one.by is not None and one.by < project.as_of, href=f"{here}#reports",
        )
        for one in asked
    ]  # fmt: skip
    found += [
        Due(when="", what=one.message, who="", late=True, href=f"{here}#remarks")
        for one in open_ones(site.by_project.get(project.id, ())) if one.enforce_at == "merge"
    ]  # fmt: skip
    return tuple(found[:_WAITING])


def due_soon(project: Project, soon: timedelta) -> tuple[Due, ...]:
    """What is open and due up to then, the latest first; nothing for a project that has ended."""
    if project.plan.state in {"closed", "cancelled"}:
        return ()
    today = project.as_of
    end = today + soon if today < date.max - soon else date.max
    ones = sorted((one for one in _all(project) if one[0] <= end), key=lambda one: (one[0], one[1]))
    shown = ones[:_SHOWN]
    found = [
        Due(
            when=words.near_day(when, today),
            what=what,
            who=who,
            late=when < today,
            href=f"projects/{project.id}/#{anchor}",
        )
        for when, what, who, anchor in shown
    ]
    if len(ones) > _SHOWN:
        found.append(
            Due(
                when="",
                what=f"and {len(ones) - _SHOWN} more",
                who="",
                late=False,
                href=f"projects/{project.id}/#registers",
            )
        )
    return tuple(found)


def _all(project: Project) -> Iterator[_Item]:
    yield from _dates(project)
    plan = project.plan
    for action in plan.actions:
        if action.status == "open" and action.due:
            yield action.due, action.what, action.owner or "", "registers"
    for issue in plan.issues:
        if issue.status == "open" and issue.due:
            yield issue.due, issue.title, issue.owner or "", "registers"
    for risk in plan.risks:
        if risk.status == "open" and risk.due and risk.action:
            yield risk.due, risk.action, risk.owner or "", "risks"


def _dates(project: Project) -> Iterator[_Item]:
    for dated in project.milestones:
        if not dated.done and dated.expected:
            yield dated.expected, dated.name, "", "schedule"
    for handed in project.deliverables:
        if not handed.done and handed.expected:
            yield handed.expected, f"Accept {handed.name}", "", "deliverables"
    for waiver in project.plan.waivers:
        if waiver.expires and waiver.expires >= project.as_of:
            yield waiver.expires, f"Deviation from {waiver.rule} ends", "", "records"
