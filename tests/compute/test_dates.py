"""Promised, approved and expected days: which one counts, and by how much they differ."""

from datetime import date

import pytest
from handrail.model.project import Deliverable, Plan
from handrail.model.records import GateSubmission
from handrail.model.schedule import Increment

from tests.compute.facts import approval, baseline, day, milestone, plan, project

M1 = {"planned": "2026-12-01"}


@pytest.mark.parametrize(
    ("what", "days", "expected", "slip"),
    [
        ("as planned", ("2027-02-01", None, None), "2027-02-01", 0),
        ("two weeks late", ("2027-02-01", "2027-02-15", None), "2027-02-15", 10),
        ("a weekend later is nearly on time", ("2027-02-05", "2027-02-08", None), "2027-02-08", 1),
        ("early is negative", ("2027-02-15", "2027-02-01", None), "2027-02-01", -10),
        ("what happened wins over what was expected", ("2027-02-01", "2027-02-15", "2027-02-03"), "2027-02-03", 2),
        ("without an approved day nothing slips", (None, "2027-02-15", None), "2027-02-15", None),
        ("without any day there is none", (None, None, None), None, None),
    ],
)
def test_expected_and_slip(what, days, expected, slip) -> None:
    """The days of a milestone: planned, forecast, actual."""
    (one,) = project(plan(milestones=(milestone("M1", *days),))).milestones
    assert (one.expected, one.slip, one.done) == (day(expected), slip, days[2] is not None), what


@pytest.mark.parametrize(
    ("what", "baselines", "original", "slip_original"),
    [
        ("no baseline: what is planned", [], "2026-12-08", 1),
        ("the first baseline", [("BL-001", M1)], "2026-12-01", 6),
        ("the first of two, in any order", [("BL-002", {"planned": "2026-12-08"}), ("BL-001", M1)], "2026-12-01", 6),
        (
            "numbers are numbers: 9 comes before 10",
            [("BL-10", {"planned": "2026-12-08"}), ("BL-9", M1)],
            "2026-12-01",
            6,
        ),
        ("one that does not name the milestone", [("BL-001", {})], "2026-12-08", 1),
        ("a day that is none", [("BL-001", {"planned": "soon"})], "2026-12-08", 1),
        ("a number is no day", [("BL-001", {"planned": 20261201})], "2026-12-08", 1),
        ("nor is a day without dashes", [("BL-001", {"planned": "20261201"})], "2026-12-08", 1),
        ("nor is a day that there is not", [("BL-001", {"planned": "2026-02-30"})], "2026-12-08", 1),
        ("of an instant, its day", [("BL-001", {"planned": "2026-12-01T10:30"})], "2026-12-01", 6),
    ],
)
def test_original(what: str, baselines: list[tuple[str, dict[str, object]]], original: str, slip_original: int) -> None:
    ones = tuple(baseline(name, "2026-10-06", M1=values) for name, values in baselines)
    (one,) = project(plan(milestones=(milestone("M1", "2026-12-08", "2026-12-09"),), baselines=ones)).milestones
    assert (one.original, one.slip, one.slip_original) == (day(original), 1, slip_original), what


@pytest.mark.parametrize(
    ("what", "names", "newest", "times"),
    [
        ("none", [], None, 0),
        ("one", ["BL-001"], "BL-001", 0),
        ("three", ["BL-003", "BL-001", "BL-002"], "BL-003", 2),
        ("ten is more than nine", ["BL-10", "BL-9"], "BL-10", 1),
    ],
)
def test_the_newest_baseline_is_the_one_with_the_highest_number(
    what: str, names: list[str], newest: str | None, times: int
) -> None:
    frozen = tuple(baseline(name, "2026-10-06") for name in names)
    found = project(plan(baselines=frozen, approvals=tuple(approval("baseline", name) for name in names)))
    assert (found.baseline, found.rebaselined) == (newest, times), what


