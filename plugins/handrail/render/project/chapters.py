"""What a project's folder says beyond its status, in chapters of sections. A new part is one function and one line in CHAPTERS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from markupsafe import Markup

from handrail.compute.agreed_plan import promised
from handrail.compute.facts import Project
from handrail.compute.money_curve import curve_of_project
from handrail.compute.risk import high_from
from handrail.render import past
from handrail.render.charts.curve import s_curve as earned_curve
from handrail.render.charts.drawing import svg
from handrail.render.charts.gantt import Gantt, WorkChart, gantt, work
from handrail.render.charts.history import history
from handrail.render.charts.matrix import matrix
from handrail.render.charts.money import bars, s_curve
from handrail.render.charts.mta import mta
from handrail.render.page import render
from handrail.render.project import control, people, records, registers, status
from handrail.render.remarks import ShownRemark
from handrail.render.table import Table
from handrail.render.view import Site

ROWS = (40, 20, 10, 5)
"""So many rows of a table stand in one section, fewer where they are long; the next section goes on."""
_REMARKS = 10
_LONGEST = 1000
"""So many tasks are listed; the data of the project has all of them."""
_T = TypeVar("_T")
_Chart = TypeVar("_Chart", Gantt, WorkChart)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part under its own heading; `pieces` are what the template knows to show, each as kind and value."""

    anchor: str
    title: str
    pieces: tuple[tuple[str, Any], ...]
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What sections are made from. root: the way to the first page; rows: how many a section may have."""

    site: Site
    project: Project
    root: str
    rows: int = ROWS[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Sections that belong together. key: its path below the project's page, and its anchor since ever."""

    key: str
    title: str
    sections: Callable[[Asked], Iterator[Section]]


def _schedule(asked: Asked) -> Iterator[Section]:
    site, project = asked.site, asked.project
    word = promised(project)
    drawn = gantt(project.milestones, project.as_of, "Milestones", "milestone", word, beyond_green(site, project))
    yield from _drawn(asked, "schedule", "Milestones", "gantt", drawn)
    tasks = work(project.plan.tasks[:_LONGEST], project.as_of, critical=control.critical_tasks(site, project))
    if tasks:
        yield from _drawn(asked, "plan-of-tasks", "Tasks", "work", tasks)
    for one in control.schedule_of(site, project):
        if one.anchor != "tasks":
            yield _block(one)


def _network(asked: Asked) -> Iterator[Section]:
    site, project = asked.site, asked.project
    for one in control.schedule_of(site, project):
        if one.anchor != "tasks":
            continue
        yield replace(_block(one), anchor="network", title="Network of tasks")
        if one.more:
            yield from _listed(asked, "tasks", one.more_title, one.more)


def _risks(asked: Asked) -> Iterator[Section]:
    site, project = asked.site, asked.project
    drawn = matrix(project.plan.risks, high_from(site.portfolio.repository.policy))
    first, *rest = _listed(asked, "risks", "Risks", registers.risks(project))
    yield replace(first, pieces=(("matrix", drawn), *first.pieces))
    yield from rest


def _money(asked: Asked) -> Iterator[Section]:
    site, project = asked.site, asked.project
    word = promised(project)
    pieces: list[tuple[str, Any]] = [
        ("bars", bars(project.cost, word)),
        ("html", _curve(site, project, word, asked.root)),
    ]
    yield Section(anchor="money", title="Money", pieces=tuple(pieces))
    for one in control.money_of(site, project):
        yield _block(one)
    budget = registers.budget(project)
    if budget.rows:
        yield from _listed(asked, "budget", budget.name, budget)


def _curve(site: Site, project: Project, word: str, root: str) -> Markup:
    """Planned, earned and spent money where the work earns something; else what the budget says by month."""
    sums = curve_of_project(project, site.portfolio.repository, site.history.of(project.id))
    if sums is not None and any(one is not None for one in sums.ev):
        return svg(earned_curve(sums, f"Money of {project.plan.name}"), root)
    drawn = s_curve(project.plan.budget, project.cost.currency, word)
    return render("charts/s_curve.html.jinja", chart=drawn) if drawn else Markup()


def _history(asked: Asked) -> Iterator[Section]:
    site, project = asked.site, asked.project
    looks = site.history.of(project.id)
    yield Section(
        anchor="history",
        title="Colours",
        pieces=(("strip", history(project.plan.reports, project.as_of, looks, site.history.why)),),
    )
    traces = past.traces(site, [project], named=False)
    drawn = svg(mta(traces, f"Milestone trend of {project.plan.name}"), asked.root)
    yield Section(
        anchor="trend", title="Milestone trend", pieces=(("html", drawn),), said=past.basis(site, before=past.PROMISED)
    )


