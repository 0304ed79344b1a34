"""The handbook's first update, walked as its page says it: each step can be taken, and each picture on the page is of it."""

import re
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

import pytest
from handrail.site import build

from tests.site import governed
from tests.site.conftest import serve

SCRIPT = governed.ROOT / "scripts" / "handbook-pictures"
PAGE = governed.ROOT / "standards" / "how-to" / "first-update.md"


@pytest.fixture(scope="module")
def pictures():
    """The script that takes the pictures, as a module."""
    spec = spec_from_loader("handbook_pictures", SourceFileLoader("handbook_pictures", str(SCRIPT)))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


@pytest.mark.browser
def test_each_step_can_be_taken_and_has_its_picture(pictures, browser, tmp_path):
    root = pictures.sample(tmp_path)
    server = serve(build(root, tmp_path / "site", strict=False).site_dir)
    taken = tmp_path / "pictures"
    taken.mkdir()
    page = browser.new_context().new_page()
    pictures.walk(page, f"http://127.0.0.1:{server.server_port}/", taken)
    handed = page.locator("#result").locator("xpath=..").inner_text()
    assert "projects/visitor-desk/reports/" in handed
    assert "projects/visitor-desk/project.yaml" in handed
    shown = page.inner_text("#handrail")
    pictures.elsewhere(page, root, taken)
    text = PAGE.read_text(encoding="utf-8")
    assert {one.name for one in taken.iterdir()} == set(re.findall(r"\((?:\.\./assets/)(first-update-[^)]+)\)", text))
    for said in ("Edit a plan", "Monthly update", "Make the text", "Hand it in on the host", "Copy", "Save as a file"):
        assert said in text
    for button in ("Hand it in on the host", "Copy", "Save as a file"):
        assert button in shown
    page.context.close()
    server.shutdown()
