"""The form editor in a real Chromium against a pretended host: what is saved is exactly the edited lines.

The editor itself is not part of the repository: scripts/vendor-editor fetches it into build/editor.
"""

import json
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from handrail.canonical import formatted
from handrail.render.editor.config import api_of, config, shapes
from handrail.run import run
from handrail.site import build
from handrail.source import read_yaml

from tests.command import handrail
from tests.site import governed
from tests.site.conftest import serve
from tests.site.editing import changed, field, signed_in, tracked
from tests.site.host_api import Host

HAND_WRITTEN = {
    "tier_answers": "{budget: 48000.50, regulated: yes, new_to_us: true}  # as we see it",
    "scope": "{in: [Desk, Badges], out: [], assumptions: [Landlord permits]}",
    "why": '{problem: "Visitors\' wait: 12", objective: OBJ-4}',
}


@pytest.fixture(scope="module", params=["laid out", "by hand"])
def home(request, vendored, tmp_path_factory):
    """A governed repository in Git with the editor beside it."""
    root = governed.make(tmp_path_factory.mktemp("edited"))
    shutil.rmtree(root / "projects" / "broken-plan")
    text = governed.small_plan("visitor-desk", "New visitor desk, Lyon", **HAND_WRITTEN)
    text = text.replace("risks: [{", "risks:\n- {").replace("due: 2026-12-12}]", "due: 2026-12-12}   # ask again")
    governed.write(root, "projects/visitor-desk/project.yaml", formatted(text) if request.param == "laid out" else text)
    tasks = "".join(f"- {{id: T{n}, name: Task {n}, duration: {n % 9 + 1}d}}\n" for n in range(300))
    governed.write(root, "projects/bike-shelter/schedule.yaml", formatted(f"tasks:\n{tasks}"))
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "before")
    shutil.copytree(vendored, root / "build" / "editor")
    return root


@pytest.fixture(scope="module")
def editor_address(home, tmp_path_factory):
    server = serve(build(home, tmp_path_factory.mktemp("editor-site"), strict=False).site_dir)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def git(root, *words):
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def editor(browser, editor_address, home):
    """Signed in to the editor; `page.host` is the pretended host, `page.strays` whatever went elsewhere."""
    with signed_in(browser, editor_address, Host(tracked(home))) as page:
        yield page


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    for _ in range(100):
        if any(what == "label" for what, _ in page.host.asked):
            return
        page.wait_for_timeout(100)
    pytest.fail(page.inner_text("body")[-600:])


@pytest.mark.browser
def test_a_forecast_and_a_risk_are_exactly_the_edited_lines_and_the_gate_judges_them(editor, home, tmp_path):
    page, path = editor, "projects/visitor-desk/project.yaml"
    before = (home / path).read_text()
    page.get_by_text("visitor-desk", exact=True).first.click()
    field(page, "milestones").get_by_role("button", name="Expand", exact=True).nth(1).click()
    field(page, "milestones.1.forecast").locator("input").fill("2027-03-01")
    field(page, "risks").get_by_role("button", name="Expand", exact=True).first.click()
    field(page, "risks.0.probability").locator("input").fill("4")
    save(page)
    assert [what for what, _ in page.host.asked] == ["branch", "commit", "pull request", "label"]
    assert page.host.asked[2][1]["base"] == "main"
    assert page.host.asked[2][1]["draft"] is True
    after = page.host.committed[path]
    lines = changed(before, after)
    assert len([one for one in lines if one.startswith("+")]) == 2 or "milestones: [" in before
    old, new = read_yaml(path, before.encode()).value, read_yaml(path, after.encode()).value
    old["milestones"][1]["forecast"], old["risks"][0]["probability"] = "2027-03-01", 4
    assert new == old
    assert before.replace("2027-02-22", "2027-03-01").replace("probability: 3", "probability: 4") == after
    assert page.strays == []
    copy = tmp_path / "copy"
    git(home, "clone", "-q", str(home), str(copy))
    git(copy, "switch", "-qc", "cms/project/visitor-desk")
    (copy / path).write_text(after)
    git(copy, "commit", "-qam", "Update")
    told = handrail("check", "--base", "main", "--head", "HEAD", cwd=copy)
    assert told.status in {0, 1}
    assert "Desk opens" in told.out
    assert "Traceback" not in told.out + told.err


@pytest.mark.browser
def test_a_new_risk_is_added_and_nothing_else_moves(editor, home):
    page, path = editor, "projects/visitor-desk/project.yaml"
    before = (home / path).read_text()
    page.get_by_text("visitor-desk", exact=True).first.click()
    field(page, "risks").get_by_role("button", name="Add Risk").or_(
        field(page, "risks").get_by_role("button", name="Risk").last).first.click()  # fmt: skip
    field(page, "risks.1.id").locator("input").fill("R-003")
    field(page, "risks.1.title").locator("input").fill("Lift: fails")
    save(page)
    value = read_yaml(path, page.host.committed[path].encode()).value
    expected = read_yaml(path, before.encode()).value
    assert value == {**expected, "risks": [*expected["risks"], {"id": "R-003", "title": "Lift: fails"}]}
    assert page.host.committed[path].count("#") == before.count("#")
    assert page.strays == []


