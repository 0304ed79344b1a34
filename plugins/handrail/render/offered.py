"""The charts that handbook pages may ask for by name: `chart("mta", project="ticket-app")`. What does not exist is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from markupsafe import Markup

from handrail.compute.agreed_plan import promised
from handrail.compute.currency import convert
from handrail.compute.facts import Project
from handrail.compute.money_curve import curve_of_all, curve_of_project
from handrail.compute.risk import open_threats
from handrail.model.money import Money
from handrail.render import past, words
from handrail.render.charts.curve import s_curve
from handrail.render.charts.drawing import svg
from handrail.render.charts.gantt import gantt
from handrail.render.charts.heat import Bar, bars, heat
from handrail.render.charts.mta import mta
from handrail.render.charts.roadmap import roadmap, scale_of
from handrail.render.page import render
from handrail.render.portfolio.exceptions import strips_of
from handrail.render.portfolio.money import worth_chart
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.pipeline import dependencies_chart
from handrail.render.portfolio.registers import matrix_of
from handrail.render.portfolio.resources import heat_of
from handrail.render.view import Site


class ChartError(ValueError):
    """A chart, a project or a figure that does not exist was asked for; the text says what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page wants to see: the site, the way to its first page, and the projects that were named."""

    site: Site
    root: str
    projects: tuple[Project, ...]
    one: Project | None
    words: Mapping[str, str]


_AMOUNTS: Mapping[str, tuple[str, Callable[[Project], Money | None]]] = MappingProxyType(
    {
        "approved": ("Budget", lambda one: one.cost.approved),
        "expected": ("Expected cost", lambda one: one.cost.forecast or one.cost.approved),
        "spent": ("Money spent", lambda one: one.cost.spent),
        "exposure": ("Risk exposure", lambda one: one.exposure),
    }
)
_COUNTS: Mapping[str, tuple[str, str, Callable[[Site, Project], int]]] = MappingProxyType(
    {
        "slip": ("Days late at the end", "working day", lambda _, one: max(one.end.slip or 0, 0) if one.end else 0),
        "risks": ("Open threats", "threat", lambda _, one: len(open_threats(one.plan.risks))),
        "remarks": ("Open remarks", "remark", lambda site, one: sum(each.state != "waived" for each in site.by_project.get(one.id, ()))),
    }
)  # fmt: skip


def chart(site: Site, name: str, root: str, **what: str) -> Markup:
    """The chart as HTML that may stand on any page.

    what: `project` or `programme` (ids) say whose; left out, all open projects that may be shown. `figure` says what bars
    measure, `role` the row of the heat map. Raises ChartError with what there is to choose from.
    """
    if name not in CHARTS:
        raise ChartError(f"There is no chart `{name}`; there are: {', '.join(CHARTS)}.")
    allowed, make, _ = CHARTS[name]
    for key in what:
        if key not in allowed:
            can = f"it takes {words.listed([f'`{one}`' for one in allowed])}" if allowed else "it takes nothing more"
            raise ChartError(f"The chart `{name}` knows no `{key}`; {can}.")
    unread = site.unread(what["project"]) if "project" in what else None
    if unread is not None:
        return render("charts/unread.html.jinja", one=unread, href=f"{root}{site.project_href(unread.id)}")
    one = _project(site, what["project"]) if "project" in what else None
    projects = (one,) if one else running(site)
    if "programme" in what:
        if what["programme"] not in site.portfolio.repository.programmes:
            known = ", ".join(site.portfolio.repository.programmes)
            raise ChartError(f"There is no programme `{what['programme']}`; there are: {known}.")
        projects = tuple(each for each in projects if each.plan.programme == what["programme"])
    inside = make(Asked(site=site, root=root, projects=projects, one=one, words=what))
    # one line: Markdown leaves a block of HTML alone as long as no empty line ends it
    return Markup('<div class="hr hr-list">{}</div>').format(Markup(" ".join(inside.split("\n"))))  # noqa: S704 - written by escaping templates


def _project(site: Site, name: str) -> Project:
    found = next((one for one in site.projects if one.id == name), None)
    if found is None:
        raise ChartError(f"There is no project `{name}` to show.")
    return found


def _must(asked: Asked, name: str) -> Project:
    if asked.one is None:
        raise ChartError(f'The chart `{name}` is about one project: add `project="<id>"`.')
    return asked.one


def _gantt(asked: Asked) -> Markup:
    one = _must(asked, "gantt")
    drawn = gantt(one.milestones, asked.site.as_of, "Milestone", "milestone", promised(one))
    return render("charts/one.html.jinja", chart=drawn)


def _roadmap(asked: Asked) -> Markup:
    today = asked.site.as_of
    return roadmap(asked.projects, scale_of(asked.projects, today), today, "Project", asked.root)


def _s_curve(asked: Asked) -> Markup:
    repository = asked.site.portfolio.repository
    found = (
        curve_of_project(asked.one, repository, asked.site.history.of(asked.one.id))
        if asked.one
        else curve_of_all(asked.projects, repository, asked.site.as_of, asked.site.history)
    )
    name = f"Money of {asked.one.plan.name}" if asked.one else "Planned, earned and spent"
    return svg(s_curve(found, name), asked.root)


def _mta(asked: Asked) -> Markup:
    traces = past.traces(asked.site, asked.projects, named=asked.one is None)
    name = f"Milestone trend of {asked.one.plan.name}" if asked.one else "Worst movers"
    return svg(mta(traces if asked.one else [one for one in traces if one.actual is None], name), asked.root)


def _bars(asked: Asked) -> Markup:
    figure = asked.words.get("figure", "expected")
    if figure in _COUNTS:
        title, noun, count = _COUNTS[figure]
        found = [(one, count(asked.site, one)) for one in asked.projects]
        ones = [
            Bar(one.plan.name, Decimal(number), words.count(number, noun), f"projects/{one.id}/")
            for one, number in found
        ]
        sentence = f"{title} by project: {words.count(sum(number for _, number in found), noun)} in all."
        return bars(ones, title, sentence, asked.root)
    if figure not in _AMOUNTS:
        raise ChartError(f"There is no figure `{figure}` for bars; there are: {', '.join((*_AMOUNTS, *_COUNTS))}.")
    title, read = _AMOUNTS[figure]
    repository, drawn, lacking = asked.site.portfolio.repository, [], 0
    for one in asked.projects:
        amount = read(one)
        value = (
            convert(amount, repository.currency, asked.site.as_of, repository.policy.rates, repository.currency).money
            if amount
            else None
        )
        lacking += value is None
        if amount and value:
            drawn.append(Bar(one.plan.name, value.amount, words.money(amount), f"projects/{one.id}/"))
    sentence = f"{title} by project, on one scale in {repository.currency}." + (
        f" {words.count(lacking, 'project')} {words.verb(lacking, 'says')} nothing of it." if lacking else ""
    )
    return bars(drawn, title, sentence, asked.root)


_Make = Callable[[Asked], Markup]
CHARTS: Mapping[str, tuple[tuple[str, ...], _Make, str]] = MappingProxyType(
    {
        "gantt": (("project",), _gantt, "milestones of one project, planned against expected"),
        "roadmap": (("project", "programme"), _roadmap, "projects from start to end, gates as diamonds"),
        "s-curve": (("project", "programme"), _s_curve, "planned, earned and spent money, month by month"),
        "mta": (("project", "programme"), _mta, "milestone trend: what was expected when"),
        "matrix": (("project", "programme"), lambda asked: matrix_of(asked.site, asked.projects), "open threats by probability and impact"),
        "heat-map": (("role",), lambda asked: heat(heat_of(asked.site, asked.words.get("role"))), "load of roles by month"),
        "history": (("project", "programme"), lambda asked: strips_of(asked.site, list(asked.projects), asked.root), "colours month by month"),
        "bars": (("project", "programme", "figure"), _bars, "one figure by project"),
        "bubble": (("programme",), lambda asked: svg(worth_chart(asked.site, asked.projects), asked.root), "worth against risk, size is the budget"),
        "dependencies": (("project",), lambda asked: svg(dependencies_chart(asked.site, asked.one.id if asked.one else None), asked.root), "what projects need from each other"),
    }
)  # fmt: skip
"""Every chart by name: what it may be told, what draws it, and what it shows."""
