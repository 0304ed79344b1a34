"""Every kind of page in a real Chromium, in a site with a project that is bad in every text: one visit, all checks.

Light and dark; wide and on a phone; nothing executes, nothing is asked of elsewhere, axe-core finds nothing serious, and
without JavaScript nothing is missing.
"""

from importlib import resources

import pytest

from tests.site import hostile
from tests.site.kinds import kinds

pytestmark = pytest.mark.browser
SHARES = 4
"""Into so many the longest visit is parted, so that two processes share it."""
GRAVE = """axe.run(document, RUN).then(found => found.violations.filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.target.join(" ")).join(", ")))"""
ALL = GRAVE.replace("RUN", "{resultTypes: ['violations']}")
COLOURS = GRAVE.replace(
    "RUN", "{resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}"
)


@pytest.fixture(scope="module")
def every(wild):
    root, address = wild
    return address, kinds(root)


def test_the_registries_name_every_kind(every):
    _, found = every
    paths = set(found.values())
    assert len(found) > 60
    for wanted in ("", "portfolio/", "portfolio/reviews/", "edit/mine/", "edit/report/", "assurance/compliance/", "rules/interface/",
                   "learning/", "projects/hostile-all/", "projects/hostile-all/risks/", "projects/broken-plan/"):  # fmt: skip
        assert wanted in paths


@pytest.mark.parametrize("share", range(SHARES))
def test_every_kind_is_harmless_accessible_and_fits_a_phone(every, browser, share):
    address, found = every
    axe = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    strays, errors, wrong = [], [], []

    def stopped(route):
        strays.append(route.request.url)
        route.abort()

    def closed(dialog):
        errors.append(dialog.message)
        dialog.dismiss()

    context.route(lambda url: not url.startswith(address), stopped)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", closed)
    for kind, path in list(found.items())[share::SHARES]:
        page.goto(address + path)
        page.wait_for_function("document.querySelector('.md-search__input')")
        page.add_style_tag(content="*, *::before, *::after { transition: none !important }")
        page.evaluate(axe)
        said = [f"light: {one}" for one in page.evaluate(ALL)]
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
        said += [f"dark: {one}" for one in page.evaluate(COLOURS)]
        page.set_viewport_size({"width": 390, "height": 844})
        width = page.evaluate("document.documentElement.scrollWidth")
        said += [f"{width} pixels wide on a phone"] if width > 390 else []
        said += ["a payload was executed"] if page.evaluate("window.hacked !== undefined") else []
        said += [f"error: {one}" for one in errors] + [f"asks elsewhere: {one}" for one in strays]
        wrong += [f"{kind} ({path}): {one}" for one in said]
        errors.clear()
        strays.clear()
        page.set_viewport_size({"width": 1280, "height": 800})
    context.close()
    assert not wrong, "\n".join(wrong)


def test_every_kind_is_whole_without_javascript(every, browser):
    address, found = every
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    wrong = []
    for kind, path in found.items():
        page.goto(address + path)
        if not page.locator("h1:visible").count():
            wrong.append(f"{kind}: no heading")
        # what only a script can do is not shown at all; everything else is
        hidden = page.locator(
            "article [hidden]:not(form):not([data-hr-again]):not(form *):not([data-hr-script])"
        ).count()
        if hidden:
            wrong.append(f"{kind} ({path}): {hidden} parts stay hidden")
    context.close()
    assert not wrong, "\n".join(wrong)


def test_what_is_bad_stands_as_text(wild, browser):
    _, address = wild
    page = browser.new_page()
    page.goto(f"{address}projects/{hostile.PROJECT}/")
    assert hostile.BAD[:60] in page.locator("h1").first.inner_text()
    page.goto(f"{address}projects/{hostile.PROJECT}/registers/")
    assert page.locator("article").inner_text().count("{{ 7*7 }}") > 5
    assert page.locator("article img, article script").count() == 0
    page.close()


def test_what_is_bad_is_found_as_text(wild, browser):
    _, address = wild
    page = browser.new_page()
    page.goto(address)
    page.click(".md-search__input")
    page.locator(".md-search__input").press_sequentially("window onload amp lt")
    hit = page.locator(f".md-search-result__link[href*='projects/{hostile.PROJECT}']").first
    hit.wait_for()
    assert hostile.BAD[:60] in hit.locator("h1").inner_text()
    assert hit.locator("mark").count() >= 2
    assert hit.locator("img, script, svg").count() == 0
    assert page.evaluate("window.hacked") is None
    page.close()


def test_a_table_opened_in_excel_computes_nothing(wild, browser):
    _, address = wild
    table = browser.new_context().request.get(f"{address}data/projects/{hostile.PROJECT}/actions.csv").text()
    assert "cmd|" in table
    cells = [cell.lstrip('"') for line in table.splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+cmd", "@"))]
