"""The PDF: its pages, its source on each of them, the same bytes twice, and nothing that text from a plan could do."""

from __future__ import annotations

import re
import shutil
import subprocess

from tests.command import git, handrail
from tests.pack.packs import DAY, pdf_text, plain, tool, write

COLOURS = {"green": "● Green", "amber": "▲ Amber", "red": "■ Red"}


def test_every_page_names_day_commit_and_number(paper, plans):
    name = git("rev-parse", "HEAD", cwd=plans)[:12]
    pages = pdf_text(paper)
    for number, page in enumerate(pages, 1):
        assert f"Digital board · data of 4 Dec 2026 · commit {name}" in page
        assert f"page {number} of {len(pages)}" in page


def test_it_says_the_figures_of_the_data_and_decisions_first(paper, plans):
    pages = pdf_text(paper)
    assert plain(pages[1]).startswith(" Decisions asked") or plain(pages[1]).startswith("Decisions asked")
    rows = handrail("export", "json", "--as-of", DAY, cwd=plans).json["rows"]
    mine = [one for one in rows if one["board"] == "digital-board" and one["state"] not in {"closed", "cancelled"}]
    assert len(mine) == 3
    for known in mine:
        (page,) = [one for one in pages if plain(one).strip().startswith(known["name"])]
        assert f"{int(known['forecast']):,} {known['currency']}" in page
        assert COLOURS[known["colour"]] in page
        assert f"accepted {known['accepted']} of {known['deliverables']}" in page


def test_a_project_fits_its_page(paper):
    """The manager's words stand last on a project's page: nothing is cut off below."""
    pages = [plain(one) for one in pdf_text(paper)]
    (page,) = [one for one in pages if "New payment gateway" in one[:60] and "Milestone trend" in one]
    assert "Next: second correction, sitting of 18 December, decision on CR-002." in page


def test_the_same_commit_gives_the_same_bytes(paper, plans, tmp_path):
    write(plans, "digital-board", tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == paper.read_bytes()
    assert b"/CreationDate (D:20261201090000" in paper.read_bytes()


def test_pages_are_drawn_and_not_empty(paper, tmp_path):
    subprocess.run([tool("pdftoppm"), "-r", "30", str(paper), str(tmp_path / "page")], check=True)
    drawn = sorted(tmp_path.glob("page-*.ppm"))
    assert len(drawn) == len(pdf_text(paper))
    for one in drawn:
        data = one.read_bytes()
        head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
        assert head
        assert int(head[1]) > int(head[2]), "A4 on its side"
        ink = sum(byte < 240 for byte in data[head.end() :])
        assert ink > 400, f"{one.name} is empty"


def test_nothing_leads_out_of_the_file(paper):
    assert b"/URI" not in paper.read_bytes()
    assert b"/JavaScript" not in paper.read_bytes()


def test_without_chromium_it_says_how_to_get_it(plans, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "git").symlink_to(shutil.which("git"))
    done = handrail(
        "export",
        "pack",
        "--board",
        "digital-board",
        "--out",
        tmp_path / "a.pdf",
        cwd=plans,
        env={"PATH": str(programs)},
    )
    assert done.status == 2
    assert "printed by Chromium" in done.err
    assert "apt-get install chromium" in done.err
    assert not (tmp_path / "a.pdf").exists()


def test_a_browser_that_is_too_old_or_none_is_told(plans, tmp_path):
    old = tmp_path / "old"
    old.write_text("#!/bin/sh\necho Chromium 99.0.1 built here\n")
    old.chmod(0o755)
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho no display >&2; exit 1\n")
    broken.chmod(0o755)
    for program, said in (
        (old, "is version 99"),
        (broken, "did not print the pack (no display)"),
        (tmp_path / "none", "is no program"),
    ):
        done = handrail(
            "export",
            "pack",
            "--board",
            "digital-board",
            "--out",
            tmp_path / "a.pdf",
            cwd=plans,
            env={"HANDRAIL_CHROMIUM": str(program)},
        )
        assert (done.status, (tmp_path / "a.pdf").exists()) == (2, False)
        assert said in done.err
