"""The fast way gives the same site as MkDocs alone, byte for byte, whatever happened since the last build."""

import json
import shutil
import subprocess
import time

import pytest
from handrail.site import SiteError, build

from tests.site.test_same_bytes import contents


def git(folder, *words):
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(params=["with Git", "without Git"])
def own(request, repository, tmp_path):
    """A repository of this test alone."""
    folder = tmp_path / "own"
    shutil.copytree(repository, folder, ignore=shutil.ignore_patterns(".git", ".cache"))
    if request.param == "with Git":
        git(folder, "init", "-q", "-b", "main")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "All of it")
    return folder


def both(folder, tmp_path):
    """The site by the fast way, over what stands there, and by the cold way into an empty folder."""
    fast = build(folder, tmp_path / "fast")
    shutil.rmtree(tmp_path / "cold", ignore_errors=True)
    cold = build(folder, tmp_path / "cold", cold=True)
    assert fast.pages == cold.pages
    return fast, cold


def assert_same(fast, cold):
    mine, theirs = contents(fast.site_dir), contents(cold.site_dir)
    assert mine.keys() == theirs.keys()
    assert [name for name in mine if mine[name] != theirs[name]] == []
    assert {one for one in fast.site_dir.rglob("*") if one.is_dir() and not any(one.iterdir())} == set()


def changed(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_one_repository_through_its_days(own, tmp_path):
    plan = own / "projects" / "visitor-desk" / "project.yaml"
    config = own / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8") + "\nsite_url: https://pmo.example.org/handbook/\n", encoding="utf-8"
    )
    assert_same(*both(own, tmp_path))
    map_of_site = (tmp_path / "fast" / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://pmo.example.org/handbook/projects/visitor-desk/</loc>" in map_of_site

    # a plan with a name that the theme, the search and a table each write in their own way
    lines = plan.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("name:"))
    lines[at] = """name: "Desk & 'Door' <b>new</b> \\\\1 handrail-title-slot" """
    plan.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fast, cold = both(own, tmp_path)
    assert_same(fast, cold)
    assert "Desk &amp; &#39;Door&#39; &lt;b&gt;" in (fast.site_dir / "projects/visitor-desk/index.html").read_text(
        encoding="utf-8"
    )

    # a project more, then none of it
    twin = own / "projects" / "second-desk"
    shutil.copytree(own / "projects" / "visitor-desk", twin)
    changed(twin / "project.yaml", "id: visitor-desk", "id: second-desk")
    fast, cold = both(own, tmp_path)
    assert_same(fast, cold)
    assert (fast.site_dir / "projects/second-desk/index.html").is_file()
    shutil.rmtree(twin)
    fast, cold = both(own, tmp_path)
    assert_same(fast, cold)
    assert not (fast.site_dir / "projects/second-desk").exists()

    # a page of the handbook, a new page in the navigation, and a page that shows a figure of plans
    page = own / "standards" / "how-we-work" / "house-words.md"
    page.write_text(
        "---\nrender_macros: true\n---\n# House words\n\n{{ figure('remarks') }} remarks.\n", encoding="utf-8"
    )
    fast, cold = both(own, tmp_path)
    assert_same(fast, cold)
    before = (fast.site_dir / "how-we-work/house-words/index.html").read_bytes()
    (own / "projects" / "visitor-desk" / "risks.yaml").unlink(missing_ok=True)
    changed(plan, "manager:", "manager: nobody.known # ")
    fast, cold = both(own, tmp_path)
    assert_same(fast, cold)
    assert (fast.site_dir / "how-we-work/house-words/index.html").read_bytes() != before

    # a plan that cannot be read
    shutil.copytree(own / "projects" / "visitor-desk", twin)
    (twin / "project.yaml").write_text("id: [", encoding="utf-8")
    assert_same(*both(own, tmp_path))


def handbooks(folder):
    return {one.name for one in folder.rglob("handbook-*") if one.is_dir()}


def test_what_another_repository_has_exported_is_shown_and_followed(own, tmp_path):
    other = {"as_of": "2026-11-30", "restricted": {"projects": 2, "colours": {"amber": 2}}, "rows": []}
    (tmp_path / "other.json").write_text(json.dumps(other), encoding="utf-8")
    with (own / "standards/handrail.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nrepositories:\n- {name: Depots, portfolio: ../other.json}\n")
    for number in (2, 3):
        other["restricted"] = {"projects": number, "colours": {"amber": number}}
        time.sleep(0.2)  # what has just changed could change again within a tick of the disk's clock
        (tmp_path / "other.json").write_text(json.dumps(other), encoding="utf-8")
        time.sleep(0.2)
        fast, cold = both(own, tmp_path)
        assert_same(fast, cold)
        assert f"Depots: {number} " in (fast.site_dir / "portfolio/index.html").read_text(encoding="utf-8")


