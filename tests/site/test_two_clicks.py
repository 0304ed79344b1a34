"""From the first page to an answer in at most two clicks: the questions that people come with, each as they would click."""

import re

import pytest

pytestmark = pytest.mark.browser


def card(page, who, link):
    page.locator(".hr-card", has=page.get_by_role("heading", name=who, exact=True)).get_by_role(
        "link", name=link, exact=True
    ).click()


def tab(page, name):
    page.locator("nav.md-tabs").get_by_role("link", name=name, exact=True).click()


def strip(page, name):
    page.locator("nav.hr-pages").get_by_role("link", name=name, exact=True).click()


def heading(page):
    return page.locator("h1:visible").first.inner_text()


def test_a_manager_in_the_first_week_asks_what_to_do(wild_home):
    page = wild_home()
    card(page, "I manage a project", "First week")
    assert heading(page) == "The first week"
    page = wild_home()
    card(page, "I manage a project", "My projects")
    assert heading(page) == "My projects"


def test_a_manager_updates_the_status(wild_home):
    page = wild_home()
    page.locator(".hr-edit-link").click()
    page.get_by_role("link", name=re.compile("update", re.IGNORECASE)).first.click()
    assert "edit/" in page.url
    page.locator("form:visible, article:visible").first.wait_for()  # the script of the page draws it


def test_a_manager_asks_why_the_check_is_red_and_finds_an_example_to_copy(wild_home):
    page = wild_home("rules/RSK-01/")  # the link in the gate's comment
    assert "Every high risk has an owner" in heading(page)
    assert page.locator(".hr-example", has_text="Ann owns it").is_visible()
    assert page.locator(".hr-example--fires mark").first.is_visible()


def test_a_reviewer_asks_what_to_look_at(wild_home):
    page = wild_home()
    card(page, "I review", "Reviews")
    assert heading(page) == "Reviews"


def test_the_pmo_asks_who_has_not_reported(wild_home):
    page = wild_home()
    tab(page, "Assurance")
    strip(page, "Data quality")
    assert heading(page) == "Data quality"
    assert page.locator("article").get_by_role("link", name="Bicycle shelter").count()


def test_an_executive_asks_what_needs_a_decision_and_opens_the_project(wild_home):
    page = wild_home()
    card(page, "I decide", "Decisions asked")
    page.locator("article table").get_by_role("link", name="New visitor desk, Lyon").first.click()
    assert heading(page) == "New visitor desk, Lyon"


def test_an_executive_asks_what_got_worse(wild_home):
    page = wild_home()
    tab(page, "Portfolio")
    strip(page, "What changed")
    assert heading(page) == "What changed"


def test_an_auditor_asks_whether_a_control_is_applied_to_all(wild_home):
    page = wild_home()
    tab(page, "Assurance")
    strip(page, "Compliance matrix")
    row = page.locator("article tbody tr", has=page.get_by_role("link", name="RSK-01"))
    row.first.wait_for()
    assert heading(page) == "Compliance matrix"


def test_an_auditor_asks_who_approved_a_gate(wild_home):
    page = wild_home()
    tab(page, "Assurance")
    strip(page, "Gate evidence")
    assert heading(page) == "Gate evidence"
    assert page.locator("article").get_by_role("link", name="New visitor desk, Lyon").count()


def test_anybody_opens_a_part_of_a_project_and_an_old_address_still_leads_there(wild_home):
    page = wild_home("projects/visitor-desk/")
    strip(page, "Money")
    assert page.locator("#money").is_visible()
    money = page.url
    page = wild_home("projects/visitor-desk/#money")
    page.wait_for_url(money)
    assert page.locator("h2#money").is_visible()


@pytest.fixture
def wild_home(browser, wild):
    """Opens a page of the site, the first one if none is named."""
    _, address = wild
    contexts = []

    def opened(path=""):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 800}))
        page = contexts[-1].new_page()
        page.set_default_timeout(8000)
        page.goto(address + path)
        return page

    yield opened
    for one in contexts:
        one.close()
