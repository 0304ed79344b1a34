"""PRT-02: what projects need of a role, asked for with and without a name, against those who hold it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import handrail

PEOPLE = (
    "people:\n- {id: ann, roles: [sponsor]}\n- {id: ben, roles: [project manager]}\n"
    "- {id: eve, roles: [Electrician]}\n- {id: flo, capacity: 50%, roles: [{role: Electrician, to: 2027-01-31}]}\n"
)
PLAN = """id: {id}
name: {name}
tier: medium
phase: {phase}
state: {state}
sensitivity: {sensitivity}
priority: {priority}
sponsor: ann
manager: ben
stand_alone: yes it does
start: 2026-11-01
milestones: [{{id: M1, name: End, planned: 2027-12-01}}]
resources: [{resources}]
"""


def project(root: Path, name: str, resources: str, **more: object) -> None:
    folder = root / "projects" / name
    folder.mkdir(parents=True)
    told = {"phase": "planning", "state": "active", "sensitivity": "internal", "priority": 1, **more}
    (folder / "project.yaml").write_text(PLAN.format(id=name, name=name.title(), resources=resources, **told))


def role(month: str, share: str, name: str = "Electrician") -> str:
    return f"{{id: RS-1, name: {name}, kind: role, allocations: {{{month}: {share}}}}}"


def told(root: Path, as_of: str = "2026-12-04") -> list[dict[str, object]]:
    standards = root / "standards"
    (standards / "people").mkdir(parents=True, exist_ok=True)
    (standards / "handrail.yaml").write_text("format: 1\norganisation: Test\ncurrencies: [EUR]\n")
    (standards / "people" / "people.yaml").write_text(PEOPLE)
    done = handrail("check", "--format", "json", "--as-of", as_of, cwd=root)
    return [one for one in done.json["remarks"] if one["rule"] == "PRT-02"]


def test_two_projects_ask_for_more_than_there_is(tmp_path: Path) -> None:
    project(tmp_path, "depot", role("2026-12", "100%"), priority=1)
    project(tmp_path, "hall", role("2026-12", "51%", "electrician"), priority=4)
    (one,) = told(tmp_path)
    assert one["message"] == (
        '"Electrician" is asked for 151% of a month in December 2026, and 150% is there: "Hall" 51%, "Depot" 100%.'
    )
    assert (one["file"], one["project"], one["enforce_at"]) == ("standards/people/people.yaml", None, "watch")


@pytest.mark.parametrize(
    ("month", "share", "speaks"),
    [
        ("2026-12", "150%", False),  # just what two people can give
        ("2027-02", "101%", True),  # one of the two holds the role no more
        ("2027-01", "101%", False),
        ("2027-05", "101%", True),  # five months ahead
        ("2027-06", "101%", False),  # further off it will move anyhow
        ("2026-11", "900%", False),  # gone by
    ],
)
def test_capacity_is_that_of_the_month(tmp_path: Path, month: str, share: str, speaks: bool) -> None:  # noqa: FBT001 - a table
    project(tmp_path, "depot", role(month, share))
    assert bool(told(tmp_path)) is speaks


def test_time_that_is_asked_of_the_holders_by_name_is_gone(tmp_path: Path) -> None:
    project(tmp_path, "depot", role("2026-12", "60%"))
    assert told(tmp_path) == []
    project(tmp_path, "hall", "{id: RS-1, name: Eve, kind: person, person: eve, allocations: {2026-12: 100%}}")
    (one,) = told(tmp_path)
    assert "asked for 160% of a month" in str(one["message"])


def test_persons_alone_are_another_rule_and_what_is_bought_has_no_capacity(tmp_path: Path) -> None:
    project(tmp_path, "hall", "{id: RS-1, name: Eve, kind: person, person: eve, allocations: {2026-12: 300%}}")
    project(tmp_path, "yard", role("2026-12", "900%", "Diver"))
    assert told(tmp_path) == []


def test_suspended_projects_ask_for_nobody_and_restricted_ones_are_not_named(tmp_path: Path) -> None:
    project(tmp_path, "depot", role("2026-12", "200%"), state="suspended")
    assert told(tmp_path) == []
    project(tmp_path, "hall", role("2026-12", "200%"), sensitivity="restricted")
    (one,) = told(tmp_path)
    assert "a project not named here 200%" in str(one["message"])
    assert "Hall" not in str(one["message"])
    assert "hall" not in str(one["message"])


def test_the_worst_month_stands_for_the_role(tmp_path: Path) -> None:
    project(
        tmp_path,
        "depot",
        "{id: RS-1, name: Electrician, kind: role, allocations: {2026-12: 160%, 2027-01: 190%, 2027-03: 140%}}",
    )
    (one,) = told(tmp_path)
    assert "190% of a month in January 2027" in str(one["message"])
