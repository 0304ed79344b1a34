"""The round trip as people run it: export, edit, import; in a real repository, where only a new branch may come to be."""

from __future__ import annotations

import os

import openpyxl
import pytest

from tests.command import git, handrail
from tests.exchange.xlsx.books import cell, column
from tests.exchange.xlsx.test_edits import FILES, RISKS

ME = {
    "GIT_AUTHOR_NAME": "Jo Okafor", "GIT_AUTHOR_EMAIL": "j.okafor@example.org", "GIT_COMMITTER_NAME": "Jo Okafor",
    "GIT_COMMITTER_EMAIL": "j.okafor@example.org",
}  # fmt: skip
SECRET = b"id: secret\nname: Secret\ntier: small\nphase: execution\nsensitivity: restricted\n"


def start(root, prefix="", said="Start"):
    """A repository with the project of the tests, and one that nobody may see; committed."""
    files = {
        **FILES, "standards/handrail.yaml": b"format: 1\norganisation: Test\ncurrencies: [EUR]\ntimezone: UTC\nas_of: 2026-12-04\n",
        "projects/secret/project.yaml": SECRET,
    }  # fmt: skip
    for path, data in files.items():
        place = root / prefix / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    git("init", "-q", "-b", "main", cwd=root)
    git("add", "-A", cwd=root)
    git("commit", "-q", "-m", said, cwd=root)
    return root / prefix


@pytest.fixture
def root(tmp_path):
    return start(tmp_path)


def edited(path, *edits):
    book = openpyxl.load_workbook(path)
    for sheet, line, key, value in edits:
        cell(book, sheet, line, key).value = value
    book.save(path)


def state(root):
    """Everything that an import must leave alone."""
    return (
        git("rev-parse", "main", "HEAD", cwd=root),
        git("status", "--porcelain", cwd=root),
        git("ls-files", "-s", cwd=root),
    )


def test_an_edit_becomes_a_commit_on_a_branch_and_nothing_else_moves(root):
    done = handrail("export", "xlsx", "bridge", cwd=root)
    assert done.status == 0
    assert "bridge.xlsx holds bridge" in done.out
    edited(root / "bridge.xlsx", ("Risks", "R-001", "risks:probability", 4))
    (root / "untracked.txt").write_text("mine")
    before = state(root)
    done = handrail("import", "xlsx", "bridge.xlsx", "--branch", "excel/december", cwd=root, env=ME)
    assert done.status == 0, done.out + done.err
    assert state(root) == before
    assert git("rev-parse", "excel/december~1", cwd=root) == git("rev-parse", "main", cwd=root)
    diff = git("diff", "-U0", "main", "excel/december", cwd=root).splitlines()
    assert [line for line in diff if line[:1] in "+-"][2:] == [
        "-  probability: 3       # 1 rare .. 5 almost certain", "+  probability: 4       # 1 rare .. 5 almost certain",
    ]  # fmt: skip
    assert git("log", "-1", "--format=%an %ae", "excel/december", cwd=root) == "Jo Okafor j.okafor@example.org\n"
    assert "score 12 -> 16" in git("log", "-1", "--format=%B", "excel/december", cwd=root)
    assert "handrail check --base HEAD --head excel/december" in done.out
    assert "git push origin excel/december" in done.out
    checked = handrail("check", "--base", "HEAD", "--head", "excel/december", cwd=root)
    assert "score 12 -> 16" in checked.out


def test_what_the_check_will_say_names_the_cell(root):
    handrail("export", "xlsx", "bridge", cwd=root)
    edited(root / "bridge.xlsx", ("Risks", "R-001", "risks:owner", "z.nobody"))
    book = openpyxl.load_workbook(root / "bridge.xlsx")
    place = cell(book, "Risks", "R-001", "risks:owner").coordinate
    done = handrail("import", "xlsx", "bridge.xlsx", "--dry-run", cwd=root, env=ME)
    assert f"The check will say of Risks {place}: Owner: the directory of people knows nobody" in done.out


def test_nothing_changed_makes_no_branch(root):
    handrail("export", "xlsx", "--portfolio", "--out", "all.xlsx", cwd=root)
    done = handrail("import", "xlsx", "all.xlsx", cwd=root, env=ME)
    assert done.status == 0
    assert "no branch was made" in done.out
    assert git("for-each-ref", "refs/heads", "--format=%(refname)", cwd=root) == "refs/heads/main\n"


