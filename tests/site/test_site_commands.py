"""`build` says plainly what is missing, and the sandbox of handbook pages is closed."""

import os
import socket
import subprocess

import pytest
from handrail import site as site_module
from handrail.site import SiteError, build
from jinja2.sandbox import ImmutableSandboxedEnvironment
from mkdocs.config import load_config

from tests.command import HANDRAIL, handrail
from tests.site import governed


def small(root):
    governed.law(root)
    governed.write(root, "projects/visitor-desk/project.yaml", governed.small_plan("visitor-desk", "Desk"))
    return root


def test_without_mkdocs_yml_it_says_so(tmp_path):
    with pytest.raises(SiteError, match=r"There is no mkdocs\.yml"):
        build(tmp_path)


def test_a_dead_link_in_the_handbook_stops_a_strict_build(tmp_path):
    root = small(tmp_path / "repo")
    governed.write(root, "standards/how-we-work/index.md", "# How\n\n[gone](gone.md)\n")
    with pytest.raises(SiteError, match=r"gone\.md"):
        build(root, tmp_path / "site")
    assert build(root, tmp_path / "site", strict=False).warnings


def test_what_needs_a_look_is_told_after_the_count_of_pages(tmp_path):
    root = small(tmp_path / "repo")
    governed.write(root, "standards/how-we-work/index.md", "# How\n\n[gone](gone.md)\n")
    governed.write(root, "standards/macros.md", "# Nothing asked\n")
    governed.write(root, "projects/visitor-desk/project.yaml", "id: visitor-desk\nname: [oops\n")
    for cold in (False, False, True):  # made, unchanged, made by MkDocs alone
        told: list[str] = []
        build(root, tmp_path / "site", strict=False, cold=cold, say=told.append)
        pages, *rest = told[-3:]
        assert " pages in " in pages
        assert "gone.md" in rest[0]
        assert rest[1] == "   the plan of visitor-desk cannot be read: `handrail check projects/visitor-desk` says why"
    assert "No open project can be read." in (tmp_path / "site" / "index.html").read_text()


def test_a_port_that_is_taken_is_told_before_anything_is_built(tmp_path):
    root = small(tmp_path / "repo")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = handrail("serve", "--port", port, cwd=root)
    assert (ended.status, ended.out) == (2, "")
    assert f"port {port} cannot be used" in ended.err


def test_however_it_is_ended_nothing_of_a_served_site_stays_on_the_disk(tmp_path):
    root = small(tmp_path / "repo")
    (tmp_path / "tmp").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [str(HANDRAIL), "serve", "--port", port]
    env = {**os.environ, "TMPDIR": str(tmp_path / "tmp"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        assert any("serving on" in line for line in serving.stdout)
        assert list((tmp_path / "tmp").iterdir())
        serving.terminate()
        assert serving.wait(timeout=30) == 0
    assert not list((tmp_path / "tmp").iterdir())


def test_many_plans_are_looked_at_less_often_while_nothing_happens(tmp_path):
    assert site_module._pause(tmp_path) == 0.5
    for number in range(1000):
        (tmp_path / "projects" / str(number)).mkdir(parents=True)
    assert site_module._pause(tmp_path) == 2


def test_a_day_can_be_given(tmp_path):
    from datetime import date

    root = small(tmp_path / "repo")
    settings = root / "standards" / "handrail.yaml"
    settings.write_text(settings.read_text().replace("as_of: 2026-12-04\n", ""))
    site = build(root, tmp_path / "site", as_of=date(2027, 1, 31)).site_dir
    page = (site / "portfolio" / "index.html").read_text()
    assert "Figures as of 31 Jan 2027." in page
    assert "Sample data" not in page


def test_a_repository_without_a_first_page_of_its_own_and_with_one(tmp_path):
    root = small(tmp_path / "repo")
    governed.write(root, "standards/index.md", "# Welcome\n\nOur own words.\n")
    page = (build(root, tmp_path / "site").site_dir / "index.html").read_text()
    assert "Our own words." in page


@pytest.mark.parametrize(
    "attack",
    ["{{ ''.__class__.__mro__ }}", "{% include 'people/people.yaml' %}", "{{ figure.__globals__ }}", "{{ nothing_here }}",
     "{{ config.plugins.handrail.site.x }}", "{{ environment.clear() }}"],
)  # fmt: skip
def test_pages_with_macros_can_do_nothing_but_ask_for_figures(tmp_path, attack):
    root = small(tmp_path / "repo")
    governed.write(root, "standards/attack.md", f"---\nrender_macros: true\n---\n# A\n\n{attack}\n")
    with pytest.raises(SiteError, match=r"attack|macros"):
        build(root, tmp_path / "site")


def test_pages_that_do_not_ask_are_left_as_they_are(tmp_path):
    root = small(tmp_path / "repo")
    governed.write(root, "standards/plain.md", "# A\n\n`{{ figure('projects') }}`\n")
    page = (build(root, tmp_path / "site").site_dir / "plain" / "index.html").read_text()
    assert "{{ figure('projects') }}" in page


def test_the_environment_of_macros_is_where_we_exchange_it(tmp_path):
    root = small(tmp_path / "repo")
    config = load_config(str(root / "mkdocs.yml"))
    config.plugins.on_config(config)
    env = config.plugins["macros"]._env  # type: ignore[attr-defined]
    assert type(env) is ImmutableSandboxedEnvironment
    assert env.loader is None
