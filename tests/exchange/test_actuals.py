"""`handrail import actuals`: what finance has posted, by cost code, each document once, every row accounted for."""

import subprocess
from pathlib import Path

import pytest
from handrail.load import FolderTree, load

from tests.command import handrail

LAW = {
    "standards/handrail.yaml": "format: 1\norganisation: Bright Bridges\ncurrencies: [CHF, EUR]\n",
    "standards/people/people.yaml": "people:\n- {id: c.moreau}\n- {id: j.okafor}\n",
}
PLAN = """id: NAME
name: The NAME
tier: medium
phase: execution
state: STATE
sponsor: c.moreau
manager: j.okafor
"""
BUDGET = """budget:  # kept by finance
  currency: CHF
  approved: 90000
  lines:
  - {id: BL-1, name: Joinery, kind: capex, amount: 60000, cost_code: '7741'}
  - {id: BL-2, name: Own effort, kind: effort, amount: 30000, cost_code: K-NAME}

  forecast: 91000  # last looked at in June
"""
HEADER = "cost_code,amount,source,posted_on,month,currency,kind,project\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = dict(LAW)
    for name, state in (("desk", "active"), ("shelter", "active"), ("sign", "closed")):
        files[f"projects/{name}/project.yaml"] = PLAN.replace("NAME", name).replace("STATE", state)
        budget = BUDGET.replace("NAME", name)
        files[f"projects/{name}/budget.yaml"] = budget if name == "desk" else budget.replace(", cost_code: '7741'", "")
    for place, text in files.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text)
    return tmp_path


def imported(root: Path, rows: str, *words: str, header: str = HEADER) -> str:
    (root / "list.csv").write_text(header + rows, encoding="utf-8")
    done = handrail("import", "actuals", "list.csv", "--into", ".", *words, cwd=root)
    assert done.status == 0, done.err
    return done.out


def actuals(root: Path, project: str = "desk") -> list[tuple[str, str, str | None, str | None]]:
    plan = next(one for one in load(FolderTree(root)).repository.plans if one.id == project)
    assert plan.budget is not None
    return [(one.month, one.amount.format(), one.line, one.source) for one in plan.budget.actuals]


def test_a_posting_finds_its_line_and_nothing_else_changes(root: Path) -> None:
    before = (root / "projects/desk/budget.yaml").read_text().splitlines()
    told = imported(root, "7741,1200.50,FI-1,2026-11-30,,,,\n7741,-200,FI-2,2026-12-02,2026-11,,,\n")
    assert actuals(root) == [("2026-11", "1,200.50 CHF", "BL-1", "FI-1"), ("2026-11", "-200 CHF", "BL-1", "FI-2")]
    after = (root / "projects/desk/budget.yaml").read_text().splitlines()
    assert [line for line in after if line in before] == before
    assert "2 added: 1,000.50 CHF" in told
    assert "desk: 2 postings to BL-1, 1,000.50 CHF" in told


def test_the_same_list_again_changes_nothing(root: Path) -> None:
    rows = "7741,1200,FI-1,2026-11-30,,,,\nK-desk,300,FI-1,2026-11-30,,,,\n"
    imported(root, rows)
    before = (root / "projects/desk/budget.yaml").read_bytes()
    told = imported(root, rows)
    assert "2 there already: 1,500 CHF" in told
    assert (root / "projects/desk/budget.yaml").read_bytes() == before


def test_a_list_that_repeats_itself_counts_once(root: Path) -> None:
    told = imported(root, "7741,5,FI-1,2026-11-30,,,,\n" * 2)
    assert "1 added: 5 CHF" in told
    assert "1 there already: 5 CHF" in told
    assert len(actuals(root)) == 1


def test_another_amount_under_the_same_document_is_told_and_left_alone(root: Path) -> None:
    imported(root, "7741,1200,FI-1,2026-11-30,,,,\n")
    told = imported(root, "7741,1300,FI-1,2026-11-30,,,,\n")
    assert "row 2 (line 2): FI-1 stands there with 1,200 CHF; a correction needs a document of its own" in told
    assert actuals(root)[0][1] == "1,200 CHF"


