"""The pages of one project: few where little is written, one for each part where much is, and every old address leads on."""

import re
from datetime import date

import pytest
from handrail.render.project import leaves, pages_of
from handrail.render.project.chapters import CHAPTERS
from handrail.render.view import site_of
from handrail.run import run

from tests.site import governed

DAY = date(2026, 12, 4)
WIDE = "Concrete and cables, laid before the frost comes, accepted by the depot and by the fire brigade"


def big(risks=120, tasks=450):
    rows = "".join(
        f"  - {{id: R-{i:03}, title: '{WIDE} {i}', probability: {i % 5 + 1}, impact: {i % 5 + 1}, owner: j.okafor, due: 2026-12-20}}\n"
        for i in range(1, risks + 1)
    )
    work = "".join(
        f"  - {{id: T{i}, name: '{WIDE} {i}', duration: 2d, planned_start: 2026-10-05, planned_finish: 2026-12-05}}\n"
        for i in range(tasks)
    )
    return f"risks:\n{rows}tasks:\n{work}"


def pages(tmp_path, name):
    result = run(tmp_path, today=DAY, as_of=DAY)
    judged = result.judgement
    site = site_of(result.portfolio, result.remarks, judged.rules, judged.settings)
    return {each.path: each for each in pages_of(site, next(one for one in site.projects if one.id == name))}


@pytest.fixture
def root(tmp_path):
    governed.law(tmp_path)
    return tmp_path


def test_a_short_plan_has_one_page_beyond_its_status(root):
    governed.write(root, "projects/tiny/project.yaml", "id: tiny\nname: Tiny\ntier: small\nphase: initiation\n")
    found = pages(root, "tiny")
    assert list(found) == ["projects/tiny/", "projects/tiny/plan/"]
    first, rest = found.values()
    assert 'href="../../projects/tiny/plan/#money" id="money"' in first.body_html
    assert '<h2 id="money">' in rest.body_html
    assert rest.search_text == ""


def test_a_long_plan_has_a_page_for_each_part_and_nothing_is_lost(root):
    plan = governed.small_plan("vast", "Vast", tier="large")
    governed.write(root, "projects/vast/project.yaml", plan[: plan.index("risks:")] + big())
    found = pages(root, "vast")
    text = "".join(each.body_html for each in found.values())
    for i in range(1, 121):
        assert text.count(f'id="r-R-{i:03}"') == 1
    assert all(text.count(f'scope="row">T{i} {WIDE}') == 1 for i in range(450))
    assert max(len(each.body_html.encode()) for each in found.values()) < 30_000 - 11_500
    keys = [path.split("/")[2] for path in found][1:]
    assert keys[:2] == ["schedule", "schedule-2"]
    assert "risks-2" in keys
    assert "schedule-2/" not in found["projects/vast/"].body_html
    assert '<strong aria-current="page">2</strong>' in found["projects/vast/schedule-2/"].body_html
    for one in CHAPTERS:
        if one.key in keys:
            assert f'href="../../projects/vast/{one.key}/" id="{one.key}"' in found["projects/vast/"].body_html
    for path, each in found.items():
        for name in re.findall(r'href="#([^"]+)"', each.body_html):
            assert f'id="{name}"' in each.body_html, (path, name)
        assert len(re.findall(r' id="([^"]+)"', each.body_html)) == len(
            set(re.findall(r' id="([^"]+)"', each.body_html))
        )


def test_what_is_too_long_for_the_first_page_goes_on_elsewhere(root):
    many = "".join(
        f"  - {{id: D{i}, name: Part {i} of the whole, accepted_when: It works, planned: 2027-02-01}}\n"
        for i in range(30)
    )
    risks = "".join(f"  - {{id: R-{i:03}, title: Wind {i}, probability: 5, impact: 5}}\n" for i in range(30))
    governed.write(
        root, "projects/long/project.yaml",
        f"id: long\nname: Long\ntier: small\nphase: execution\nstate: active\ndeliverables:\n{many}risks:\n{risks}",
    )  # fmt: skip
    found = pages(root, "long")
    first = found["projects/long/"].body_html
    assert "All 30 deliverables" in first
    assert "Part 29 of the whole" not in first
    assert "Part 29 of the whole" in found["projects/long/deliverables/"].body_html
    assert first.count("hr-remark__message") == 6
    every = "".join(each.body_html for path, each in found.items() if "/remarks" in path)
    assert "Risk &#34;Wind 29&#34; has no owner." in every
    assert "Risk &#34;Wind 29&#34; has no owner." in first


def test_room_is_less_than_a_page_may_weigh():
    assert leaves.ROOM + 12_000 < 30_000
