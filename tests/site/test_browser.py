"""The site in a real Chromium: with and without JavaScript, wide and narrow, on screen and on paper."""

import re

import pytest

pytestmark = pytest.mark.browser


def visible(page):
    return page.locator("#projects tbody tr:visible th").all_inner_texts()


def test_filters_narrow_the_table_and_say_how_many_are_left(open_page):
    page = open_page("portfolio/")
    assert page.locator(".hr-filters output").inner_text() == "all 4"
    page.select_option("select[name=department]", "Depots")
    assert [one.split("\n")[0] for one in visible(page)] == ["Bicycle shelter"]
    assert page.locator(".hr-filters output").inner_text() == "1 of 4"
    page.click("text=Show all")
    assert page.locator(".hr-filters output").inner_text() == "all 4"
    page.fill("input[name=text]", "visitor okafor")
    assert len(visible(page)) == 1
    assert page.errors == []


def test_a_view_stands_in_the_address(open_page, address):
    page = open_page("portfolio/#colour=amber&sort=-0")
    assert page.locator("select[name=colour]").input_value() == "amber"
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Project")
    page.select_option("select[name=colour]", "")
    page.fill("input[name=text]", "desk")
    page.wait_for_url(re.compile("text=desk"))
    again = open_page(page.url.removeprefix(address))
    assert again.locator("input[name=text]").input_value() == "desk"


def test_headings_sort_by_value_not_by_text(open_page):
    page = open_page("portfolio/")
    page.click("#projects thead button:has-text('Slip')")
    page.click("#projects thead button:has-text('Slip')")
    slips = [one for one in page.locator("#projects tbody tr td:nth-child(7)").all_inner_texts() if one]
    numbers = [int(re.sub(r"[^\d-]", "", one)) for one in slips]
    assert numbers == sorted(numbers, reverse=True)
    assert page.locator("#projects th[aria-sort=descending]").count() == 1


def test_a_table_wider_than_a_phone_is_a_list_there_and_a_table_again_when_there_is_room(open_page):
    page = open_page("portfolio/")
    assert page.locator(".hr-stacked").count() == 0
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_selector("#projects.hr-stacked")
    box = page.locator(".hr-scroll:has(> #projects)")
    assert box.evaluate("one => one.scrollWidth <= one.clientWidth")
    slip = page.locator("#projects tbody tr").first.locator("td[data-label='Slip']")
    assert slip.evaluate("one => getComputedStyle(one, '::before').content") == '"Slip"'
    # what there is to say of a value stands behind it, what is empty takes no room
    assert page.locator("#projects td .hr-sub").first.evaluate("one => getComputedStyle(one).display") == "inline"
    page.locator("#projects tbody td").first.evaluate("one => one.replaceChildren()")
    assert not page.locator("#projects tbody td").first.is_visible()
    # what is filtered away is not shown by it, and headings still sort
    page.fill("input[name=text]", "visitor okafor")
    assert len(visible(page)) == 1
    page.fill("input[name=text]", "")
    page.click("#projects thead button:has-text('Project')")
    assert page.locator("#projects th[aria-sort=ascending]").count() == 1
    page.set_viewport_size({"width": 1280, "height": 844})
    page.wait_for_selector("#projects:not(.hr-stacked)")
    assert page.errors == []


def test_a_written_table_that_a_phone_has_no_room_for_is_a_list_there_too(open_page):
    page = open_page("tables/")
    wide, squeezed, short = page.locator("article table").all()
    assert [one.get_attribute("class") for one in (wide, squeezed, short)] == [None, None, None]
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_selector("article table.hr-written")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert wide.evaluate("one => one.scrollWidth <= one.parentNode.clientWidth")
    cells = wide.locator("tbody td").all()
    assert [one.get_attribute("data-label") for one in cells] == ["File", "What it is for", "enforce_at", "Writes"]
    told = [one.evaluate("one => getComputedStyle(one, '::before').content") for one in cells]
    assert told == ["none", '"What it is for"', '"enforce_at"', '"Writes"']
    assert {one.evaluate("one => getComputedStyle(one).textAlign") for one in cells} == {"left"}
    assert "hr-stacked" in squeezed.get_attribute("class")
    assert short.get_attribute("class") is None
    page.set_viewport_size({"width": 1280, "height": 844})
    page.wait_for_selector("article table:not(.hr-written)")
    assert [one.get_attribute("class") for one in (wide, squeezed)] == [None, None]
    assert page.errors == []


