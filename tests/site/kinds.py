"""One page of every kind that the site has: found by asking the registries, so that a new kind is tested by itself."""

from __future__ import annotations

from pathlib import Path

from handrail.mkdocs_run import compute, configured
from handrail.model.kinds import KINDS
from handrail.render import PAGES
from handrail.render.view import Site

HANDBOOK = ("how-we-work/", "risk/", "macros/", "404.html")


def kinds(root: Path) -> dict[str, str]:
    """The heaviest page of each kind by what tells kinds apart: who makes it, and its path without names."""
    plugin = configured(root, None, as_of=None, strict=True).plugins["handrail"]
    compute(plugin, root)
    site: Site = plugin.site
    names = _names(site)
    found: dict[str, tuple[int, str]] = {}
    for make in PAGES:
        for page in make(site):
            kind = f"{make.__module__}: {'/'.join(_part(one, names) for one in page.path.split('/'))}"
            found[kind] = max(found.get(kind, (0, "")), (len(page.body_html), page.path))
    return {kind: path for kind, (_, path) in found.items()} | {f"handbook: {one}": one for one in HANDBOOK}


def _names(site: Site) -> frozenset[str]:
    repository = site.portfolio.repository
    return frozenset({
        *(one.id for one in site.projects), *(one.id for one in site.broken), *site.rules, *site.standards,
        *repository.people, *(f"objective-{one.lower()}" for one in repository.objectives),
        *(f"programme-{one}" for one in repository.programmes), *(kind.name.replace(" ", "-") for kind in KINDS),
    })  # fmt: skip


def _part(part: str, names: frozenset[str]) -> str:
    return "*" if part in names or part.lower() in names else part.rstrip("0123456789").removesuffix("-")
