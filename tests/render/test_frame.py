"""The links on top of pages: each leads to a page, and a page that has them is among them once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from handrail.history.improving import improvement_of
from handrail.render import pages
from handrail.render.frame import FRAMES, Frame
from handrail.render.page import Page
from handrail.render.view import site_of
from handrail.run import run

from tests.command import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    result = run(ROOT, today=date(2026, 12, 4))
    site = site_of(result.portfolio, result.remarks, result.judgement.rules, result.judgement.settings)
    better = improvement_of(tmp_path_factory.mktemp("unversioned"), result.portfolio, site.seen)
    return {one.path: one for one in pages(replace(site, better=better))}


@pytest.mark.parametrize("frame", FRAMES, ids=lambda one: one.place)
def test_every_link_on_top_leads_to_a_page_that_has_the_same_links(frame: Frame, made: dict[str, Page]) -> None:
    assert len(set(frame.paths)) == len(frame.paths)
    for path in frame.paths:
        assert f"{frame.place}{path}" in made, f"no page is made for the link to {path}: name it in the family's PAGES"
        page = made[f"{frame.place}{path}"]
        (links,) = re.findall(rf'<nav [^>]*aria-label="{frame.name}">(.*?)</nav>', page.body_html, re.DOTALL)
        assert links.count('aria-current="page"') == 1, page.path
        assert page.section == (frame.tab or frame.place)
        for other in frame.paths:
            root = "../" * page.path.count("/")
            assert (f'href="{root}{frame.place}{other}"' in links) or other == path, (
                f"{page.path} has no link to {other}"
            )


@pytest.mark.parametrize("frame", FRAMES, ids=lambda one: one.place)
def test_every_page_with_these_links_is_reached_by_one_of_them(frame: Frame, made: dict[str, Page]) -> None:
    for page in made.values():
        for links in re.findall(rf'<nav [^>]*aria-label="{frame.name}">(.*?)</nav>', page.body_html, re.DOTALL):
            assert "aria-current=" in links, f"{page.path} has no link: name it in its family in render/frame.py"


def test_a_page_below_another_marks_the_link_to_it_and_keeps_it(made: dict[str, Page]) -> None:
    inside = [one for one in made if one.startswith("portfolio/strategy/programme-")]
    assert inside
    for path in inside:
        links = made[path].body_html.split("</nav>")[0]
        assert links.count("aria-current") == 1
        assert '<strong aria-current="true"><a href="../../../portfolio/strategy/">' in links
