"""Every chart with nothing, one item and a thousand, in a real Chromium: said in words, of bounded height, no name over another."""

import pytest

from tests.site import chart_sheet
from tests.site.conftest import serve

pytestmark = pytest.mark.browser
TALLEST = 4000
"""Pixels of a chart on a desktop; sixty lanes of a roadmap fit, a hundred do not."""
OVER_EACH_OTHER = """() => [...document.querySelectorAll('[data-chart] svg')].flatMap(svg => {
  const texts = [...svg.querySelectorAll('text')].map(one => [one.textContent, one.getBBox()]), found = [];
  const name = svg.closest('[data-chart]').dataset.chart, view = svg.viewBox.baseVal;
  texts.forEach(([a, p], i) => {
    if (p.x < -1 || p.x + p.width > view.width + 1 || p.y + p.height > view.height + 3) found.push(`${name}: "${a}" is cut off`);
    texts.slice(i + 1).forEach(([b, q]) => {
      const across = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x);
      const down = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
      if (across > 1 && down > 3) found.push(`${name}: "${a}" and "${b}"`);
    });
  });
  return found;
})"""
PARTS = """() => [...document.querySelectorAll('[data-chart]')].map(one => ({
  name: one.dataset.chart, height: one.getBoundingClientRect().height, words: one.textContent.replace(one.dataset.chart, '').trim(),
  caption: [...one.querySelectorAll('figcaption')].every(each => each.textContent.trim().length > 10),
  drawn: one.querySelectorAll('svg').length, tables: one.querySelectorAll('table').length,
}))"""


@pytest.fixture(scope="module")
def sheet(repository, site, tmp_path_factory):
    """Where the pages are served, and their paths by the number of items."""
    folder = tmp_path_factory.mktemp("charts") / "site"
    paths = chart_sheet.write(repository, site, folder)
    server = serve(folder)
    yield f"http://127.0.0.1:{server.server_port}/", paths
    server.shutdown()


@pytest.mark.parametrize("count", chart_sheet.COUNTS)
def test_every_chart_is_legible(sheet, browser, count):
    address, paths = sheet
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address + paths[f"charts-{count}"])
    parts = page.evaluate(PARTS)
    assert len(parts) == 15
    for one in parts:
        assert one["words"], one
        assert one["caption"], one
        assert one["height"] < TALLEST, one
        assert not one["drawn"] or one["tables"], one  # what is drawn also stands in a table
    assert not page.evaluate(OVER_EACH_OTHER)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_thousand_are_drawn_and_a_single_one_too(sheet, browser):
    """The sheet shows charts, not only sentences about them: else nothing above could fail."""
    address, paths = sheet
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    drawn = {}
    for count in chart_sheet.COUNTS:
        page.goto(address + paths[f"charts-{count}"])
        drawn[count] = page.evaluate("document.querySelectorAll('[data-chart] svg').length")
    context.close()
    assert drawn == {0: 0, 1: 5, 1000: 6}
