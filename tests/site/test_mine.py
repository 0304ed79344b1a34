"""A person's own page and the page of reviews: what CI hands in is shown in words, and can do nothing."""

import json
import re
from base64 import b64encode

import pytest
from handrail.mkdocs_run import SiteError
from handrail.site import build

from tests.site import governed
from tests.site.conftest import serve

HOST = "https://git.example/pmo/plans"


def brief(verdict, **more):
    """The line that the gate's comment carries."""
    return f"<!-- handrail: brief {b64encode(json.dumps({'verdict': verdict, 'restricted': False, **more}).encode()).decode()} -->"


PULLS = [
    {"number": 7, "title": "Later <b>", "author": "J.Okafor", "url": f"{HOST}/pull/7", "opened": "2026-12-03T10:00:00Z", "waits_for": "review",
     "brief": brief("1 thing to mend before merging", stops=True, mend=["<i>The desk</i> was moved."], projects=["visitor-desk"])},
    {"number": 5, "title": "Monthly update", "author": "j.okafor", "url": "https://elsewhere.example.org/5", "opened": "2026-11-03T10:00:00Z",
     "waits_for": "c.moreau", "brief": brief("Nothing stands in the way", stops=False, projects=["visitor-desk"])},
    {"number": 6, "title": "More money", "author": "p.nowak", "opened": "2026-12-01", "waits_for": "review",
     "brief": brief("Nothing to mend; 1 decision still open", stops=False, waits=["c.moreau (sponsor)"], projects=["visitor-desk"])},
    {"number": 8, "title": "Nobody judged this", "author": "p.nowak", "opened": "2026-12-01", "waits_for": "review", "brief": "<!-- handrail: brief !!!! -->"},
    {"number": 9, "title": governed.SECRET, "author": "j.okafor", "opened": "2026-12-01", "waits_for": "review",
     "brief": brief("x", stops=True, mend=[governed.SECRET], projects=["northwind"])},
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = governed.make(tmp_path_factory.mktemp("mine"))
    (root / "pulls.json").write_text(json.dumps(PULLS), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def made(root, tmp_path_factory):
    return build(root, tmp_path_factory.mktemp("mine-site")).site_dir


@pytest.fixture(scope="module")
def place(made):
    server = serve(made)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def text(site, path):
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_reviews_come_in_the_order_in_which_a_reviewer_can_act(made):
    page = text(made, "portfolio/reviews")
    places = [
        page.index(words)
        for words in ("Monthly update", "More money", "Later &lt;b&gt;", "A change that is not judged yet")
    ]
    assert places == sorted(places)
    assert "5 changes open: 1 to review, 1 to decide, 2 to mend and 1 not judged yet." in page
    assert "c.moreau (sponsor)" in page
    assert "&lt;i&gt;The desk&lt;/i&gt; was moved." in page


def test_only_links_to_the_own_host_are_links(made):
    page = text(made, "portfolio/reviews")
    assert f'href="{HOST}/pull/7"' in page
    assert "elsewhere.example.org" not in page


def test_a_change_to_a_hidden_project_is_only_counted(made):
    for path in ("portfolio/reviews", "portfolio/desk", "edit/mine/j.okafor", "edit/mine"):
        assert governed.SECRET not in text(made, path)
    assert "A change to a restricted project" in text(made, "portfolio/reviews")


def test_a_person_sees_projects_changes_and_what_is_due(made):
    page = text(made, "edit/mine/j.okafor")
    assert "New visitor desk, Lyon" in page
    assert 'href="../../../edit/report/?project=visitor-desk"' in page
    assert page.count("#7 by J.Okafor") == page.count("#5 by j.okafor") == 1
    assert "More money" not in page, "somebody else's change"
    assert "Second offer" in page
    assert "1 change to mend" in page


def test_a_sponsor_has_no_forms_to_fill(made):
    page = text(made, "edit/mine/c.moreau")
    assert "New visitor desk, Lyon" in page
    assert "?project=" not in page


def test_readers_outside_the_organisation_see_neither(tmp_path):
    root = governed.make(tmp_path / "public")
    (root / "standards" / "macros.md").unlink()  # it shows a figure of a project that is hidden now
    settings = root / "standards" / "handrail.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "audience: public\n", encoding="utf-8")
    (root / "pulls.json").write_text(json.dumps(PULLS), encoding="utf-8")
    site = build(root, tmp_path / "site").site_dir
    assert not (site / "edit" / "mine").exists()
    assert "Monthly update" not in text(site, "portfolio/reviews")


def test_the_update_of_my_project_is_two_clicks_from_any_page(browser, place):
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(place + "edit/mine/")
    page.get_by_role("link", name="j.okafor", exact=True).click()
    page.get_by_role("heading", name="Projects of j.okafor").wait_for()
    # the page is there before its script: on a busy machine a visitor can leave before anything is remembered
    page.wait_for_function("localStorage.getItem('handrail.person') === 'j.okafor'")
    page.goto(place + "rules/")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("link", name="My projects").first.click()
    page.get_by_text("Last time you looked at j.okafor.").wait_for()
    page.get_by_role("link", name="j.okafor", exact=True).first.click()
    page.get_by_role("region", name="New visitor desk, Lyon").get_by_role("link", name="Update a project").first.click()
    page.locator("#hr-form[data-ready]").wait_for()
    assert "project=visitor-desk" in page.url
    page.context.close()


def test_names_come_from_the_surroundings_and_logins_from_the_directory(root, tmp_path, monkeypatch):
    people = root / "standards" / "people" / "people.yaml"
    before = people.read_text(encoding="utf-8")
    try:
        people.write_text(before.replace("{id: j.okafor,", "{id: j.okafor, host: {github: jude-o},"), encoding="utf-8")
        (root / "pulls.json").write_text(json.dumps([PULLS[1] | {"author": "Jude-O"}]), encoding="utf-8")
        monkeypatch.setenv("HANDRAIL_PEOPLE", "j.okafor: {name: Jude <b> Okafor, mail: j@example.org}")
        site = build(root, tmp_path / "named").site_dir
    finally:
        people.write_text(before, encoding="utf-8")
        (root / "pulls.json").write_text(json.dumps(PULLS), encoding="utf-8")
    page = text(site, "edit/mine/j.okafor")
    assert "Projects of Jude &lt;b&gt; Okafor (j.okafor)" in page
    assert "Monthly update" in page
    assert not [one for one in site.rglob("*") if one.is_file() and b"j@example.org" in one.read_bytes()], (
        "mail is for reminders"
    )


def test_names_that_cannot_be_read_stop_the_build_without_showing_them(root, tmp_path, monkeypatch):
    monkeypatch.setenv("HANDRAIL_PEOPLE", "j.okafor: [hush-42]\n")
    with pytest.raises(SiteError, match="something other than a name") as caught:
        build(root, tmp_path / "none")
    assert "hush-42" not in str(caught.value)


def test_somebody_with_very_many_projects_has_a_page_that_can_be_read(tmp_path):
    root = governed.make(tmp_path / "many")
    for number in range(60):
        governed.write(
            root, f"projects/p-{number}/project.yaml", governed.small_plan(f"p-{number}", f"Project {number}")
        )
    page = text(build(root, tmp_path / "site").site_dir, "edit/mine/j.okafor")
    cards, shown = page.count("hr-mine__one"), len(set(re.findall(r"projects/(p-[0-9]+)/", page)))
    assert (cards, shown) == (24, 60)
    assert "more are due; <code>handrail remind --for j.okafor</code> lists them all" in page
