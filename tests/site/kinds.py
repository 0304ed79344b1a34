"""One page of every kind that the site has: found by asking the registries, so that a new kind is tested by itself."""

from __future__ import annotations

from pathlib import Path

from handrail.mkdocs_run import compute, configured
from handrail.model.kinds import KINDS
from handrail.render import PAGES
from handrail.render.view import Site
from handrail.render.words import state_light

HANDBOOK = ("how-we-work/", "risk/", "macros/", "404.html")
_ALSO = (
    "how-we-work/lifecycle/", "how-we-work/roles/", "how-we-work/figures/", "how-we-work/commands/", "how-we-work/how-the-gate-works/",
    "how-to/charts-on-a-page/", "how-to/first-update/", "risk/CHANGELOG/", "policy/", "learn/", "learn/executives/",
    "learn/roles/", "training/first-week/", "playbooks/", "rule-language/",
)  # fmt: skip
"""Pages of the handbook of this repository that are looked at and not visited by each run of the tests."""


def kinds(root: Path) -> dict[str, str]:
    """The heaviest page of each kind by what tells kinds apart: who makes it, and its path without names."""
    return _kinds(site_of(root))


def looked_at(root: Path) -> dict[str, str]:
    """What is looked at, by the name of its picture: one page of each kind, the handbook, a project of each state and colour."""
    site = site_of(root)
    paths = [*_kinds(site).values(), *(one for one in _ALSO if (root / "standards" / one).with_suffix(".md").is_file()
        or (root / "standards" / one / "index.md").is_file())]  # fmt: skip
    by_look: dict[tuple[str, str], str] = {}
    for one in site.projects:
        light = state_light(one.health.counts, one.plan.state)
        by_look.setdefault((light.word, one.plan.tier), f"projects/{one.id}/")
    found = dict.fromkeys([*paths, *by_look.values()])
    return {
        (one.removesuffix(".html").strip("/") or "home").replace("/", "-"): one for one in found if one != "macros/"
    }


def site_of(root: Path) -> Site:
    """What all pages of a repository are made from."""
    plugin = configured(root, None, as_of=None, strict=True).plugins["handrail"]
    compute(plugin, root)
    site: Site = plugin.site
    return site


def _kinds(site: Site) -> dict[str, str]:
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
