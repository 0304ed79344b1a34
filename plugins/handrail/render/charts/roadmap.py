"""The roadmap: one line per project, the approved plan above the forecast, gates as diamonds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from handrail.compute.facts import Project
from handrail.render import words
from handrail.render.charts.scale import DayScale, Mark
from handrail.render.page import render
from handrail.render.words import Light


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A gate on a line: where it is expected, whether it was passed or is late, and its words."""

    left: str
    css: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One project: what was approved and what is expected, each as a stretch; None where no day is known."""

    name: str
    href: str | None
    light: Light
    approved: str
    expected: str
    slip: str
    late: bool
    base: tuple[str, str] | None
    forecast: tuple[str, str] | None
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """The lanes of one group on the scale of all. more: projects that are not drawn."""

    label: str
    sentence: str
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    today: str | None
    more: int = 0


_MOST = 60
"""So many lanes are drawn: those that end latest against their approved day, in the order given."""


def scale_of(projects: Sequence[Project], today: date) -> DayScale | None:
    """One scale for all groups, so that they can be compared."""
    days = [
        day for one in projects for dated in one.milestones for day in (dated.planned, dated.expected) if day
    ]  # fmt: skip
    days += [one.plan.start for one in projects if one.plan.start]
    return DayScale.around([*days, today]) if days else None


def roadmap(  # noqa: PLR0913 - what a roadmap can be told
    projects: Sequence[Project], scale: DayScale | None, today: date, label: str, root: str, *, key: bool = True
) -> Markup:
    """The lanes as a table whose last column shows when; `root` is the way from its page to the first one.

    key: whether the signs are explained; one of several on a page does it for all.
    """
    worst = sorted(range(len(projects)), key=lambda i: -(end.slip or 0) if (end := projects[i].end) else 0)[:_MOST]
    lanes = tuple(_lane(projects[i], scale, today) for i in sorted(worst))
    chart = Roadmap(
        label=label, sentence=_sentence(projects), lanes=lanes, more=len(projects) - len(lanes),
        marks=scale.marks() if scale else (), today=scale.left(today) if scale else None,
    )  # fmt: skip
    return render("charts/roadmap.html.jinja", chart=chart, root=root, key=key)


def _sentence(projects: Sequence[Project]) -> str:
    if not projects:
        return "No project is here."
    ends = [one.end for one in projects if one.end]
    late = [one for one in ends if (one.slip or 0) > 0]
    if not ends:
        return f"{words.count(len(projects), 'project')}, none with a day for its end."
    text = f"{words.count(len(projects), 'project')}: {len(late) or 'none'} {words.verb(len(late) or 1, 'is')} expected to end later than planned"
    return text + (f", at most by {words.count(max(one.slip or 0 for one in late), 'working day')}." if late else ".")


def _lane(one: Project, scale: DayScale | None, today: date) -> Lane:
    known = [dated for dated in one.milestones if dated.expected]
    planned = [dated.planned for dated in one.milestones if dated.planned]
    begun = one.plan.start or min(
        (dated.actual or dated.planned or dated.expected or today for dated in known), default=None
    )
    end, slip = one.end, one.end.slip if one.end else None
    base = forecast = None
    if scale and begun and planned:
        base = (scale.left(min(begun, *planned)), scale.width(min(begun, *planned), max(planned)))
    if scale and begun and end and end.expected:
        forecast = (scale.left(begun), scale.width(begun, max(begun, end.expected)))
    gates = tuple(
        Gate(
            left=scale.left(dated.expected), css="done" if dated.done else "late" if (dated.slip or 0) > 0 or dated.expected < today else "open",
            title=f"{dated.name}: {'passed' if dated.done else 'expected'} {words.day(dated.expected)}"
            + (f", planned {words.day(dated.planned)}" if dated.planned and dated.planned != dated.expected else ""),
        )
        for dated in known if dated.gate and scale and dated.expected
    )  # fmt: skip
    return Lane(
        name=one.plan.name, href=f"projects/{one.id}/", light=words.state_light(one.health.counts, one.plan.state),
        approved=words.day(end.planned if end else None, "no day"), expected=words.day(end.expected if end else None, "no day"),
        slip="" if slip is None else "0" if slip == 0 else f"{slip:+d} d", late=(slip or 0) > 0, base=base, forecast=forecast, gates=gates,
    )  # fmt: skip
