"""The page of one project: how it stands first, then everything that its folder says."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from handrail.compute.facts import Project
from handrail.compute.money_curve import curve_of_project
from handrail.render import words
from handrail.render.charts.curve import s_curve as earned_curve
from handrail.render.charts.drawing import svg
from handrail.render.charts.gantt import gantt, work
from handrail.render.charts.history import history
from handrail.render.charts.matrix import matrix
from handrail.render.charts.money import bars, s_curve
from handrail.render.editor.forms import may_be_changed
from handrail.render.markup import narrative
from handrail.render.page import Page, render, root_of
from handrail.render.project import control, people, records, registers, status
from handrail.render.remarks import shown_remarks
from handrail.render.table import Download, Table
from handrail.render.view import Site

_HIGH = 15
_SHORT = 10


def pages(site: Site) -> Iterator[Page]:
    """The pages of each project that may be shown."""
    for one in site.projects:
        yield from pages_of(site, one)


def pages_of(site: Site, project: Project) -> Iterator[Page]:
    """The pages of one project."""
    yield page(site, project)


def page(site: Site, project: Project) -> Page:
    """The page of one project."""
    plan, path = project.plan, f"projects/{project.id}/"
    thresholds = site.portfolio.repository.policy.thresholds
    shown = status.status_of(site, project)
    registered = registers.all_of(site, project)
    kept = records.all_of(site, project)
    about = people.all_of(site, project)
    word = status.promised(project)
    tasks = work(plan.tasks, project.as_of)
    body = render(
        "project.html.jinja",
        root=root_of(path), status=shown, remarks=shown_remarks(site, site.by_project.get(project.id, ())),
        deliverables=registers.deliverables(project),
        milestones=gantt(project.milestones, project.as_of, "Milestones", "milestone", word, _beyond_green(site, project)), tasks=tasks,
        matrix=matrix(plan.risks, thresholds.risk_high if thresholds else _HIGH), risks=registers.risks(project),
        money=bars(project.cost, word), curve=_curve(site, project, word, root_of(path)),
        timing=control.schedule_of(site, project), earned=control.money_of(site, project), budget=registers.budget(project),
        registers=registered, records=kept, about=about,
        jumps=_jumps(registered, kept, about), history=history(plan.reports, project.as_of, site.history.of(project.id), site.history.why),
        commit=(site.commit or "")[:_SHORT], commit_href=site.commit_url(site.commit) if site.commit else None,
        narrative=narrative(plan.narrative or ""), report=narrative(project.report.body) if project.report else "",
        report_day=words.day(project.report.as_of) if project.report else "",
        as_of=words.day(project.as_of), source=plan.loc.file, edit=site.edit(plan.loc.file),
        forms=project.id if may_be_changed(site, project) else "",
        data=(Download(text="All data of this project (JSON)", href=f"data/projects/{project.id}.json"),),
    )  # fmt: skip
    return Page(
        path=path, title=plan.name, body_html=body, section="portfolio/", search_text=_search(site, project),
        source=plan.loc.file,
    )  # fmt: skip


def _curve(site: Site, project: Project, word: str, root: str) -> Markup:
    """Planned, earned and spent money where the work earns something; else what the budget says by month."""
    sums = curve_of_project(project, site.portfolio.repository)
    if sums is not None and any(one is not None for one in sums.ev):
        return svg(earned_curve(sums, f"Money of {project.plan.name}"), root)
    drawn = s_curve(project.plan.budget, project.cost.currency, word)
    return render("charts/s_curve.html.jinja", chart=drawn) if drawn else Markup()


def _beyond_green(site: Site, project: Project) -> frozenset[str]:
    """The milestones whose own slip is more than green allows."""
    return frozenset(
        one.id for one in project.milestones if status.end_colour(site, project, one) in {"amber", "red"}
    )  # fmt: skip


def _jumps(*groups: tuple[tuple[str, Table], ...]) -> tuple[tuple[str, str], ...]:
    """The second-level parts of the page as anchor and name; the smaller registers share one."""
    found = [
        ("deliverables", "Deliverables"), ("schedule", "Schedule"), ("risks", "Risks"), ("money", "Money"),
    ]  # fmt: skip
    names = (
        ("registers", "Issues and decisions"),
        ("records", "Changes and approvals"),
        ("about", "People and purpose"),
    )
    found += [name for name, group in zip(names, groups, strict=True) if group]
    return (*found, ("reports", "Reports"), ("remarks", "Remarks"))


def _search(site: Site, project: Project) -> str:
    plan, light = project.plan, words.light(project.health.counts)
    parts = [plan.id, light.word, site.programme(plan), plan.unit or "", plan.phase, plan.manager or ""]
    return " · ".join(one for one in parts if one)
