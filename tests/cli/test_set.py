"""`handrail set`: exactly the asked value, every other byte as it was, and nothing at all when it would be wrong."""

import shutil
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.command import ROOT, handrail


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("standards", "projects"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def touched(repository: Path, *words: str) -> list[str]:
    """The lines that the command took out and put in, over all files."""
    before = {path: path.read_text() for path in sorted((repository / "projects").rglob("*")) if path.is_file()}
    done = handrail("set", "visitor-desk", *words, cwd=repository)
    assert done.status == 0, done.err
    lines = []
    for path, text in before.items():
        found = unified_diff(text.splitlines(), path.read_text().splitlines(), n=0, lineterm="")
        lines += [line for line in found if line[:1] in "+-" and not line.startswith(("+++", "---"))]
    assert set(before) == {path for path in (repository / "projects").rglob("*") if path.is_file()}
    return lines


def test_one_value_is_one_line(repository: Path) -> None:
    old, new = touched(repository, "M4.forecast", "2027-03-29", "--why", "Joiner: late # really")
    assert old.startswith("-  - {id: M4")
    assert "forecast: 2027-03-29" in new
    assert "because: 'Joiner: late # really'" in new


def test_a_comment_at_the_end_of_the_line_stays(repository: Path) -> None:
    old, new = touched(repository, "R-002.probability", "2")
    assert old.split("#")[1] == new.split("#")[1]


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("budget.spent.2026-12", ["8100"], "2026-12: 8100"),
        ("team.l.petit", ["30%"], "l.petit: 30%"),
        ("milestones.M3.forecast", ["2027-03-01"], "forecast: 2027-03-01"),
        ("milestones.1.name", ["Go"], "name: Go"),
        ("scope.out", ["Car park", "Canteen"], "out: [Car park, Canteen]"),
        ("why.problem", ["Visitors: they wait"], "problem: 'Visitors: they wait'"),
        ("CR-003.impact", ["None"], "impact: None"),
        ("tier_answers.regulated", ["yes"], "regulated: yes"),
    ],
)
def test_names_lead_where_people_mean(repository: Path, name: str, value: list[str], written: str) -> None:
    assert written in touched(repository, name, *value)[-1].replace("true", "yes")


def test_a_value_is_taken_out(repository: Path) -> None:
    old, new = touched(repository, "M4.forecast", "--remove")
    assert "forecast:" in old
    assert "forecast:" not in new


def test_what_is_so_already_changes_nothing(repository: Path) -> None:
    assert touched(repository, "name", "New visitor desk, Lyon") == []


def test_a_dry_run_writes_nothing_and_shows_the_lines(repository: Path) -> None:
    before = (repository / "projects/visitor-desk/project.yaml").read_bytes()
    done = handrail("set", "visitor-desk", "M4.forecast", "2027-03-29", "--dry-run", cwd=repository)
    assert "(+14 days)" in done.out
    assert "Nothing was written" in done.out
    assert (repository / "projects/visitor-desk/project.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("M3.forcast", "2027-02-15"), "Did you mean `forecast`?"),
        (("M3.forecast", "soon"), "must be a day such as 2027-02-15"),
        (("M3.forecast", "2027-02-30"), "2027-02-30"),
        (("R-002.owner", "j.okafr"), "j.okafr"),
        (("M99.forecast", "2027-01-01"), "nothing has the id `M99`. There are: `M1`, `M3`, `M4`."),
        (("milestones.9.name", "x"), "there is no `9` here"),
        (("phase.x", "3"), "has no parts"),
        (("phase", "later"), "later"),
        (("name", "X", "--why", "y"), "no place for a reason"),
        (("R-002.trigger", "--remove"), "nothing to remove"),
        (("name", "--remove"), "nothing was written"),
        (("name",), "say the new value: `handrail set visitor-desk name VALUE`"),
        (("name", "X", "--remove"), "exclude each other"),
        (("budget", "48000"), "say which part of Budget to change, such as `budget.approved`."),
        (("team", "30%"), "such as `team.j.okafor`."),
        (("milestones", "late"), "such as `M1.name`."),
        (("phase", "lots"), "nothing was written. Phase must be one of initiation, planning, execution, closure"),
        (("R-002/owner", "j.okafor"), "joined by points: `R-002.owner`"),
        (("name", "a\u202eb"), "invisible"),
        (("AP-001.decision", "reject"), "`AP-001` is written once and never changes"),
        (("BL-001.made_on", "2026-01-01"), "`BL-001` is written once and never changes"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    repository: Path, words: tuple[str, ...], says: str
) -> None:  # fmt: skip
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    done = handrail("set", "visitor-desk", *words, cwd=repository)
    assert done.status == 2
    assert says in done.err
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before


def test_an_unknown_project(repository: Path) -> None:
    done = handrail("set", "visitor", "name", "X", cwd=repository)
    assert done.status == 2
    assert "visitor-desk" in done.err
