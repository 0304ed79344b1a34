"""DCMA-style checks: by definition on small schedules, and equal to the reference counts on two real ones."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from handrail.compute.calendar import instant
from handrail.compute.jobs import Job, Settings, Tie
from handrail.compute.network import compute
from handrail.compute.quality_limits import _WHERE, limits_of
from handrail.compute.quality_of_network import Around, around_of, schedule_from
from handrail.compute.quality_of_schedule import Activity, Check, Limits, Relation, Schedule, checks_of
from handrail.load import FolderTree, load
from handrail.model.policy import Policy
from handrail.model.schedule import Task
from handrail.model.schedule_checks import ScheduleChecks

from tests.command import ROOT
from tests.compute.networks import Stored
from tests.compute.world import THRESHOLDS, eur, plan, repository
from tests.shared_data import shared

REFERENCE: dict[str, dict[int, Any]] = yaml.safe_load(shared("evm_cases.yaml").read_text(encoding="utf-8"))["dcma14"][
    "reference_results"
]["values"]
# The reference leaves out what it could not judge; why we judge it no more, or what we see.
NOT_IN_REFERENCE = {
    "network-01": {11: "no baseline", 13: "no baseline", 14: "no baseline"},
    "network-02": {10: "not loaded", 11: "no baseline", 13: "no baseline", 14: "no baseline"},
}


def schedule_of(name: str) -> Schedule:
    stored = Stored(shared(f"cpm/{name}.json"))
    loaded = {key for key, one in stored.tasks.items() if one["work"] or one["cost"]}
    milestones = {key for key, one in stored.tasks.items() if one["milestone"]}
    return schedule_from(stored.jobs, stored.settings, stored.network(), Around(loaded=loaded, milestones=milestones))


@pytest.mark.parametrize("name", REFERENCE)
def test_counts_are_those_of_the_reference(name) -> None:
    """Run with -s to read the table."""
    print(f"\n{name:<28}{'counted':>9}{'of':>6}{'ours':>9}{'reference':>13}")
    for check in checks_of(schedule_of(name)):
        right = REFERENCE[name].get(check.number)
        word = NOT_IN_REFERENCE[name].get(check.number, "equal") if right is None else str(right)
        print(f"{check.number:>2} {check.name:<25}{check.count:>9}{check.of:>6}{check.figure!s:>9}{word:>13}")
        if right is None:
            assert (check.figure, check.passed) == (None, None)
            assert check.why
            assert check.number in NOT_IN_REFERENCE[name]
        else:
            assert check.figure == Decimal(str(right)), check.name


@pytest.mark.parametrize("name", REFERENCE)
def test_float_from_the_network_is_the_stored_one(name) -> None:
    stored = Stored(shared(f"cpm/{name}.json"))
    for one in schedule_of(name).activities:
        found = stored.tasks[one.id]["stored"]
        if not one.summary:
            assert one.total_float == Decimal(min(found["start_slack"], found["finish_slack"])) / 480


def task(name, **given) -> Activity:
    return Activity(**{"id": name, "days": Decimal(5), "total_float": Decimal(0), "loaded": True, **given})


def check(number, *tasks, relations=(), limits=None, **given) -> Check:
    found: Check = checks_of(Schedule(activities=tasks, relations=relations, **given), limits)[number - 1]
    return found


LINKS = (Relation(before="A", after="B"), Relation(before="B", after="C", type="SS", lag=Decimal(-1)))


def test_logic_and_links() -> None:
    three = [task("A"), task("B"), task("C"), task("S", summary=True), task("D", done=True)]
    assert check(1, *three, relations=LINKS).items == ("A", "C")
    assert check(2, *three, relations=LINKS).items == ("B > C",)
    assert check(4, *three, relations=LINKS).figure == 50
    # a link into what is done already asks for nothing any more
    assert check(2, task("A"), task("B"), task("C", done=True), relations=LINKS).of == 1


def test_float_constraints_and_durations() -> None:
    tasks = [
        task("A", total_float=Decimal("44.1"), constraint="MFO"),
        task("B", total_float=Decimal(44), constraint="SNET"),
        task("C", total_float=Decimal(-1), days=Decimal(45)),
        task("M", milestone=True, days=Decimal(0)),
    ]
    assert [check(number, *tasks).items for number in (5, 6, 7, 8)] == [("A",), ("A",), ("C",), ("C",)]
    assert [check(number, *tasks).of for number in (5, 6, 7, 8)] == [4, 4, 4, 3]
    assert check(8, task("A", days=Decimal(50), baseline_days=Decimal(40))).count == 0


def test_dates_that_cannot_be() -> None:
    tasks = [
        task("past", start=5, finish=20),
        task("begun", start=5, actual_start=5, finish=9),
        task("future", start=5, actual_start=11, finish=20),
        task("fine", start=5, actual_start=5, finish=20),
        task("done", start=1, finish=2, actual_start=1, actual_finish=2, done=True),
    ]
    assert check(9, *tasks, status=10).items == ("past", "begun", "future")
    assert check(9, *tasks).items == ()


def test_baseline_execution() -> None:
    tasks = [
        task("kept", baseline_start=1, baseline_finish=5, actual_finish=5, done=True),
        task("late", baseline_start=1, baseline_finish=5, actual_finish=6, done=True),
        task("open", baseline_start=1, baseline_finish=5, finish=12),
        task("later", baseline_start=8, baseline_finish=15, finish=20),
        task("new"),
    ]
    assert check(11, *tasks, status=10).items == ("late", "open")
    found = check(14, *tasks, status=10)
    assert (found.count, found.of, found.figure, found.passed) == (2, 4, Decimal("0.50"), False)


def test_path_and_length_index() -> None:
    assert check(12, task("A"), slip=Decimal(600)).passed
    assert check(12, task("A"), slip=Decimal(0)).passed is False
    assert check(13, task("A"), path_days=Decimal(100), float_to_baseline=Decimal(-4)).passed
    assert check(13, task("A"), path_days=Decimal(100), float_to_baseline=Decimal(-6)).passed is False


def test_the_limit_is_held_against_the_exact_share() -> None:
    tasks = [task(str(number), constraint="MFO" if number < 51 else None) for number in range(1010)]
    found = check(5, *tasks)
    assert (found.count, str(found.figure), found.passed) == (51, "5.0", False)
    assert check(5, *tasks, limits=Limits(hard_constraints=Decimal(6))).passed


def test_an_empty_schedule_is_not_judged() -> None:
    for one in checks_of(Schedule(activities=(), relations=())):
        assert one.passed in {None, True}
        assert one.figure is not None or one.why


def test_what_a_plan_says_besides_its_network() -> None:
    monday = instant(date(2026, 11, 2)) + 8 * 60
    jobs = [
        Job(id="T1", minutes=5 * 480, actual_start=monday, actual_finish=monday + 4 * 1440 + 9 * 60),
        Job(id="T2", minutes=5 * 480, ties=(Tie("T1"),)),
        Job(id="T3", minutes=5 * 480, ties=(Tie("T2"),)),
    ]
    settings = Settings(start=monday, status=instant(date(2026, 11, 14)))
    one = plan(
        tasks=(
            Task(
                id="T1", name="1", planned_start=date(2026, 11, 2), planned_finish=date(2026, 11, 6), assignees=("ann",)
            ),
            Task(id="T2", name="2", planned_start=date(2026, 11, 9), planned_finish=date(2026, 11, 13), budget=eur(5)),
            Task(id="T3", name="3", planned_start=date(2026, 11, 16), planned_finish=date(2026, 11, 20)),
        )
    )
    around = around_of(one, jobs, date(2026, 11, 20))
    found = checks_of(schedule_from(jobs, settings, compute(jobs, settings), around))
    assert found[9].items == ("T3",)
    # T2 begins a week late: one of two is done, and the end is five working days behind
    assert (found[10].items, found[13].figure) == (("T2",), Decimal("0.50"))
    assert found[11].figure == 600
    assert found[12].figure == Decimal("0.50")


def test_the_policy_sets_the_limits_that_no_rule_sets() -> None:
    given = ScheduleChecks(finish_to_start=Decimal("0.8"), float_days=60, missed=Decimal("0.125"), cpli=Decimal("0.9"))
    law = Policy(thresholds=replace(THRESHOLDS, schedule_checks=given))
    assert limits_of(repository(policy=law), "large") == replace(
        Limits(), finish_to_start=Decimal(80), float_days=60, missed=Decimal("12.5"), cpli=Decimal("0.9")
    )
    assert limits_of(repository(), "large") == Limits()


def test_every_limit_is_data() -> None:
    """Each limit of the code is a figure of a rule that ships or stands in the thresholds that ship, with the same value."""
    shipped = load(FolderTree(ROOT)).repository
    thresholds = shipped.policy.thresholds
    assert thresholds is not None
    checks = thresholds.schedule_checks
    assert checks is not None
    written = {one.name for one in fields(checks) if getattr(checks, one.name) is not None} - {"loc"}
    assert written | set(_WHERE) == {one.name for one in fields(Limits)}
    assert limits_of(shipped, "large") == Limits()
