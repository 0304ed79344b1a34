"""What is remembered of each project is used where it is right and nowhere else, whatever changes and whoever tampers."""

import json
import shutil

import pytest
from handrail.fast import sealed
from handrail.fast.kept import Kept
from handrail.fast.watch import ALL, HIDDEN, watched
from handrail.mkdocs_run import compute, configured
from handrail.render import project as project_pages
from handrail.site import build

from tests.site import governed
from tests.site.test_fast_build import assert_same, both, changed, git
from tests.site.test_same_bytes import contents

NEEDS = {"depends_on": "[{project: taps, what: D1, needed_by: 2027-01-15}]"}


@pytest.fixture
def own(repository, tmp_path):
    """A repository of this test alone, in which one project needs something of another."""
    folder = tmp_path / "own"
    shutil.copytree(repository, folder, ignore=shutil.ignore_patterns(".git", ".cache"))
    governed.write(folder, "projects/taps/project.yaml", governed.small_plan("taps", "New taps"))
    governed.write(folder, "projects/basin/project.yaml", governed.small_plan("basin", "New basin", **NEEDS))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "All of it")
    return folder


@pytest.fixture
def made(monkeypatch):
    """The projects for which something was made, in the order of making."""
    found: list[str] = []
    fresh = Kept._fresh

    def noted(self, project, own):
        found.append(project.id)
        return fresh(self, project, own)

    monkeypatch.setattr(Kept, "_fresh", noted)
    return found


def test_only_a_project_and_those_that_look_at_it_are_made_again(own, tmp_path, made, settled):
    settled()
    build(own, tmp_path / "site")
    assert {"taps", "basin", "visitor-desk"} <= set(made)
    made.clear()
    changed(own / "projects/taps/project.yaml", "New taps", "Golden taps")
    settled()
    site = build(own, tmp_path / "site").site_dir
    assert set(made) == {"taps", "basin"}
    assert any("Golden taps" in one.read_text(encoding="utf-8") for one in (site / "projects/basin").rglob("*.html"))
    made.clear()
    changed(own / "projects/visitor-desk/project.yaml", "Joiner fails", "Joiner is late")
    settled()
    build(own, tmp_path / "site")
    assert set(made) == {"visitor-desk", "bike-shelter"}  # which needs something of it


def _people(own):
    changed(
        own / "standards/people/people.yaml",
        "{id: c.moreau, roles: [sponsor]}",
        "{id: c.moreau, roles: [sponsor], until: 2026-11-01}",
    )


def _strategy(own):
    changed(own / "standards/strategy/objectives.yaml", "Nobody waits", "Nobody waits for long")


def _programme(own):
    changed(own / "standards/strategy/programmes.yaml", "Workplace 2028", "Workplace 2029")


def _standard(own):
    changed(own / "standards/risk/index.md", "What may happen is written down.", "What may happen is *written* down.")


def _requirement(own):
    changed(
        own / "standards/risk/index.md", "Every high risk must have an owner.", "Each high risk must have one owner."
    )


def _rule(own):
    changed(own / "standards/risk/rsk-01.rule.yaml", "enforce_at: gate", "enforce_at: merge")


def _day(own):
    changed(own / "standards/handrail.yaml", f"as_of: {governed.AS_OF}", "as_of: 2027-01-20")


def _hidden(own):
    changed(own / "projects/taps/project.yaml", "state: active", "state: active\nsensitivity: restricted")


def _renamed(own):
    (own / "projects/taps").rename(own / "projects/pipes")
    changed(own / "projects/pipes/project.yaml", "id: taps", "id: pipes")


def _deleted(own):
    shutil.rmtree(own / "projects/taps")


def _report(own):
    governed.write(own, "projects/basin/reports/2026-12-01.md", governed.report("2026-12-01", "red"))


def _committed(own):
    changed(own / "projects/basin/project.yaml", "name: Desk opens", "name: Basin stands")
    git(own, "commit", "-q", "-am", "A new name")


EDITS = (
    _people, _strategy, _programme, _standard, _requirement, _rule, _day, _report, _committed, _renamed, _hidden, _deleted,
)  # fmt: skip


def test_every_kind_of_edit_gives_the_site_that_mkdocs_gives(own, tmp_path, settled):
    build(own, tmp_path / "fast")
    for edit in EDITS:
        if edit in {_hidden, _deleted} and not (own / "projects/taps").is_dir():
            (own / "projects/pipes").rename(own / "projects/taps")
            changed(own / "projects/taps/project.yaml", "id: pipes", "id: taps")
        edit(own)
        settled()
        fast, cold = both(own, tmp_path)
        assert_same(fast, cold)


@pytest.mark.parametrize("sealed_again", [False, True])
def test_a_spoilt_memory_spoils_no_page(own, tmp_path, sealed_again, settled):
    settled()
    before = contents(build(own, tmp_path / "site").site_dir)
    (place,) = own.rglob("projects.json")
    shares = sealed.read(place)
    shares["taps"]["pages"], shares["taps"]["files"] = shares["basin"]["pages"], []
    shares["taps"]["made_from"] = "0" * 32
    if sealed_again:
        sealed.write(place, shares)
    else:
        place.write_bytes(place.read_bytes()[:33] + json.dumps(shares).encode())
    for page in own.rglob("handbook-*/**/index.html"):
        page.write_text("spoilt", encoding="utf-8")
    shutil.rmtree(tmp_path / "site")
    changed(own / "projects/visitor-desk/project.yaml", "name: ", "name:  ")  # so that there is something to build
    assert contents(build(own, tmp_path / "site").site_dir).keys() == before.keys()
    after = contents(tmp_path / "site")
    assert [name for name in before if before[name] != after[name] and "visitor-desk" not in name] == []


def test_what_is_looked_at_is_noted(own, tmp_path):
    config = configured(own, tmp_path / "none", as_of=None, strict=True)
    plugin = config.plugins["handrail"]
    compute(plugin, own)
    basin = plugin.site.portfolio.project("basin")

    def noted(look):
        found: set[str] = set()
        look(watched(plugin.site, "basin", found))
        return found

    assert noted(lambda site: list(project_pages.pages_of(site, basin))) == {"taps"}
    assert (
        noted(lambda site: [site.rules, site.organisation, site.by_project.get("basin"), site.shows("taps")]) == set()
    )
    for look in (
        lambda site: site.projects, lambda site: site.remarks, lambda site: site.by_rule, lambda site: site.merges,
        lambda site: site.portfolio.projects, lambda site: site.portfolio.repository.plans,
        lambda site: site.by_project.get("taps"), lambda site: list(site.evidence),
    ):  # fmt: skip
        assert noted(look) == {ALL}
    assert noted(lambda site: site.hidden) == {HIDDEN}
    assert noted(lambda site: site.portfolio.project("taps")) == {"taps"}
    assert noted(lambda site: site.portfolio.repository.tree.read("projects/taps/project.yaml")) == {"taps"}
