"""The form pages in a real Chromium: what they make is, byte for byte, what the command line writes; keyboard is enough."""

import shutil
import subprocess

import pytest
from handrail.site import build

from tests.command import handrail
from tests.site import governed
from tests.site.conftest import serve

pytestmark = pytest.mark.browser
DAY = governed.AS_OF


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A governed repository with a board, so that projects can be started, and its site."""
    root = governed.make(tmp_path_factory.mktemp("forms"))
    governed.write(
        root,
        "standards/policy/boards.yaml",
        "boards:\n- {id: lyon-sites, name: Lyon, chair: c.moreau, members: [c.moreau]}\n",
    )
    templates = governed.ROOT / "standards" / "templates"
    shutil.copytree(templates, root / "standards" / "templates")
    governed.write(root, "projects/visitor-desk/baselines/BL-001.yaml", (
        "id: BL-001\nmade_on: 2026-10-06\nvalues:\n  M3: {planned: 2027-02-01}\n  budget: {approved: 48000}\n"
    ))  # fmt: skip
    governed.write(
        root,
        "projects/quiet/project.yaml",
        governed.small_plan("quiet", "Quiet works").replace("risks: [", "# what may happen 😀\nrisks: ["),
    )
    return root


@pytest.fixture(scope="module")
def form_address(home, tmp_path_factory):
    server = serve(build(home, tmp_path_factory.mktemp("forms-site"), strict=False).site_dir)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def open_form(browser, form_address):
    contexts = []

    def opened(path):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.strays, page.errors = [], []
        context.route(
            "**/*",
            lambda route: (
                route.continue_()
                if route.request.url.startswith(form_address)
                else (page.strays.append(route.request.url), route.abort())
            ),
        )
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(form_address + path)
        page.locator("#hr-form[data-ready]").wait_for()
        return page

    yield opened
    for one in contexts:
        one.close()


@pytest.fixture
def copy(home, tmp_path):
    """The same repository, for the command line to write in."""
    return shutil.copytree(home, tmp_path / "copy")


def made(page):
    """What the form has made, by path."""
    page.click("button[type=submit]")
    page.locator("#result").wait_for()
    assert page.errors == []
    assert page.strays == []
    return {
        one.get_attribute("data-path"): one.locator("textarea").input_value()
        for one in page.locator(".hr-result").all()
    }


def test_a_green_month_is_at_most_five_typed_fields(open_form, copy):
    page = open_form("edit/report/?project=visitor-desk")
    typed = 0
    assert page.locator("#f-status").input_value() == "green"
    for field, text in (("spent", "1250.50"), ("done", "Permit handed in."), ("next", "Second offer")):
        page.fill(f"#f-{field}", text)
        typed += 1
    if page.locator("#f-because").is_visible():  # the figures say otherwise, so the colour needs a word
        page.fill("#f-because", "The landlord's word: it is 'in the bag'")
        typed += 1
    print(f"result: typed_fields_green_month={typed}")
    assert typed <= 5
    files = made(page)
    words = ["--set", "status=green", "--text", "Done: Permit handed in. Next: Second offer."]
    if typed == 4:
        words += ["--set", "because=The landlord's word: it is 'in the bag'"]
    assert handrail("new", "report", "visitor-desk", *words, "--as-of", DAY, cwd=copy).status == 0
    assert handrail("set", "visitor-desk", "budget.spent.2026-12", "1250.50", cwd=copy).status == 0
    assert set(files) == {f"projects/visitor-desk/reports/{DAY}.md", "projects/visitor-desk/project.yaml"}
    for path, text in files.items():
        assert text == (copy / path).read_text()


def test_an_amber_month_with_a_moved_forecast(open_form, copy):
    page = open_form("edit/report/?project=visitor-desk")
    page.select_option("#f-status", "amber")
    page.fill("#f-because", "Second joiner: two weeks late")
    page.fill("#f-back_to_green", "2027-01-15")
    page.fill("#f-ask", "Approve CR-003, soon")
    page.fill("#f-from", "c.moreau")
    page.fill("#f-by", "2026-12-10")
    page.fill("#f-forecast-M3", "2027-03-01")
    page.fill("#f-why-M3", "Workshop burnt: the joiner, again")
    page.fill("#f-done", "Nothing")
    files = made(page)
    words = ["status=amber", "because=Second joiner: two weeks late", "back_to_green=2027-01-15",
             "decisions_asked={ask: 'Approve CR-003, soon', from: c.moreau, by: 2026-12-10}"]  # fmt: skip
    told = handrail("new", "report", "visitor-desk", *(part for one in words for part in ("--set", one)),
                    "--text", "Done: Nothing.", "--as-of", DAY, cwd=copy)  # fmt: skip
    assert told.status == 0, told.err
    told = handrail(
        "set", "visitor-desk", "M3.forecast", "2027-03-01", "--why", "Workshop burnt: the joiner, again", cwd=copy
    )
    assert told.status == 0, told.err
    assert len(files) == 2
    for path, text in files.items():
        assert text == (copy / path).read_text()


RISK = {"title": "Lift: fails", "cause": "It's old", "event": '"It" stops - maybe', "effect": "- late", "probability": "4",
        "impact": "5", "response": "reduce", "action": "#1 inspect", "owner": "j.okafor", "due": "2026-12-20"}  # fmt: skip
ISSUE = {
    "title": "yes",
    "impact": "3",
    "urgency": "2",
    "action": "Call them, today",
    "owner": "j.okafor",
    "due": "2026-12-20",
}
WAIVER = {"rule": "RSK-01", "reason": "The supplier keeps: the register", "instead": "Weekly call", "expires": "2027-01-31",
          "risk_accepted_by": "c.moreau"}  # fmt: skip
CHANGE = {
    "title": "Open on 22 February",
    "reason": "Workshop burnt down",
    "impact": "None: really",
    "other_options": "Wait\nA desk, hired",
}


def type_in(page, values):
    for key, text in values.items():
        field = page.locator(f"#f-{key}")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


@pytest.mark.parametrize("project", ["visitor-desk", "quiet", "empty"])
@pytest.mark.parametrize(("word", "values"), [("risk", RISK), ("issue", ISSUE), ("waiver", WAIVER)])
def test_a_record_is_what_the_command_writes(open_form, copy, word, values, project):
    page = open_form(f"edit/{word}/?project={project}")
    type_in(page, values)
    files = made(page)
    told = handrail("new", word, project, *(part for key, text in values.items() for part in ("--set", f"{key}={text}")),
                    "--as-of", DAY, cwd=copy)  # fmt: skip
    assert told.status == 0, told.err
    ((path, text),) = files.items()
    assert text == (copy / path).read_text()


def test_a_change_is_filled_from_what_was_approved(open_form, copy):
    page = open_form("edit/change/?project=visitor-desk")
    assert "M3, planned: 2027-02-01 → 2027-02-22" in page.locator(".hr-said").inner_text()
    type_in(page, CHANGE)
    files = made(page)
    words = [f"{key}={text.replace(chr(10), ';')}" for key, text in CHANGE.items()]
    told = handrail(
        "new", "change", "visitor-desk", *(part for one in words for part in ("--set", one)), "--as-of", DAY, cwd=copy
    )
    assert told.status == 0, told.err
    ((path, text),) = files.items()
    assert text == (copy / path).read_text()


@pytest.mark.parametrize(
    ("answers", "tier"),
    [({"budget": "48000", "months": "6", "regulated": "no"}, "small"), ({"budget": "300000.50", "units": "2"}, "medium"),
     ({"budget": "5000000"}, "large")],
)  # fmt: skip
def test_a_new_project_is_judged_well_and_is_what_the_command_writes(open_form, copy, answers, tier):
    page = open_form("edit/project/")
    assert not page.locator("#f-name").is_visible()
    type_in(page, answers)
    assert page.locator("#f-tier").input_value() == tier
    page.locator("#f-name").press_sequentially("Été: new 'lift'")
    assert page.locator("#f-id").input_value() == "ete-new-lift"
    type_in(page, {"sponsor": "c.moreau", "manager": "j.okafor", "start": "2026-12-05"})
    files = made(page)
    told = handrail("new", "project", "ete-new-lift", "--name", "Été: new 'lift'", "--sponsor", "c.moreau", "--manager",
                    "j.okafor", "--start", "2026-12-05",
                    *(part for key, text in answers.items() for part in ("--answer", f"{key}={text}")), cwd=copy)  # fmt: skip
    assert told.status == 0, told.err
    written = {
        one.relative_to(copy).as_posix(): one.read_text() for one in (copy / "projects/ete-new-lift").rglob("*.yaml")
    }
    assert files == written
    assert f"tier: {tier}" in written["projects/ete-new-lift/project.yaml"]


def git(root, *words):
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
        check=True,
        capture_output=True,
    )


def test_the_gate_judges_what_a_form_has_made(open_form, copy):
    git(copy, "init", "-q", "-b", "main")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "before")
    page = open_form("edit/project/")
    type_in(page, {"budget": "30000"})
    type_in(page, {"name": "Lift", "sponsor": "c.moreau", "manager": "j.okafor"})
    page.locator("#f-name").press_sequentially("s")
    git(copy, "switch", "-qc", "proposal")
    for path, text in made(page).items():
        governed.write(copy, path, text)
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "Start the lift")
    told = handrail("check", "--base", "main", "--head", "HEAD", cwd=copy)
    assert told.status == 0, told.out + told.err
    assert "Lift" in told.out or "lift" in told.out


def test_wrong_input_is_told_at_its_field_and_nothing_is_made(open_form):
    page = open_form("edit/risk/?project=visitor-desk")
    type_in(page, {"probability": "4,5", "impact": "9"})
    page.click("button[type=submit]")
    assert page.locator(".hr-result").count() == 0
    assert page.evaluate("document.activeElement.id") == "f-title"
    wrong = [one for one in page.locator(".hr-wrong").all_inner_texts() if one]
    assert wrong == ["Title is needed.", "Write a number such as 1200 or 12.50, without spaces or a comma.",
                     "Write a whole number from 1 to 5."]  # fmt: skip


def test_an_id_is_never_used_again_and_nobody_sponsors_the_own_project(open_form):
    page = open_form("edit/project/")
    type_in(page, {"budget": "10"})
    type_in(page, {"name": "X", "id": "visitor-desk", "sponsor": "c.moreau", "manager": "j.okafor"})
    page.click("button[type=submit]")
    assert "never used twice" in page.locator("#f-id-wrong").inner_text()


def test_keyboard_alone_is_enough(open_form):
    page = open_form("edit/issue/?project=visitor-desk")
    page.focus("#f-title")
    for text in ("Late door", "3", "4", "Call"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.type("j")  # a choice is made by its first letter
    for _ in range(12):
        if page.evaluate("document.activeElement.type") == "submit":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#result").wait_for()
    assert page.evaluate("document.activeElement.id") == "result"
    text = page.locator(".hr-result textarea").input_value()
    assert "title: Late door" in text
    assert "owner: j.okafor" in text


def test_the_host_gets_the_text_where_it_can_take_it(open_form):
    page = open_form("edit/waiver/?project=visitor-desk")
    type_in(page, WAIVER)
    made(page)
    href = page.locator(".hr-result a").get_attribute("href")
    assert href.startswith(
        "https://git.example/pmo/plans/new/main?filename=projects%2Fvisitor-desk%2Fwaivers%2FW-001.yaml&value="
    )
    assert len(href) < 6000


@pytest.mark.parametrize("word", ["report", "risk", "issue", "waiver", "change"])
def test_what_a_project_writes_stays_text(open_form, word):
    page = open_form(f"edit/{word}/?project=hostile")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#hr-form img, #hr-form svg, #hr-form script").count() == 0
    assert page.errors == []


def test_hidden_projects_have_no_form(home, form_address, open_form):
    page = open_form("edit/project/")
    assert page.request.get(form_address + "edit/data/projects/northwind.json").status == 404
    shared = page.request.get(form_address + "edit/data/forms.json").text()
    assert governed.SECRET not in shared
    assert "northwind" not in shared
    # a plan that names a hidden project is not shown as a text
    assert "northwind" not in page.request.get(form_address + "edit/data/projects/bike-shelter.json").text()


@pytest.mark.parametrize(
    "path", ["edit/project/", *(f"edit/{word}/?project=visitor-desk" for word in ("report", "risk", "change"))]
)
def test_no_serious_violation_on_a_form(open_form, path):
    from importlib import resources

    page = open_form(path)
    if path == "edit/project/":
        type_in(page, {"budget": "10"})
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(r => r.violations)")
    assert [
        (one["id"], [node["target"] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ] == []