def test_on_a_phone_lines_take_half_of_the_screen_and_names_the_rest(open_page):
    page = open_page("portfolio/trend/", width=390)
    for sheet in page.locator(".hr-from-end").all():
        names, left, width = sheet.evaluate(
            "one => [one.querySelector('text.hr-d-name').getBoundingClientRect().left,"
            " one.getBoundingClientRect().left, one.clientWidth]"
        )
        assert names - left >= width / 2 - 2
        assert names - left < width


def test_a_name_and_its_figures_stay_a_table_on_a_phone(open_page):
    page = open_page("edit/mine/", width=390)
    assert page.locator(".hr-scroll--slim .hr-table tbody tr").count() == 2
    assert page.locator(".hr-stacked").count() == 0


def test_everything_can_be_read_without_javascript(open_page):
    page = open_page("portfolio/", script=False)
    assert len(visible(page)) == 4
    assert not page.locator(".hr-filters").is_visible()
    page = open_page("projects/visitor-desk/", script=False)
    page.locator(".hr-parts").get_by_role("link", name="Schedule").click()
    assert page.locator(".hr-gantt tbody tr").count() == 3
    page.locator(".hr-parts").get_by_role("link", name="Risks").click()
    assert page.locator(".hr-matrix").is_visible()


def test_the_status_fits_one_screen(open_page):
    page = open_page("projects/visitor-desk/")
    box = page.locator(".hr-status").bounding_box()
    assert box["y"] + box["height"] <= 800


