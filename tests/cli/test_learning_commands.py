"""`handrail loop`, and what `handrail new project` tells at the outset: lessons of others, and how projects of a tier went."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.gate.repository import PEOPLE, Governed

SIX = (0, 10, 20, 20, 30, 50)
"""By how many per cent each of six small projects ended later than first approved: of 100 days."""


def plan(name: str, later: int) -> str:
    return (
        f"id: {name}\nname: {name}\ntier: small\nphase: execution\nstate: closed\nsponsor: c.moreau\nmanager: j.okafor\n"
        "milestones:\n- {id: M1, name: Start, planned: 2026-01-01, actual: 2026-01-01}\n"
        f"- {{id: M2, name: End, planned: 2026-04-11, actual: {_after(100 + later)}}}\n"
    )


def _after(days: int) -> str:
    from datetime import date, timedelta

    return (date(2026, 1, 1) + timedelta(days=days)).isoformat()


@pytest.fixture
def house(tmp_path: Path) -> Governed:
    """The sample's law with six ended projects and one lesson."""
    made = Governed.sample(tmp_path, "visitor-desk", "driver-tablets")
    for number, later in enumerate(SIX):
        name = f"old-{number}"
        made.write(f"projects/{name}/project.yaml", plan(name, later))
        made.write(f"projects/{name}/baselines/BL-001.yaml", "id: BL-001\nmade_on: 2026-01-01\n"
                   "values: {M1: {planned: 2026-01-01}, M2: {planned: 2026-04-11}}\n")  # fmt: skip
    made.commit("Old projects")
    return made


def test_a_new_project_hears_what_others_learnt(house: Governed) -> None:
    done = house.handrail(
        "new", "project", "fresh", "--tier", "small", "--tag", "estimate", "--tag", "software", *PEOPLE
    )
    assert done.status == 0, done.err
    assert "tags: [estimate, software]\n" in house.read("projects/fresh/project.yaml")
    assert "What others learnt (estimate, software):" in done.out
    assert "driver-tablets/L-001  Measure the network before you promise the app" in done.out
    assert "{lesson: driver-tablets/L-001, disposition: applied, where: Risk R-001}" in done.out
    assert "driver-tablets/L-002" not in done.out  # other tags


def test_it_hears_how_projects_of_its_tier_went(house: Governed) -> None:
    done = house.handrail("new", "project", "fresh", "--tier", "small", *PEOPLE)
    # six old ones and the desk, which is expected fifteen working days late
    assert "How small projects went against what was first approved:" in done.out
    assert (
        "later: half of 7 projects by at most 20%, four of five by at most 30%, nine of ten by at most 50%" in done.out
    )
    assert "No tags are given" in done.out


def test_too_few_projects_say_so(tmp_path: Path) -> None:
    made = Governed.sample(tmp_path, "visitor-desk")
    done = made.handrail("new", "project", "fresh", "--tier", "small", *PEOPLE)
    assert "How others went is not known. Only 1 approved project to learn from; it takes 5." in done.out


def test_a_tag_that_the_taxonomy_does_not_have_is_refused(house: Governed) -> None:
    done = house.handrail("new", "project", "fresh", "--tier", "small", "--tag", "bilding", *PEOPLE)
    assert (done.status, "Did you mean `building`?" in done.err) == (2, True)
    assert not (house.folder / "projects/fresh").exists()


def test_the_loop_says_what_the_files_say(house: Governed) -> None:
    shown = house.handrail("loop")
    assert shown.status == 0, shown.err
    assert "are we getting better?" in shown.out
    assert "Capture to triage, days" in shown.out
    rows = list(csv.DictReader(io.StringIO(house.handrail("loop", "--format", "csv").out)))
    document = house.handrail("loop", "--format", "json").json
    assert [row["day"] for row in rows] == [row["day"] for row in document["rows"]]
    assert rows[-1]["day"] == document["as_of"]
    assert float(rows[-1]["lessons"]) == document["rows"][-1]["lessons"] == 3
    exported = house.handrail("export", "csv", "improvement").out
    assert list(csv.DictReader(io.StringIO(exported))) == rows


def test_the_loop_is_written_to_a_file_only_for_programs(house: Governed, tmp_path: Path) -> None:
    done = house.handrail("loop", "--output", str(tmp_path / "loop.txt"))
    assert (done.status, "--format csv or json" in done.err) == (2, True)
    assert house.handrail("loop", "--format", "csv", "--output", str(tmp_path / "loop.csv")).status == 0
    assert (tmp_path / "loop.csv").read_text(encoding="utf-8").startswith("day,lessons,")
