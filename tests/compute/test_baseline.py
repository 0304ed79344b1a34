"""Snapshots of approved plans, what differs, and drift since the first promise."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from handrail.compute.baseline import Drift, differences, drift_of, snapshot
from handrail.load import FolderTree, load
from handrail.model.project import Plan
from handrail.source import read_yaml

from tests.command import ROOT, digest, handrail


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {plan.id: plan for plan in load(FolderTree(ROOT)).repository.plans}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for part in ("standards", "projects"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def test_the_sample_is_what_was_approved_last(plans: dict[str, Plan]) -> None:
    frozen = [plan for plan in plans.values() if plan.baselines]
    assert len(frozen) > 5
    for plan in frozen:
        last = max(plan.baselines, key=lambda one: one.id)
        assert differences(last.values, snapshot(plan)) == (), plan.id


def test_a_snapshot_holds_every_promise_under_its_id(plans: dict[str, Plan]) -> None:
    values = snapshot(plans["visitor-desk"])
    assert values["M3"] == {"planned": "2027-02-01"}
    assert values["budget"] == {"currency": "EUR", "approved": 48000}
    assert values["why"] == {"objective": "OBJ-4", "benefit": {"target": 4, "by": "2027-06-30"}}
    assert values["scope"]["out"] == ["Car park barrier"]
    assert "forecast" not in str(values)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"M1": {"planned": "2027-01-01"}}, {"M1": {"planned": "2027-01-01"}}, []),
        ({"b": {"approved": 48000}}, {"b": {"approved": Decimal("48000.00")}}, []),
        ({"M1": {"planned": "2027-01-01"}}, {"M1": {"planned": "2027-01-02"}}, [("M1", "planned")]),
        ({"M1": {"planned": "2027-01-01"}}, {}, [("M1", "planned")]),
        ({}, {"M1": {"planned": "2027-01-01"}}, [("M1", "planned")]),
        ({"why": {"benefit": {"target": 4}}}, {"why": {"benefit": {"target": 5}}}, [("why", "benefit.target")]),
        ({"b": {"approved": {"amount": 1, "currency": "EUR"}}}, {"b": {"approved": {"amount": 1, "currency": "GBP"}}},
         [("b", "approved")]),
        ({"D1": {"accepted_when": ["a", "b"]}}, {"D1": {"accepted_when": ["b", "a"]}}, [("D1", "accepted_when")]),
    ],
)  # fmt: skip
def test_differences(before: dict[str, Any], after: dict[str, Any], told: list[Any]) -> None:
    assert [(one.item, one.field) for one in differences(before, after)] == told


def drift(plan: Plan) -> Drift:
    found = drift_of(plan)
    assert found is not None
    return found


def part(value: Decimal | None) -> Decimal:
    assert value is not None
    return value


def test_no_drift_before_the_first_promise(plans: dict[str, Plan]) -> None:
    assert drift_of(replace(plans["visitor-desk"], baselines=())) is None


def test_drift_by_hand(plans: dict[str, Plan]) -> None:
    """The desk was to last from 5 October to 15 March, 161 days, for 48,000; 50,400 are expected now."""
    plan = plans["visitor-desk"]
    found = drift(plan)
    assert [found.scope, found.date, found.objective] == [Decimal(0)] * 3
    assert found.cost == Decimal(2400) / Decimal(48000)
    assert found.index == Decimal("5.0")
    later = tuple(
        replace(one, forecast=date(2027, 3, 15) + timedelta(days=23)) if one.id == "M4" else one
        for one in plan.milestones
    )
    assert drift(replace(plan, milestones=later)).date == Decimal(23) / Decimal(161)


def test_drift_grows_when_the_objective_is_swapped(plans: dict[str, Plan]) -> None:
    plan = plans["visitor-desk"]
    assert plan.why is not None
    swapped = replace(plan, why=replace(plan.why, objective="OBJ-1"))
    assert drift(swapped).objective == Decimal(2)
    assert drift(swapped).index > drift(plan).index


def test_drift_grows_with_every_change_of_scope(plans: dict[str, Plan]) -> None:
    plan = plans["visitor-desk"]
    assert plan.scope is not None
    fewer = replace(plan, scope=replace(plan.scope, out=()))
    other = replace(plan, scope=replace(plan.scope, in_=("Desk", "Badge printer", "Lounge")))
    assert part(drift(plan).scope) < part(drift(fewer).scope) < part(drift(other).scope)


def test_the_command_freezes_a_plan_once(repository: Path) -> None:
    done = handrail("baseline", "step-free-stops", "--on", "2026-12-01", cwd=repository)
    assert done.status == 0, done.err
    file = repository / "projects" / "step-free-stops" / "baselines" / "BL-001.yaml"
    value = read_yaml("f", file.read_bytes()).value
    assert (value["id"], value["made_on"]) == ("BL-001", "2026-12-01")
    before = digest(repository)
    again = handrail("baseline", "step-free-stops", cwd=repository)
    assert again.status == 2
    assert "nothing has changed since BL-001" in again.err
    assert digest(repository) == before
    report = handrail("check", "projects/step-free-stops", "--format", "json", cwd=repository)
    assert not [one for one in report.remarks if one[0] == "DAT-01"]


def test_a_later_baseline_names_its_change(repository: Path) -> None:
    plan = repository / "projects" / "visitor-desk" / "project.yaml"
    text = plan.read_text(encoding="utf-8").replace(
        "name: Desk opens, planned: 2027-02-01", "name: Desk opens, planned: 2027-02-15"
    )
    plan.write_text(text, encoding="utf-8")
    assert "--change CR-001" in handrail("baseline", "visitor-desk", cwd=repository).err
    assert "CR-003" in handrail("baseline", "visitor-desk", "--change", "CR-009", cwd=repository).err
    done = handrail("baseline", "visitor-desk", "--change", "CR-003", cwd=repository)
    assert done.status == 0
    assert "M3 planned: 2027-02-01 -> 2027-02-15" in done.out
    written = (repository / "projects" / "visitor-desk" / "baselines" / "BL-002.yaml").read_text(encoding="utf-8")
    assert "change: CR-003" in written
    first = repository / "projects" / "visitor-desk" / "baselines" / "BL-001.yaml"
    assert first.read_bytes() == (ROOT / first.relative_to(repository)).read_bytes()


@pytest.mark.parametrize(
    ("project", "part"),
    [("nobody", "there is no project"), ("geneva-signs", ""), ("visitor-desk", "nothing has changed")],
)
def test_what_cannot_be_frozen_is_said(repository: Path, project: str, part: str) -> None:
    done = handrail("baseline", project, "--change", "CR-001", cwd=repository)
    assert done.status == 2
    assert part in done.err


def test_a_plan_that_cannot_be_read_is_not_frozen(repository: Path) -> None:
    plan = repository / "projects" / "step-free-stops" / "project.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("tier: small", "tier: smal"), encoding="utf-8")
    assert handrail("baseline", "step-free-stops", cwd=repository).status == 2
    assert not (repository / "projects" / "step-free-stops" / "baselines").exists()
