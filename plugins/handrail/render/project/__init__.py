"""The pages of one project: how it stands on the first, everything else that its folder says on the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.compute.agreed_plan import promised
from handrail.compute.facts import Project
from handrail.render import words
from handrail.render.editor.forms import may_be_changed
from handrail.render.markup import narrative
from handrail.render.page import Page, render, root_of
from handrail.render.project import registers, status
from handrail.render.project.chapters import Chapter, remarks_chapter, table_chapter
from handrail.render.project.glance import glance
from handrail.render.project.leaves import Leaf, leaves_of, numbers_of, strip_of
from handrail.render.remarks import ShownRemark, shown_remarks
from handrail.render.table import Download
from handrail.render.view import Site

_SHORT = 10
_DELIVERABLES, _REMARKS = 12, 6
"""So many stand on the first page; the others have a page of their own."""


def pages(site: Site) -> Iterator[Page]:
    """The pages of each project that may be shown, the status first."""
    for one in site.projects:
        yield from pages_of(site, one)


def pages_of(site: Site, project: Project) -> Iterator[Page]:
    """The status of one project and the rest of its plan."""
    home = f"projects/{project.id}/"
    remarks = shown_remarks(site, site.by_project.get(project.id, ()))
    leaves = leaves_of(site, project, root_of(f"{home}one/"), _longer(project, remarks))
    yield _first(site, project, home, leaves, remarks)
    for leaf in leaves:
        yield _other(site, project, home, leaves, leaf)


def page(site: Site, project: Project) -> Page:
    """The status of one project."""
    return next(pages_of(site, project))


def _longer(project: Project, remarks: tuple[ShownRemark, ...]) -> tuple[Chapter, ...]:
    """Chapters of what is too long for the first page."""
    found = []
    if len(project.plan.deliverables) > _DELIVERABLES:
        found.append(table_chapter("deliverables", "Deliverables", lambda _, one: registers.deliverables(one)))
    if len(remarks) > _REMARKS:
        found.append(remarks_chapter(remarks))
    return tuple(found)


def _first(site: Site, project: Project, home: str, leaves: tuple[Leaf, ...], remarks: tuple[ShownRemark, ...]) -> Page:
    plan = project.plan
    deliverables = registers.deliverables(project)
    body = render(
        "project.html.jinja",
        root=root_of(home), home=home, links=strip_of(home, leaves, None), status=status.status_of(site, project), glance=glance(site, project),
        word=words.capital(promised(project)), remarks=remarks[:_REMARKS], remarks_more=remarks[_REMARKS:],
        deliverables=replace(deliverables, rows=deliverables.rows[:_DELIVERABLES]),
        deliverables_more=len(deliverables.rows) if len(deliverables.rows) > _DELIVERABLES else 0,
        commit=(site.commit or "")[:_SHORT], commit_href=site.commit_url(site.commit) if site.commit else None,
        narrative=narrative(_untitled(plan.narrative or "", plan.name)), report=narrative(project.report.body) if project.report else "",
        report_day=words.day(project.report.as_of) if project.report else "",
        as_of=words.day(project.as_of), source=plan.loc.file, edit=site.edit(plan.loc.file),
        forms=project.id if may_be_changed(site, project) else "", data=_data(project),
    )  # fmt: skip
    return Page(
        path=home, title=plan.name, body_html=body, section="portfolio/", search_text=_search(site, project), source=plan.loc.file,
    )  # fmt: skip


def _untitled(text: str, name: str) -> str:
    """A narrative without a first heading that only says the project's name again."""
    first, _, rest = text.lstrip().partition("\n")
    return rest.lstrip() if first.lstrip("#").strip().casefold() == name.casefold() and first.startswith("#") else text


def _other(site: Site, project: Project, home: str, leaves: tuple[Leaf, ...], leaf: Leaf) -> Page:
    plan, path = project.plan, f"{home}{leaf.key}/"
    here = {each.anchor for each in leaf.sections}
    links = tuple(replace(one, anchor="") if one.anchor in here else one for one in strip_of(home, leaves, leaf))
    body = render(
        "project_part.html.jinja",
        root=root_of(path), links=links, numbers=numbers_of(home, leaves, leaf), name=plan.name, title=leaf.title, same=leaf.title == leaf.sections[0].title, light=words.state_light(project.health.counts, plan.state),
        sections=[one.html for one in leaf.sections], as_of=words.day(project.as_of), source=plan.loc.file,
        edit=site.edit(plan.loc.file), data=_data(project),
    )  # fmt: skip
    return Page(
        path=path, title=f"{plan.name}: {leaf.title}", body_html=body, section="portfolio/", search_text="", source=plan.loc.file,
    )  # fmt: skip


def _data(project: Project) -> tuple[Download, ...]:
    return (Download(text="All data of this project (JSON)", href=f"data/projects/{project.id}.json"),)


def _search(site: Site, project: Project) -> str:
    plan, light = project.plan, words.light(project.health.counts)
    parts = [plan.id, light.word, site.programme(plan), plan.unit or "", plan.phase, plan.manager or ""]
    return " · ".join(one for one in parts if one)
