"""What the first screen says in a few lines of each: milestones, people, suppliers and the colours of the last months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handrail.compute.facts import Dated, Project
from handrail.model.words import Colour
from handrail.render import words
from handrail.render.project.promises import Fact
from handrail.render.view import Site
from handrail.render.words import Light

_MILESTONES, _NAMES, _MONTHS = 5, 4, 12
_NAMED_MONTHS = 6
"""Up to so many months have room for three letters each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A milestone with its three days: first approved, approved now, expected. tone: late or done."""

    name: str
    first: str
    approved: str
    expected: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The colour that counted at the end of a month."""

    short: str
    long: str
    light: Light


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The lower half of the first screen. more: how many milestones are not among the shown ones."""

    milestones: tuple[Promise, ...]
    more: int
    people: tuple[Fact, ...]
    months: tuple[Month, ...]
    months_of: str


def glance(site: Site, project: Project) -> Glance:
    """All of it for one project."""
    shown = _chosen(project.milestones)
    months, of = _months(site, project)
    return Glance(
        milestones=tuple(_promise(one) for one in shown), more=len(project.milestones) - len(shown), people=_people(site, project),
        months=months, months_of=of,
    )  # fmt: skip


def _chosen(ones: tuple[Dated, ...]) -> list[Dated]:
    """The one reached last, the next ones, and the end; in the order of their days."""
    ordered = sorted(ones, key=lambda one: (one.expected or date.max, one.id))
    if len(ordered) <= _MILESTONES:
        return ordered
    done = [one for one in ordered if one.done][-1:]
    ahead = [one for one in ordered if not one.done]
    room = _MILESTONES - len(done)
    chosen = [*done, *(ahead if len(ahead) <= room else [*ahead[: room - 1], ahead[-1]])]
    earlier = [one for one in ordered if one.done and one not in chosen]
    return sorted(
        [*earlier[len(earlier) - (_MILESTONES - len(chosen)) :], *chosen] if len(chosen) < _MILESTONES else chosen,
        key=ordered.index,
    )


def _promise(one: Dated) -> Promise:
    late = (one.slip or 0) > 0
    return Promise(
        name=one.name, first=_short(one.original or one.planned), approved=_short(one.planned),
        expected=_short(one.expected) or "no day",
        tone="done" if one.done else "late" if late else "",
    )  # fmt: skip


def _short(value: date | None) -> str:
    """4 Sep 26: three days of a milestone side by side."""
    return f"{words.short_day(value)} {value.year % 100:02}" if value else ""


def _people(site: Site, project: Project) -> tuple[Fact, ...]:
    plan = project.plan
    team = [f"{one} {words.share(part)}" for one, part in plan.team.items()]
    suppliers = [f"{one.party} until {words.day(one.end)}" if one.end else one.party for one in plan.suppliers]
    given = (
        ("Board", site.called(plan.board)), ("Assurance", plan.assurance or ""), ("Team", _some(team) or "nobody named"),
        ("Suppliers", _some(suppliers) or "none"),
    )  # fmt: skip
    return tuple(Fact(name=name, value=value) for name, value in given if value)


def _some(names: Iterable[str]) -> str:
    """The first few, and how many more."""
    every = list(names)
    more = f" and {len(every) - _NAMES} more" if len(every) > _NAMES else ""
    return ", ".join(every[:_NAMES]) + more


def _months(site: Site, project: Project) -> tuple[tuple[Month, ...], str]:
    """Month by month as Git has it; without a history, what was reported."""
    looks: list[tuple[date, Colour | None]] = [(on, one.colour) for on, one in site.history.of(project.id)]
    of = "the colour that counted at the end of each month"
    if not looks:
        looks = [(one.as_of, one.status) for one in sorted(project.plan.reports, key=lambda one: one.as_of)]
        looks = [one for one in looks if one[0] <= project.as_of]
        of = "as reported; Git has no earlier month"
    last = {(on.year, on.month): (on, colour) for on, colour in looks}
    shown = list(last.values())[-_MONTHS:]
    letters = 3 if len(shown) <= _NAMED_MONTHS else 1
    return tuple(
        Month(short=words.short_day(on).split(" ")[1][:letters], long=words.day(on), light=words.light(colour))
        for on, colour in shown
    ), of
