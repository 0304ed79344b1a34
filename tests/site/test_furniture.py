"""Below the title of a handbook page: who keeps it, when it was looked at, whom it binds, and how to change it."""

from datetime import date

import pytest
from handrail.render.furniture import furniture
from handrail.render.view import site_of
from handrail.run import run

from tests.site import governed


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    result = run(governed.make(tmp_path_factory.mktemp("furnished")), today=date(2026, 12, 4))
    return site_of(result.portfolio, result.remarks, result.judgement.rules, result.judgement.settings)


def test_a_standard_says_whom_it_binds_and_what_changed(furnished):
    text = furniture(furnished, "standards/risk/index.md", "../", {"owner": "c.moreau", "reviewed_on": "2026-09-01"})
    assert "Kept by c.moreau · last reviewed on 1 Sep 2026 · version 1.2.0 binds projects of every tier" in text
    assert 'href="../rules/changes/"' in text
    assert 'href="https://git.example/pmo/plans/edit/main/standards/risk/index.md"' in text


def test_a_page_without_an_owner_can_still_be_changed(furnished):
    text = furniture(furnished, "standards/how-we-work/index.md", "../", {"reviewed_on": "soon"})
    assert "Kept by" not in text
    assert "reviewed" not in text
    assert "Propose a change" in text


def test_what_a_page_says_of_itself_is_text(furnished):
    text = furniture(furnished, "standards/x.md", "", {"owner": "<img src=x onerror=alert(1)>"})
    assert "<img" not in text


def test_it_stands_on_the_built_pages_and_not_in_the_search(address, open_page):
    page = open_page("risk/")
    assert "Kept by c.moreau" in page.inner_text(".hr-furniture")
    assert "Kept by c.moreau" not in page.request.get(f"{address}search/search_index.json").text()
