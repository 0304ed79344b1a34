"""The office in projects' files, in real Git: the author counts and not who merged, and what is not known is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handrail.audit.office import OfficeChanges, office_changes
from handrail.git import Git, GitFault
from handrail.run import run

from tests.command import handrail
from tests.gate.repository import Governed

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 4)
PERIOD = ("--from", str(FIRST), "--to", str(LAST))
OFFICE = "v.leroy@brightwater.example"
SHELTER = "projects/bike-shelter/notes.md"


@pytest.fixture
def plans(tmp_path: Path) -> Governed:
    made = Governed.sample(tmp_path, "visitor-desk", "bike-shelter")
    made.git("commit", "-q", "--amend", "--no-edit", "--date=2025-01-01T08:00:00+0000", at="2025-01-01T08:00:00+0000")
    return made


def change(plans: Governed, path: str, author: str, at: str, text: str = "Words\n") -> str:
    plans.write(path, text)
    return plans.commit("Change", author=author, at=f"{at}T09:00:00+0000")


def looked(plans: Governed, first: date = FIRST, last: date = LAST) -> OfficeChanges:
    return office_changes(Git(plans.folder), run(plans.folder, today=LAST).portfolio.repository, first, last)


def test_the_author_of_the_change_counts_and_not_who_merged_it(plans: Governed) -> None:
    plans.branch("one")
    name = change(plans, SHELTER, OFFICE, "2026-06-01")
    plans.switch("main")
    plans.git("merge", "-q", "--no-ff", "-m", "Merge", "one", at="2026-06-02T09:00:00+0000")
    plans.branch("two")
    change(plans, "projects/visitor-desk/notes.md", "j.okafor@example.org", "2026-06-03")
    plans.switch("main")
    plans.git("merge", "-q", "--no-ff", "-m", "Merge", "two", author=OFFICE, at="2026-06-04T09:00:00+0000")
    office = looked(plans)
    assert [(one.commit, one.person, one.project, one.files) for one in office.ones] == [
        (name, "v.leroy", "bike-shelter", 1)
    ]
    assert office.commits == 2
    done = handrail("audit", "office", *PERIOD, cwd=plans.folder)
    assert done.status == 0, done.err
    assert "Of 2 commits from 2026-01-01 to 2026-12-04, 1 by people of the PMO alone changed" in done.out
    assert f"{name[:12]}  2026-06-01  v.leroy  bike-shelter  1 file" in done.out
    data = handrail("audit", "office", *PERIOD, "--format", "json", cwd=plans.folder).json
    assert data["ones"] == [
        {"commit": name, "on": "2026-06-01", "person": "v.leroy", "project": "bike-shelter", "files": 1}
    ]


def test_the_law_strangers_and_other_years_are_not_told(plans: Governed) -> None:
    change(plans, SHELTER, OFFICE, "2025-06-01", "Old\n")
    change(plans, "standards/notes.md", OFFICE, "2026-06-01")
    change(plans, SHELTER, "stranger@example.org", "2026-06-02", "Odd\n")
    office = looked(plans)
    assert (office.ones, office.commits, office.unknown) == ((), 2, 1)
    text = handrail("audit", "office", *PERIOD, cwd=plans.folder).out
    assert "none by people of the PMO alone" in text
    assert "1 commit is by authors whom the directory of people does not know" in text
    before = looked(plans, date(2025, 1, 2), date(2025, 12, 31))
    assert [(one.on, one.project) for one in before.ones] == [(date(2025, 6, 1), "bike-shelter")]


def test_a_period_begins_and_ends_with_its_days(plans: Governed) -> None:
    change(plans, SHELTER, OFFICE, "2026-06-01")
    day = date(2026, 6, 1)
    assert len(looked(plans, day, day).ones) == 1
    assert looked(plans, date(2026, 6, 2), LAST).commits == 0
    assert looked(plans, FIRST, date(2026, 5, 31)).commits == 0


def test_what_cannot_be_known_is_refused_with_the_reason(plans: Governed, tmp_path: Path) -> None:
    repository = run(plans.folder, today=LAST).portfolio.repository
    nobody = replace(repository, people={name: replace(one, author=()) for name, one in repository.people.items()})
    with pytest.raises(GitFault, match="nobody can tell who changed what"):
        office_changes(Git(plans.folder), nobody, FIRST, LAST)
    bare = tmp_path / "bare"
    handrail("init", bare, cwd=tmp_path)
    done = handrail("audit", "office", *PERIOD, cwd=bare)
    assert done.status == 2
