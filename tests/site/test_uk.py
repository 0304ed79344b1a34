"""The UK's published list of major projects, where it is at hand: 244 projects can be filtered by department and rating."""

import csv
import json
import threading
from pathlib import Path

import pytest
from handrail.site import build

from tests.site import governed
from tests.site.conftest import serve

LIST = Path(__file__).resolve().parents[3] / "shared" / "data" / "gmpp" / "uk_2023.csv"

pytestmark = pytest.mark.browser


def plans(root):
    """One small plan per row, with its rating as a report; enough for the overview."""
    with LIST.open(encoding="cp1252", newline="") as stream:
        lines = list(csv.reader(stream, delimiter=";"))
    head, found = lines[0], []
    for i, line in enumerate(one for one in lines[1:] if len(one) >= len(head) // 2 and one[2].strip()):
        name, department = line[head.index("project_name")], line[head.index("department")]
        rating = next((one.lower() for one in line[6:8] if one.lower() in {"red", "amber", "green"}), None)
        ident = f"gmpp-{i:03d}"
        more = {"unit": json.dumps(department), "programme": "workplace"}
        governed.write(root, f"projects/{ident}/project.yaml", governed.small_plan(ident, json.dumps(name), **more))
        if rating:
            governed.write(root, f"projects/{ident}/reports/2026-11-30.md", governed.report("2026-11-30", rating))
        found.append((department, rating))
    return found


@pytest.mark.skipif(not LIST.is_file(), reason="THE UK LIST IS NOT HERE (../shared/data/gmpp/uk_2023.csv)")
def test_244_projects_can_be_filtered_by_department_and_rating(browser, tmp_path):
    governed.law(tmp_path)
    (tmp_path / "standards" / "macros.md").unlink()
    found = plans(tmp_path)
    assert len(found) == 244
    server = serve(build(tmp_path, tmp_path / "site").site_dir)
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/portfolio/")
    assert page.locator(".hr-filters output").inner_text() == "all 244"
    page.select_option("select[name=department]", "MOD")
    mine = [one for one in found if one[0] == "MOD"]
    assert page.locator(".hr-filters output").inner_text() == f"{len(mine)} of 244"
    page.select_option("select[name=colour]", "red")
    red = sum(one[1] == "red" for one in mine)
    assert page.locator("#projects tbody tr:visible").count() == red > 0
    page.close()
    threading.Thread(target=server.shutdown, daemon=True).start()
