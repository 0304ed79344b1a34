"""What changed standards would do to every plan is told before they bind, and in the check of the change."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.gate.repository import Governed

RULE = "standards/risk/rsk-01.rule.yaml"


@pytest.fixture
def stricter(tmp_path: Path) -> Governed:
    repository = Governed.sample(tmp_path).branch()
    repository.replace(RULE, "assert: has(item.owner)", "assert: item.owner == 'nobody'")
    return repository


def impact(repository: Governed, *more: str) -> dict[str, Any]:
    done = repository.handrail("impact", "--base", "main", "--format", "json", *more)
    assert done.status == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_the_plans_that_would_fail_are_named(stricter: Governed) -> None:
    told = impact(stricter)
    (row,) = [one for one in told["rules"] if one["rule"] == "RSK-01"]
    assert row["what"] == "changed"
    assert "visitor-desk" in row["fails"]
    assert row["effective_from"] is None, "its standard is in force: it bites from the merge on"
    assert told["fails"] == row["fails"]
    assert "visitor-desk" in {path.name for path in (stricter.folder / "projects").iterdir()}


def test_it_agrees_with_a_check_under_the_new_law(stricter: Governed) -> None:
    row = next(one for one in impact(stricter)["rules"] if one["rule"] == "RSK-01")
    now = {one["project"] for one in stricter.check_all().of("RSK-01")}
    stricter.git("stash", "-q")
    before = {one["project"] for one in stricter.check_all().of("RSK-01")}
    assert set(row["fails"]) == now - before
    assert set(row["passes"]) == before - now


def test_a_committed_head_gives_the_same(stricter: Governed) -> None:
    told = impact(stricter)
    stricter.commit()
    assert impact(stricter, "--head", "work") == told


def test_plans_alone_have_no_impact(tmp_path: Path) -> None:
    repository = Governed.sample(tmp_path, "visitor-desk").branch()
    repository.append("projects/visitor-desk/project.yaml", "# a word\n")
    assert impact(repository) == {"format": 1, "as_of": "2026-12-04", "changes_law": False}


def test_words_for_people(stricter: Governed) -> None:
    done = stricter.handrail("impact", "--base", "main")
    assert "would newly fail" in done.out
    assert "New visitor desk" in done.out
    assert "visitor-desk" not in done.out, "people know projects by their names"


def test_names_with_commas_stay_apart_and_what_bites_at_once_says_so(stricter: Governed) -> None:
    done = stricter.handrail("impact", "--base", "main")
    assert '"Bicycle shelter, Lyon depot", "' in done.out
    assert "; bites from its merge on" in done.out
    text = stricter.handrail("check", "--base", "main").out
    assert ", and it bites from its merge on" in " ".join(text.split())


def test_the_report_of_a_change_has_the_whole_preview_for_machines(stricter: Governed) -> None:
    report = stricter.check(head=None).report
    assert report["impact"]["rules"] == impact(stricter)["rules"]
    stricter.git("checkout", "-q", "--", ".")
    stricter.append("projects/visitor-desk/project.yaml", "# a word\n")
    assert stricter.check(head=None).report["impact"] is None


def test_what_binds_later_says_on_which_day_it_was_judged(stricter: Governed) -> None:
    assert "Some of it binds later" not in stricter.handrail("impact", "--base", "main").out
    path = stricter.folder / "standards/risk/index.md"
    text = re.sub(r"^effective_from: .*$", "effective_from: 2027-02-01", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    told = " ".join(stricter.handrail("impact", "--base", "main").out.split())
    assert "this is judged as of 4 Dec 2026" in told
    assert "only told until it binds on 1 Feb 2027, 59 days of notice" in told
    report = " ".join(stricter.handrail("check", "--base", "main").out.split())
    assert "only told until it binds on 1 Feb 2027" in report
    assert "`--as-of 2027-02-01`" in told
    assert "as of 1 Feb 2027" in stricter.handrail("impact", "--base", "main", "--as-of", "2027-02-01").out
