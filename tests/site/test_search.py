"""The search finds a standard before a task: typed in a real browser, on the shipped standards with the sample's projects."""

from __future__ import annotations

import gzip
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from handrail.site import build
from playwright.sync_api import Browser, Page

from tests.site.conftest import serve
from tests.site.governed import ROOT

TASK = "Painting of the zebra crossing"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with a task that carries the name of a standard and one that nobody else has."""
    root = tmp_path_factory.mktemp("searched") / "repository"
    root.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    for name in ("standards", "projects"):
        shutil.copytree(ROOT / name, root / name)
    plan = next(
        one for one in sorted((root / "projects").rglob("*.yaml")) if "\ntasks:\n" in one.read_text(encoding="utf-8")
    )
    text = plan.read_text(encoding="utf-8")
    own = f"tasks:\n  - {{id: T901, name: Closure and lessons}}\n  - {{id: T902, name: {TASK}}}\n"
    plan.write_text(text.replace("tasks:\n", own, 1), encoding="utf-8")
    assert "T901" in plan.read_text(encoding="utf-8")
    return build(root, tmp_path_factory.mktemp("site"), strict=False).site_dir


@pytest.fixture(scope="module")
def index(built: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((built / "search" / "search_index.json").read_bytes())["docs"]
    return found


def test_one_entry_for_each_project_and_no_task(index: list[dict[str, object]], built: Path) -> None:
    projects = Counter(
        str(one["location"]).split("/")[1] for one in index if str(one["location"]).startswith("projects/")
    )
    assert projects
    assert set(projects.values()) == {1}
    assert not [one for one in index if TASK in str(one)]
    assert any(TASK in page.read_text(encoding="utf-8") for page in (built / "projects").rglob("*.html"))


def test_the_index_is_small(built: Path) -> None:
    data = (built / "search" / "search_index.json").read_bytes()
    pages = sum(1 for _ in built.rglob("*.html"))
    assert len(gzip.compress(data, 6)) < 1_000 * pages  # a kilobyte of payload for a page, handbook and all


@pytest.fixture(scope="module")
def page(built: Path, browser: Browser) -> Iterator[Page]:
    server = serve(built)
    opened = browser.new_page()
    opened.goto(f"http://127.0.0.1:{server.server_port}/portfolio/")
    yield opened
    opened.close()
    server.shutdown()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("risk", "risk/"), ("closure", "closure/"), ("closure and lessons", "closure/"), ("schedule", "schedule/"),
        ("issues", "issues/"), ("deviations", "waivers/"), ("budget", "cost/"), ("rsk-01", "rules/RSK-01/"), ("visitor desk", "projects/visitor-desk/"),
    ],
)  # fmt: skip
def test_what_is_typed_finds_the_standard_first(page: Page, typed: str, first: str) -> None:
    page.click("label.md-search__icon[for='__search']") if not page.is_visible(".md-search__input") else page.click(
        ".md-search__input"
    )
    page.fill(".md-search__input", "")
    page.locator(".md-search__input").press_sequentially(typed, delay=15)
    page.wait_for_function("text => document.querySelector('.md-search__input').value === text", arg=typed)
    page.wait_for_timeout(400)
    link = page.locator(".md-search-result__item a").first
    link.wait_for()
    found = (link.get_attribute("href") or "").split("?")[0].split("#")[0]
    assert found.endswith(f"/{first}"), found
