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
        file = _main(one.files)
        body = render(
            "broken.html.jinja", root=root_of(path), name=one.name or one.id, remarks=remarks, files=one.files,
            how_many=("The remark below says" if len(remarks) == 1 else f"The {words.count(len(remarks), 'remark')} below say") if remarks else "", as_of=words.day(site.as_of),
            source=file, edit=site.edit(file),
        )  # fmt: skip
        yield Page(
            path=path, title=one.name or one.id, body_html=body, section="portfolio/",
            search_text=f"{one.id} · this plan cannot be read", source=file,
        )  # fmt: skip


def _main(files: tuple[str, ...]) -> str | None:
    """The file of a plan that says most about it: project.yaml, else one that stands in the folder itself."""
    return min(files, key=lambda one: (not one.endswith("/project.yaml"), one.count("/"), one), default=None)
