"""The pages about all projects: one sentence, at most ten rows, then all; and the past as Git tells it."""

import json
import os
import re
import subprocess

import pytest
from handrail.render.frame import PORTFOLIO
from handrail.site import SiteError, build

from tests.site import governed
from tests.site.conftest import serve

PATHS = PORTFOLIO.paths


def text(site, path):
    return (site / "portfolio" / path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PATHS)
def test_each_page_begins_with_one_sentence_and_links_to_the_others(site, path):
    page = text(site, path)
    assert re.search(r'<p class="hr-lead"><strong>[^<]{10,}', page)
    assert page.count('aria-current="page"') == 1
    assert governed.SECRET not in page
    for table in re.findall(r"<table class=\"hr-table\".*?</table>", page.partition("hr-all")[0], re.DOTALL):
        assert path in {"", "strategy/", "downloads/"} or table.count("<tr") <= 11


def test_programmes_and_objectives_have_pages_for_both_readings(site):
    programme, objective = text(site, "strategy/programme-workplace"), text(site, "strategy/objective-obj-4")
    assert "Workplace 2028" in programme
    assert "Nobody waits" in objective
    for page in (programme, objective):
        assert "New visitor desk, Lyon" in page
        assert "Desk in use" in page


def test_decisions_asked_say_what_happens_if_not_and_lead_there(site):
    page = text(site, "decisions-asked")
    assert "Approve the new day" in page
    assert 'href="../../projects/visitor-desk/#reports"' in page


def test_an_unkept_need_is_told_before_the_graph(site):
    page = text(site, "dependencies")
    assert "28 days too late" in page
    assert page.index("28 days too late") < page.index("hr-drawing")
    assert "hr-d-conflict" in page


def test_risks_are_counted_in_the_matrix_and_listed(site):
    page = text(site, "risks")
    assert "Joiner fails" in page
    assert "hr-band-high" in page


def test_every_file_is_offered_for_download(site):
    offered = set(re.findall(r'href="../../data/([^"]+)"', text(site, "downloads")))
    data = site / "data"
    there = {one.relative_to(data).as_posix() for one in data.rglob("*") if one.is_file()}
    assert not {one for one in there - offered if "/" not in one}
    assert not offered - there
    assert {"returns.csv", "other_projects.json"} <= offered


def made(root, standards, *, pulls=None):
    governed.make(root)
    for path, words in standards.items():
        governed.write(root, f"standards/{path}", words)
    if pulls is not None:
        (root / "pulls.json").write_text(pulls, encoding="utf-8")
    return root


PAGE = "---\nrender_macros: true\n---\n# Charts\n\nSee:\n\n{}\n"


@pytest.mark.parametrize(
    ("macro", "said"),
    [
        ('chart("mta", project="atlas")', "There is no project `atlas` to show."),
        ('chart("mta", project="northwind")', "There is no project `northwind` to show."),
        ('chart("pie")', "There is no chart `pie`; there are: gantt, roadmap,"),
        ('chart("matrix", colour="red")', "The chart `matrix` knows no `colour`; it takes `project` and `programme`."),
        ('chart("bars", figure="luck")', "There is no figure `luck` for bars; there are: approved,"),
        ('chart("gantt")', "The chart `gantt` is about one project"),
        ('project("atlas", "end")', "There is no project `atlas` to show."),
    ],
)
def test_what_does_not_exist_stops_the_build_with_page_and_line(tmp_path, macro, said):
    root = made(tmp_path / "repo", {"charts.md": PAGE.format("{{ " + macro + " }}")})
    with pytest.raises(SiteError) as caught:
        build(root, tmp_path / "site")
    assert f"standards/charts.md:8: {said}" in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_the_first_page_asks_for_the_decisions_of_their_own_page(tmp_path):
    root = made(tmp_path / "repo", {})
    gate = "id: G-01\ngate: execute\nsubmitted_on: 2026-11-30\nsubmitted_by: j.okafor\nrecommendation: go\n"
    governed.write(root, "projects/visitor-desk/gates/G-01.yaml", gate)
    site = build(root, tmp_path / "site").site_dir
    home = (site / "index.html").read_text(encoding="utf-8")
    head = home[home.index('aria-labelledby="decisions"') : home.index('aria-labelledby="attention"')]
    first = re.compile(r'<tr.*?<td class="hr-text hr-wide">([^<]+)', re.DOTALL)
    own = first.findall(text(site, "decisions-asked").partition("hr-all")[0])
    assert "Gate execute: go" in own, "not only what reports ask for"
    assert first.findall(head) == own[:10]
    assert 'portfolio/decisions-asked/">All decisions asked</a>' in head


def test_a_plan_that_nobody_can_read_stops_no_page_of_the_handbook(tmp_path):
    macros = '{{ chart("mta", project="visitor-desk") }}\n\nIt ends on {{ project("visitor-desk", "end") }}.'
    root = made(tmp_path / "repo", {"charts.md": PAGE.format(macros)})
    governed.write(root, "projects/visitor-desk/project.yaml", "id: [")
    page = (build(root, tmp_path / "site").site_dir / "charts" / "index.html").read_text(encoding="utf-8")
    assert 'the plan of <a href="../projects/visitor-desk/">visitor-desk</a> cannot be read.' in page
    assert "It ends on not known (the plan cannot be read)." in page


