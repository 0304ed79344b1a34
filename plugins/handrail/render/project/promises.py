"""What the first screen says beyond plan and forecast: the benefits that were promised and the competence of who leads."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.compute.benefits import BenefitState, benefits_of
from handrail.compute.competence import gaps
from handrail.compute.facts import Project
from handrail.model.training import CompetenceMatrix
from handrail.render import words
from handrail.render.view import Site
from handrail.render.words import Light

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One named value with a second line below it."""

    name: str
    value: str
    sub: str = ""
    light: Light | None = None
    href: str | None = None
    tone: str = ""


def benefits(project: Project) -> tuple[Fact, ...]:
    """The benefits that need a look first; what comes after the third is counted."""
    states = sorted(benefits_of(project.plan, project.as_of), key=_urgency)
    shown = [
        Fact(
            name=one.benefit.what or "A benefit without words", value=_state(one), sub=_day(one),
            tone="late" if one.days_late or one.state == "missed" else "",
        )
        for one in states[:_SHOWN]
    ]  # fmt: skip
    more = len(states) - len(shown)
    return (*shown, *((Fact(name="And", value=f"{more} more", href=f"projects/{project.id}/#about"),) if more else ()))


def _urgency(one: BenefitState) -> tuple[int, str]:
    order = ("missed", "due", "no day", "on the way", "waiting", "reached")
    return order.index(one.state), one.due.isoformat() if one.due else ""


def _state(one: BenefitState) -> str:
    word = "no day promised" if one.state == "no day" else one.state
    return f"{word}, {words.share(one.realised)} of the change" if one.realised is not None else word


def _day(one: BenefitState) -> str:
    if one.due is None:
        return ""
    late = f", {words.count(one.days_late, 'day')} overdue" if one.days_late else ""
    return f"by {words.day(one.due)}{late}"


def competences(site: Site, project: Project) -> Fact:
    """How many requirements of competence, training and certificates are not met, and in which roles; never whose level."""
    repository = site.portfolio.repository
    if not any(True for _ in repository.every(CompetenceMatrix)):
        return Fact(name="Competences", value="Nothing is asked", sub="there is no competence matrix")
    if project.plan.state != "active":
        return Fact(name="Competences", value="Not asked", sub=f"the project is {project.plan.state}")
    found = gaps(project.plan, repository, project.as_of)
    lacking = [one for one in found if one.kind != "soon"]
    soon = len(found) - len(lacking)
    roles = ", ".join(dict.fromkeys(one.role for one in lacking))
    expiring = f"{soon} expiring soon" if soon else ""
    return Fact(
        name="Competences", value=words.count(len(lacking), "gap") if lacking else "As the roles ask",
        sub="; ".join(one for one in (roles, expiring) if one), tone="late" if lacking else "",
    )  # fmt: skip