def test_what_needs_a_person_ends_with_one_and_the_rest_goes_in(root):
    handrail("export", "xlsx", "bridge", cwd=root)
    edited(root / "bridge.xlsx", ("Risks", "R-001", "risks:due", "03/04/2027"), ("Risks", "R-001", "risks:impact", 5))
    done = handrail("import", "xlsx", "bridge.xlsx", cwd=root, env=ME)
    assert done.status == 1
    assert "3 April 2027 or 4 March 2027" in done.out
    assert "impact: 5" in git("diff", "main", done.out.split("Branch ")[1].split()[0], cwd=root)


def test_a_report_says_a_thing_once_and_how_to_mend_a_cell(root):
    handrail("export", "xlsx", "bridge", cwd=root)
    new = (("risks:id", "R-077"), ("risks:title", "Ice"))
    edited(root / "bridge.xlsx", ("Risks", "R-001", "risks:probability", "high"))
    book = openpyxl.load_workbook(root / "bridge.xlsx")
    sheet, mine = book["Risks"], book.create_sheet("Mine")
    row = next(row for row in range(3, 999) if sheet.cell(row, column(sheet, "risks:id")).value is None)
    for key, value in new:
        sheet.cell(row, column(sheet, key)).value = value
    mine["A1"] = "a sheet of my own"
    book.save(root / "bridge.xlsx")
    out = handrail("import", "xlsx", "bridge.xlsx", "--dry-run", cwd=root, env=ME).out
    assert f"bridge Risks row {row}: R-077: Ice\n" in out
    assert "`high` is no number; type it in digits, such as 12 or 2.5\n" in out
    assert "Mine 1 cell; this sheet" in out


def test_two_people_and_the_present_state(root):
    handrail("export", "xlsx", "bridge", cwd=root)
    (root / RISKS).write_bytes(FILES[RISKS].replace(b"impact: 4", b"impact: 2"))
    git("commit", "-q", "-am", "Others", cwd=root)
    edited(root / "bridge.xlsx", ("Risks", "R-001", "risks:impact", 5), ("Risks", "R-001", "risks:owner", "l.petit"))
    done = handrail(
        "import",
        "xlsx",
        "bridge.xlsx",
        "--branch",
        "mine",
        "--report",
        "json",
        "--output",
        "report.json",
        cwd=root,
        env=ME,
    )
    assert done.status == 1
    assert '"theirs": "2"' in (root / "report.json").read_text()
    text = git("show", f"mine:{RISKS}", cwd=root)
    assert "impact: 2" in text
    assert "owner: l.petit" in text


@pytest.mark.parametrize("name", ["main", "HEAD", "-x", "a b", "a..b", "old", "refs/../x"])
def test_a_branch_is_new_or_refused(root, name):
    git("branch", "old", cwd=root)
    handrail("export", "xlsx", "bridge", cwd=root)
    edited(root / "bridge.xlsx", ("Risks", "R-001", "risks:impact", 5))
    before = git("for-each-ref", cwd=root)
    done = handrail("import", "xlsx", "bridge.xlsx", f"--branch={name}", cwd=root, env=ME)
    assert done.status == 2
    assert "Nothing was imported" in done.err
    assert git("for-each-ref", cwd=root) == before


def test_a_dry_run_writes_nothing(root):
    handrail("export", "xlsx", "bridge", cwd=root)
    edited(root / "bridge.xlsx", ("Risks", "R-001", "risks:impact", 5))
    before = git("count-objects", "-v", cwd=root)
    done = handrail("import", "xlsx", "bridge.xlsx", "--dry-run", cwd=root, env=ME)
    assert done.status == 0
    assert "score 12 -> 15" in done.out
    assert git("count-objects", "-v", cwd=root) == before


