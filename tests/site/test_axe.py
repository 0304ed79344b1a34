"""axe-core finds nothing serious on any kind of page, in both palettes."""

from importlib import resources

import pytest
from handrail.render.assurance.frame import STRIP as ASSURANCE
from handrail.render.learning.frame import STRIP as LEARNING
from handrail.render.portfolio.strip import STRIP

pytestmark = pytest.mark.browser

KINDS = ["", "portfolio/", "projects/visitor-desk/", "projects/empty/", "projects/broken-plan/", "rules/", "rules/RSK-01/", "rules/interface/",
         "assurance/", "edit/", "edit/report/", "risk/",
         *(f"learning/{href}" for _, links in LEARNING for _, href in links),
         *(f"assurance/{href}" for _, links in ASSURANCE for _, href in links if href),
         *(f"portfolio/{href}" for _, links in STRIP for _, href in links if href), "portfolio/strategy/programme-workplace/",
         "portfolio/strategy/objective-obj-4/"]  # fmt: skip


@pytest.fixture(scope="session")
def axe():
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_no_serious_violation(open_page, axe, path, scheme):
    page = open_page(path, scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == (
        "slate" if scheme == "dark" else "default"
    )
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(r => r.violations)")
    bad = [
        (one["id"], [node["target"] for node in one["nodes"][:3]])
        for one in found if one["impact"] in {"serious", "critical"}
    ]  # fmt: skip
    assert bad == []
