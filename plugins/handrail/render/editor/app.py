"""The page on which the form editor runs, and its configuration as a file: plain files of the site, no pages of MkDocs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from handrail.render.editor.config import api_of, config, shapes
from handrail.render.editor.forms import shared_form
from handrail.render.page import render
from handrail.render.view import Site

PLACE = "edit/editor/"


def editor_files(site: Site, vendored: Path) -> Mapping[str, str | Path]:
    """What stands below edit/ beside its pages and is no project's, by its place: a text, or the file to copy.

    The forms always; the editor once it is fetched, where the host has an interface for it.
    """
    made: dict[str, str | Path] = {f"edit/{name}": _asset(name) for name in ("plan-yaml.js", "forms.js")}
    made |= dict(shared_form(site))
    ours = dict(app(site)) if (vendored / "editor.js").is_file() else {}
    if ours:
        made |= ours
        found = (one for one in sorted(vendored.rglob("*")) if one.is_file() and one.suffix != ".md")
        made |= {f"{PLACE}{one.relative_to(vendored).as_posix()}": one for one in found}
    return made


def _asset(name: str) -> str:
    return (resources.files("handrail.render") / "assets" / name).read_text(encoding="utf-8")


def app(site: Site) -> Iterator[tuple[str, str]]:
    """Path and text of each file that stands beside the vendored editor; nothing where the host has no editor."""
    organisation = site.organisation
    made = config(site.portfolio.repository, (one.plan for one in site.projects), site.as_of, site.branch)
    api = api_of(organisation)
    if made is None or api is None:
        return
    origins = sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, api)})
    yield f"{PLACE}config.json", json.dumps(made, default=float, ensure_ascii=False)
    yield f"{PLACE}manual.js", "window.CMS_MANUAL_INIT = true;\n"
    yield f"{PLACE}shapes.json", json.dumps(shapes(made))
    yield f"{PLACE}start.js", _asset("editor-start.js")
    page = render(
        "editor.html.jinja",
        organisation=organisation.organisation,
        origins=" ".join(origins),
        evaluates=organisation.editor == "decap",
    )
    yield f"{PLACE}index.html", str(page)
