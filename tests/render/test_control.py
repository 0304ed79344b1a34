"""Earned value, tasks, schedule quality and drift on the page of a project: there where they apply, and safe."""

from datetime import date

import pytest
from handrail.render.project import control, pages_of
from handrail.render.view import site_of
from handrail.run import run

from tests.site import governed

DAY = date(2026, 12, 4)
TASKS = (
    "tasks:\n"
    "  - {id: T1, name: Dig, duration: 20d, budget: 15000, planned_start: 2026-11-02, planned_finish: 2026-11-27,"
    " actual_start: 2026-11-02, percent: 50%, remaining: 10d}\n"
    f"  - {{id: T2, name: {governed.HOSTILE!r}, duration: 10d, budget: 30000, links: [{{task: T1}}]}}\n"
    "  - {id: T3, name: Paint, duration: 2d}\n"
)
BASELINE = (
    "id: BL-001\nmade_on: 2026-10-05\nvalues:\n  M1: {planned: 2026-10-05}\n  M4: {planned: 2027-03-15}\n"
    "  budget: {approved: 40000, currency: EUR}\n"
)
APPROVAL = "id: AP-001\ndecision: approve\nsubject: {kind: baseline, id: BL-001}\nby: c.moreau\nrole: sponsor\non: 2026-10-06\n"


@pytest.fixture
def site(tmp_path):
    """Makes the site of a few plans; each is the text that follows an ordinary medium plan, or replaces it."""

    def make(enforcement="rules: []\n", **plans):
        governed.law(tmp_path)
        governed.write(tmp_path, "standards/policy/enforcement.yaml", enforcement)
        for name, text in plans.items():
            governed.write(
                tmp_path, f"projects/{name}/project.yaml", governed.small_plan(name, name, tier="medium") + text
            )
            governed.write(tmp_path, f"projects/{name}/reports/2026-11-30.md", governed.report("2026-11-30", "green"))
        result = run(tmp_path, today=DAY, as_of=DAY)
        return site_of(result.portfolio, result.remarks, {}, {})

    return make


def one(site, name):
    return next(project for project in site.projects if project.id == name)


def blocks(site, name):
    project = one(site, name)
    return {each.anchor: each for each in (*control.schedule_of(site, project), *control.money_of(site, project))}


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_plan_with_tasks_shows_them_with_their_critical_path(site):
    found = blocks(site(dig=TASKS), "dig")
    tasks = found["tasks"]
    assert tasks.sentence.startswith("3 tasks, 0 done; 2 of those still to do are critical, and the network ends on ")
    assert [row[0] for row in cells(tasks.table)] == ["T1", "T2"]
    assert [row[0] for row in cells(tasks.more)] == ["T1", "T2", "T3"]
    assert [row[-1] for row in cells(tasks.more)][:2] == ["begun already", "T1"]


def test_the_fourteen_checks_say_figure_limit_and_verdict(site):
    quality = blocks(site(dig=TASKS), "dig")["schedule-quality"]
    rows = cells(quality.table)
    assert len(rows) == 14
    assert rows[0] == ["Missing logic", "100%", "at most 5%", "no", "T1, T2, T3"]
    bare = next(row for row in rows if row[0] == "Critical path length index")
    assert bare[3] in {"yes", "no", "not judged"}
    assert all(row[4] for row in rows if row[3] == "not judged")


def test_the_limits_are_those_of_the_policy(site):
    policy = "rules:\n  - {rule: SCH-01, params: {share: 7%}, tiers: {large: {share: 2%}}}\n  - {rule: SCH-04, params: {days: 9}}\n"
    rows = cells(blocks(site(policy, dig=TASKS), "dig")["schedule-quality"].table)
    assert rows[0][2] == "at most 7%"
    assert rows[7][4] == "T1, T2", "longer than nine days"


def test_earned_value_gives_a_sentence_figures_and_reasons(site):
    earned = blocks(site(dig=TASKS), "dig")["earned-value"]
    assert earned.sentence.startswith("On 30 Nov 2026 work worth ")
    rows = {row[0]: row[1:] for row in cells(earned.table)}
    assert list(rows) == [
        "Budget of the work", "Planned value", "Earned value", "Actual cost", "Forecast of the cost", "Pace", "Efficiency",
    ]  # fmt: skip
    assert rows["Budget of the work"][0] == "45,000 EUR"
    for value, what in rows.values():
        assert value
        assert what


def bodies(site, name):
    """All pages of a project."""
    return "".join(each.body_html for each in pages_of(site, one(site, name)))


def test_a_small_project_is_asked_for_none_of_it(site, tmp_path):
    governed.write(tmp_path, "projects/desk/project.yaml", governed.small_plan("desk", "Desk"))
    made = site(dig=TASKS)
    assert blocks(made, "desk") == {}
    assert "Earned value" not in bodies(made, "desk")


def test_drift_is_told_since_the_first_approved_plan(site, tmp_path):
    governed.write(tmp_path, "projects/dig/baselines/BL-001.yaml", BASELINE)
    governed.write(tmp_path, "projects/put-forward/baselines/BL-001.yaml", BASELINE)
    governed.write(tmp_path, "projects/dig/approvals/AP-001.yaml", APPROVAL)
    made = site(dig=TASKS, **{"put-forward": TASKS})
    assert "drift" not in blocks(made, "put-forward")
    drift = blocks(made, "dig")["drift"]
    assert drift.sentence == "The plan has moved by 26 points since it was first approved. What moved: cost."
    assert [row[:2] for row in cells(drift.table)] == [
        ["Scope", "not known"], ["End", "0%"], ["Cost", "26%"], ["Objective", "not known"],
    ]  # fmt: skip


def test_a_network_that_goes_round_says_so(site):
    ring = "tasks: [{id: T1, name: A, duration: 1d, links: [{task: T2}]}, {id: T2, name: B, duration: 1d, links: [{task: T1}]}]\n"
    found = blocks(site(dig=ring), "dig")
    assert found["tasks"].sentence.startswith("The network of tasks cannot be computed. ")
    assert found["tasks"].table is None
    assert "schedule-quality" not in found


def test_a_very_long_list_is_cut_and_says_so(site):
    many = "tasks:\n" + "".join(f"  - {{id: T{i}, name: Step {i}, duration: 1d}}\n" for i in range(1100))
    tasks = blocks(site(dig=many), "dig")["tasks"]
    assert len(tasks.more.rows) == 1000
    assert tasks.more_title == "The first 1000 of 1,100 tasks; the data of the project has all of them"


def test_names_do_nothing_on_the_page(site):
    made = site(dig=TASKS)
    body = bodies(made, "dig")
    assert "<script>window" not in body
    assert "<img src=x" not in body
    assert "All 3 tasks</h2>" in body
    for anchor in ("tasks", "schedule-quality", "earned-value"):
        assert body.count(f'id="{anchor}"') == 1


def test_a_restricted_project_has_no_page(site):
    made = site(dig=TASKS, hidden=TASKS + "sensitivity: restricted\n")
    assert [project.id for project in made.projects] == ["dig"]
