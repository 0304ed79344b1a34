"""`handrail render`: plain files that other generators understand, tried with three of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from handrail.mkdocs_run import SiteError
from handrail.site import render

from tests.site.test_same_bytes import contents


@pytest.fixture(scope="module")
def plain(repository, tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain") / "files"
    render(repository, folder)
    return folder


def looked_at(site):
    """The pages hold what the plan says, as elements and not as text, and nothing is left of what Handrail fills in."""
    project = (site / "projects" / "visitor-desk" / "index.html").read_text(encoding="utf-8")
    assert '<table class="hr-table"' in project
    assert "&lt;table" not in project
    assert 'href="../../assets/handrail/handrail.css"' in project
    assert (site / "data" / "portfolio.json").is_file()
    assert 'href="../../edit/">Edit</a>' in project
    assert 'aria-current="true">Edit</a>' in (site / "edit" / "index.html").read_text(encoding="utf-8")
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "handrail:requirements" not in text, page
        assert "{{ figure" not in text, page
        assert "{{ chart" not in text, page


def test_mkdocs_without_handrail_builds_it(plain, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", plain / "mkdocs.yml", "-d", tmp_path / "site"],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    looked_at(tmp_path / "site")


@pytest.mark.parametrize("name", ["zensical", "properdocs"])
def test_others_build_it(plain, tmp_path, name):
    folder = tmp_path / "files"
    shutil.copytree(plain, folder)
    done = subprocess.run(
        [Path(sys.executable).parent / name, "build", "-f", "mkdocs.yml"], cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    looked_at(folder / "site")


def test_only_what_differs_is_written_and_what_is_gone_goes(repository, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(repository, own)
    said: list[str] = []
    render(own, tmp_path / "files", say=said.append)
    render(own, tmp_path / "files", say=said.append)
    assert said[-1].endswith(", 0 of them written")
    page = tmp_path / "files" / "docs" / "how-we-work" / "house-words.md"
    (own / "standards" / "how-we-work" / "house-words.md").write_text("# House words\n", encoding="utf-8")
    render(own, tmp_path / "files", say=said.append)
    assert page.read_text(encoding="utf-8") == "# House words\n"
    (own / "standards" / "how-we-work" / "house-words.md").unlink()
    render(own, tmp_path / "files", say=said.append)
    assert not page.exists()


def test_a_folder_of_somebody_else_is_refused(repository, tmp_path):
    (tmp_path / "mine.txt").write_text("Mine", encoding="utf-8")
    with pytest.raises(SiteError, match="did not write"):
        render(repository, tmp_path)
    assert contents(tmp_path) == {"mine.txt": b"Mine"}


def test_a_hostile_project_stays_text(repository, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(repository, own)
    plan = own / "projects" / "visitor-desk" / "project.yaml"
    lines = plan.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("name:"))
    lines[at] = 'name: "</div><script>alert(1)</script> {{ 7*7 }} [a](javascript:b) --- "'
    plan.write_text("\n".join(lines) + "\n", encoding="utf-8")
    render(own, tmp_path / "files")
    text = (tmp_path / "files" / "docs" / "projects" / "visitor-desk.md").read_text(encoding="utf-8")
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    assert "<script>alert(1)" not in body
    assert "\n\n" not in body.strip(), "a blank line would end the block of HTML"
    assert len(head.splitlines()) == 3