def test_accruals_and_other_currencies(root: Path) -> None:
    imported(root, "7741,900,AC-1,,2026-11,,accrual,\n7741,50,FI-7,2026-11-03,,EUR,,\n")
    plan = next(one for one in load(FolderTree(root)).repository.plans if one.id == "desk")
    assert plan.budget is not None
    first, second = plan.budget.actuals
    assert first.accrued is not None
    assert (first.amount.format(), first.accrued.format()) == ("0 CHF", "900 CHF")
    assert second.amount.format() == "50 EUR"
    assert "1 there already: 900 CHF" in imported(root, "7741,900,AC-1,,2026-11,,accrued,\n")


def test_the_words_and_figures_of_the_list(root: Path) -> None:
    words = ("--columns", "cost_code=Kostenstelle,amount=Betrag,source=Beleg,posted_on=Datum", "--decimal", ",")
    imported(root, '7741;"1.200,50";4711;30.11.2026\n', *words, header="Kostenstelle;Betrag;Beleg;Datum\n")
    assert actuals(root) == [("2026-11", "1,200.50 CHF", "BL-1", "4711")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("7742,5,FI-1,2026-11-30,,,,", "no budget line has the cost code `7742`"),
        ("7741,5,,2026-11-30,,,,", "source is empty; without its document a posting would be counted again"),
        (",5,FI-1,2026-11-30,,,,", "cost_code is empty"),
        ("7741,five,FI-1,2026-11-30,,,,", "amount `five`: this is no number"),
        ("7741,5,FI-1,30 Nov,,,,", "posted_on: this is no day written like"),
        ("7741,5,FI-1,,,,,", "there is neither a month nor a day of posting"),
        ("7741,5,FI-1,,2026-13,,,", "month `2026-13` is no month"),
        ("7741,5,FI-1,2026-11-30,,Euro,,", "`Euro` is no currency"),
        ("7741,5,FI-1,2026-11-30,,,,shelter", "no budget line of `shelter` has the cost code `7741`"),
        ("K-sign,5,FI-1,2026-11-30,,,,", "The sign is closed; nothing is posted to it any more"),
    ],
)
def test_what_cannot_be_booked_is_named_and_nothing_is_lost(root: Path, row: str, why: str) -> None:
    told = imported(root, f"{row}\n7741,7,FI-9,2026-11-30,,,,\n")
    assert f"row 2 (line 2): {why}" in told
    assert [one[3] for one in actuals(root)] == ["FI-9"]
    assert "2 postings" in told


def test_one_code_at_two_lines_needs_the_project(root: Path) -> None:
    other = root / "projects/shelter/budget.yaml"
    other.write_text(other.read_text().replace("K-shelter", "'7741'"))
    assert "stands at several lines: desk (BL-1), shelter (BL-2)" in imported(root, "7741,5,FI-1,2026-11-30,,,,\n")
    imported(root, "7741,5,FI-1,2026-11-30,,,,shelter\n")
    assert actuals(root, "shelter") == [("2026-11", "5 CHF", "BL-2", "FI-1")]


@pytest.mark.parametrize(
    ("words", "header", "says"),
    [
        ((), "code,amount,source\n", "the list has no column cost_code. It has: code, amount, source."),
        (("--columns", "amount=Betrag"), HEADER, "no column Betrag"),
        (("--columns", "betrag=Betrag"), HEADER, "`betrag` is no column of ours"),
        ((), "", "no column at all"),
    ],
)
def test_a_list_without_its_columns(root: Path, words: tuple[str, ...], header: str, says: str) -> None:
    (root / "list.csv").write_text(header)
    done = handrail("import", "actuals", "list.csv", "--into", ".", *words, cwd=root)
    assert done.status == 2
    assert says in done.err


def test_a_dry_run_and_text_from_elsewhere_are_harmless(root: Path) -> None:
    told = imported(root, '7741,5,"=HYPERLINK(1)\x1b[31m",2026-11-30,,,,\n', "--dry-run")
    assert actuals(root) == []
    assert "\x1b" not in told
    imported(root, "7741,5,\"a: b # 'c'\",2026-11-30,,,,\n")
    assert actuals(root)[0][3] == "a: b # 'c'"
    subprocess.run(["git", "-C", root, "init", "-q"], check=True)
