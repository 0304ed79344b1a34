"""The site as plain files, front matter and body, for other generators that understand MkDocs' settings."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handrail.fast.output import Output
from handrail.macros import Question, answer
from handrail.mkdocs_pages import entries, source_of
from handrail.mkdocs_plugin import REQUIREMENTS, HandrailPlugin
from handrail.mkdocs_run import SiteError, compute, configured
from handrail.render.page import Page, root_of

_LIST = ".handrail-files.json"
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_OURS = frozenset({"handrail", "macros"})


def render(root: Path, folder: Path, *, as_of: date | None = None) -> tuple[int, int]:
    """Write pages, files and settings into a folder; how many files it holds, and how many were written.

    A folder that holds something else is refused. Raises SiteError.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / _LIST).is_file():
        raise SiteError(f"{folder} holds files that `handrail render` did not write; name an empty folder.")
    config = configured(root, None, as_of=as_of, strict=False)
    plugin: HandrailPlugin = config.plugins["handrail"]
    compute(plugin, root)
    folder.mkdir(parents=True, exist_ok=True)
    output = Output(folder, folder / _LIST)
    files: dict[str, bytes] = {}
    docs = Path(config.docs_dir)
    for place in sorted(docs.rglob("*")):
        uri = place.relative_to(docs).as_posix()
        if place.is_file() and not uri.startswith(".") and plugin.publishes(uri):
            text = place.read_bytes()
            files[f"docs/{uri}"] = _handbook_page(plugin, uri, text.decode()).encode() if uri.endswith(".md") else text
    for page in plugin.pages(own_home="docs/index.md" in files):
        files[f"docs/{source_of(page.path)}"] = _page(page).encode("utf-8", "xmlcharrefreplace")
    for path, content in plugin.files().every():
        data = content.encode() if isinstance(content, str) else content
        files[f"docs/{path}"] = data.read_bytes() if isinstance(data, Path) else data
    theme = resources.files("handrail.render") / "theme" / "main.html"
    files["theme/main.html"] = theme.read_bytes()
    files["mkdocs.yml"] = _settings(root, config, plugin, files).encode()
    for path, data in files.items():
        output.put(path, data)
    output.finish()
    return len(files), output.written


def _page(page: Page) -> str:
    """A generated page: its HTML is one block, so that no Markdown is seen in what a project writes."""
    body = re.sub(r"\n\s*\n", "\n", page.body_html)
    return f"---\ntitle: {json.dumps(page.title)}\nhide: [navigation, toc]\nsearch: {{exclude: true}}\n---\n<div>\n{body}\n</div>\n"


def _handbook_page(plugin: HandrailPlugin, uri: str, text: str) -> str:
    """A page of the handbook with what it shows of plans filled in, as it stands today."""
    front = _FRONT.match(text)
    head, body = (front[1], text[front.end() :]) if front else ("", text)
    address = uri.removesuffix("index.md") if uri.endswith("index.md") else f"{uri.removesuffix('.md')}/"
    top = root_of(address)
    standard = next((one for one in plugin.site.standards.values() if one.loc.file == f"standards/{uri}"), None)
    if standard is not None:
        head = re.sub(r"(?m)^status:.*\n", "", head)
        table = f"<div>\n{answer(plugin.site, Question('requirements', standard.id, root=top))}\n</div>"
        body = body if REQUIREMENTS in body else f"{body}\n\n## Requirements\n\n{REQUIREMENTS}\n"
        body = body.replace(REQUIREMENTS, re.sub(r"\n\s*\n", "\n", table))
    if re.search(r"(?m)^render_macros: *true", head):
        head = re.sub(r"(?m)^render_macros:.*\n", "", head)
        body = _filled(plugin, uri, body, top)
    return f"---\n{head}---\n{body}" if head else body


def _filled(plugin: HandrailPlugin, uri: str, body: str, top: str) -> str:
    def chart(name: str, **what: str) -> str:
        told = tuple(sorted((key, str(value)) for key, value in what.items()))
        return re.sub(r"\n\s*\n", "\n", answer(plugin.site, Question("chart", str(name), root=top, told=told)))

    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, loader=None, keep_trailing_newline=True)
    offered = {
        "chart": chart,
        "figure": lambda name: answer(plugin.site, Question("figure", str(name))),
        "project": lambda project, name: answer(plugin.site, Question("project", str(project), str(name))),
    }
    try:
        return sandbox.from_string(body).render(**offered)
    except (ValueError, TemplateError) as error:
        raise SiteError(f"standards/{uri}: {error}") from error


def _settings(root: Path, config: Any, plugin: HandrailPlugin, files: dict[str, bytes]) -> str:
    """The organisation's own settings without what needs Handrail, and with the navigation filled in."""
    try:
        found = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise SiteError(f"mkdocs.yml holds more than plain settings, which cannot be handed on: {error}") from error
    for name in ("docs_dir", "site_dir", "hooks", "strict", "validation", "edit_uri"):
        found.pop(name, None)
    found["docs_dir"] = "docs"
    found["plugins"] = [one for one in found.get("plugins", ["search"]) if _name(one) not in _OURS]
    theme = found.get("theme", {"name": "material"})
    found["theme"] = {**(theme if isinstance(theme, dict) else {"name": theme}), "custom_dir": "theme"}
    for key, suffix in (("extra_css", ".css"), ("extra_javascript", ".js")):
        own = [path.removeprefix("docs/") for path in files if path.startswith("docs/assets/handrail/handrail.")]
        found[key] = [*found.get(key, ()), *(path for path in own if path.endswith(suffix))]
    found["extra"] = {**found.get("extra", {}), "handrail_as_of": plugin.site.fixed_day}
    pages = [path.removeprefix("docs/") for path in files if path.endswith(".md")]
    if config.nav is not None:
        found["nav"] = plugin.nav_of(config.nav, pages)
        listed = set(entries(found["nav"]))
        found["not_in_nav"] = "\n".join(
            f"/{path}" for path in pages if path not in listed and "/" in path and _generated(path)
        )
    return yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=1000)


def _generated(path: str) -> bool:
    return path.startswith(("projects/", "portfolio/", "rules/", "assurance/"))


def _name(plugin: Any) -> str:
    return next(iter(plugin)) if isinstance(plugin, dict) else str(plugin)
