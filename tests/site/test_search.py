"""The search finds a standard before a task: typed in a real browser, on the shipped standards with the sample's projects."""

from __future__ import annotations

import gzip
import json
import re
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
def address(built: Path) -> Iterator[str]:
    server = serve(built)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def page(address: str, browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.goto(f"{address}portfolio/")
    yield opened
    opened.close()


def typed_into(page: Page, typed: str) -> str:
    """The address of the first hit."""
    page.click("label.md-search__icon[for='__search']") if not page.is_visible(".md-search__input") else page.click(
        ".md-search__input"
    )
    page.fill(".md-search__input", "")
    page.locator(".md-search__input").press_sequentially(typed, delay=15)
    page.wait_for_function("text => document.querySelector('.md-search__input').value === text", arg=typed)
    page.wait_for_timeout(400)
    link = page.locator(".md-search-result__item a").first
    link.wait_for()
    return (link.get_attribute("href") or "").split("?")[0].split("#")[0]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("risk", "risk/"), ("closure", "closure/"), ("closure and lessons", "closure/"), ("schedule", "schedule/"),
        ("issues", "issues/"), ("deviations", "waivers/"), ("budget", "cost/"), ("rsk-01", "rules/RSK-01/"), ("visitor desk", "projects/visitor-desk/"),
        ("visitor-desk", "projects/visitor-desk/"), ("visi", "projects/visitor-desk/"), ("the visitor desk of lyon", "projects/visitor-desk/"),
    ],
)  # fmt: skip
def test_what_is_typed_finds_the_standard_first(page: Page, typed: str, first: str) -> None:
    found = typed_into(page, typed)
    assert found.endswith(f"/{first}"), found


def test_a_project_is_found_by_what_its_line_says(page: Page, index: list[dict[str, object]]) -> None:
    line = next(str(one["text"]) for one in index if one["location"] == "projects/visitor-desk/")
    for part in re.sub("<[^>]*>", "", line).split(" · "):
        typed_into(page, part)
        hit = page.locator(".md-search-result__link[href*='/projects/visitor-desk/']").first
        hit.wait_for(state="attached")
        assert hit.locator("mark").count(), part


def test_words_that_no_project_holds_find_none(page: Page) -> None:
    typed_into(page, "closure")
    named = page.locator(".md-search-result__link[href*='/projects/']")
    assert all("losure" in one for one in named.all_inner_texts())
    page.locator(".md-search__input").press_sequentially("xyzzyx")
    page.get_by_text("No matching documents").wait_for()
    assert page.locator(".md-search-result__item").count() == 0


def test_a_browser_without_workers_of_workers_finds_the_same(address: str, built: Path, browser: Browser) -> None:
    opened = browser.new_page()
    script = (built / "assets" / "handrail" / "search.js").read_text(encoding="utf-8")
    opened.route("**/assets/handrail/search.js*", lambda route: route.fulfill(
        body=f"self.Worker = undefined;\n{script}", content_type="text/javascript"
    ))  # fmt: skip
    opened.goto(f"{address}portfolio/")
    assert typed_into(opened, "visitor desk").endswith("/projects/visitor-desk/")
    opened.close()
