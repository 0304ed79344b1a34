"""`handrail report`: each reader sees what concerns them, and nothing that does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from handrail.compute.digest import digest
from handrail.run import run

from tests.command import handrail
from tests.gate.repository import DESK, Governed

PROJECTS = ("visitor-desk", "bike-shelter", "depot-charging")


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Governed:
    """Two projects of one manager and one board, one of others."""
    return Governed.sample(tmp_path_factory.mktemp("report"), *PROJECTS)


def part(text: str, title: str) -> str:
    """The lines below a heading."""
    return text.split(f"\n{title}\n", 1)[1].split("\n\n", 1)[0]


def test_a_project_manager_sees_own_projects_and_what_is_due(plans: Governed) -> None:
    text = plans.handrail("report", "--for", "person", "j.okafor").out
    assert text == plans.handrail("report", "--for", "j.okafor").out
    assert "(visitor-desk)" in part(text, "My projects")
    assert "(bike-shelter)" in part(text, "My projects")
    assert "depot-charging" not in text
    assert "Ask a second joiner" in part(text, "Due by 18 Dec 2026")


def test_what_stops_a_pull_request_stands_with_its_fix(plans: Governed, tmp_path: Path) -> None:
    own = Governed.sample(tmp_path, "visitor-desk")
    own.replace(DESK, "state: active", "state: actve")
    text = own.handrail("report", "--for", "j.okafor").out
    assert "DAT-01" in part(text, "What stops my pull request")
    assert plans.handrail("report", "--for", "j.okafor").out.count("DAT-01") == 0


def test_a_plan_that_cannot_be_read_is_told_to_its_manager_with_what_is_broken(tmp_path: Path) -> None:
    own = Governed.sample(tmp_path, "visitor-desk", "bike-shelter")
    own.append(DESK, "name: [oops\n")
    text = own.handrail("report", "--for", "j.okafor").out
    assert "2 projects to lead; 2 remarks would stop a pull request" in text
    assert "visitor-desk: cannot be read" in part(text, "My projects")
    assert f"DAT-01  {DESK}: A list that is opened" in part(text, "What stops my pull request")
    assert "visitor-desk" not in own.handrail("report", "--for", "t.abebe").out


def test_a_board_sees_what_it_must_decide(plans: Governed) -> None:
    text = plans.handrail("report", "--for", "board", "lyon-sites").out
    asked = part(text, "Decisions asked")
    assert asked.count("Approve CR-003") == 1  # asked of one member, listed once
    assert "visitor-desk" in part(text, "Not as promised")
    assert "bike-shelter" not in part(text, "Not as promised")
    assert "Meets on 7 Jan 2027" in text


def test_a_stakeholder_sees_only_own_items(plans: Governed) -> None:
    text = plans.handrail("report", "--for", "stakeholder", "s.lambert").out
    assert "Desk in use" in part(text, "What you are to get")
    assert "bike-shelter" not in text
    group = plans.handrail("report", "--for", "stakeholder", "Depot staff").out
    assert "(depot-charging)" in group
    assert "visitor-desk" not in group


def test_a_restricted_project_is_told_only_to_those_above_it(tmp_path: Path) -> None:
    own = Governed.sample(tmp_path, "visitor-desk")
    own.append(DESK, "sensitivity: restricted\n")
    assert "New visitor desk" not in own.handrail("report", "--for", "stakeholder", "s.lambert").out
    assert "New visitor desk" in own.handrail("report", "--for", "person", "j.okafor").out
    assert "New visitor desk" in own.handrail("report", "--for", "stakeholder", "c.moreau").out


def test_what_changed_comes_from_the_history(tmp_path: Path) -> None:
    own = Governed.sample(tmp_path, "visitor-desk", "depot-charging")
    own.replace(DESK, "forecast: 2027-02-15", "forecast: 2027-02-22").commit("Later")
    text = own.handrail("report", "--for", "board", "lyon-sites", "--since", "HEAD~1").out
    assert "22 Feb 2027" in text.split("What changed since HEAD~1", 1)[1]


def test_what_is_cut_is_found_where_it_says(plans: Governed) -> None:
    portfolio = run(plans.folder, today=date(2026, 12, 4)).portfolio
    news = {"visitor-desk": tuple(f"risk {one} is new" for one in range(12))}
    *_, last = digest(portfolio, (), "board", "lyon-sites", news).parts[-1].lines
    assert last.text == "and 2 more; `handrail changes` lists them"


def test_formats_hold_no_markup_of_others(tmp_path: Path) -> None:
    own = Governed.sample(tmp_path, "visitor-desk")
    own.replace(DESK, "name: New visitor desk, Lyon", "name: '<script>alert(1)</script> @all'")
    page = own.handrail("report", "--for", "j.okafor", "--format", "html").out
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    mail = own.handrail("report", "--for", "j.okafor", "--format", "markdown").out
    assert "<script" not in mail
    assert " @all" not in mail


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--for", "person"), "say which person"), (("--for", "person", "j.okafr"), "Did you mean `j.okafor`"),
        (("--for", "board", "moon"), "there is no board `moon`. There are: "), (("--for", "team", "x"), "none of"), (("--for", "nobody.here"), "there is no person `nobody.here`"),
    ],
)  # fmt: skip
def test_wrong_use_is_refused_in_words(plans: Governed, words: tuple[str, ...], said: str) -> None:
    done = handrail("report", *words, cwd=plans.folder)
    assert done.status == 2
    assert said in done.err