def test_every_chart_stands_on_a_handbook_page(tmp_path):
    calls = [
        'chart("gantt", project="visitor-desk")', 'chart("roadmap")', 'chart("roadmap", programme="workplace")', 'chart("s-curve")',
        'chart("s-curve", project="visitor-desk")', 'chart("mta")', 'chart("mta", project="visitor-desk")', 'chart("matrix", project="visitor-desk")',
        'chart("heat-map")', 'chart("history")', 'chart("bars", figure="slip")', 'chart("bubble")', 'chart("dependencies")',
    ]  # fmt: skip
    root = made(tmp_path / "repo", {"charts.md": PAGE.format("\n\n".join("{{ " + one + " }}" for one in calls))})
    page = (build(root, tmp_path / "site").site_dir / "charts" / "index.html").read_text(encoding="utf-8")
    assert page.count('class="hr hr-list"') == len(calls)
    assert page.count("<figure") == page.count("</figure>") == len(calls)
    assert 'href="../projects/visitor-desk/"' in page
    assert governed.SECRET not in page
    assert "<script>window.hacked" not in page


def test_open_pull_requests_come_from_ci_and_cannot_do_anything(tmp_path):
    pulls = [
        {"number": 7, "title": governed.HOSTILE, "author": {"login": "j.okafor"}, "createdAt": "2026-11-01T10:00:00Z", "url": "javascript:alert(1)", "reviewDecision": "REVIEW_REQUIRED"},
        {"iid": 8, "title": None, "author": 3, "created_at": "never"}, "nonsense",
    ]  # fmt: skip
    root = made(tmp_path / "repo", {}, pulls=json.dumps(pulls))
    page = text(build(root, tmp_path / "site").site_dir, "desk")
    assert "2 pull requests open" in page
    assert "33 days old" in page
    assert "review required" in page
    assert "<script>window" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("pulls", ["{", "{}", "[[[[", ""])
def test_a_strange_list_of_pull_requests_is_none(tmp_path, pulls):
    root = made(tmp_path / "repo", {}, pulls=pulls)
    assert "Which pull requests are open is not known here" in text(build(root, tmp_path / "site").site_dir, "desk")


def git(root, *words, day=None):
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    if day:
        env |= {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=root, env=env, check=True, capture_output=True)


def test_the_past_is_read_from_git(tmp_path):
    root = governed.make(tmp_path / "repo")
    plan = root / "projects" / "visitor-desk" / "project.yaml"
    now = plan.read_text(encoding="utf-8")
    plan.write_text(now.replace("forecast: 2027-02-22", "forecast: 2027-02-01").replace("forecast: 50400", "forecast: 48000"), encoding="utf-8")  # fmt: skip
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Before", day="2026-10-20")
    plan.write_text(now, encoding="utf-8")
    git(root, "commit", "-qam", "The forecast moved", day="2026-12-02")
    site = build(root, tmp_path / "site").site_dir
    changed = text(site, "changes")
    assert "Taken from the history of the repository" in changed
    assert "The expected cost moved from 48,000 EUR to 50,400 EUR" in changed
    trend = text(site, "trend")
    assert "Desk opens" in trend
    assert "1 Feb 2027" in trend  # first expected
    assert "+21 d" in trend
    assert "22 Feb 2027" in trend


@pytest.mark.browser
def test_a_filter_in_the_address_opens_its_list(tmp_path, browser):
    root = governed.make(tmp_path / "repo")
    rows = "".join(
        f"  - {{id: A-{i:03}, what: Step {i}, owner: {'s.lambert' if i % 2 else 'j.okafor'}, due: 2026-12-20}}\n"
        for i in range(12)
    )
    governed.write(root, "projects/visitor-desk/actions.yaml", f"actions:\n{rows}")
    server = serve(build(root, tmp_path / "site").site_dir)
    page = browser.new_page()
    try:
        address = f"http://127.0.0.1:{server.server_port}/portfolio/actions/"
        page.goto(address)
        assert not page.locator("details:has(#all-actions)").evaluate("one => one.open")
        page.goto(f"{address}#actions.who=s.lambert&people.text=kept")
        page.reload()
        assert page.locator("details:has(#all-actions)").evaluate("one => one.open")
        shown = page.locator("#all-actions tbody tr:visible")
        assert shown.count() == 6
        page.locator('form[data-hr-filter="all-actions"] input').fill("Step 11")
        assert shown.count() == 1
        assert "actions.text=Step+11" in page.url
        assert "people.text=kept" in page.url  # what another list of the page was told
    finally:
        page.close()
        server.shutdown()


def test_everything_is_there_without_javascript(tmp_path):
    root = governed.make(tmp_path / "repo")
    rows = "".join(
        f"  - {{id: A-{i:03}, what: Step {i} of many, owner: s.lambert, due: 2026-12-20}}\n" for i in range(30)
    )
    governed.write(root, "projects/visitor-desk/actions.yaml", f"actions:\n{rows}")
    page = text(build(root, tmp_path / "site").site_dir, "actions")
    assert all(f"Step {i} of many" in page for i in range(30))
    top = page[: page.index("hr-all")]
    assert sum(f"Step {i} of many" in top for i in range(30)) <= 10