@pytest.mark.browser
def test_a_schedule_of_three_hundred_tasks_stays_usable(editor, home):
    page, path = editor, "projects/bike-shelter/schedule.yaml"
    page.get_by_text("Schedules", exact=True).first.click()
    started = time.perf_counter()
    page.locator('[role="row"]', has_text="bike-shelter").first.click()
    page.locator('[data-key-path="tasks"]').wait_for()
    opened = time.perf_counter() - started
    nodes = page.evaluate("document.querySelectorAll('*').length")
    print(f"result: editor_300_tasks_open_s={opened:.2f} editor_300_tasks_nodes={nodes}")
    assert nodes < 20000
    field(page, "tasks").get_by_role("button", name="Expand", exact=True).first.click()
    field(page, "tasks.0.name").locator("input").fill("First task")
    started = time.perf_counter()
    save(page)
    print(f"result: editor_300_tasks_save_s={time.perf_counter() - started:.2f}")
    assert changed((home / path).read_text(), page.host.committed[path]) == ["-   name: Task 0", "+   name: First task"]


@pytest.mark.browser
def test_no_serious_violation_of_ours_on_the_editor(editor):
    from importlib import resources

    editor.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = editor.evaluate("axe.run().then(r => r.violations)")
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


@pytest.fixture(scope="module")
def made():
    """The configuration of the sample, as if it stood on a host."""
    result = run(governed.ROOT, today=date(2026, 12, 4))
    repository = result.portfolio.repository
    from dataclasses import replace

    from handrail.fields import fields_of
    from handrail.model.organisation import Organisation

    given = {one.name: getattr(repository.organisation, one.name) for one in fields_of(Organisation)}
    hosted = Organisation(**given | {"host": "https://github.com/brightwater/plans", "host_kind": "github"})
    repository = replace(repository, organisation=hosted)
    return config(repository, (one.plan for one in result.portfolio.projects), date(2026, 12, 4), "main")


def test_the_configuration_fits_the_schema_that_the_editor_publishes(made, vendored):
    import jsonschema

    schema = json.loads((vendored / "schema" / "sveltia-cms.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(made)


def every(fields):
    for one in fields:
        yield one
        yield from every(one.get("fields", []))
        yield from every([one["field"]] if "field" in one else [])


def test_what_the_model_says_stands_in_the_configuration(made):
    collections = {one["name"]: one for one in made["collections"]}
    plan = {one["name"]: one for one in collections["project"]["fields"]}
    assert plan["id"]["readonly"] is True
    assert plan["tier"]["options"] == ["small", "medium", "large"]
    assert plan["manager"]["value_field"] == "people.*.id"
    risk = {one["name"]: one for one in plan["risks"]["fields"]}
    assert (risk["probability"]["min"], risk["probability"]["max"]) == (1, 5)
    assert plan["risks"]["summary"] == "{{fields.id}} · {{fields.title}}"
    assert plan["risks"]["required"] is False  # a list that must be there may be empty
    assert "Unit: working days." in {one["name"]: one for one in plan["tolerance"]["fields"]}["time_days"]["hint"]
    assert "team" not in plan  # names with dots: no form of the editor can hold them
    assert all(one.get("label") for each in made["collections"] for one in every(each.get("fields", [])))
    assert made["publish_mode"] == "editorial_workflow"
    assert all(not one.get("create") and not one.get("delete") for one in made["collections"])


def test_every_way_of_reading_has_its_shape(made):
    found = shapes(made)
    assert found["plan-project"]["fields"]["deliverables"]["items"]["fields"]["accepted_when"] == {"items": {}}
    assert found["plan-project"]["fields"]["scope"]["fields"]["assumptions"]["items"]["short"] == "statement"
    assert found["plan-project"]["fields"]["tier_answers"]["fields"]["regulated"] == {"yes": True}


@pytest.mark.parametrize(
    ("host", "kind", "api"),
    [("https://github.com/o/r", "github", "https://api.github.com"), ("https://ghe.example/o/r", "github", "https://ghe.example/api/v3"),
     ("https://gitlab.example/g/s/r", "gitlab", "https://gitlab.example/api/v4"), ("https://git.example/o/r", "other", None),
     ("http://github.com/o/r", "github", None), ("https://github.com", "github", None), (None, "github", None)],
)  # fmt: skip
def test_the_host_decides_where_the_editor_writes(host, kind, api):
    from handrail.model.organisation import Organisation

    found = api_of(Organisation(format=1, organisation="X", host=host, host_kind=kind))
    assert (found and found[0]) == api


def test_a_bundle_with_another_place_that_loads_is_refused(vendored):
    from importlib.machinery import SourceFileLoader
    from importlib.util import module_from_spec, spec_from_loader

    loader = SourceFileLoader("vendor_editor", str(Path(governed.ROOT / "scripts" / "vendor-editor")))
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    spec = spec_from_loader("vendor_editor", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    places = "".join(f"{place} " for place in (*module.REWRITTEN, *module.LEFT))
    assert "jsdelivr" not in module.rewritten(places)
    for more in ("`https://unpkg.com/@sveltia/cms`", "https://cdn.jsdelivr.net/x.woff2", "https://unpkg.com/other"):
        with pytest.raises(module.Refused):
            module.rewritten(places + more)
    with pytest.raises(module.Refused):
        module.rewritten(places.replace("https://www.githubstatus.com/api/v2/status.json", ""))
