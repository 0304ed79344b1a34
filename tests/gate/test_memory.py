"""What the gate remembers saves work and changes no verdict, whatever becomes of it."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest
from handrail.gate import judge_change
from handrail.load import Known
from handrail.load.relations import Relations

from tests.gate.repository import Governed

PLAN = "projects/{}/project.yaml"
DAY = date(2026, 12, 4)
OFFSETS = 120


@pytest.fixture(scope="module")
def related(tmp_path_factory: pytest.TempPathFactory) -> Governed:
    """A change that other projects must be found for: a need of one project, and people asked for otherwise."""
    repository = Governed.sample(tmp_path_factory.mktemp("related")).branch()
    charging = PLAN.format("depot-charging")
    repository.replace(charging, "what: D1, needed_by: 2027-01-29", "what: D1, needed_by: 2026-12-29")
    repository.commit()
    assert repository.check("main", "HEAD").report["projects"] > 1, "no neighbour was read"
    return repository


def memory(repository: Governed) -> Path:
    return repository.folder / ".git" / "handrail" / "relations"


def verdict(repository: Governed, known: Known) -> list[tuple[str, ...]]:
    """Everything the gate says, by the same function that the command calls, without a process for each of many runs."""
    result = judge_change(repository.folder, "main", "work", today=DAY, known=known)
    return [(one.rule, one.state, one.fingerprint, one.message) for one in result.remarks]


def test_it_lies_in_git_and_holds_no_verdict(related: Governed) -> None:
    text = memory(related).read_bytes()[32:].decode()
    assert set(json.loads(text)) >= {
        related.git("rev-parse", f"work:projects/{path.name}") for path in (related.folder / "projects").iterdir()
    } - {related.git("rev-parse", "work:projects/depot-charging")}
    assert all(one.split(" ")[0] in {"needs", "gives", "asks"} for ones in json.loads(text).values() for one in ones)
    assert related.git("status", "--porcelain", "--ignored") == ""


def test_without_it_the_same_is_said(related: Governed) -> None:
    warm = related.check("main", "work")
    cold = related.check("main", "work", "--no-cache")
    assert warm.report == cold.report
    memory(related).unlink()
    assert related.check("main", "work").report == cold.report


RULE = "standards/risk/rsk-01.rule.yaml"


@pytest.mark.parametrize("mended", [False, True])
def test_a_rule_that_only_one_side_can_understand_is_told_each_time(tmp_path: Path, *, mended: bool) -> None:
    """What was found sound on one side of a change says nothing of the other."""
    plans = Governed.sample(tmp_path, "bike-shelter")
    sound, broken = "assert: has(item.owner)", "assert: has(item.ownre)"
    if mended:
        plans.replace(RULE, sound, broken).commit("Break")
        sound, broken = broken, sound
    plans.branch().replace(RULE, sound, broken).commit("Change")
    cold = plans.check("main", "HEAD", "--no-cache").report
    told = [one["message"] for one in cold["remarks"] if one["file"] == RULE]
    assert any("cannot be understood" in one for one in told) != mended
    assert bool(cold["fixed"]) == mended
    for _ in range(3):
        assert plans.check().report == cold
    passing = Known.passing()
    first = verdict(plans, passing)
    assert verdict(plans, passing) == first == verdict(plans, Known())
    assert {one["message"] for one in cold["remarks"]} == {one[-1] for one in first}


@pytest.mark.parametrize("harm", ["cut", "turned", "replaced", "swollen"])
def test_a_damaged_memory_changes_nothing(related: Governed, harm: str) -> None:
    expected = verdict(related, Known())
    verdict(related, Known.of(related.folder))
    whole = memory(related).read_bytes()
    chance = random.Random(harm)
    for offset in sorted({0, 1, 31, 32, 33, len(whole) - 1, *chance.sample(range(len(whole)), OFFSETS // 4)}):
        damaged = {
            "cut": whole[:offset],
            "turned": whole[:offset] + bytes([whole[offset] ^ (1 << chance.randrange(8))]) + whole[offset + 1 :],
            "replaced": whole[:offset] + bytes(len(whole) - offset),
            "swollen": whole[:offset] + b"\n" + whole[offset:],
        }[harm]
        memory(related).write_bytes(damaged)
        assert Relations(memory(related))._kept == {}, offset
        if offset % 7 == 0 or offset < 34:
            assert verdict(related, Known.of(related.folder)) == expected, offset
    memory(related).write_bytes(whole)


def test_a_foreign_file_at_its_place_is_left_out(related: Governed) -> None:
    expected = verdict(related, Known())
    memory(related).unlink(missing_ok=True)
    memory(related).mkdir()
    try:
        assert verdict(related, Known.of(related.folder)) == expected
    finally:
        memory(related).rmdir()


def test_neighbours_are_judged_as_if_everything_had_been_read(related: Governed) -> None:
    """The gate reads few projects; what is new in them must be what a run over everything finds to be new."""
    related.switch("main")
    before = {one["fingerprint"] for one in related.check_all().remarks}
    related.switch("work")
    after = related.check_all().remarks
    expected = {one["fingerprint"] for one in after if one["fingerprint"] not in before}
    told = {one["fingerprint"] for one in related.check("main", "work").remarks if one["state"] == "new"}
    assert expected <= told
    assert expected, "the change should bring something"
