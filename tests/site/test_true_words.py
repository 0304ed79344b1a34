"""What pages say of a plan that nobody has approved, and by which name they call a board."""

from __future__ import annotations

import re

import pytest
from handrail.site import build

from tests.command import handrail
from tests.site import governed


def text_of(path):
    """What is read on a page, without its tags."""
    html = path.read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html.partition('id="handrail"')[2]))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site with a plan that was frozen and waits, and a board that has a name."""
    root = governed.make(tmp_path_factory.mktemp("governed"))
    governed.write(root, "standards/policy/boards.yaml", (
        "boards:\n- {id: lyon-sites, name: Sites board of Lyon, chair: c.moreau, members: [c.moreau]}\n"
    ))  # fmt: skip
    plan = governed.small_plan("visitor-desk", "New visitor desk", board="lyon-sites")
    governed.write(root, "projects/visitor-desk/project.yaml", plan + (
        "decisions:\n- {id: D-001, title: One desk, decider: lyon-sites, 'on': 2026-11-20}\n"
    ))  # fmt: skip
    governed.write(root, "projects/visitor-desk/reports/2026-11-30.md", (
        "---\nas_of: 2026-11-30\nstatus: amber\nbecause: The workshop burnt down\ndecisions_asked:\n"
        "  - {ask: Approve the new day, from: lyon-sites, by: 2026-12-05}\n---\nDone: permit.\n"
    ))  # fmt: skip
    assert handrail("baseline", "visitor-desk", cwd=root).status == 0
    return build(root, tmp_path_factory.mktemp("site")).site_dir


def test_no_page_of_a_plan_that_nobody_approved_says_that_it_was(built):
    pages = {path: text_of(path) for path in (built / "projects/visitor-desk").rglob("index.html")}
    assert len(pages) > 1
    for path, text in pages.items():
        told = re.sub(
            r"Start approved|Not approved yet|not approved yet|[Aa]pproved plans?|Approve the new day", "", text
        )
        assert "pproved" not in told, (path, told[max(0, told.index("pproved") - 90) :][:160])
    first = pages[built / "projects/visitor-desk/index.html"]
    assert "Not approved yet" in first
    assert "BL-001 is put forward" in first
    assert "over the proposed 48,000 EUR" in first
    assert "15 working days later than proposed" in first


@pytest.mark.parametrize(
    "page", ["", "portfolio/gates/", "portfolio/decisions-asked/", "portfolio/decisions/",
             "portfolio/changes/", "projects/visitor-desk/"],
)  # fmt: skip
def test_people_read_the_name_of_a_board(built, page):
    text = text_of(built / page / "index.html")
    assert "Sites board of Lyon" in text
    assert "lyon-sites" not in text


def test_no_page_of_a_project_calls_its_board_by_an_id(built):
    for path in (built / "projects/visitor-desk").rglob("index.html"):
        assert "lyon-sites" not in text_of(path), path
