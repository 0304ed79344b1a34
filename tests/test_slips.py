"""The name that was probably meant: slips of the keyboard are seen, and nothing far-fetched is offered."""

import pytest
from handrail.fields import fields_of
from handrail.model.project import Plan
from handrail.slips import near, offered, original

FIELDS = [one.key for one in fields_of(Plan)]
RULES = ["RSK-01", "RSK-02", "RES-01", "SCH-01", "STD-01"]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("milstones", FIELDS, "milestones"), ("Budget", FIELDS, "budget"), ("bugdet", FIELDS, "budget"),
        ("mile_stones", FIELDS, "milestones"), ("start_date", FIELDS, "start"), ("risk", FIELDS, "risks"),
        ("RSK-1", RULES, "RSK-01"), ("rks-01", RULES, "RSK-01"), ("C Roy", ["c.roy", "b.lee"], "c.roy"),
        ("stat", ["start", "status"], "status"), ("desc", ["description", "due"], "description"),
    ],
)  # fmt: skip
def test_what_was_meant(word, known, meant) -> None:
    assert near(word, known) == meant


@pytest.mark.parametrize("word", ["money", "status", "probability", "cost", "x", "", "status_repot", "9" * 9000])
def test_no_far_fetched_guess(word) -> None:
    assert near(word, FIELDS) is None


@pytest.mark.parametrize(("word", "known"), [("R-009", ["R-001", "R-008"]), ("RSK-10", RULES), ("7742", ["7741"])])
def test_another_number_is_another_thing(word, known) -> None:
    assert near(word, known) is None


def test_ten_thousand_names_are_no_burden_and_found_all_the_same() -> None:
    assert near("person.nmae.x", [f"p{n}.name" for n in range(10_000)] + ["person.name.x"]) == "person.name.x"


def test_what_begins_alike_is_offered_first() -> None:
    assert offered("RSK-10", RULES) == "`RSK-01`, `RSK-02`, `RES-01`, `SCH-01`, `STD-01`"
    assert offered("D-1", [f"D-{n}" for n in range(10)]).endswith("`D-7` and 2 more")


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("project (1).yaml", "project.yaml"), ("Copy of project.yaml", "project.yaml"), ("~$project.yaml", "project.yaml"),
        ("project - Copy (2).yaml", "project.yaml"), ("project 2.yaml", "project.yaml"), ("risks_old.yaml", "risks.yaml"),
        ("risks (Ann's conflicted copy 2026-11-23).yaml", "risks.yaml"), ("rsk-01 (1).rule.yaml", "rsk-01.rule.yaml"),
        ("project.yaml", None), ("2026-11-30.md", None), ("copy-centre.yaml", None), ("phase 2 risks.yaml", None),
    ],
)  # fmt: skip
def test_names_that_say_that_they_are_copies(name, of) -> None:
    assert original(name) == of