def test_without_a_name_nobody_is_made_the_author(root):
    handrail("export", "xlsx", "bridge", cwd=root)
    edited(root / "bridge.xlsx", ("Risks", "R-001", "risks:impact", 5))
    nobody = {
        "HOME": str(root / "none"),
        "XDG_CONFIG_HOME": str(root / "none"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    done = handrail("import", "xlsx", "bridge.xlsx", cwd=root, env=nobody)
    assert done.status == 2
    assert "Git does not know who you are" in done.err


def test_a_commit_that_is_not_here_is_named(root, tmp_path_factory):
    handrail("export", "xlsx", "bridge", cwd=root)
    elsewhere = start(tmp_path_factory.mktemp("other"), said="Another start")
    (elsewhere / "bridge.xlsx").write_bytes((root / "bridge.xlsx").read_bytes())
    done = handrail("import", "xlsx", "bridge.xlsx", cwd=elsewhere, env=ME)
    assert done.status == 2
    assert "this clone does not have" in done.err


@pytest.mark.parametrize("commit", ["HEAD", "--upload-pack=x", "$(touch x)", "0" * 40])
def test_a_commit_that_is_none_is_only_ever_a_name(root, commit):
    handrail("export", "xlsx", "bridge", cwd=root)
    book = openpyxl.load_workbook(root / "bridge.xlsx")
    book["_handrail"]["B3"] = commit
    book.save(root / "bridge.xlsx")
    done = handrail("import", "xlsx", "bridge.xlsx", cwd=root, env=ME)
    assert done.status == 2
    assert not (root / "x").exists()


def test_a_root_below_the_repository_keeps_to_its_folder(tmp_path):
    root = start(tmp_path, "governed")
    handrail("export", "xlsx", "bridge", cwd=root)
    edited(root / "bridge.xlsx", ("Risks", "R-001", "risks:impact", 5))
    done = handrail("import", "xlsx", "bridge.xlsx", "--branch", "mine", cwd=root, env=ME)
    assert done.status == 0, done.err
    assert git("diff", "--name-only", "main", "mine", cwd=tmp_path) == f"governed/{RISKS}\n"


def test_the_portfolio_has_every_project_that_may_be_seen(root):
    handrail("export", "xlsx", "--portfolio", cwd=root)
    book = openpyxl.load_workbook(root / "portfolio.xlsx")
    place = book["Risks"]
    assert {place.cell(row, column(place, "risks:project")).value for row in range(3, 6)} == {"bridge"}
    assert not [one for sheet in book for row in sheet.iter_rows() for one in row if one.value == "secret"]
    book["Risks"].cell(7, 1).value, book["Risks"].cell(7, column(place, "risks:title")).value = "bridge", "Ice"
    book["Risks"].cell(8, 1).value, book["Risks"].cell(8, column(place, "risks:title")).value = "secret", "Spies"
    book.save(root / "portfolio.xlsx")
    done = handrail("import", "xlsx", "portfolio.xlsx", cwd=root, env=ME)
    assert done.status == 1
    assert "R-004" in done.out
    assert "there is no project secret" in done.out


def test_what_is_not_committed_is_not_in_the_workbook_and_this_is_said(root):
    (root / RISKS).write_bytes(FILES[RISKS].replace(b"impact: 4", b"impact: 2"))
    done = handrail("export", "xlsx", "bridge", cwd=root)
    assert "not committed yet" in done.err
    assert cell(openpyxl.load_workbook(root / "bridge.xlsx"), "Risks", "R-001", "risks:impact").value == 4


def test_wrong_use_is_told(root):
    assert handrail("export", "xlsx", cwd=root).status == 2
    assert "there is no project `nowhere`" in handrail("export", "xlsx", "nowhere", cwd=root).err
    (root / "x.xlsx").write_bytes(b"nothing")
    assert "no Excel workbook" in handrail("import", "xlsx", "x.xlsx", cwd=root).err
    assert handrail("import", "xlsx", "missing.xlsx", cwd=root).status == 2


def test_each_project_can_have_its_workbook(root):
    done = handrail("export", "xlsx", "--all", "books", cwd=root)
    assert "books holds 1 workbook as of" in done.out
    assert [one.name for one in (root / "books").iterdir()] == ["bridge.xlsx"]  # none of what is restricted
    assert handrail("import", "xlsx", "books/bridge.xlsx", cwd=root, env=ME).status == 0
    assert handrail("export", "xlsx", "bridge", "--all", "books", cwd=root).status == 2