def _tables(key: str, given: Callable[[Site, Project], tuple[tuple[str, Table], ...]]) -> Callable[[Asked], Iterator[Section]]:  # fmt: skip
    """A chapter of tables, of which the first carries the chapter's anchor."""

    def sections(asked: Asked) -> Iterator[Section]:
        for number, (name, table) in enumerate(given(asked.site, asked.project)):
            anchor = key if number == 0 else f"{key}-{name.split(' ')[0].lower()}"
            yield from _listed(asked, anchor, name, table)

    return sections


def table_chapter(key: str, title: str, table: Callable[[Site, Project], Table]) -> Chapter:
    """A chapter of one table, under a name of its own: the first rows stand on the status page."""
    return Chapter(
        key=key,
        title=title,
        sections=lambda asked: _listed(asked, f"all-{key}", f"All {title.lower()}", table(asked.site, asked.project)),
    )


def remarks_chapter(remarks: Sequence[ShownRemark]) -> Chapter:
    """All remarks, of which the first stand on the status page."""

    def sections(asked: Asked) -> Iterator[Section]:
        ones = [replace(one, anchor="") for one in remarks]
        size = min(_REMARKS, asked.rows)
        for number, some in enumerate(_stretches(ones, size)):
            first, last = number * size + 1, number * size + len(some)
            title = f"Remarks {first} to {last}" if last > first else f"Remark {first}"
            title = title if len(ones) > size else "All remarks"
            yield Section(anchor=f"all-remarks-{number + 1}", title=title, pieces=(("remarks", some),))

    return Chapter(key="remarks", title="Remarks", sections=sections)


def _block(one: control.Block) -> Section:
    pieces = (("table", one.table),) if one.table else ()
    return Section(anchor=one.anchor, title=one.title, said=one.sentence, pieces=pieces)


def _drawn(asked: Asked, anchor: str, title: str, kind: str, chart: _Chart) -> Iterator[Section]:
    """A table-Gantt in stretches of rows on the same axis."""
    stretches = _stretches(chart.lines, asked.rows)
    for number, lines in enumerate(stretches):
        yield Section(
            anchor=anchor if number == 0 else f"{anchor}-{number + 1}", title=_part(title, number, len(stretches)),
            pieces=((kind, replace(chart, lines=lines, long=False)),),
        )  # fmt: skip


def _listed(asked: Asked, anchor: str, title: str, table: Table) -> Iterator[Section]:
    """A table in stretches of rows; the files with the same rows stand under the last."""
    stretches = _stretches(table.rows, asked.rows)
    for number, rows in enumerate(stretches):
        last = number == len(stretches) - 1
        part = replace(
            table, rows=rows, name=_part(table.name, number, len(stretches)), downloads=table.downloads if last else (),
            sortable=table.sortable and len(stretches) == 1,
        )  # fmt: skip
        yield Section(
            anchor=anchor if number == 0 else f"{anchor}-{number + 1}", title=_part(title, number, len(stretches)),
            pieces=(("table", part),),
        )  # fmt: skip


def _stretches(ones: Sequence[_T], rows: int) -> list[tuple[_T, ...]]:
    return [tuple(ones[at : at + rows]) for at in range(0, len(ones), rows)] or [()]


def _part(title: str, number: int, of: int) -> str:
    return f"{title}, part {number + 1} of {of}" if of > 1 else title


def beyond_green(site: Site, project: Project) -> frozenset[str]:
    """The milestones whose own slip is more than green allows."""
    return frozenset(
        one.id for one in project.milestones if status.end_colour(site, project, one) in {"amber", "red"}
    )  # fmt: skip


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(key="schedule", title="Schedule", sections=_schedule),
    Chapter(key="network", title="Network", sections=_network),
    Chapter(key="risks", title="Risks", sections=_risks),
    Chapter(key="registers", title="Issues and decisions", sections=_tables("registers", registers.all_of)),
    Chapter(key="money", title="Money", sections=_money),
    Chapter(key="records", title="Gates and records", sections=_tables("records", records.all_of)),
    Chapter(key="about", title="Purpose and people", sections=_tables("about", people.all_of)),
    Chapter(key="history", title="History", sections=_history),
)
