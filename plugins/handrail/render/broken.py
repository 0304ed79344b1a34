"""The page of a plan that cannot be read: it does not vanish, it says what is broken."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.render import words
from handrail.render.page import Page, render, root_of
from handrail.render.remarks import shown_remarks
from handrail.render.view import Site, project_path


def pages(site: Site) -> Iterator[Page]:
    """One page for each broken plan."""
    for one in site.broken:
        path = project_path(one.id)
        remarks = shown_remarks(site, site.by_project.get(one.id, ()))
        body = render(
            "broken.html.jinja", root=root_of(path), name=one.name or one.id, remarks=remarks, files=one.files,
            how_many=f"The {words.count(len(remarks), 'remark')} below {words.verb(len(remarks), 'says')}" if remarks else "", as_of=words.day(site.as_of),
            source=one.files[0] if one.files else None, edit=site.edit(one.files[0] if one.files else None),
        )  # fmt: skip
        yield Page(
            path=path, title=one.name or one.id, body_html=body, section="portfolio/",
            search_text=f"{one.id} · this plan cannot be read", source=one.files[0] if one.files else None,
        )  # fmt: skip