def printed(page, **more):
    """The number of sheets that a printer would give."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=True, **more)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("project", ["visitor-desk", "bike-shelter", "empty", "hostile", "hostile-all"])
def test_the_status_is_one_sheet_whatever_is_in_it(browser, wild, project):
    page = browser.new_page()
    page.goto(f"{wild[1]}projects/{project}/")
    assert printed(page) == 1
    page.close()


def test_paper_is_light_whatever_the_screen_is(open_page):
    page = open_page("projects/visitor-desk/", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.hr')).color") == "rgb(27, 39, 51)"
    page.set_viewport_size({"width": 703, "height": 1030})  # A4 less 12 mm on each side, in CSS pixels
    for part in ("delivery", "framework", "milestones", "due", "people", "benefits", "deliverables"):
        box = page.locator(f"#{part}").bounding_box()
        assert box["y"] + box["height"] <= 1005
        assert box["x"] + box["width"] <= 703


def test_on_paper_a_year_of_colours_stands_beside_the_name_and_not_upon_it(open_page):
    page = open_page("projects/visitor-desk/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4: what widths are asked of when it is printed
    year = '<ol class="hr-months">' + "<li><span class='hr-light'>●</span><span>D</span></li>" * 12 + "</ol>"
    page.locator(".hr-now").evaluate(
        """(one, year) => {
            one.querySelectorAll("ol").forEach(old => old.remove());
            one.insertAdjacentHTML("afterbegin", year);
            one.querySelector("p .hr-light").lastChild.textContent = "Cancelled";
            document.getElementById("status").textContent = "Ticket gates at the Dover ferry terminal";
        }""",
        year,
    )
    name, months = page.locator(".hr-head > div").first.bounding_box(), page.locator(".hr-months").bounding_box()
    assert name["x"] + name["width"] <= months["x"]


def test_registers_are_printed_whole(browser, wild):
    page = browser.new_page()
    page.goto(f"{wild[1]}projects/hostile-all/records/")
    page.emulate_media(media="print")
    assert page.locator(".hr-scroll").first.evaluate("one => getComputedStyle(one).overflow") == "visible"
    assert printed(page) >= 1
    page.close()


def test_the_palette_is_switched_and_kept(open_page):
    page = open_page("portfolio/")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    assert page.evaluate(scheme) == "default"
    light = page.evaluate("getComputedStyle(document.querySelector('.hr')).color")
    page.locator("label[title='Switch to dark']").click()
    assert page.evaluate(scheme) == "slate"
    assert page.evaluate("getComputedStyle(document.querySelector('.hr')).color") != light
    page.reload()
    assert page.evaluate(scheme) == "slate"
    page.locator("label[title='Switch to light']").click()
    assert page.evaluate(scheme) == "default"


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def until(page, text, key="Tab", most=60):
    """Press a key until the focus is on something with that text."""
    for _ in range(most):
        page.keyboard.press(key)
        if focused(page) == text:
            return True
    return False


def test_everything_can_be_reached_with_the_keyboard_alone(open_page):
    page = open_page("")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    assert until(page, "Edit")
    assert until(page, "Portfolio")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("portfolio/$"))
    assert until(page, "Slip", most=120)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.locator("#projects th[aria-sort=ascending]").inner_text().startswith("Slip")
    assert until(page, "New visitor desk, Lyon", most=120)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("visitor-desk/$"))
    assert until(page, "Risks")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("visitor-desk/(risks/|plan/#risks)$"))
    assert page.locator(".hr-matrix").is_visible()


def test_the_search_finds_a_project(open_page):
    page = open_page("")
    page.wait_for_load_state("networkidle")
    page.click(".md-search__input")
    page.locator(".md-search__input").press_sequentially("visitor desk", delay=20)
    found = page.locator(".md-search-result__link[href*='projects/visitor-desk']").first
    found.wait_for(timeout=20000)
    found.click()
    page.wait_for_url(re.compile("projects/visitor-desk"))
    assert page.strays == []


def test_two_clicks_from_home_to_a_project_and_its_rule(open_page):
    page = open_page("")
    page.click("nav.md-tabs >> text=Portfolio")
    page.click("#projects >> text=Bicycle shelter")
    assert page.locator("h1:visible").first.inner_text() == "Bicycle shelter"
    assert page.locator(".md-tabs__item--active").inner_text().strip() == "Portfolio"


@pytest.mark.parametrize(
    ("card", "link", "heading"),
    [
        ("I decide", "Decisions asked", "Decisions asked"), ("I decide", "What changed", "What changed"),
        ("I decide", "By exception", "Portfolio by exception"), ("I review", "PMO desk", "PMO desk"),
    ],
)  # fmt: skip
def test_one_click_from_home_answers_the_question_of_a_monday(open_page, card, link, heading):
    page = open_page("")
    page.locator(".hr-card", has_text=card).get_by_role("link", name=link).click()
    assert page.locator("h1:visible").first.inner_text() == heading


@pytest.mark.parametrize(
    ("since", "heading"), [("Risks", "Risks"), ("Milestone trend", "Milestone trend"), ("Money", "Money")]
)
def test_two_clicks_lead_to_every_page_about_the_portfolio(open_page, since, heading):
    page = open_page("")
    page.click("nav.md-tabs >> text=Portfolio")
    page.locator("nav.hr-pages").get_by_role("link", name=since, exact=True).click()
    assert page.locator("h1:visible").first.inner_text() == heading


@pytest.mark.parametrize(
    "page_name", ["Compliance matrix", "Gate evidence", "Data quality", "Approvals log", "Merges past the gate"]
)
def test_two_clicks_lead_to_what_an_auditor_asks_for(open_page, page_name):
    page = open_page("")
    page.click("nav.md-tabs >> text=Assurance")
    page.locator("nav.hr-pages").get_by_role("link", name=page_name, exact=True).click()
    assert page_name.split()[0] in page.locator("h1:visible").first.inner_text()


def test_a_cell_of_the_matrix_opens_the_remark(open_page):
    page = open_page("assurance/compliance/")
    page.locator("td.hr-sq--open a[href$='bike-shelter/#remark-RSK-01']").click()
    page.wait_for_url(re.compile("bike-shelter/#remark-RSK-01"))
    assert page.locator("#remark-RSK-01").is_visible()