def test_a_chart_on_a_handbook_page_follows_its_plan_and_the_handbook_stays(own, tmp_path):
    page = own / "standards" / "how-we-work" / "house-words.md"
    page.write_text(
        "---\nrender_macros: true\n---\n# House words\n\nBefore.\n\n{{ chart('gantt', project='visitor-desk') }}\n\n## After\n\n"
        "- a list with {{ chart('gantt', project='visitor-desk') }} in it\n- [ ] and a box\n",
        encoding="utf-8",
    )
    fast, cold = both(own, tmp_path)
    assert_same(fast, cold)
    before, kept = (fast.site_dir / "how-we-work/house-words/index.html").read_bytes(), handbooks(own)
    assert b"handrail:chart" not in before
    plan = own / "projects" / "visitor-desk" / "project.yaml"
    changed(plan, "name: Desk opens", "name: Doors open")
    fast, cold = both(own, tmp_path)
    assert_same(fast, cold)
    assert (fast.site_dir / "how-we-work/house-words/index.html").read_bytes() != before
    assert handbooks(own) == kept
    assert len(kept) == 1

    # what cannot be drawn any more is told as MkDocs tells it, with the page and the line
    (own / "standards" / "macros.md").unlink()  # it asks for the same project
    shutil.rmtree(own / "projects" / "visitor-desk")
    with pytest.raises(SiteError, match=r"house-words\.md:8"):
        build(own, tmp_path / "fast")


def test_only_what_differs_is_written(own, tmp_path):
    first = build(own, tmp_path / "site")
    stamps = {one: one.stat().st_mtime_ns for one in first.site_dir.rglob("*") if one.is_file()}
    plan = own / "projects" / "visitor-desk" / "project.yaml"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n# a word to colleagues\n", encoding="utf-8")
    build(own, tmp_path / "site")
    after = {one: one.stat().st_mtime_ns for one in first.site_dir.rglob("*") if one.is_file()}
    assert after.keys() == stamps.keys()
    written = {one.relative_to(first.site_dir).as_posix() for one in after if after[one] != stamps[one]}
    # the editor keeps the text of the plan's files, so that one has changed and nothing else has
    assert written == {"edit/data/projects/visitor-desk.json"}


def test_what_others_did_to_the_site_is_undone(own, tmp_path):
    site = build(own, tmp_path / "site").site_dir
    before = contents(site)
    (site / "index.html").write_text("Mine", encoding="utf-8")
    (site / "projects" / "visitor-desk" / "index.html").unlink()
    (site / "stray" / "deep").mkdir(parents=True)
    (site / "stray" / "deep" / "page.html").write_text("Stray", encoding="utf-8")
    shutil.rmtree(site / "search")
    (site / "search").write_text("a file where a folder stood", encoding="utf-8")
    build(own, tmp_path / "site")
    assert contents(site) == before


def test_a_link_in_the_site_is_not_written_through(own, tmp_path):
    site = build(own, tmp_path / "site").site_dir
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_text("Untouched", encoding="utf-8")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(elsewhere)
    outside = tmp_path / "outside"
    (site / "projects").rename(outside)
    (site / "projects").symlink_to(outside)
    pages = contents(outside)
    (outside / "visitor-desk/index.html").write_text("Untouched", encoding="utf-8")
    build(own, tmp_path / "site")
    assert elsewhere.read_text(encoding="utf-8") == "Untouched"
    assert not (site / "index.html").is_symlink()
    assert (outside / "visitor-desk/index.html").read_text(encoding="utf-8") == "Untouched"
    assert not (site / "projects").is_symlink()
    assert contents(site / "projects") == pages


def test_what_is_kept_may_be_torn(own, tmp_path):
    before = contents(build(own, tmp_path / "site").site_dir)
    place = own / ".git" if (own / ".git").is_dir() else own / ".cache"
    for name in ("handbook.json", "files.json", "last.json"):
        for file in place.rglob(name):
            file.write_text('{"key": [', encoding="utf-8")
    assert contents(build(own, tmp_path / "site").site_dir) == before


def test_a_dead_link_still_stops_the_build(own, tmp_path):
    page = own / "standards" / "how-we-work" / "house-words.md"
    page.write_text("# House words\n\n[The desk](../projects/visitor-desk.md)\n", encoding="utf-8")
    build(own, tmp_path / "site")
    shutil.rmtree(own / "projects" / "visitor-desk")
    with pytest.raises(SiteError, match="visitor-desk"):
        build(own, tmp_path / "site")


def test_a_site_that_only_mkdocs_can_build_is_built_by_it(own, tmp_path):
    hook = own / "hook.py"
    hook.write_text(
        "def on_post_page(output, page, config):\n    return output + '<!-- hooked -->'\n", encoding="utf-8"
    )
    config = own / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "\nhooks: [hook.py]\n", encoding="utf-8")
    said: list[str] = []
    site = build(own, tmp_path / "site", say=said.append).site_dir
    assert any("hooks" in line for line in said)
    assert "<!-- hooked -->" in (site / "projects/visitor-desk/index.html").read_text(encoding="utf-8")


def test_the_search_finds_generated_pages_and_the_handbook(own, tmp_path):
    build(own, tmp_path / "site")
    found = json.loads((tmp_path / "site" / "search" / "search_index.json").read_bytes())
    places = [one["location"] for one in found["docs"]]
    assert "projects/visitor-desk/" in places
    assert any(one.startswith("how-we-work/") for one in places)
    assert not any("slot" in json.dumps(one) for one in found["docs"])