def test_milestones_and_increments_in_the_order_of_their_planned_days() -> None:
    found = project(
        plan(
            milestones=(milestone("M3"), milestone("M2", "2027-02-01"), milestone("M1", None, "2027-01-20")),
            increments=(Increment(id="N1", name="First", planned=date(2027, 2, 1)),),
        )
    )
    assert [(one.id, one.what) for one in found.milestones] == [
        ("M1", "milestone"), ("M2", "milestone"), ("N1", "increment"), ("M3", "milestone")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "given", "end"),
    [
        ("the last by the approved plan, whatever is expected", plan(milestones=(
            milestone("M1", "2027-02-01", "2027-09-01"), milestone("M2", "2027-03-01"))), "M2"),
        ("without an approved day, as expected", plan(milestones=(
            milestone("M1", None, "2027-02-01"), milestone("M2", None, "2027-03-01"))), "M2"),
        ("a milestone without any day ends nothing", plan(milestones=(milestone("M1", "2027-02-01"), milestone("M2"))), "M1"),
        ("no milestone: the last deliverable", plan(deliverables=(
            Deliverable(id="D1", name="Desk", planned=date(2027, 2, 1)), Deliverable(id="D2", name="Sign"))), "D1"),
        ("milestones without days: the last deliverable", plan(milestones=(milestone("M1"),), deliverables=(
            Deliverable(id="D1", name="Desk", planned=date(2027, 2, 1)),)), "D1"),
        ("nothing has a day", plan(), None),
    ],
)  # fmt: skip
def test_end(what: str, given: Plan, end: str | None) -> None:
    found = project(given).end
    assert (found.id if found else None) == end, what


START, CLOSE = milestone("M1", "2026-10-05", gate="start"), milestone("M2", "2027-03-15", gate="close")
GATES = (GateSubmission(id="G-01", gate="start"),)


@pytest.mark.parametrize(
    ("what", "given", "gate"),
    [
        ("the first that is not reached", plan(milestones=(START, CLOSE)), "start"),
        ("a reached one is past", plan(milestones=(milestone("M1", "2026-10-05", actual="2026-10-06", gate="start"), CLOSE)), "close"),
        ("decided, though nobody wrote the day", plan(milestones=(START, CLOSE), gates=GATES, approvals=(
            approval("gate", "G-01", "go"),)), "close"),
        ("decided with conditions", plan(milestones=(START, CLOSE), gates=GATES, approvals=(
            approval("gate", "G-01", "go with conditions"),)), "close"),
        ("decided under the gate's own name", plan(milestones=(START, CLOSE), approvals=(approval("gate", "start", "go"),)), "close"),
        ("sent back", plan(milestones=(START, CLOSE), gates=GATES, approvals=(approval("gate", "G-01", "rework"),)), "start"),
        ("decided tomorrow", plan(milestones=(START, CLOSE), gates=GATES, approvals=(
            approval("gate", "G-01", "go", on=date(2026, 12, 5)),)), "start"),
        ("the name of a gate is not approved by approving something else", plan(milestones=(START, CLOSE), approvals=(
            approval("baseline", "start", "approve"),)), "start"),
        ("a cancelled project has no next gate", plan(milestones=(START, CLOSE), state="cancelled"), None),
        ("nor has a closed one", plan(milestones=(START, CLOSE), state="closed"), None),
        ("a suspended one has", plan(milestones=(START, CLOSE), state="suspended"), "start"),
        ("no milestone is a gate", plan(milestones=(milestone("M1", "2027-01-01"),)), None),
    ],
)  # fmt: skip
def test_next_gate(what: str, given: Plan, gate: str | None) -> None:
    found = project(given).next_gate
    assert (found.gate if found else None) == gate, what


def test_delivered() -> None:
    ones = (
        Deliverable(id="D1", name="Accepted", planned=date(2026, 11, 1), actual=date(2026, 11, 2), status="done"),
        Deliverable(id="D2", name="Done, its day is missing", planned=date(2026, 11, 15), status="done"),
        Deliverable(id="D3", name="Accepted, its status is missing", actual=date(2026, 11, 20)),
        Deliverable(
            id="D4", name="Rejected after all", planned=date(2026, 12, 1), actual=date(2026, 12, 2), status="rejected"
        ),
        Deliverable(id="D5", name="Later", planned=date(2027, 2, 1)),
        Deliverable(id="D6", name="Some time"),
    )
    found = project(plan(deliverables=ones)).delivered
    assert (found.total, found.accepted, found.rejected) == (6, 3, 1)
    assert found.next is not None
    assert found.next.id == "D4"
    assert project(plan()).delivered.next is None
