"""What the built site holds, and what it must never hold."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from tests.site import governed


def text(site, path):
    return (site / path / "index.html").read_text(encoding="utf-8")


def whole(site, project):
    """All pages of a project."""
    return "".join(one.read_text(encoding="utf-8") for one in sorted((site / "projects" / project).rglob("index.html")))


def test_every_kind_of_page_is_there(site):
    wanted = ["", "portfolio", "projects/visitor-desk", "projects/empty", "projects/broken-plan", "rules", "rules/RSK-01",
              "assurance", "risk", "how-we-work"]  # fmt: skip
    assert [one for one in wanted if not (site / one / "index.html").is_file()] == []


def test_the_day_of_the_sample_is_said_on_every_page(site):
    for path in ("", "portfolio", "projects/visitor-desk", "rules/RSK-01", "risk"):
        assert "Sample data: figures as of 4 Dec 2026." in text(site, path)


def test_the_portfolio_is_complete_without_javascript(site):
    page = text(site, "portfolio")
    for word in ("New visitor desk, Lyon", "Bicycle shelter", "j.okafor", "50,400 EUR", "+5% on 48,000", "15 Mar 2027",
                 "data/portfolio.csv", "data/portfolio.json"):  # fmt: skip
        assert word in page
    assert "4 open projects" in page


def test_a_share_is_written_without_a_space_on_every_page(site):
    read = [one for one in site.rglob("*.html") if one.parent.name != "rule-language"]  # there % is also a remainder
    loose = re.compile(r"\d[ \u00a0]%")
    assert [(one, found[0]) for one in read if (found := loose.search(one.read_text(encoding="utf-8")))] == []


def test_the_forms_light_no_tab_but_their_own_button(site):
    for path in ("edit", "edit/report", "edit/mine"):
        page = text(site, path)
        assert "md-tabs__item--active" not in page
        assert re.search(r'hr-edit-link"[^>]* aria-current="true"', page)
    assert "md-tabs__item--active" in text(site, "portfolio")
    assert 'aria-current="true"' not in text(site, "portfolio")


def test_a_project_page_shows_deliverables_before_both_blocks_and_dates_of_three_kinds(site):
    page = text(site, "projects/visitor-desk")
    assert page.index("accepted 0 of 1") < page.index('id="delivery"')
    order = [
        page.index(f'id="{one}"')
        for one in (
            "delivery",
            "framework",
            "milestones",
            "waiting",
            "due",
            "people",
            "benefits",
            "deliverables",
            "reports",
            "remarks",
        )
    ]
    assert order == sorted(order)
    for word in ("First</th>", "Proposed</th>", "Expected</th>", "1 Feb 27", "22 Feb 27", "j.okafor 40%"):
        assert word in page
    assert "Reported better than the figures say" in page
    assert "expected 15 working days late" in page
    assert "accepted 0 of 1" in page
    assert "https://git.example/pmo/plans/edit/main/projects/visitor-desk/project.yaml" in page


def test_front_matter_of_a_narrative_does_nothing(site):
    assert "<strong>new</strong> desk" in text(site, "projects/visitor-desk")


def test_an_empty_plan_has_a_page_that_says_what_is_not_there(site):
    page = text(site, "projects/empty") + text(site, "projects/empty/plan")
    for word in ("none named yet", "no budget yet", "No milestone is planned yet.", "No risk is written down yet."):
        assert word in page


def test_a_broken_plan_says_what_is_broken(site):
    page = text(site, "projects/broken-plan")
    assert "This plan cannot be read" in page
    assert "rules/DAT-01/" in page
    assert "projects/broken-plan/project.yaml:" in page


def test_the_first_page_names_a_plan_that_cannot_be_read(site):
    needs = text(site, "").split('<h2 id="attention">')[1].split("</section>")[0]
    assert 'projects/broken-plan/"' in needs
    assert "its plan cannot be read" in needs


def test_remarks_lead_to_their_rule(site):
    page = text(site, "projects/bike-shelter")
    assert "Ground is wet" in page
    assert 'href="../../rules/RSK-01/"' in page
    assert re.search(r"projects/bike-shelter/project\.yaml:\d+", page)


def test_a_rule_page_explains_itself(site):
    page = text(site, "rules/RSK-01")
    for word in ("Every high risk must have an owner.", "A risk nobody owns is a worry.", "has(item.owner)", "Nobody owns it",
                 "Ann owns it", "<mark>  - {id: R-001", "Bicycle shelter", "waivers/W-001.yaml", "feedback/F-001.yaml"):  # fmt: skip
        assert word in page


def test_a_standard_shows_its_requirements(site):
    page = text(site, "risk")
    assert "What may happen is written down." in page
    assert 'id="S-RISK.1"' in page
    assert 'href="../rules/RSK-01/"' in page


def test_macros_fill_in_figures(site):
    assert "There are 4 projects, and the desk is Amber." in text(site, "macros")


def test_a_dependency_on_a_restricted_project_does_not_name_it(site):
    page = whole(site, "bike-shelter")
    assert "a restricted project" in page
    assert '<a href="../../../projects/visitor-desk/">New visitor desk, Lyon</a>' in page


def test_restricted_projects_leave_only_counts(site):
    assert "1 restricted project is not listed: 1 amber." in text(site, "portfolio")
    portfolio = json.loads((site / "data" / "portfolio.json").read_text())
    assert portfolio["restricted"] == {"projects": 1, "colours": {"amber": 1}}
    for file in site.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert b"Northwind" not in data, file
            assert b"northwind" not in data, file
            assert "northwind" not in str(file)


@pytest.mark.parametrize("leak", [b"quiz-answer-42", b"draft-finding-77", b"plain-text-99", b"a" * 64])
def test_nothing_private_of_the_handbook_is_published(site, leak):
    assert [str(one) for one in site.rglob("*") if one.is_file() and leak in one.read_bytes()] == []


def test_only_markdown_and_what_is_declared_is_published(site):
    assert list(site.rglob("*.yaml")) == []
    assert (site / "assets" / "logo.svg").is_file()


def test_the_search_holds_one_entry_per_project(site):
    entries = json.loads((site / "search" / "search_index.json").read_text())["docs"]
    ours = [one for one in entries if one["location"].startswith("projects/visitor-desk/")]
    assert [one["title"] for one in ours] == ["New visitor desk, Lyon"]
    assert "visitor-desk" in ours[0]["text"]


def test_no_page_of_a_project_is_heavy(site):
    heavy = {one: one.stat().st_size for one in (site / "projects").rglob("index.html") if one.stat().st_size > 30_000}
    assert {one.parent.name for one in heavy} <= {"broken-plan"}


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.ids = [], set()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids.add(found.get("id"))
        for name in ("href", "src"):
            if found.get(name):
                self.links.append(found[name])


def test_every_link_leads_somewhere(site):
    pages = {}
    for file in site.rglob("*.html"):
        if file.name != "404.html":
            pages[file] = Links()
            pages[file].feed(file.read_text(encoding="utf-8"))
    dead = []
    for file, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or link.startswith(("javascript:", "mailto:")):
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (
                parts.fragment
                and "=" not in parts.fragment
                and target in pages
                and parts.fragment not in pages[target].ids
            ):
                dead.append((str(file.relative_to(site)), link))
    assert dead == []


def test_hostile_text_stands_as_text(site):
    page = whole(site, "hostile")
    assert "<script>window.hacked" not in page
    assert all("<img" not in one.split("</article>")[0] for one in page.split("<article")[1:])
    assert "{{ 7*7 }}" in page
    assert 'href="javascript:window' not in page
    assert governed.HOSTILE not in page


def test_whoever_comes_to_a_page_that_is_not_there_is_led_on(site):
    found = Links()
    found.feed((site / "404.html").read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0])
    assert [one for one in found.links if not (site / one.lstrip("/") / "index.html").is_file()] == []
    assert len(found.links) == 5
