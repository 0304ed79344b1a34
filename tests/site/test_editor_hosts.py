"""The form editor before a pretended GitLab, and the other editor of the same configuration."""

import shutil

import pytest
from handrail.canonical import formatted
from handrail.site import build

from tests.site import governed
from tests.site.conftest import serve
from tests.site.editing import changed, field, signed_in
from tests.site.gitlab_api import GitLab

PLAN = "projects/visitor-desk/project.yaml"
DECAP = governed.ROOT / "build" / "editor-decap"


def hosted(folder, vendored, **settings):
    """The folder of a built site whose repository has these settings, and the files of that repository."""
    root = governed.make(folder / "repository")
    shutil.rmtree(root / "projects" / "broken-plan")
    governed.write(root, PLAN, formatted((root / PLAN).read_text(encoding="utf-8")))
    place = root / "standards" / "handrail.yaml"
    lines = [one for one in place.read_text(encoding="utf-8").splitlines() if one.split(":")[0] not in settings]
    governed.write(
        root,
        "standards/handrail.yaml",
        "\n".join([*lines, *(f"{key}: {value}" for key, value in settings.items())]) + "\n",
    )
    files = {one.relative_to(root).as_posix(): one.read_bytes() for one in root.rglob("*") if one.is_file()}
    shutil.copytree(vendored, root / "build" / "editor")
    return build(root, folder / "site", strict=False).site_dir, files


@pytest.mark.browser
def test_on_gitlab_saving_is_a_commit_on_a_branch_and_a_draft_request(browser, vendored, tmp_path):
    site, files = hosted(tmp_path, vendored, host_kind="gitlab")
    server = serve(site)
    with signed_in(browser, f"http://127.0.0.1:{server.server_port}/", GitLab(files)) as page:
        page.get_by_text("visitor-desk", exact=True).first.click()
        field(page, "milestones").get_by_role("button", name="Expand", exact=True).nth(1).click()
        field(page, "milestones.1.forecast").locator("input").fill("2027-03-01")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("Entry saved").wait_for()
        (first, commit), (second, request) = page.host.asked
        assert (first, second) == ("commit", "merge request"), "with the commit, GitLab makes the branch"
        assert (commit["branch"], commit["start_branch"]) == ("cms/project/visitor-desk", "main")
        assert (request["source_branch"], request["target_branch"]) == (commit["branch"], "main")
        assert request["title"].startswith("Draft: ")
        before, after = files[PLAN].decode(), page.host.committed[PLAN]
        assert [one.split()[-1] for one in changed(before, after)] == ["2027-02-22", "2027-03-01"]
        assert page.strays == []
    server.shutdown()


@pytest.mark.browser
def test_one_setting_takes_the_other_editor(browser, tmp_path):
    if not (DECAP / "editor.js").is_file():
        pytest.skip(
            "the other editor is not fetched, so NOTHING of it is tested; scripts/vendor-editor --decap build/editor-decap"
        )
    site, _ = hosted(tmp_path, DECAP, editor="decap")
    server = serve(site)
    address = f"http://127.0.0.1:{server.server_port}/"
    context = browser.new_context()
    strays = []

    def look(route):
        if route.request.url.startswith(address):
            route.continue_()
        else:
            strays.append(route.request.url)
            route.abort()

    context.route("**/*", look)
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address + "edit/editor/")
    page.get_by_role("button", name="Login with GitHub").wait_for()
    assert "Error loading the CMS configuration" not in page.inner_text("body")
    assert (wrong, strays) == ([], [])
    context.close()
    server.shutdown()
